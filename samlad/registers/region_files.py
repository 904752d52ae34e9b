"""A region's files, read: TOML tables with the line each begins on, checked one by one against what is expected.

Python's TOML reader gives no line numbers, so lines are found by counting the table headers in the text. Where the
count doesn't agree with what was read (a header inside a multi-line text, say), the table's number is told instead.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar, get_type_hints

from django.utils.translation import gettext as _

Row = TypeVar("Row")


@dataclass(frozen=True)
class ActorRow:
    """One version of an actor; several with the same code are its history."""

    code: str
    name: str
    short: str
    category: str
    since: date
    why: str
    source: str
    until: date | None = None
    why_ended: str = ""
    area: str = ""
    assumed: bool = False
    convening: bool = False


@dataclass(frozen=True)
class AreaRow:
    """One area; column and row place it on the tile map."""

    code: str
    name: str
    kind: str
    source: str
    column: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class PopulationRow:
    """One population figure."""

    area: str
    on: date
    edition: str
    figure: int
    source: str


@dataclass(frozen=True)
class PersonRow:
    """One person; a `screen` is no human but the wall screen of a control room."""

    username: str
    name: str
    email: str = ""
    screen: bool = False


@dataclass(frozen=True)
class SeatRow:
    """One seat: `person` is a username, `lender` the code of the actor that lends them (then `until` is needed)."""

    person: str
    actor: str
    role: str
    since: date
    until: date | None = None
    lender: str = ""
    deputy: bool = False
    emergency: bool = False


@dataclass(frozen=True)
class NetworkRow:
    """A network of actors; `members` are codes."""

    code: str
    name: str
    members: list[str]
    source: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class GroundRow:
    """A ground for secrecy that the region adds to those of the program."""

    code: str
    title: str
    title_en: str
    protects: str
    protects_en: str
    source: str


FILES: Final[dict[str, Mapping[str, type[Any]]]] = {
    "areas.toml": {"area": AreaRow, "population": PopulationRow},
    "actors.toml": {"actor": ActorRow},
    "people.toml": {"person": PersonRow},
    "seats.toml": {"seat": SeatRow},
    "networks.toml": {"network": NetworkRow},
    "osl.toml": {"ground": GroundRow},
}
"""Which tables stand in which file, in the order in which they are imported. Rooms above add theirs (`RoomTable`)."""


LARGEST: Final = 2_000_000_000
"""More than any population, and still a number that both databases hold."""


class Wrong(Exception):
    """A table can't be used; the text says why, `key` which of its keys it is about."""

    def __init__(self, why: str, key: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.key = key


@dataclass(frozen=True)
class Place:
    """Where something stands in a region's files. `line` is None where it could not be found."""

    file: str
    line: int | None
    number: int
    keys: Mapping[str, int]

    def at(self, key: str = "") -> str:
        """file:line of a key of the table, or of the table itself."""
        line = self.keys.get(key, self.line)
        return f"{self.file}:{line}" if line else f"{self.file}: " + _("table %(number)s") % {"number": self.number}


@dataclass(frozen=True)
class Table:
    """One table as it stands in a file: where, of which type, with which keys."""

    place: Place
    expected: type[Any]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Refusal:
    """Something in the files that was not taken, where it stands and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


def read(folder: Path) -> tuple[list[Table], list[Refusal]]:
    """All tables of a folder in import order, and what could not be read at all. A missing file is no fault."""
    tables: list[Table] = []
    refused: list[Refusal] = []
    for name, expected in FILES.items():
        if (folder / name).is_file():
            found, wrong = read_file(name, (folder / name).read_bytes(), expected)
            tables += found
            refused += wrong
    if not any((folder / name).is_file() for name in FILES):
        refused.append(Refusal(str(folder), _("None of %(files)s is here.") % {"files": ", ".join(FILES)}))
    return tables, refused


def read_file(name: str, content: bytes, expected: Mapping[str, type[Any]]) -> tuple[list[Table], list[Refusal]]:
    """All tables of one file by their kind, in the order of `expected`, and what could not be read."""
    refused: list[Refusal] = []
    try:
        text = content.decode("utf-8-sig")
        return list(_tables(name, text, tomllib.loads(text), expected, refused)), refused
    except UnicodeDecodeError as wrong:
        return [], [Refusal(name, _("Not UTF-8: %(why)s") % {"why": wrong.reason})]
    except (ValueError, RecursionError) as wrong:  # not TOML, a number of thousands of digits, a depth without end
        line = re.search(r"line (\d+)", str(wrong))
        where = f"{name}:{line[1]}" if line else name
        return [], [Refusal(where, _("Not TOML, the whole file is left out: %(why)s") % {"why": wrong})]


def _tables(
    name: str, text: str, read: Mapping[str, Any], expected: Mapping[str, type[Any]], refused: list[Refusal]
) -> Iterator[Table]:
    for key, value in read.items():
        if key not in expected or not isinstance(value, list):
            known = ", ".join(f"[[{kind}]]" for kind in expected)
            refused.append(
                Refusal(name, _("“%(key)s” is not used here; expected %(known)s.") % {"key": key, "known": known})
            )
    for kind, row in expected.items():
        values = read.get(kind)
        if not isinstance(values, list):
            continue
        places = _places(name, text, kind, len(values))
        for place, table in zip(places, values, strict=True):
            if isinstance(table, dict):
                yield Table(place, row, table)
            else:
                refused.append(Refusal(place.at(), _("Expected a table.")))


def _places(file: str, text: str, kind: str, count: int) -> list[Place]:
    """Where each [[kind]] begins and its keys stand; without lines when the text has another number of headers."""
    lines = text.splitlines()
    header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    starts = [number for number, line in enumerate(lines) if header.match(line)]
    if len(starts) != count:
        return [Place(file, None, number, {}) for number in range(1, count + 1)]
    return [Place(file, start + 1, number, _keys(lines, start)) for number, start in enumerate(starts, 1)]


def _keys(lines: list[str], start: int) -> dict[str, int]:
    """The line of each key of the table whose header is at `start`."""
    keys: dict[str, int] = {}
    for number in range(start + 1, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if found := re.match(r"\s*([A-Za-z_]+)\s*=", lines[number]):
            keys.setdefault(found[1], number + 1)
    return keys


def checked(values: Mapping[str, Any], expected: type[Row]) -> Row:
    """The table as the row it should be. Raises Wrong for an unknown or missing key or a value of another type."""
    hints = get_type_hints(expected)
    known = {field.name: field for field in fields(expected)}  # type: ignore[arg-type]  # every row is a dataclass
    for key, value in values.items():
        if key not in known:
            raise Wrong(_("Unknown key “%(key)s”.") % {"key": key}, key)
        _check_type(key, value, hints[key])
    for key, field in known.items():
        if field.default is MISSING and key not in values:
            raise Wrong(_("“%(key)s” is missing.") % {"key": key})
        if field.default is MISSING and values[key] == "":
            raise Wrong(_("“%(key)s” is empty.") % {"key": key}, key)
    return expected(**values)


def _check_type(key: str, value: Any, hint: Any) -> None:
    wanted = {str: _("a text in quotes"), bool: _("true or false"), date: _("a day, such as 2019-01-01")}
    if hint in (str, bool):
        right, what = isinstance(value, hint) and "\0" not in str(value), wanted[hint]
    elif hint in (date, date | None):
        right, what = isinstance(value, date) and not isinstance(value, datetime), wanted[date]
    elif hint == list[str]:
        right = isinstance(value, list) and all(isinstance(one, str) and "\0" not in one for one in value)
        what = _("a list of texts in quotes")
    else:
        right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
        what = _("a whole number, 0 or more")
    if not right:
        raise Wrong(_("“%(key)s” should be %(what)s.") % {"key": key, "what": what}, key)
