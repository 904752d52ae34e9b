"""The weekly conference in ordinary mode, worked out: when what of a week's conference is due. No database here.

Days and clock times are Stockholm's, where a day can have 23 or 25 hours; moments are UTC.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

import msgspec

from samlad.base.clock import STOCKHOLM

NIGHT_ENDS: Final = time(7)
NIGHT_BEGINS: Final = time(21)
AHEAD: Final = 3
"""Weeks beside the present one that are looked at: an opening can be two weeks before its conference."""
Deed = Literal["open", "remind", "close"]


class Schedule(msgspec.Struct, frozen=True):
    """When the conference is (ISO weekday, Stockholm's clock), and what happens how long before and after it."""

    weekday: int
    at: time
    opens_days: int
    remind_hours: int
    report_minutes: int
    closes_hours: int
    paused: bool = False


class Otherwise(msgspec.Struct, frozen=True):
    """A week that differs: the conference is on another day or at another time, or with no day not held."""

    day: date | None
    at: time | None
    reason: str


class Plan(msgspec.Struct, frozen=True):
    """The moments of one week's conference."""

    week: str
    conference_at: datetime
    opens_at: datetime
    remind_at: datetime
    report_by: datetime
    closes_at: datetime


class Done(msgspec.Struct, frozen=True):
    """What has been done for a week's conference."""

    opened: bool = False
    reminded: bool = False
    closed: bool = False


def week_of(day: date) -> str:
    """The ISO week of a day: 2026-W48."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def monday(week: str) -> date:
    """The first day of an ISO week. Raises ValueError for what is none."""
    if len(week) != 8 or week[4:6] != "-W" or not (week[:4] + week[6:]).isascii():
        raise ValueError(week)
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def operation_of(week: str) -> UUID:
    """The id of the operation of a week's conference: the same wherever and whenever it is opened (a UUIDv7)."""
    begins = datetime.combine(monday(week), time(), UTC)
    made = int.from_bytes(sha256(f"weekly conference {week}".encode()).digest()[:10])
    milliseconds = int(begins.timestamp() * 1000)
    return UUID(
        int=(milliseconds << 80) | (7 << 76) | ((made >> 66 & 0xFFF) << 64) | (0b10 << 62) | (made & (1 << 62) - 1)
    )


def moment(day: date, at: time) -> datetime:
    """A clock time in Stockholm as a moment. One that comes twice is its first, one that is skipped an hour later."""
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def plan(schedule: Schedule, week: str, otherwise: Otherwise | None = None) -> Plan | None:
    """The moments of a week's conference; None in a week without one.

    It opens some days before at the conference's own clock time; what is hours and minutes is counted by the clock on
    the wall too, so that "20 hours before" is the same time of day in every week.
    """
    if otherwise is not None and otherwise.day is None:
        return None
    day = otherwise.day if otherwise and otherwise.day else monday(week) + timedelta(days=schedule.weekday - 1)
    at = otherwise.at if otherwise and otherwise.at else schedule.at
    held = datetime.combine(day, at)

    def when(wall: datetime) -> datetime:
        return moment(wall.date(), wall.time())

    return Plan(
        week,
        when(held),
        when(held - timedelta(days=schedule.opens_days)),
        when(held - timedelta(hours=schedule.remind_hours)),
        when(held - timedelta(minutes=schedule.report_minutes)),
        when(held + timedelta(hours=schedule.closes_hours)),
    )


def at_night(now: datetime) -> bool:
    """Whether it is so late or early in Stockholm that nobody is written to about a weekly conference."""
    clock = now.astimezone(STOCKHOLM).time()
    return not NIGHT_ENDS <= clock < NIGHT_BEGINS


def weeks_around(now: datetime) -> list[str]:
    """The ISO weeks whose conference may have something due, the present one among them."""
    today = now.astimezone(STOCKHOLM).date()
    return [week_of(today + timedelta(weeks=weeks)) for weeks in range(-1, AHEAD)]


def due(plan: Plan, done: Done, now: datetime, *, paused: bool = False) -> Deed | None:
    """The next thing to do for a conference, if its time has come.

    What was missed while nobody worked is done late as long as it is of use: an operation is opened until its
    conference begins, and somebody reminded until then. Never at night, when it can wait. What is open is closed in
    any case, also while the schedule is paused.
    """
    if not done.opened:
        open_now = plan.opens_at <= now < plan.conference_at and not paused and not at_night(now)
        return "open" if open_now else None
    if done.closed:
        return None
    if now >= plan.closes_at:
        return "close"
    remind_now = plan.remind_at <= now < plan.conference_at and not done.reminded and not paused and not at_night(now)
    return "remind" if remind_now else None


def following(
    schedule: Schedule, exceptions: Mapping[str, Otherwise], now: datetime, most: int = 8
) -> list[tuple[str, Plan | None]]:
    """The coming weeks with their conferences, None where there is none; the first is the next that has not begun."""
    today = now.astimezone(STOCKHOLM).date()
    weeks = [week_of(today + timedelta(weeks=number)) for number in range(most + 1)]
    plans = [(week, plan(schedule, week, exceptions.get(week))) for week in weeks]
    return [(week, found) for week, found in plans if found is None or found.conference_at > now][:most]
