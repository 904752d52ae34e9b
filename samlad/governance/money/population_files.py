"""Population figures from a file: our own layout, or tables as SCB's database exports them.

Own layout: a heading with code, date and population (kind, name and source are taken along), a figure on each row.
SCB: `"region";"2016";"2017"` (a year is its last day), `2024M06`, `2024-06` or `2024K2` (the end of that month or
quarter), the code before the name in the first column; or one figure on each row with a column for the year.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from samlad.governance.money import tables
from samlad.governance.money.fields import SPACES
from samlad.governance.money.tables import Unreadable

CODE: Final = ("code", "kod", "kommunkod", "regionkod", "municipality_code", "region_code")
AREA: Final = ("region", "kommun", "name", "namn", "municipality", "område", "area")
DAY: Final = ("date", "datum", "day", "dag", "år", "year", "tid", "månad", "month", "kvartal", "quarter")
FIGURE: Final = ("population", "folkmängd", "befolkning", "antal", "invånare", "figure", "value", "värde", "personer")
SOURCE: Final = ("source", "källa")
EDITION: Final = ("edition", "utgåva", "version", "status")
KIND: Final = ("kind", "slag", "typ")
SPLIT: Final = ("kön", "sex", "gender", "ålder", "age", "civilstånd", "marital status")
"""Columns that split a figure: such a file has no totals."""
PERIOD: Final = re.compile(r"(?:folkmängd\s*)?((?:19|20)\d\d)(?:\s*(?:M|-)(\d\d)|\s*(?:K|Q|kv)(\d))?", re.IGNORECASE)
LEADING_CODE: Final = re.compile(r"(\d{1,4})(?:\s+(.*))?")
MONTHS_OF_A_QUARTER: Final = 3


class Read(msgspec.Struct, frozen=True):
    """A figure as a file has it. `told`: what was mended in it, or that it is odd."""

    code: str
    on: date
    figure: int
    edition: str = ""
    source: str = ""
    told: str = ""


class Reading(msgspec.Struct):
    """A file as read: figures, and what was not taken: where, why."""

    figures: list[Read] = msgspec.field(default_factory=list)
    refused: list[tuple[str, str]] = msgspec.field(default_factory=list)


class Columns(msgspec.Struct, frozen=True):
    """Which column is what; None: not there. `periods`: the columns that have a day as their heading."""

    code: int | None
    area: int | None
    day: int | None
    figure: int | None
    source: int | None
    edition: int | None
    kind: int | None
    periods: tuple[tuple[int, date], ...]


def read(content: bytes) -> Reading:
    """Read a file of figures. Raises Unreadable where nothing in it can be used."""
    rows = tables.read(content)
    place, columns = heading(rows)
    reading = Reading()
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        try:
            reading.figures += figures(row, columns)
        except ValueError as wrong:
            reading.refused.append((_("row %(number)s") % {"number": number}, str(wrong)))
    _refuse_twice(reading)
    return reading


def heading(rows: Sequence[list[str]]) -> tuple[int, Columns]:
    """The row that names the columns, past a title. Raises Unreadable."""
    for place, row in enumerate(rows[:10]):
        if split := next((cell for cell in row if cell.casefold() in SPLIT), None):
            raise Unreadable(
                _("The figures are split by “%(column)s”. Take out the totals instead.") % {"column": split}
            )
        columns = columns_of(row)
        if (columns.code is not None or columns.area is not None) and (
            columns.periods or (columns.day is not None and columns.figure is not None)
        ):
            return place, columns
    raise Unreadable(
        _("No row names the columns. Needed: code (or region), and date and population, or a column for each year.")
    )


def columns_of(row: list[str]) -> Columns:
    """What the columns are, if this is the heading."""

    def named(names: Sequence[str]) -> int | None:
        return tables.column(row, names)

    return Columns(
        code=named(CODE),
        area=named(AREA),
        day=named(DAY),
        figure=named(FIGURE),
        source=named(SOURCE),
        edition=named(EDITION),
        kind=named(KIND),
        periods=tuple((place, day) for place, cell in enumerate(row) if (day := period(cell)) is not None),
    )


def period(cell: str) -> date | None:
    """The last day of what a heading names: a year, a month or a quarter."""
    found = PERIOD.fullmatch(cell.strip())
    if found is None:
        return None
    year, month, quarter = (int(part) if part else 0 for part in found.groups())
    month = month or quarter * MONTHS_OF_A_QUARTER or 12
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def figures(row: list[str], columns: Columns) -> list[Read]:
    """The figures of a row. Raises ValueError with why it is not taken."""

    def cell(place: int | None) -> str:
        return row[place] if place is not None and place < len(row) else ""

    code, told = code_of(cell(columns.code) or cell(columns.area))
    more = {"edition": cell(columns.edition)[:80], "source": cell(columns.source)[:300], "told": told}
    if columns.periods:
        return [
            Read(code, day, number(cell(place)), **more)
            for place, day in columns.periods
            if cell(place) not in ("", "..")
        ]
    return [Read(code, day_of(cell(columns.day), cell(columns.kind)), number(cell(columns.figure)), **more)]


def code_of(cell: str) -> tuple[str, str]:
    """A municipality's or county's code, and what was mended. Raises ValueError."""
    found = LEADING_CODE.fullmatch(cell)
    if found is None:
        raise ValueError(_("“%(cell)s” has no municipality code.") % {"cell": cell[:40]})
    code: str = found[1]
    if len(code) in (1, 3):
        return f"0{code}", _("the zero before the code was lost, as Excel does")
    return code, ""


def day_of(cell: str, kind: str) -> date:
    """A day in a cell: 2014-06-30, or what `period` takes. Raises ValueError."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        day = period(cell)
    if day is None:
        raise ValueError(_("“%(cell)s” is no day. Write it as 2024-06-30.") % {"cell": cell[:40]})
    if kind.casefold() in ("mid-year", "halvår", "halvårsskifte") and len(cell) == len("2024"):
        return date(day.year, 6, 30)
    return day


def number(cell: str) -> int:
    """How many people. Raises ValueError."""
    bare = SPACES.sub("", cell)
    if not re.fullmatch(r"\d{1,9}", bare):
        raise ValueError(_("“%(cell)s” is no number of people.") % {"cell": cell[:40]})
    return int(bare)


def _refuse_twice(reading: Reading) -> None:
    """Figures that stand twice with different numbers are not taken: the file is split by something."""
    by_key: dict[tuple[str, date, str], set[int]] = {}
    for one in reading.figures:
        by_key.setdefault((one.code, one.on, one.edition), set()).add(one.figure)
    for (code, day, _edition), numbers in by_key.items():
        if len(numbers) > 1:
            where = f"{code}, {day}"
            reading.refused.append((where, _("several figures for the same day; take out the totals instead")))
    kept = [one for one in reading.figures if len(by_key[one.code, one.on, one.edition]) == 1]
    reading.figures = list({(one.code, one.on, one.edition): one for one in kept}.values())
