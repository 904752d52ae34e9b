"""Months, and what of them falls on some days. Pure: no database, no clock.

A month is written as its first day. Spans of days have their last day in them.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

ORE: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")


def first_of(day: date) -> date:
    """The month that a day is in."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def later(month: date, months: int) -> date:
    """The month so many months after, or before, another."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def between(first: date, last: date) -> Iterator[date]:
    """The months that some days touch, in order."""
    month = first_of(first)
    while month <= last:
        yield month
        month = later(month, 1)


def month_from(text: str) -> date | None:
    """A month as addresses have it ("2026-01"); None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-01") else None
    except ValueError:
        return None


def days_in(month: date, first: date, last: date) -> int:
    """How many days of a month are among some days."""
    begin, end = max(month, first), min(last_of(month), last)
    return max(0, (end - begin).days + 1)


def rounded(amount: Decimal) -> Decimal:
    """An amount to the öre, half an öre up."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def part_of_month(amount: Decimal, month: date, first: date, last: date) -> Decimal:
    """What of a month's amount falls on some days of it, by the number of days, to the öre.

    Counted as the difference of two rounded sums from the month's first day, so that spans that follow on one another
    always sum to the whole.
    """
    if not days_in(month, first, last):
        return ZERO
    begin, end = max(month, first), min(last_of(month), last)
    return _until(amount, month, end.day) - _until(amount, month, begin.day - 1)


def _until(amount: Decimal, month: date, days: int) -> Decimal:
    return rounded(amount * days / last_of(month).day)
