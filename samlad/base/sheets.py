"""Sheets as CSV, in which no cell can become a formula (OWASP, CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes a formula to begin with; the last four are full width and do the same in some."""
BYTE_ORDER_MARK: Final = "\ufeff"


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
