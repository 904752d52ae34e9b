"""When a test alarm is: arithmetic over months, Stockholm's days, holidays and the change of clocks.

A moment follows from the rule and the month, so it is the same each time it is asked for. What is drawn follows from
the rule's hidden seed and can't be guessed by those who are to be tested.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final, Protocol

import msgspec

from samlad.base.clock import STOCKHOLM
from samlad.registers.roster_days import is_working_day

OFFICE: Final = (time(8), 8 * 60)  # from when, and for how many minutes it may begin
NIGHT: Final = (time(22), 8 * 60)
LAST: Final = 5


class Rule(msgspec.Struct, frozen=True):
    """On which day and at what time. `nth` 5 is the last; `weekday` 0 is Monday; `at` is Stockholm's time."""

    day_rule: str
    time_rule: str
    seed: str
    nth: int = 1
    weekday: int = 2
    at: time = time(10)

    @classmethod
    def of(cls, plan: "Planned") -> "Rule":
        """The rule of a plan."""
        return cls(plan.day_rule, plan.time_rule, plan.seed, plan.nth, plan.weekday, plan.at or time(10))


class Planned(Protocol):
    """What a plan says of when."""

    day_rule: str
    time_rule: str
    seed: str
    nth: int
    weekday: int
    at: time | None


def month_of(at: datetime) -> date:
    """The first day of the month that a moment lies in, in Stockholm."""
    return at.astimezone(STOCKHOLM).date().replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def moment(rule: Rule, month: date) -> datetime:
    """When the test alarm of a month begins, in UTC. Always in that month, Stockholm's time.

    A time that the change of clocks leaves out is the one an hour later; of one that comes twice, it is the first.
    """
    day = _day(rule, month)
    if rule.time_rule == "fixed":
        return _moment(datetime.combine(day, rule.at))
    begins, minutes = OFFICE if rule.time_rule == "office" else NIGHT
    if rule.time_rule == "night" and day == _last(month):
        minutes = 120  # until midnight, so that no other month gets two
    return _moment(datetime.combine(day, begins) + timedelta(minutes=_drawn(rule, month, "minute", minutes)))


def coming(rule: Rule, after: datetime) -> datetime:
    """The next one after a moment."""
    month = month_of(after)
    while (at := moment(rule, month)) <= after:
        month = next_month(month)
    return at


def a_week_later(at: datetime) -> datetime | None:
    """The same weekday and time a week later, where that is in the same month; else None."""
    local = at.astimezone(STOCKHOLM).replace(tzinfo=None)
    later = local + timedelta(days=7)
    return _moment(later) if later.month == local.month else None


def _day(rule: Rule, month: date) -> date:
    if rule.day_rule == "weekday":
        those = [day for day in _days(month) if day.weekday() == rule.weekday]
        return those[-1] if rule.nth >= LAST else those[rule.nth - 1]
    days: Sequence[date] = _days(month)
    if rule.time_rule == "office":
        days = [day for day in days if is_working_day(day)]
    return days[_drawn(rule, month, "day", len(days))]


def _days(month: date) -> list[date]:
    return [month + timedelta(days=place) for place in range(_last(month).day)]


def _last(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _drawn(rule: Rule, month: date, what: str, below: int) -> int:
    digest = sha256(f"{rule.seed} {month.isoformat()} {what}".encode()).digest()
    return int.from_bytes(digest[:8]) % below


def _moment(local: datetime) -> datetime:
    return local.replace(tzinfo=STOCKHOLM, fold=0).astimezone(UTC)
