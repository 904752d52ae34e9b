"""A region's rosters from its files: patterns, single shifts and a swap that waits, as the demonstration has them.

Days are counted from the import, so that somebody is on duty whenever it is run: week 0 is the one that is under way,
from the latest such handover. What is there already, under the same code, stays as it is.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.journal.who import DUTY_ROLES, SYSTEM
from samlad.registers.models import Actor, Person, Roster, RosterPattern, Shift, ShiftSwap
from samlad.registers.queries import seats_of, speaking
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import REASON, RoomTable
from samlad.registers.roster_actions import add_shift
from samlad.registers.roster_lines import uid_of
from samlad.registers.roster_models import OnHoliday
from samlad.registers.roster_patterns import add_pattern
from samlad.registers.roster_swaps import propose, waiting
from samlad.registers.roster_turns import WEEK, Turns, wall

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class PatternRow:
    """People (usernames) who take turns, handing over on a weekday ("fri") at an hour ("17:00"); the first has now."""

    code: str
    actor: str
    role: str
    people: list[str]
    weekday: str
    handover: str
    weeks: int = 1
    on_holiday: str = "same"
    deputy: bool = False


@dataclass(frozen=True)
class ShiftRow:
    """One person for some weeks from a handover, counted in weeks from the one before the import."""

    code: str
    actor: str
    role: str
    person: str
    weekday: str
    handover: str
    week: int
    weeks: int = 1
    deputy: bool = False


@dataclass(frozen=True)
class SwapRow:
    """A swap that waits: `asks` would like `of` to take their first whole shift ahead, in exchange for `of`'s first."""

    actor: str
    role: str
    asks: str
    of: str
    message: str = ""


def import_pattern(row: PatternRow) -> str:
    """One pattern."""
    check_roster(row.actor, row.role)
    if RosterPattern.objects.filter(code=row.code).exists():
        return "same"
    if row.on_holiday not in OnHoliday.values:
        known = ", ".join(OnHoliday.values)
        raise Wrong(_("“%(key)s” should be one of %(known)s.") % {"key": "on_holiday", "known": known}, "on_holiday")
    if not 1 <= row.weeks <= 8:
        raise Wrong(_("“%(key)s” should be 1 to 8.") % {"key": "weeks"}, "weeks")
    weekday, hour = weekday_of(row.weekday), hour_of(row.handover)
    people = tuple(person_of(name, "people").pk for name in row.people)
    day = handover_before(weekday, hour)
    turns = Turns(people, weekday, hour, day, weeks=row.weeks, on_holiday=row.on_holiday)
    add_pattern(actor=row.actor, role=row.role, turns=turns, deputy=row.deputy, reason=REASON, by=SYSTEM, code=row.code)
    return "added"


def import_shift(row: ShiftRow) -> str:
    """One shift."""
    check_roster(row.actor, row.role)
    uid = uid_of("region", row.code)
    if Shift.objects.filter(uid=uid).exists():
        return "same"
    person, weekday, hour = person_of(row.person, "person"), weekday_of(row.weekday), hour_of(row.handover)
    begins = handover_before(weekday, hour) + row.week * WEEK
    span = (wall(begins, hour), wall(begins + row.weeks * WEEK, hour))
    shift = add_shift(
        actor=row.actor, role=row.role, person=person, span=span, deputy=row.deputy, reason=REASON, by=SYSTEM
    )
    Shift.objects.filter(pk=shift.pk).update(uid=uid)
    return "added"


def import_swap(row: SwapRow) -> str:
    """One swap that waits for its answer."""
    check_roster(row.actor, row.role)
    asker, other = person_of(row.asks, "asks"), person_of(row.of, "of")
    if ShiftSwap.objects.filter(asked_by=asker, asked_of=other).exists() or waiting(now()).filter(asked_by=asker):
        return "same"
    roster = Roster.objects.filter(actor=row.actor, role=row.role).first()
    ahead = Shift.objects.filter(roster=roster, removed_at=None, starts__gt=now(), deputy=False)
    mine, theirs = (ahead.filter(person=one).order_by("starts").first() for one in (asker, other))
    if mine is None or theirs is None:
        raise Wrong(_("Both need a shift ahead on the roster."), "asks")
    by = speaking(asker, seats_of(asker.key), row.actor)
    propose(offered=mine, asked_of=other, wanted=theirs, message=row.message, by=by)
    return "added"


def check_roster(actor: str, role: str) -> None:
    """Refuse actors that are not there, and roles that have no roster."""
    if not Actor.objects.filter(code=actor).exists():
        raise Wrong(_("There is no actor %(code)s.") % {"code": actor}, "actor")
    if role not in DUTY_ROLES:
        known = ", ".join(sorted(DUTY_ROLES))
        raise Wrong(_("“role” should be one of %(known)s.") % {"known": known}, "role")


def person_of(username: str, key: str) -> Person:
    """The person with a username. Raises Wrong."""
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise Wrong(_("There is nobody with the username %(username)s.") % {"username": username}, key)
    return person


def weekday_of(name: str) -> int:
    """The number of a weekday, 0 for "mon". Raises Wrong."""
    if name not in WEEKDAYS:
        raise Wrong(_("“%(key)s” should be one of %(known)s.") % {"key": "weekday", "known": ", ".join(WEEKDAYS)})
    return WEEKDAYS.index(name)


def hour_of(text: str) -> time:
    """An hour, from "17:00". Raises Wrong."""
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Wrong(_("“%(key)s” should be an hour, such as 17:00.") % {"key": "handover"}, "handover") from None


def handover_before(weekday: int, hour: time) -> date:
    """The day of the latest such handover that has been."""
    there = now().astimezone(STOCKHOLM)
    day = there.date() - timedelta(days=(there.weekday() - weekday) % 7)
    return day - WEEK if wall(day, hour) > there else day


TABLES: Final = (
    RoomTable("rosters.toml", "pattern", PatternRow, import_pattern, {"code": 60}),
    RoomTable("rosters.toml", "shift", ShiftRow, import_shift),
    RoomTable("rosters.toml", "swap", SwapRow, import_swap, {"message": 300}),
)
"""Made known by `web/wiring.py`, with those of the rooms above: they come after the registers' own."""
