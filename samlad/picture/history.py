"""All reports of an operation, each with the one before it and with its corrections. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from samlad.journal.entries import Entry
from samlad.picture.entries import ReportFiled


class Filed(msgspec.Struct, gc=False):
    """A report with its place: the reader's position, the report it follows, what it corrects or was corrected by."""

    position: int
    entry: Entry
    payload: ReportFiled
    previous: UUID | None = None
    corrects: UUID | None = None
    corrected_by: UUID | None = None

    @property
    def id(self) -> UUID:
        """The report's id."""
        return self.entry.id

    @property
    def actor(self) -> str:
        """The actor it is about."""
        return self.entry.actor


Line = list[tuple[datetime, UUID]]  # one actor's valid reports, by the moment they describe


def history(numbered: Iterable[tuple[int, Entry]]) -> dict[UUID, Filed]:
    """Reports by id, in the order in which they were filed. What is not a report, or has been shredded, is left out.

    The one before is the nearest earlier by the moment it describes; a correction follows what the corrected one did.
    """
    found: dict[UUID, Filed] = {}
    lines: dict[str, Line] = {}
    for position, entry in numbered:
        payload = entry.payload
        if not isinstance(payload, ReportFiled):
            continue
        filed = found[entry.id] = Filed(position, entry, payload)
        line = lines.setdefault(entry.actor, [])
        for corrected in entry.refs.corrects:
            if before := found.get(corrected):
                filed.corrects, before.corrected_by = corrected, entry.id
                line[:] = [one for one in line if one[1] != corrected]
        place = bisect_right(line, payload.as_of, key=moment)
        filed.previous = line[place - 1][1] if place else None
        line.insert(place, (payload.as_of, entry.id))
    return found


def moment(one: tuple[datetime, UUID]) -> datetime:
    """The moment a report in a line describes."""
    return one[0]
