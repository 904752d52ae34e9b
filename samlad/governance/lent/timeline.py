"""The balance of categories as a drawing: a row for each category, a cell for each month. Pure geometry.

Shape and word tell what colour tells: a month without anybody is an empty box with a cross and a word, one with
somebody on some days only is hatched.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import msgspec
from django.utils.formats import date_format

from samlad.governance.lent.balance import EMPTY, WANTED, Cell
from samlad.governance.lent.words import decimal

LEFT: Final = 104
COLUMN: Final = 34
ROW: Final = 40
TOP: Final = 40
GUTTER: Final = 3


class Box(msgspec.Struct, frozen=True):
    """A month, or some months without anybody on end. `state` is how it is drawn, `text` stands in it."""

    x: int
    y: int
    width: int
    state: str
    text: str
    title: str

    @property
    def middle(self) -> float:
        """Where its text stands."""
        return self.x + self.width / 2


class Heading(msgspec.Struct, frozen=True):
    """What stands above a column; `year` where a year begins."""

    x: float
    month: str
    year: str


class Timeline(msgspec.Struct, frozen=True):
    """The whole drawing. `now` is where today is."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, int, tuple[Box, ...]], ...]
    now: float


def drawn(cells: Mapping[str, Sequence[Cell]], labels: Mapping[str, str], today: date) -> Timeline:
    """The drawing of some months; `labels` are the names of the categories."""
    months = [cell.month for cell in next(iter(cells.values()))]
    headings = tuple(
        Heading(
            LEFT + place * COLUMN + COLUMN / 2,
            date_format(month, "M").lower(),
            str(month.year) if not place or month.month == 1 else "",
        )
        for place, month in enumerate(months)
    )
    rows = tuple(
        (labels[kind], TOP + place * ROW + ROW // 2, tuple(_boxes(kind, row, TOP + place * ROW)))
        for place, (kind, row) in enumerate(cells.items())
    )
    past = (today.year - months[0].year) * 12 + today.month - months[0].month
    now = LEFT + (past + (today.day - 1) / 31) * COLUMN
    return Timeline(LEFT + len(months) * COLUMN, TOP + len(rows) * ROW + 4, headings, rows, round(now, 1))


def _boxes(kind: str, row: Sequence[Cell], y: int) -> list[Box]:
    """A row's cells, those without anybody taken together."""
    found: list[Box] = []
    place = 0
    for empty, group in groupby(row, key=lambda cell: cell.state == EMPTY):
        some = list(group)
        if empty:
            state = "empty" if kind in WANTED else "none"
            ends = f"{date_format(some[0].month, 'F Y')} – {date_format(some[-1].month, 'F Y')}"
            found.append(_box(place, len(some), y, state, "", ends))
        else:
            for offset, cell in enumerate(some):
                month = date_format(cell.month, "F Y")
                found.append(_box(place + offset, 1, y, cell.state, decimal(cell.equivalents), month))
        place += len(some)
    return found


def _box(place: int, months: int, y: int, state: str, text: str, title: str) -> Box:
    return Box(LEFT + place * COLUMN + 1, y + GUTTER, months * COLUMN - 2, state, text, title)
