"""A roster from a CSV file: one shift on each line, with a heading. What can't be used is told with its line."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from samlad.registers.models import Role
from samlad.registers.roster_lines import MOST_LINES, Line, Reading, Unreadable, decoded, folded, local, short, uid_of

HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "person": frozenset({"person", "namn", "name", "e-post", "epost", "email", "e-mail", "användarnamn", "username"}),
    "starts": frozenset({"från", "from", "start", "börjar", "starts", "start time", "starttid"}),
    "ends": frozenset({"till", "to", "slut", "slutar", "end", "ends", "stop", "sluttid", "end time"}),
    "deputy": frozenset({"ersättare", "deputy"}),
    "role": frozenset({"roll", "role"}),
    "uid": frozenset({"id", "uid"}),
}
"""What columns may be called. The first three are needed."""
YES: Final = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "sant", "ersättare", "deputy"})
NO: Final = frozenset({"", "nej", "n", "no", "0", "false", "falskt", "-", "ordinarie"})
LONGEST_CELL: Final = 500
FORMATS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")


def read_csv(content: bytes, role: str) -> Reading:
    """Read a file with shifts in one role. Raises Unreadable."""
    text = decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    reading = Reading()
    try:
        columns = headings(next(rows, []))
        for row in rows:
            if rows.line_num > MOST_LINES + 1:
                reading.refuse(_at(rows.line_num), _("The file has more than %(most)s lines.") % {"most": MOST_LINES})
                break
            if any(cell.strip() for cell in row):
                _read_row(row, columns, role, _at(rows.line_num), reading)
    except csv.Error as wrong:
        raise Unreadable(_("This is no CSV file: %(why)s.") % {"why": wrong}) from None
    return reading


def _at(number: int) -> str:
    return _("line %(number)s") % {"number": number}


def delimiter(text: str) -> str:
    """What stands between the cells: what the first line has most of."""
    first = text.lstrip().partition("\n")[0]
    return max(";\t,", key=first.count)


def headings(row: list[str]) -> dict[str, list[int]]:
    """Which columns are which. Raises Unreadable where one that is needed is not there."""
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        for name, words in HEADINGS.items():
            if folded(cell) in words:
                found.setdefault(name, []).append(place)
    if missing := [name for name in ("person", "starts", "ends") if name not in found]:
        labels = {"person": _("person"), "starts": _("from (as a heading)"), "ends": _("to (as a heading)")}
        told = ", ".join(labels[name] for name in missing)
        raise Unreadable(_("The first line must name the columns. Missing: %(columns)s.") % {"columns": told})
    return found


def _read_row(row: list[str], columns: dict[str, list[int]], role: str, where: str, reading: Reading) -> None:
    def cells(name: str) -> list[str]:
        return [row[place].strip() for place in columns.get(name, ()) if place < len(row) and row[place].strip()]

    if any(len(cell) > LONGEST_CELL for cell in row):
        reading.refuse(where, _("A cell is longer than %(most)s characters.") % {"most": LONGEST_CELL})
        return
    try:
        check_role(cells("role"), role)
        starts = moment("".join(cells("starts")[:1]))
        ends = moment("".join(cells("ends")[:1]), end=True)
        deputy = is_deputy("".join(cells("deputy")[:1]))
        if ends <= starts:
            raise ValueError(_("The shift must end after it begins."))
    except (ValueError, OverflowError) as wrong:
        reading.refuse(where, str(wrong))
        return
    uid = uid_of("csv", *(cells("uid") or (starts.isoformat(), deputy)))
    reading.lines.append(Line(where, uid, tuple(cells("person")), starts, ends, deputy))


def check_role(given: list[str], role: str) -> None:
    """Refuse a line that is about another role than the roster's."""
    if given and folded(given[0]) not in (role, folded(str(Role(role).label))):
        raise ValueError(_("The line is for the role “%(role)s”.") % {"role": short(given[0])})


def is_deputy(cell: str) -> bool:
    """Whether a cell says yes."""
    if folded(cell) in YES:
        return True
    if folded(cell) in NO:
        return False
    raise ValueError(_("“%(cell)s” is neither yes nor no.") % {"cell": short(cell)})


def moment(cell: str, *, end: bool = False) -> datetime:
    """A moment in a cell, in UTC; a day alone is its beginning, and where a shift ends, the end of the day.

    Raises ValueError.
    """
    try:
        read = _parsed(cell)
    except ValueError:
        what = _("“%(cell)s” is no time. Write it as 2026-11-27 17:00.") % {"cell": short(cell)}
        raise ValueError(what if cell else _("A time is missing.")) from None
    if end and len(cell) == len("2026-11-27"):
        read = datetime.combine(read.date() + timedelta(days=1), time(0))
    if not 2000 <= read.year <= 2100:
        raise ValueError(_("“%(cell)s” is not in this century.") % {"cell": short(cell)})
    return local(read)


def _parsed(cell: str) -> datetime:
    for form in FORMATS:
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007  # by Stockholm's clocks: `local` says so
        except ValueError:
            continue
    return datetime.fromisoformat(cell)
