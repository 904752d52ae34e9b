"""Figures that the annual report has from the money part. It is above this one, so they are handed in by the front."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import msgspec


class EconomyLine(msgspec.Struct, frozen=True):
    """A line of the report's table of economy (SEK). None: that there is no figure is said, and not taken for 0."""

    label: str
    planned: Decimal | None = None
    outcome: Decimal | None = None


Economy = Callable[[int, date | None], Sequence[EconomyLine]]
"""The lines of a year, as recorded now or at the end of a day."""


def no_economy(_year: int, _on: date | None) -> Sequence[EconomyLine]:
    """Where nobody hands any in."""
    return ()
