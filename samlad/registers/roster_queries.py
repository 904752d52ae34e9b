"""What the roster says: who is on duty at a moment, and which shifts there are. Frozen, free of the database.

What has been is never rewritten, so the shifts that stand are who was on duty, also long ago.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from samlad.base.clock import STOCKHOLM
from samlad.registers.models import Roster, Shift


class OnDuty(msgspec.Struct, frozen=True):
    """Somebody on duty: in which role at which actor, from when to when (UTC). `id` is the shift's."""

    id: UUID
    actor: str
    role: str
    person: str
    name: str
    starts: datetime
    ends: datetime
    deputy: bool
    source: str = "page"


def view_of(shift: Shift) -> OnDuty:
    """A shift whose roster and person have been fetched."""
    return OnDuty(
        shift.pk,
        shift.roster.actor_id,
        shift.roster.role,
        shift.person_id,
        shift.person.name,
        shift.starts,
        shift.ends,
        shift.deputy,
        shift.source,
    )


def standing(begin: datetime, end: datetime) -> "QuerySet[Shift]":
    """The shifts that stand and touch a time, with their rosters and people, the ordinary before deputies."""
    rows = Shift.objects.filter(removed_at=None, starts__lt=end, ends__gt=begin, roster__ended_at=None)
    return rows.select_related("roster", "person").order_by("starts", "deputy", "id")


def on_duty(actor_codes: Collection[str] | None, at: datetime, roles: Iterable[str] | None = None) -> list[OnDuty]:
    """Who is, was or will be on duty at a moment, at these actors (None: all), the ordinary first. One query."""
    rows = Shift.objects.filter(removed_at=None, starts__lte=at, ends__gt=at)
    # A roster that was ended later was one then.
    rows = rows.filter(Q(roster__ended_at=None) | Q(roster__ended_at__gt=at))
    if actor_codes is not None:
        rows = rows.filter(roster__actor__in=list(actor_codes))
    if roles is not None:
        rows = rows.filter(roster__role__in=list(roles))
    found = [view_of(shift) for shift in rows.select_related("roster", "person")]
    return sorted(found, key=lambda one: (one.deputy, one.starts, one.name))


def rosters_kept(actor_codes: Collection[str] | None = None) -> list[Roster]:
    """The rosters that are kept today."""
    rows = Roster.objects.filter(ended_at=None)
    return list(rows if actor_codes is None else rows.filter(actor__in=list(actor_codes)))


def shifts_between(actor: str, begin: datetime, end: datetime) -> list[OnDuty]:
    """An actor's shifts that touch a time, in order of time."""
    return [view_of(shift) for shift in standing(begin, end).filter(roster__actor=actor)]


def shifts_of(person: str, begin: datetime, end: datetime) -> list[OnDuty]:
    """A person's shifts that touch a time, at all actors."""
    return [view_of(shift) for shift in standing(begin, end).filter(person=person)]


def midnight(moment: datetime) -> datetime:
    """The beginning of the day in Stockholm."""
    return moment.astimezone(STOCKHOLM).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def monday(moment: datetime) -> datetime:
    """The beginning of the ISO week in Stockholm: midnight by the clock on the wall."""
    day = midnight(moment)
    return day - timedelta(days=day.weekday())
