"""Reading tables that other programs have written: CSV in any of its shapes, as rows of texts."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

LARGEST: Final = 2_000_000
MOST_ROWS: Final = 20_000
LONGEST_CELL: Final = 1000
BOMS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"PK\x03\x04", ""), (b"%PDF", ""), (b"\xd0\xcf", ""))
"""How files begin: a mark says which UTF-16; the last ones are Excel, PDF and old Excel, which are no text."""


class Unreadable(Exception):
    """Nothing in the file can be used; the text says why."""


def read(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, without those that are empty, each cell without spaces around. Raises Unreadable."""
    text = decoded(content)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)):
            cells = [cell.strip().strip("\u00a0") for cell in row]
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise Unreadable(_("A cell is longer than %(most)s characters.") % {"most": LONGEST_CELL})
            if any(cells):
                rows.append(cells)
            if len(rows) > MOST_ROWS:
                raise Unreadable(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
    except csv.Error as wrong:
        raise Unreadable(_("This is no CSV file: %(why)s.") % {"why": wrong}) from None
    return rows


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, or what Windows programs write. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 2 MB."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    marked = next((encoding for mark, encoding in BOMS if content.startswith(mark)), None)
    if marked == "":
        raise Unreadable(_("This is no CSV file. Save the sheet as CSV first."))
    for encoding in [marked] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This is no text file."))


def delimiter(text: str) -> str:
    """What stands between the cells: what most of the first lines have, and have most of."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {sign: [outside_quotes(line, sign) for line in lines] for sign in ";\t,"}
    return max(counts, key=lambda sign: (sum(1 for count in counts[sign] if count), sum(counts[sign])))


def outside_quotes(line: str, sign: str) -> int:
    """How often a sign stands in a line, not counting within quotation marks."""
    return sum(part.count(sign) for part in line.split('"')[::2])


def column(header: Iterable[str], names: Iterable[str]) -> int | None:
    """Which column of a header has one of some names."""
    wanted = set(names)
    return next((place for place, cell in enumerate(header) if cell.casefold().strip(" :.") in wanted), None)
