"""The registers' personal data: who sits where, how they are reached, and the history of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import STOCKHOLM
from samlad.base.personal import Holding, Row
from samlad.journal.who import SYSTEM
from samlad.registers.history import note
from samlad.registers.models import Change, Loan, Person, Seat
from samlad.registers.roster_personal import ROSTER_HOLDINGS

CONTACT: Final = ("email", "phone")
AT_ONCE: Final = 500


def contacts_of(key: str) -> Iterator[Row]:
    """The person's own row."""
    for person in Person.objects.filter(key=key):
        yield {
            "key": person.key, "username": person.username, "name": person.name, "email": person.email,
            "phone": person.phone, "may_sign_in": person.is_active, "last_sign_in": person.last_login,
        }  # fmt: skip


def remove_contacts(before: datetime) -> int:
    """Blank e-mail and number of people whose last seat ended before a moment, in the register and in its history.

    They can no longer sign in. The name stays: an authority must be able to say who wrote what stands in a journal.
    """
    day = before.astimezone(STOCKHOLM).date()
    left = Person.objects.annotate(ended=Max("seats__valid_to")).filter(ended__lt=day)
    left = left.exclude(seats__valid_to=None).filter(~Q(email="") | ~Q(phone="") | Q(is_active=True))
    with transaction.atomic():
        people = list(left.exclude(seats__valid_to__gte=day).distinct()[:AT_ONCE])
        for person in people:
            Person.objects.filter(key=person.key).update(email="", phone="", is_active=False)
            blank_history(person.key)
            note(
                register="people", key=person.key, by=SYSTEM, before={}, after={"email": "", "phone": ""},
                reason="Gallrat: inget uppdrag längre", action="changed",
            )  # fmt: skip
    return len(people)


def blank_history(key: str) -> None:
    """Take a person's contact details out of the history of the register."""
    for change in Change.objects.filter(register="people", object_key=key):
        for state in (change.before, change.after):
            for field in CONTACT:
                if state and state.get(field):
                    state[field] = "…"
        change.save(update_fields=["before", "after"])


def seats_of(key: str) -> Iterator[Row]:
    """Every seat the person has had."""
    for seat in Seat.objects.filter(person=key):
        yield {
            "actor": seat.actor_id, "role": seat.role, "from": seat.valid_from, "to": seat.valid_to,
            "lender": seat.lender_id, "deputy": seat.deputy, "emergency": seat.emergency,
        }  # fmt: skip


def loans_of(key: str) -> Iterator[Row]:
    """Loans of the person that were proposed."""
    yield from Loan.objects.filter(person=key).values(
        "lender", "borrower", "role", "valid_from", "valid_to", "why", "asked_at", "answered_at", "agreed"
    )


def changes_about(key: str) -> Iterator[Row]:
    """Changes of the person's own rows, and changes that the person made in the registers."""
    for change in Change.objects.filter(Q(register="people", object_key=key) | Q(by=key)):
        own = change.register == "people" and change.object_key == key
        yield {
            "register": change.register, "about_you": own, "by_you": change.by == key, "at": change.at,
            "action": change.action, "reason": change.reason,
            "before": change.before if own else None, "after": change.after if own else None,
        }  # fmt: skip


HOLDINGS: Final = (
    Holding(
        name="registers.contacts",
        title=_("People and how they are reached"),
        tables=("registers.person",),
        whose=_("Staff of the parties who have, or have had, a role here"),
        what=_("Name, username, e-mail, telephone number"),
        purpose=_("To call people in a crisis, and to know who may read and write what"),
        counted_from=_("from the day the person's last role ended; the name stays as long as what the person wrote"),
        days=180,
        of=contacts_of,
        remove=remove_contacts,
    ),
    Holding(
        name="registers.seats",
        title=_("Roles"),
        tables=("registers.seat",),
        whose=_("Staff of the parties who have, or have had, a role here"),
        what=_("Which role at which actor, from when to when; lent from where; deputy"),
        purpose=_("To be able to answer who had which role, and could read what, on a given day"),
        counted_from=_("it is part of the record of the operations"),
        days=None,
        of=seats_of,
    ),
    Holding(
        name="registers.loans",
        title=_("Loans of people"),
        tables=("registers.loan",),
        whose=_("Those who are lent, or proposed to be"),
        what=_("From which actor to which, in which role, from when to when, why, who agreed"),
        purpose=_("To know for whom somebody works, and what both actors agreed"),
        counted_from=_("it is part of the record of the operations"),
        days=None,
        of=loans_of,
    ),
    Holding(
        name="registers.history",
        title=_("History of the registers"),
        tables=("registers.change",),
        whose=_("Those whose data was changed, and those who changed it"),
        what=_("What was changed, by whom, when and why"),
        purpose=_("Traceability: who changed what"),
        counted_from=_("contact details go out of it together with the register's own"),
        days=None,
        of=changes_about,
    ),
    *ROSTER_HOLDINGS,
)
NO_PERSONAL_DATA: Final = (
    "registers.actor",
    "registers.actorversion",
    "registers.actorset",
    "registers.actorsetmember",
    "registers.area",
    "registers.population",
    "registers.roster",
    "registers.secrecyground",
)
