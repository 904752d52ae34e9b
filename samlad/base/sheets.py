"""Sheets as CSV and for Excel, in which no cell can become a formula (OWASP, CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from samlad.base.clock import STOCKHOLM

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes a formula to begin with; the last four are full width and do the same in some."""
BYTE_ORDER_MARK: Final = "\ufeff"
WIDEST: Final = 60  # letters of a column in Excel


def cell(value: object) -> str:
    """A value as text that a spreadsheet shows and never computes: an apostrophe stands before a dangerous beginning.

    Spaces before it are looked past, as spreadsheets do. Whole and decimal numbers stay what they are.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \ufeff\0").startswith(DANGEROUS) else text


def sheet(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV for spreadsheets in Swedish: semicolons, every cell in quotes, a byte order mark first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return BYTE_ORDER_MARK + out.getvalue()


def workbook(heads: Sequence[str], lines: Sequence[Sequence[Any]], title: str = "") -> bytes:
    """A sheet for Excel. Texts are texts, whatever they begin with; days and numbers are days and numbers."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31] or None)
    for place, head in enumerate(heads):
        longest = max([len(head), *(len(str(line[place])) for line in lines)], default=8)
        page.column_dimensions[get_column_letter(place + 1)].width = min(longest + 2, WIDEST)
    page.freeze_panes = "A2"
    first = [WriteOnlyCell(page, value=head) for head in heads]
    for one in first:
        one.font = Font(bold=True)
    page.append(first)
    for line in lines:
        page.append([in_excel(page, value) for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_excel(page: Any, value: Any) -> Any:
    """A value as Excel takes it; a text is never a formula."""
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).replace(tzinfo=None)
    if value is None or (isinstance(value, int | float | Decimal | date) and not isinstance(value, bool)):
        return value
    made = WriteOnlyCell(page, value=cell(value))
    made.data_type = "s"
    return made
