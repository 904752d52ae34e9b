"""Who keeps which roster, who reads what of it, and what is refused. Each refusal is a sentence."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import STOCKHOLM, now
from samlad.base.refused import Refused
from samlad.journal.who import DUTY_ROLES, Who
from samlad.registers.models import Person, Role, Roster, Seat, Shift
from samlad.registers.queries import today
from samlad.registers.rules import may_see_people
from samlad.registers.seat_rules import roles_to_give

ROSTER_ROLES: Final = tuple(role for role in Role.values if role in DUTY_ROLES)
"""Roles that have rosters, in the usual order."""
LONGEST: Final = timedelta(days=31)
FURTHEST: Final = timedelta(days=3 * 366)


def may_keep(who: Who, actor: str, role: str) -> bool:
    """Whether this reader keeps an actor's roster for a role: whoever may give the role may say who has duty in it."""
    return bool(actor) and role in DUTY_ROLES and role in roles_to_give(who, actor)


def kept_roles(who: Who, actor: str) -> tuple[str, ...]:
    """The roles whose rosters at an actor this reader keeps, in the usual order."""
    return tuple(role for role in ROSTER_ROLES if may_keep(who, actor, role))


def may_see_rosters(who: Who) -> bool:
    """Whether this reader sees who has duty: whoever sees who sits where."""
    return may_see_people(who)


def may_read_notes(who: Who, actor: str) -> bool:
    """Whether this reader reads an actor's handover notes: those with a duty there, and who keeps its rosters."""
    return bool(actor) and ((who.actor == actor and bool(who.roles & DUTY_ROLES)) or bool(kept_roles(who, actor)))


def may_write_note(who: Who, roster: Roster) -> bool:
    """Whether this reader writes handover notes on a roster: those with its role at the actor."""
    return who.actor == roster.actor_id and roster.role in who.roles


def check_can_keep(who: Who, actor: str, role: str) -> None:
    """Refuse those who may not say who has duty."""
    if not may_keep(who, actor, role):
        raise Refused(_("You can't change this roster: the actor's administrators and the secretariat do."))


def check_span(starts: datetime, ends: datetime) -> None:
    """Refuse shifts that end before they begin, are over, are far ahead, or last longer than a month."""
    if ends <= starts:
        raise Refused(_("The shift must end after it begins."), field="ends")
    if ends <= now():
        raise Refused(_("The shift is over already. A roster is not rewritten afterwards."), field="ends")
    if ends - starts > LONGEST:
        raise Refused(_("A shift is at most 31 days long."), field="ends")
    if ends > now() + FURTHEST:
        raise Refused(_("That is more than three years ahead."), field="ends")


def days_of(starts: datetime, ends: datetime) -> tuple[date, date]:
    """The first and the last day, in Stockholm, on which a shift is."""
    last = (ends - timedelta(seconds=1)).astimezone(STOCKHOLM).date()
    return starts.astimezone(STOCKHOLM).date(), last


def holds_throughout(roster: Roster, starts: datetime, ends: datetime) -> Q:
    """The condition that a seat is of the roster's role and holds on all days of a shift, counted from today."""
    first, last = days_of(max(starts, now()), ends)
    return Q(actor=roster.actor_id, role=roster.role, valid_from__lte=first) & (Q(valid_to=None) | Q(valid_to__gt=last))


def check_has_role(person: Person, roster: Roster, starts: datetime, ends: datetime, field: str = "person") -> None:
    """Refuse people who do not have the role at the actor on all days of the shift, or may not sign in."""
    held = Seat.objects.filter(holds_throughout(roster, starts, ends), person=person)
    if not person.is_active or not held.exists():
        sentence = _("%(person)s does not have the role %(role)s at this actor on all days of the shift.")
        raise Refused(sentence % {"person": person.name, "role": Role(roster.role).label}, field=field)


def check_free(person: Person, roster: Roster, starts: datetime, ends: datetime, *but: Shift) -> None:
    """Refuse a second shift on the same roster for one who has duty on it then."""
    there = Shift.objects.filter(roster=roster, person=person, removed_at=None, starts__lt=ends, ends__gt=starts)
    if there.exclude(pk__in=[shift.pk for shift in but]).exists():
        sentence = _("%(person)s already has a shift on this roster at that time.")
        raise Refused(sentence % {"person": person.name}, field="person")


def check_not_over(shift: Shift) -> None:
    """Refuse to change what has been."""
    if shift.removed_at is not None:
        raise Refused(_("Somebody has changed this shift. Look at the roster again."))
    if shift.ends <= now():
        raise Refused(_("The shift is over already. A roster is not rewritten afterwards."))


def holders(actor: str, role: str) -> list[Person]:
    """The people who have a role at an actor today or later and may sign in: those who can be given a shift."""
    seats = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today()), actor=actor, role=role)
    return list(Person.objects.filter(pk__in=seats.values("person"), is_active=True, screen=False))
