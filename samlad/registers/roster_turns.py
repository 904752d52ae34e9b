"""Recurring patterns, spread out: whose turn it is from when to when. No database.

Handover is at an hour by the clock on the wall in Stockholm, so a week is an hour longer or shorter when the clocks
change. Each boundary is worked out once and is the end of one turn and the beginning of the next: nothing is left open
between them, and nothing covered twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from samlad.base.clock import STOCKHOLM
from samlad.registers.roster_days import moved

WEEK: Final = timedelta(days=7)


class Turns(msgspec.Struct, frozen=True):
    """A pattern: `people` (keys) have `weeks` weeks each, in order and then again from the first.

    The first handover is on or after `valid_from`; the last, where there is one, on or after `valid_to`.
    """

    people: tuple[str, ...]
    weekday: int
    handover: time
    valid_from: date
    valid_to: date | None = None
    weeks: int = 1
    on_holiday: str = "same"


class Span(msgspec.Struct, frozen=True, order=True):
    """Somebody from a moment up to another, both UTC."""

    starts: datetime
    ends: datetime
    person: str


def wall(day: date, hour: time) -> datetime:
    """An hour by Stockholm's clocks, in UTC. One that comes twice: the first; one skipped: an hour later."""
    return datetime.combine(day, hour, tzinfo=STOCKHOLM).astimezone(UTC)


def first_on(day: date, weekday: int) -> date:
    """The first such weekday (0 is Monday) on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def boundary(turns: Turns, number: int) -> datetime:
    """When turn `number` begins, counted from 0: after a holiday has moved it, in UTC."""
    day = first_on(turns.valid_from, turns.weekday) + number * turns.weeks * WEEK
    return wall(moved(day, turns.on_holiday), turns.handover)


def last_turn(turns: Turns) -> int | None:
    """The number of turns there are, or None where there is no last."""
    if turns.valid_to is None:
        return None
    days = (first_on(turns.valid_to, turns.weekday) - first_on(turns.valid_from, turns.weekday)).days
    return max(0, -(-days // (7 * turns.weeks)))


def spread(turns: Turns, begin: datetime, end: datetime) -> Iterator[Span]:
    """The turns that are not over at `begin` and begin before `end`, whole, in order."""
    last = last_turn(turns)
    anchor = wall(first_on(turns.valid_from, turns.weekday), turns.handover)
    # Holidays and summer time move a boundary by less than a week: one turn earlier is early enough.
    number = max(0, (begin - anchor) // (turns.weeks * WEEK) - 1)
    while last is None or number < last:
        starts, ends = boundary(turns, number), boundary(turns, number + 1)
        if starts >= end:
            return
        if ends > begin:
            yield Span(starts, ends, turns.people[number % len(turns.people)])
        number += 1
