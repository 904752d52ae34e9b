"""All reports of an operation, each with the one before it and with its corrections. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import msgspec

from samlad.journal.entries import Entry, Narrowed, Widened
from samlad.journal.standing import Standing, changed
from samlad.picture.changes import Change, told_changes
from samlad.picture.entries import ReportFiled


class Filed(msgspec.Struct, gc=False):
    """A report with its place: the reader's position, the report it follows, what it corrects or was corrected by.

    Its entry's audience is who may read it now.
    """

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

    def since(self, before: "Filed") -> tuple[Change, ...]:
        """What has changed since another report."""
        return told_changes(before.payload, self.payload, bool(before.entry.marking or self.entry.marking))


Line = list[tuple[datetime, UUID]]  # one actor's valid reports, by the moment they describe


def history(numbered: Iterable[tuple[int, Entry]]) -> dict[UUID, Filed]:
    """Reports by id, in the order in which the reader has them. What is neither a report nor changes who may read one,
    or has been shredded, is left out.

    What belongs together is found in the order in which they were filed, also where one has come later to this reader.
    The one before is the nearest earlier by the moment it describes; a correction follows what the corrected one did.
    """
    found: dict[UUID, Filed] = {}
    lines: dict[str, Line] = {}
    in_place = sorted(numbered, key=seq)
    for position, entry in in_place:
        payload = entry.payload
        if isinstance(payload, Widened | Narrowed) and (one := found.get(payload.entry)):
            after = changed(entry, Standing(one.entry.audience, None))
            one.entry = msgspec.structs.replace(one.entry, audience=after.audience) if after else one.entry
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
    late = any(one[0] > other[0] for one, other in pairwise(in_place))
    return dict(sorted(found.items(), key=lambda one: one[1].position)) if late else found


def seq(one: tuple[int, Entry]) -> int:
    """Where an entry stands in the operation."""
    return one[1].seq


def moment(one: tuple[datetime, UUID]) -> datetime:
    """The moment a report in a line describes."""
    return one[0]
