"""Whether the secretariat has competence from all three categories at the same time: month by month, and gaps. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import msgspec

from samlad.governance.lent.months import between, days_in, first_of, last_of

WANTED: Final = ("municipality", "traffic", "blue_light")
"""The model's own three: Kommun, Trafik, Blåljus. They are codes of the registers' categories."""
OTHERS: Final = "other"
KINDS: Final = (*WANTED, OTHERS)
DAY: Final = timedelta(days=1)
FULL, PARTLY, EMPTY = "full", "partly", "empty"


class Stay(msgspec.Struct, frozen=True):
    """Days on which somebody from a category is lent, with a share of full time in per cent. The last day is in it."""

    category: str
    first: date
    last: date
    share: int


class Cell(msgspec.Struct, frozen=True):
    """A category in a month: full-time equivalents on average over its days, and on how many days somebody was there.

    `state` is "full" (every day), "partly" or "empty".
    """

    category: str
    month: date
    equivalents: Decimal
    days: int

    @property
    def state(self) -> str:
        """Whether there was somebody all days, some, or none."""
        return EMPTY if not self.days else FULL if self.days == last_of(self.month).day else PARTLY


class Gap(msgspec.Struct, frozen=True):
    """Days on which a wanted category has nobody. `lasts`: it goes on after the last day that was looked at."""

    category: str
    first: date
    last: date
    lasts: bool = False


def kind_of(category: str) -> str:
    """One of KINDS for a category of the registers."""
    return category if category in WANTED else OTHERS


def cells(stays: Iterable[Stay], first: date, last: date) -> dict[str, tuple[Cell, ...]]:
    """Each category month by month; `first` and `last` are months."""
    all_of = list(stays)
    months = list(between(first, last))
    return {
        kind: tuple(_cell(kind, month, [stay for stay in all_of if stay.category == kind]) for month in months)
        for kind in KINDS
    }


def _cell(kind: str, month: date, stays: Sequence[Stay]) -> Cell:
    length = last_of(month).day
    worked = sum(days_in(month, stay.first, stay.last) * stay.share for stay in stays)
    equivalents = (Decimal(worked) / (100 * length)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Cell(
        kind, month, equivalents, length - sum(_days(gap) for gap in gaps_of(kind, stays, month, last_of(month)))
    )


def _days(gap: Gap) -> int:
    return (gap.last - gap.first).days + 1


def gaps_of(category: str, stays: Iterable[Stay], first: date, last: date) -> tuple[Gap, ...]:
    """The days between two days on which a category has nobody, in order."""
    found: list[Gap] = []
    free_from = first
    for stay in sorted(stays, key=lambda stay: stay.first):
        if stay.category != category or stay.last < free_from or stay.first > last:
            continue
        if stay.first > free_from:
            found.append(Gap(category, free_from, stay.first - DAY))
        free_from = max(free_from, stay.last + DAY)
    if free_from <= last:
        found.append(Gap(category, free_from, last, lasts=True))
    return tuple(found)


def gaps(stays: Iterable[Stay], first: date, last: date) -> tuple[Gap, ...]:
    """Gaps in the wanted categories, the first to come first."""
    all_of = list(stays)
    found = [gap for kind in WANTED for gap in gaps_of(kind, all_of, first, last)]
    return tuple(sorted(found, key=lambda gap: (gap.first, WANTED.index(gap.category))))


def together(shown: dict[str, tuple[Cell, ...]], day: date) -> bool:
    """Whether all three are there in the month of a day, for all of it."""
    month = first_of(day)
    return all(cell.state == FULL for kind in WANTED for cell in shown[kind] if cell.month == month)
