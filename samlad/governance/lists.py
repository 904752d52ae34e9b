"""A list as people want it: sorted by any column, filtered, and taken along as CSV, Excel or JSON. One for all pages.

The whole list is computed by the page that shows it; here it is only put in order. What one may not read is not in it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM
from samlad.base.sheets import sheet, workbook
from samlad.registers.queries import swedish_key

R = TypeVar("R")
FORMATS: Final = ("csv", "xlsx", "json")
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Column(Generic[R]):
    """One column. `name` stands in addresses and files and never changes; `value` is what is sorted, searched and
    exported (text, number, day, None); `text` how it is shown, where that differs; `link` an address or "";
    `badge` the class of a mark or ""; `choice`: can be chosen by; `number`: to the right; `hidden`: in files only."""

    def __init__(
        self,
        name: str,
        label: str | Promise,
        value: Callable[[R], Any],
        *,
        text: Callable[[R], Any] | None = None,
        link: Callable[[R], str] | None = None,
        badge: Callable[[R], str] | None = None,
        choice: bool = False,
        number: bool = False,
        hidden: bool = False,
    ) -> None:
        self.name, self.label, self.value = name, label, value
        self.text, self.link, self.badge = text or value, link, badge
        self.choice, self.number, self.hidden = choice, number, hidden


class Cell:
    """A cell as the template draws it."""

    def __init__(self, column: "Column[Any]", row: Any) -> None:
        self.label, self.number, self.text = column.label, column.number, shown(column.text(row))
        self.link = column.link(row) if column.link else ""
        self.badge = column.badge(row) if column.badge else ""


class Head:
    """A column's heading: the address that sorts by it, and how it is sorted now ("ascending", "descending" or "")."""

    def __init__(self, column: "Column[Any]", url: str, sorted_: str) -> None:
        self.label, self.number, self.url, self.sorted = column.label, column.number, url, sorted_


class Choice:
    """A column that can be chosen by: its values, and the one that is chosen."""

    def __init__(self, column: "Column[Any]", values: Sequence[str], chosen: str) -> None:
        self.name, self.label, self.values, self.chosen = column.name, column.label, values, chosen


class Listing(Generic[R]):
    """A list as an address asks for it: ?q= words, ?<column>= a value, ?sort=name or -name, ?format=csv|xlsx|json.

    `name` is what its files are called. Several lists on a page have each their own `key`, which stands before all of
    the names: ?fees-sort=....
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        rows: Iterable[R],
        query: Mapping[str, str],
        *,
        name: str,
        key: str = "",
        empty: str | Promise = "",
    ) -> None:
        self.columns, self.every, self.query, self.name, self.empty = columns, list(rows), query, name, empty
        self.key = f"{key}-" if key else ""
        self.words = query.get(f"{self.key}q", "").strip()
        self.sort = query.get(f"{self.key}sort", "")
        self.rows = self._sorted([row for row in self.every if self._wanted(row)])

    def _wanted(self, row: R) -> bool:
        for column in self.columns:
            chosen = self.query.get(self.key + column.name, "") if column.choice else ""
            if chosen and shown(column.text(row)) != chosen:
                return False
        words = self.words.casefold().split()
        texts = " ".join(shown(column.text(row)) for column in self.columns).casefold() if words else ""
        return all(word in texts for word in words)

    def _sorted(self, found: list[R]) -> list[R]:
        column = next((one for one in self.columns if one.name == self.sort.lstrip("-")), None)
        if column is None:
            return found
        value = column.value
        there = [row for row in found if value(row) not in (None, "")]
        there.sort(key=lambda row: order(value(row)), reverse=self.sort.startswith("-"))
        return there + [row for row in found if value(row) in (None, "")]

    @property
    def filtered(self) -> bool:
        """Whether some are left out."""
        return len(self.rows) != len(self.every)

    @property
    def heads(self) -> list[Head]:
        """The headings of the columns on the page."""
        return [self._head(column) for column in self.columns if not column.hidden]

    def _head(self, column: Column[R]) -> Head:
        down = self.sort == column.name
        now = "ascending" if down else "descending" if self.sort == f"-{column.name}" else ""
        return Head(column, self._address(sort=f"-{column.name}" if down else column.name), now)

    @property
    def cells(self) -> list[list[Cell]]:
        """What the page shows, row by row."""
        return [[Cell(column, row) for column in self.columns if not column.hidden] for row in self.rows]

    @property
    def choices(self) -> list[Choice]:
        """The columns one can choose by, with the values that are there."""
        found = []
        for column in self.columns:
            if column.choice:
                values = sorted({text for row in self.every if (text := shown(column.text(row)))}, key=swedish_key)
                found.append(Choice(column, values, self.query.get(self.key + column.name, "")))
        return found

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address says, to go along when the list is filtered anew."""
        own = {self.key + name for name in ("q", "format", *(one.name for one in self.columns if one.choice))}
        return [(name, self.query[name]) for name in self.query if name not in own]

    @property
    def files(self) -> list[tuple[str, str]]:
        """The same list to take along: what to call it, and the address."""
        labels = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
        return [(labels[format_], self._address(format=format_)) for format_ in FORMATS]

    def _address(self, **changed: str) -> str:
        new = {self.key + name: value for name, value in changed.items()}
        return "?" + urlencode({**{name: self.query[name] for name in self.query}, **new})

    def file(self) -> HttpResponse | None:
        """The file that the address asks for; None where it asks for the page."""
        wanted = self.query.get(f"{self.key}format", "")
        return as_file(wanted, self.name, self.columns, self.rows) if wanted in FORMATS else None


def as_file(wanted: str, name: str, columns: "Sequence[Column[Any]]", rows: Iterable[Any]) -> HttpResponse:
    """Rows as a file: csv (semicolons, for spreadsheets in Swedish), xlsx, or json (numbers as text where exact)."""
    if wanted == "json":
        records = [{column.name: plain(column.value(row)) for column in columns} for row in rows]
        return attached(json.dumps(records, ensure_ascii=False, indent=1).encode(), "application/json", f"{name}.json")
    heads = [str(column.label) for column in columns]
    if wanted == "csv":
        lines: list[Sequence[object]] = [heads, *([exported(column, row) for column in columns] for row in rows)]
        return attached(sheet(lines).encode(), "text/csv; charset=utf-8", f"{name}.csv")
    return attached(
        workbook(heads, [[in_words(column.value(row)) for column in columns] for row in rows]), EXCEL, f"{name}.xlsx"
    )


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to save."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})


def exported(column: "Column[Any]", row: Any) -> object:
    """A value in CSV: decimals with a comma, as spreadsheets in Swedish read them."""
    value = column.value(row)
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value if type(value) is int else shown(value)


def in_words(value: Any) -> Any:
    """Yes and no in words; anything else as it is."""
    return shown(value) if isinstance(value, bool) else value


def plain(value: Any) -> Any:
    """A value in JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID | Promise) else value


def shown(value: Any) -> str:
    """A value in a sentence: days as 2026-01-31, moments in Stockholm's time, yes and no in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def order(value: Any) -> tuple[int, Any]:
    """What to sort by: numbers and days by size, texts in Swedish order."""
    if isinstance(value, bool | int | float | Decimal):
        return 0, value
    if isinstance(value, datetime):
        return 1, value.isoformat()
    return (1, value.isoformat()) if isinstance(value, date) else (2, swedish_key(str(value)))
