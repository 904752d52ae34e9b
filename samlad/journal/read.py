"""The one way out: the entries a reader may read, after a position, in the reader's own numbering."""

from bisect import bisect_right
from datetime import datetime
from itertools import islice
from uuid import UUID

import msgspec

from samlad.journal.audience import may_open
from samlad.journal.entries import Entry, Receipt
from samlad.journal.log import view
from samlad.journal.operations import NotHere
from samlad.journal.standing import CHANGING, Standing, changed
from samlad.journal.who import Who

Numbered = list[tuple[int, Entry]]


def entries(
    operation: UUID,
    who: Who,
    *,
    after: int = 0,
    until: int | None = None,
    kinds: frozenset[str] | None = None,
    last: int | None = None,
) -> Numbered:
    """Entries after a position and up to another, oldest first; with `last`, only that many of the newest.

    Positions count what this reader may read: 1 is the first of those. `kinds` keeps entries of those kinds only.
    The texts of marked entries are blank; whoever needs them opens them (`with_texts`) and says so (`reading.note`).
    """
    found = view(operation, who).entries
    end = len(found) if until is None else min(until, len(found))
    if last is not None:
        wanted = (
            (index + 1, found[index])
            for index in range(end - 1, max(after, 0) - 1, -1)
            if kinds is None or found[index].kind in kinds
        )
        return list(islice(wanted, last))[::-1]
    return [
        (index + 1, found[index]) for index in range(max(after, 0), end) if kinds is None or found[index].kind in kinds
    ]


def position(operation: UUID, who: Who) -> int:
    """The reader's number of the newest entry; 0 when there is none."""
    return len(view(operation, who).entries)


def position_at(operation: UUID, who: Who, moment: datetime) -> int:
    """The reader's position as it was at a moment (aware): how many entries there were before the first one recorded
    later. Where the server's clock jumped back, an entry counts as recorded when the latest before it was."""
    return bisect_right(view(operation, who).moments, moment)


def moments(operation: UUID, who: Who) -> list[datetime]:
    """When each entry was recorded, by the reader's numbering: what a time slider runs over. Never goes back."""
    return list(view(operation, who).moments)


def entry(operation: UUID, who: Who, id: UUID) -> Entry:
    """One entry. Raises NotHere when it is not there, or not for this reader."""
    seen = view(operation, who)
    number = seen.by_id.get(id)
    if number is None:
        raise NotHere
    return seen.entries[number - 1]


def with_texts(operation: UUID, who: Who, numbered: Numbered) -> Numbered:
    """The same entries with the texts of those that are marked: for exports, which are noted (`reading.note`)."""
    whole = view(operation, who).opened if may_open(who) else {}
    return [(number, whole.get(entry.id, entry)) for number, entry in numbered]


def opened(operation: UUID, who: Who, id: UUID) -> Entry:
    """One entry with its texts, also where it is marked: whoever shows them notes it first (`reading.note`).

    Raises NotHere. A wall screen gets what is marked without its texts.
    """
    covered = entry(operation, who, id)
    return view(operation, who).opened.get(id, covered) if may_open(who) else covered


def number(operation: UUID, who: Who, id: UUID) -> int:
    """The reader's number of an entry. Raises NotHere."""
    found = view(operation, who).by_id.get(id)
    if found is None:
        raise NotHere
    return found


def standing(operation: UUID, who: Who, id: UUID, at: int | None = None) -> Standing:
    """Who may read an entry, now or at a position, and how it is marked now. Raises NotHere.

    For whom it has been withdrawn from, what stood when it was.
    """
    found, seen = entry(operation, who, id), view(operation, who)
    if at is None:
        return seen.standing.get(id) or Standing(found.audience, found.marking)
    stands = Standing(found.audience, found.marking)
    for _number, change in changes(operation, who, id, at):
        after = changed(change, stands)
        stands = Standing(after.audience, found.marking) if after else stands
    return stands


def changes(operation: UUID, who: Who, id: UUID, at: int | None = None) -> Numbered:
    """The entries that told of who may read an entry and of its marking, as far as this reader may read them."""
    found = entries(operation, who, until=at, kinds=CHANGING)
    return [(number, one) for number, one in found if one.payload and one.payload.entry == id]


def receipt(operation: UUID, by: Who, id: UUID | None) -> Receipt | None:
    """The receipt of what this author has already sent under an id; None when it is new.

    For actions whose entry depends on the state it is added to: sent twice, the second must not be computed again.
    """
    seen = view(operation, by)
    number = seen.by_id.get(id) if id else None
    if number is None:
        return None
    sent = seen.entries[number - 1]
    return Receipt(sent.id, sent.seq, sent.hash, sent.recorded_at, True) if sent.author == by.person else None


class Shared(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry as other systems get it: with the reader's number, without the operation's own."""

    position: int
    id: UUID
    kind: str
    version: int
    payload: object
    author: str
    actor: str
    role: str
    occurred_at: datetime
    recorded_at: datetime
    audience: str
    marking: object
    refs: object


def encoded(numbered: Numbered) -> bytes:
    """Entries as JSON: {"entries": [...], "position": the last one's position}."""
    names = Shared.__struct_fields__[1:]
    shared = [Shared(number, *(getattr(entry, name) for name in names)) for number, entry in numbered]
    return msgspec.json.encode({"entries": shared, "position": shared[-1].position if shared else 0})
