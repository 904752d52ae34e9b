"""What duty in the pool (RSK) is compensated with: hours by kind from actual shifts, and rates of their day. Pure.

An hour's kind is by the clock on the wall in Stockholm and the calendar: a holiday before a weekend, a weekend before
a night. The hours are those that passed: a night in which the clocks go back is an hour longer. A week is a week by the
clock on the wall, from Monday 08:00 to Monday 08:00, also where the clocks change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from samlad.base.clock import STOCKHOLM
from samlad.governance.lent.months import ORE, ZERO, rounded
from samlad.registers.roster_days import holiday

HOLIDAY, WEEKEND, NIGHT, WEEKDAY, WEEK = "holiday", "weekend", "night", "weekday", "week"
KINDS: Final = (WEEKDAY, NIGHT, WEEKEND, HOLIDAY)
SATURDAY: Final = 5
HOUR: Final = 3600
WEEK_SECONDS: Final = 7 * 24 * HOUR
MIDNIGHT: Final = time()


class Duty(msgspec.Struct, frozen=True):
    """A shift of a person, in UTC, half open."""

    person: str
    starts: datetime
    ends: datetime
    deputy: bool = False
    shift: str = ""


class Rates(msgspec.Struct, frozen=True):
    """What holds from a day: amounts per hour of each kind and per week; None is not known, or not paid."""

    valid_from: date
    weekday: Decimal | None = None
    night: Decimal | None = None
    weekend: Decimal | None = None
    holiday: Decimal | None = None
    week: Decimal | None = None
    night_begins: time | None = None
    night_ends: time | None = None
    deputies: bool = False
    source: str = ""

    @property
    def by_hour(self) -> dict[str, Decimal | None]:
        """The amounts per hour, by kind."""
        return {WEEKDAY: self.weekday, NIGHT: self.night, WEEKEND: self.weekend, HOLIDAY: self.holiday}

    def is_night(self, hour: time) -> bool:
        """Whether an hour by the clock on the wall is night."""
        begins, ends = self.night_begins, self.night_ends
        if begins is None or ends is None or begins == ends:
            return False
        return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


class Line(msgspec.Struct, frozen=True):
    """What a person is compensated for at one rate: `quantity` hours of a kind, or weeks. `amount` is None where the
    rate is not known."""

    person: str
    kind: str
    quantity: Decimal
    rate: Decimal | None
    amount: Decimal | None


class Piece(msgspec.Struct, frozen=True):
    """A part of a shift with one kind and one set of rates. `wall`: seconds by the clock on the wall."""

    person: str
    kind: str
    rates: Rates | None
    seconds: int
    wall: int


def rates_on(every: Sequence[Rates], day: date) -> Rates | None:
    """What holds on a day: the latest that began no later."""
    return max((one for one in every if one.valid_from <= day), key=lambda one: one.valid_from, default=None)


def wall(day: date, hour: time = MIDNIGHT) -> datetime:
    """An hour by Stockholm's clocks, in UTC."""
    return datetime.combine(day, hour, STOCKHOLM).astimezone(UTC)


def cut(duties: Iterable[Duty], begin: datetime, end: datetime) -> list[Duty]:
    """Shifts within a time, each moment of a person once: the ordinary shift before that as deputy."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(duties, key=lambda one: (one.deputy, one.starts, one.ends)):
        pieces = [(max(duty.starts, begin), min(duty.ends, end))]
        for taken in found[duty.person]:
            pieces = [
                part
                for starts, ends in pieces
                for part in ((starts, min(ends, taken.starts)), (max(starts, taken.ends), ends))
                if part[0] < part[1]
            ]
        found[duty.person].extend(
            Duty(duty.person, starts, ends, duty.deputy, duty.shift) for starts, ends in pieces if starts < ends
        )
    return sorted((one for many in found.values() for one in many), key=lambda one: (one.starts, one.person))


def pieces(duty: Duty, every: Sequence[Rates]) -> Iterator[Piece]:
    """A shift in parts of one kind each."""
    begin = duty.starts
    while begin < duty.ends:
        local = begin.astimezone(STOCKHOLM)
        rates = rates_on(every, local.date())
        end = min(duty.ends, _next_change(begin, local.date(), rates))
        seconds = int((end - begin).total_seconds())
        naive = end.astimezone(STOCKHOLM).replace(tzinfo=None) - local.replace(tzinfo=None)
        yield Piece(duty.person, _kind(local, rates), rates, seconds, int(naive.total_seconds()))
        begin = end


def _next_change(moment: datetime, day: date, rates: Rates | None) -> datetime:
    """When the kind can change next: at midnight, or when night begins or ends."""
    hours = [hour for hour in (rates.night_begins, rates.night_ends) if hour is not None] if rates else []
    ahead = [wall(day + timedelta(days=1)), *(wall(day, hour) for hour in hours)]
    return min(one for one in ahead if one > moment)


def _kind(local: datetime, rates: Rates | None) -> str:
    if holiday(local.date()):
        return HOLIDAY
    if local.weekday() >= SATURDAY:
        return WEEKEND
    return NIGHT if rates is not None and rates.is_night(local.time()) else WEEKDAY


def lines(duties: Iterable[Duty], every: Sequence[Rates]) -> list[Line]:
    """What shifts, already cut to a month, are compensated with: a line for each person, kind and rate."""
    hours: dict[tuple[str, str, Decimal | None], int] = defaultdict(int)
    weeks: dict[tuple[str, Decimal], int] = defaultdict(int)
    for duty in duties:
        for piece in pieces(duty, every):
            rates = piece.rates
            if duty.deputy and (rates is None or not rates.deputies):
                continue
            rate = rates.by_hour[piece.kind] if rates else None
            if rate is not None or not _by_week_only(rates):
                hours[piece.person, piece.kind, rate] += piece.seconds
            if rates is not None and rates.week is not None:
                weeks[piece.person, rates.week] += piece.wall
    found = [_line(person, kind, seconds, HOUR, rate) for (person, kind, rate), seconds in hours.items()]
    found += [_line(person, WEEK, seconds, WEEK_SECONDS, rate) for (person, rate), seconds in weeks.items()]
    order = (*KINDS, WEEK)
    return sorted(found, key=lambda one: (one.person, order.index(one.kind), one.rate or ZERO))


def _by_week_only(rates: Rates | None) -> bool:
    """Whether hours are not paid one by one at all, so that no rate is missing."""
    return rates is not None and rates.week is not None and all(one is None for one in rates.by_hour.values())


def _line(person: str, kind: str, seconds: int, unit: int, rate: Decimal | None) -> Line:
    amount = None if rate is None else rounded(rate * seconds / unit)
    return Line(person, kind, (Decimal(seconds) / unit).quantize(ORE), rate, amount)


def total(found: Iterable[Line]) -> Decimal | None:
    """The sum of some lines; None where a rate is not known."""
    amounts = [line.amount for line in found]
    return None if None in amounts else sum((one for one in amounts if one is not None), ZERO)
