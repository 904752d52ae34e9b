"""Tables as text: CSV with commas, semicolons, tabs or bars, one row per actor and time.

A row belongs to the finest place that it names (a zone before its province, a province before the country), so that
totals of a province or a country are reports of their own. A row whose every figure is empty tells nothing: silence.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from samlad.learning.readers.columns import Roles, interpret, is_told, roles_of
from samlad.learning.readers.content import tidy
from samlad.learning.readers.dates import find_date, months_come_first
from samlad.learning.told import Fault, Told

DELIMITERS: Final = ",;\t|"
SAMPLE: Final = 200  # rows that are looked at to tell what a column holds
MOST_REFUSED: Final = 1_000
csv.field_size_limit(10_000_000)


def recognises(text: str) -> bool:
    """Several lines with the same number of columns, the first of them names."""
    rows = sample(text)
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    widths = Counter(len(row) for row in rows[1:] if row)
    header = [cell.strip() for cell in rows[0]]
    named = all(len(cell) <= 80 and not cell.replace(".", "").isdigit() for cell in header) and len(set(header)) > 1
    sentences = sum(cell.endswith(".") or len(cell) > 60 for cell in header)
    return named and not sentences and widths.most_common(1)[0][0] == len(header)


def sample(text: str) -> list[list[str]]:
    """The first rows."""
    try:
        start = io.StringIO(text[:1_000_000], newline="")
        return list(
            islice(
                (row for row in csv.reader(start, delimiter=delimiter_of(text), skipinitialspace=True) if row), SAMPLE
            )
        )
    except csv.Error:
        return []


def delimiter_of(text: str) -> str:
    """Which sign parts the columns: the one that the first line holds most of."""
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    return delimiter if delimiter in first else ","


def read(file: str, text: str) -> Iterator[Told | Fault]:
    """The rows of a table as reports."""
    rows = sample(text)
    header = unique([tidy(cell) for cell in rows[0]])
    roles = roles_by_content(header, rows[1:])
    if not roles.when:
        yield Fault(file, 1, _("No column holds dates, so that its rows can't be placed in time."))
        return
    month_first = months_come_first(row[header.index(roles.when)] for row in rows[1:] if len(row) == len(header))
    refused = 0
    for line, row in numbered(file, text):
        told = row if isinstance(row, Fault) else read_row(file, line, header, row, roles, month_first)
        if told is None:
            continue
        refused += isinstance(told, Fault)
        if refused > MOST_REFUSED:
            yield Fault(file, line, _("Too many rows can't be read; the rest of the file was not read."))
            return
        yield told


def read_row(
    file: str, line: int, header: list[str], row: list[str], roles: Roles, month_first: bool
) -> Told | Fault | None:
    """One row; None when it tells nothing, which is silence."""
    if len(row) != len(header):
        counts = {"found": len(row), "expected": len(header)}
        return Fault(file, line, _("The row has %(found)s columns instead of %(expected)s.") % counts)
    values = dict(zip(header, row, strict=True))
    telling = {roles.text, *roles.fields, *roles.figures} - {""}
    if telling and not any(is_told(values[name]) for name in telling):
        return None
    return interpret(file, line, values, roles, month_first=month_first)


def numbered(file: str, text: str) -> Iterator[tuple[int, list[str] | Fault]]:
    """The rows after the header, each with the line it ends on; what the format forbids as a fault."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), skipinitialspace=True)
    started = False
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield (
                reader.line_num,
                Fault(file, reader.line_num, _("The row can't be read: %(reason)s.") % {"reason": error}),
            )
            continue
        if row and any(cell.strip() for cell in row):
            if started:
                yield reader.line_num, row
            started = True


def unique(header: list[str]) -> list[str]:
    """Names of columns, none of them twice."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def roles_by_content(header: list[str], rows: list[list[str]]) -> Roles:
    """What the columns hold, by name and by what stands in them: dates must be dates, a name must not be a number."""
    columns = {
        name: [row[place].strip() for row in rows if len(row) == len(header) and is_told(row[place])]
        for place, name in enumerate(header)
    }
    dated = [name for name, cells in columns.items() if cells and mostly(cells, is_date)]
    roles = roles_of(tuple(header))
    # A column called a date may have some that are none; one that isn't must hold little else.
    called = roles.when if columns.get(roles.when) and mostly(columns[roles.when], is_date, tenths=5) else ""
    when = called or next(iter(dated), "")
    numeric = {name for name, cells in columns.items() if cells and mostly(cells, is_number)}
    figures = tuple(name for name in roles.figures if name in numeric and name not in dated)
    places = tuple(name for name in roles.places if name not in numeric and name != when)
    actor = roles.actor if roles.actor not in numeric else ""
    if not actor and not places:
        actor = repeated_name(columns, {when, roles.text, *figures, *dated, *numeric})
    fields = {name: field for name, field in roles.fields.items() if name not in numeric and name != when}
    return msgspec.structs.replace(roles, when=when, figures=figures, places=places, actor=actor, fields=fields)


def mostly(cells: list[str], test: Callable[[str], bool], tenths: int = 9) -> bool:
    """Whether so many tenths of the cells pass a test."""
    return sum(test(cell) for cell in cells) * 10 >= len(cells) * tenths


def is_date(cell: str) -> bool:
    """Whether a cell holds a date and little else."""
    return len(cell) <= 40 and (find_date(cell) or find_date(cell, month_first=True)) is not None


def is_number(cell: str) -> bool:
    """Whether a cell holds a number."""
    return bool(re.match(r"^[+-]?[\d   .,']+%?$", cell)) and any(letter.isdigit() for letter in cell)


def repeated_name(columns: dict[str, list[str]], taken: set[str]) -> str:
    """A column of short names that come back row after row: whose the rows are, when no column says so."""
    for name, cells in columns.items():
        short = all(0 < len(cell) <= 60 for cell in cells)
        if name not in taken and cells and short and len(set(cells)) * 2 <= len(cells) + 1:
            return name
    return ""
