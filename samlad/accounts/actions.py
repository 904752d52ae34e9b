"""What sign-in does that others must hear of: breaking the glass."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samlad.accounts.entries import BrokeGlass
from samlad.accounts.models import BrokenGlass
from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.base.security import noted
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.journal.operations import readable
from samlad.journal.who import Who
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import Person, Seat
from samlad.registers.queries import actors_ever, holds_on, today

LASTS: Final = timedelta(hours=12)
"""How long a break-glass sign-in holds: one shift."""
SHORTEST: Final = 10  # characters of a reason
LONGEST: Final = 300
LANGUAGE: Final = "sv"
NO_OPERATION: Final = UUID(int=0)


def emergency_seats(person: Person) -> list[Seat]:
    """The seats a person is named for, today, at actors whose people sign in by their identity provider only."""
    seats = Seat.objects.filter(holds_on(today()), person=person, emergency=True, actor__in=settings.FEDERATION.only)
    return list(seats.select_related("person").order_by("actor", "role"))


@one_change
def break_glass(*, person: Person, reason: str) -> BrokenGlass:
    """Let a session of a named person speak for its actors without their identity provider, for LASTS.

    Told in each open operation where one of the actors takes part, in the register's history, and to administrators.
    Raises Refused without a reason, and for somebody who is not named.
    """
    reason = reason.strip()
    if len(reason) < SHORTEST:
        raise Refused(gettext_lazy("Say why, in a sentence: everybody in the operation will read it."), field="reason")
    if len(reason) > LONGEST:
        raise Refused(gettext_lazy("Shorten the reason to 300 characters."), field="reason")
    seats = emergency_seats(person)
    if not seats:
        raise Refused(gettext_lazy("You are not among those named for signing in past your organisation."))
    speakers = [_who(person, actor, seats) for actor in sorted({seat.actor_id for seat in seats})]
    at = now()
    glass = BrokenGlass.objects.create(
        person=person, actors=[who.actor for who in speakers], reason=reason, at=at, until=at + LASTS
    )
    told = f"{', '.join(glass.actors)} – {glass.until.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
    note(
        register="people", key=person.key, by=speakers[0], before={"broken_glass": ""}, after={"broken_glass": told},
        reason=reason[:200],
    )  # fmt: skip
    for who in speakers:
        drafts = [
            Draft(operation.id, BrokeGlass(reason, glass.until)) for operation in readable(who).filter(closed_at=None)
        ]
        append(*drafts, by=who)
    queue_notices(_notices(glass, person))
    for who in speakers:
        noted("break_glass_used", person=person.key, actor=who.actor)
    return glass


@one_change
def mend_glass(*, glass: BrokenGlass, by: Who) -> None:
    """End a break-glass sign-in before its time: by whoever broke it, or by an administrator."""
    changed = BrokenGlass.objects.filter(pk=glass.pk, ended_at=None).update(ended_at=now(), ended_by=by.person)
    if changed:
        note(
            register="people", key=glass.person_id, by=by, before={"broken_glass": ", ".join(glass.actors)},
            after={"broken_glass": ""}, reason="",
        )  # fmt: skip


def _who(person: Person, actor: str, seats: Iterable[Seat]) -> Who:
    roles = frozenset(seat.role for seat in seats if seat.actor_id == actor)
    return Who(person.key, actor, roles, person.name)


def _notices(glass: BrokenGlass, person: Person) -> list[NoticeDraft]:
    """One message to each administrator: of the system, and of the actors concerned."""
    seats = Seat.objects.filter(holds_on(today()), person__is_active=True)
    system = seats.filter(role="administrator")
    own = seats.filter(role="actor_administrator", actor__in=glass.actors)
    told: dict[str, Seat] = {}
    for seat in [*system.select_related("person"), *own.select_related("person")]:
        told.setdefault(seat.person_id, seat)
    names = {actor.code: actor.short for actor in actors_ever()}
    with override(LANGUAGE):
        context = {
            "person": person.name,
            "actors": [names.get(actor, actor) for actor in glass.actors],
            "reason": glass.reason,
            "until": glass.until,
            "url": settings.SAMLAD_URL + reverse("person_identities", args=[person.key]),
        }
        body = render_to_string("accounts/broke_glass.txt", context)
        subject = _("Break-glass sign-in: %(person)s") % {"person": person.name}
    entry = new_id()
    return [_notice(entry, seat, subject, body) for seat in told.values()]


def _notice(entry: UUID, seat: Seat, subject: str, body: str) -> NoticeDraft:
    return NoticeDraft(
        operation=NO_OPERATION,
        entry=entry,
        person=seat.person_id,
        actor=seat.actor_id,
        address=seat.person.email,
        subject=subject,
        body=body,
        exercise=settings.DEMO,
        language=LANGUAGE,
    )


def lasting(person: Person, at: datetime | None = None) -> list[BrokenGlass]:
    """The break-glass sign-ins of a person that have not ended."""
    return list(BrokenGlass.objects.filter(person=person, ended_at=None, until__gt=at or now()))
