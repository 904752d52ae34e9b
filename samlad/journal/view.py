"""What one reader scope has of an operation's log, numbered 1, 2, 3 ... as its readers see it.

An entry stands where it came to its readers: when it was recorded, or, where they were let in later, right after the
widening that let them in. `order` is the same entries in the operation's own order: what is folded, so that an entry
that came late does not overrule a newer one.

What an entry holds is what stands for it now (`journal.standing`), wherever in the list it is: withdrawn from those
whom a narrowing left out, its texts blank where it is marked. That changes only with an entry that these readers see,
so it is the same whether a view grew entry by entry or was made afterwards.
"""

import threading
from bisect import bisect_left
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from samlad.journal import kinds
from samlad.journal.entries import Entry
from samlad.journal.standing import Change, Changes, Standing

Scope = frozenset[str]


class View:
    """What one scope may read of an operation."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.entries: list[Entry] = []
        self.order = self.entries  # a list of its own once something has come late
        self.late: list[int] = []  # the numbers of what came late
        self.opened: dict[UUID, Entry] = {}  # marked entries with their texts
        self.standing: dict[UUID, Standing] = {}  # of what has been changed, as these readers know it
        self.by_id: dict[UUID, int] = {}
        self.moments: list[datetime] = []  # for each entry the latest recorded_at so far: clocks may jump back
        self.seen = 0  # entries of the log that have been looked at
        self.changed = 0  # how often something in it has become another than it was
        self.lock = threading.RLock()
        self.folded: dict[str, Any] = {}  # kept by folds.py

    def extend(self, entries: list[Entry], changes: Changes) -> None:
        """Take in the part of the log that has not been looked at."""
        with self.lock:
            for index in range(self.seen, len(entries)):
                entry = entries[index]
                if entry.audience not in self.scope:
                    continue
                had = self._as_had(entry, Standing(entry.audience, entry.marking)) if entry.marking else entry
                self._add(had)
                if self.late:
                    self.order.append(had)
                if index in changes.made:
                    change = changes.made[index]
                    self._take(entries[change.place], change)
            self.seen = len(entries)

    def grown(self, scope: Scope) -> "View":
        """The same so far, for a larger scope, which goes on by itself."""
        other = View(scope)
        with self.lock:
            other.entries = list(self.entries)
            other.order = list(self.order) if self.late else other.entries
            other.late, other.opened, other.by_id = list(self.late), dict(self.opened), dict(self.by_id)
            other.standing, other.moments = dict(self.standing), list(self.moments)
            other.seen, other.changed = self.seen, self.changed
            other.folded = {name: folded.copy() for name, folded in self.folded.items()}
        return other

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.by_id[entry.id] = len(self.entries)
        self.moments.append(max(self.moments[-1], entry.recorded_at) if self.moments else entry.recorded_at)

    def _take(self, entry: Entry, change: Change) -> None:
        """Do to an entry what another, just added, has changed."""
        self.standing[entry.id] = change.standing
        number = self.by_id.get(entry.id)
        if number is None:
            self._add_late(self._as_had(entry, change.standing))
            return
        had = self.entries[number - 1]
        # The audience under which it came remains: folds and pages are told of the new one by the change itself.
        now = msgspec.structs.replace(self._as_had(entry, change.standing), audience=had.audience)
        if now != had:
            place = self._place(entry)
            self.entries[number - 1] = self.order[place] = now
            self.changed += 1
            self._fold_again(place, everywhere=True)

    def _add_late(self, entry: Entry) -> None:
        if not self.late:
            self.order = list(self.entries)
        place = self._place(entry)
        self._add(entry)
        self.late.append(len(self.entries))
        self.order.insert(place, entry)
        self._fold_again(place)

    def _place(self, entry: Entry) -> int:
        return bisect_left(self.order, entry.seq, key=_seq)

    def _as_had(self, entry: Entry, standing: Standing) -> Entry:
        """An entry as these readers have it."""
        replace = msgspec.structs.replace
        self.opened.pop(entry.id, None)
        if standing.audience not in self.scope:
            return replace(entry, payload=None, withdrawn=True, audience=standing.audience, marking=None)
        whole = replace(entry, audience=standing.audience, marking=standing.marking)
        if standing.marking is None or entry.payload is None:
            return whole
        self.opened[entry.id] = whole
        return replace(whole, payload=kinds.get(entry.kind, entry.version).covered(entry.payload))

    def _fold_again(self, place: int, everywhere: bool = False) -> None:
        """What has been folded from this place in the order on does not hold any more."""
        for folded in self.folded.values():
            folded.back_to(place, everywhere)


def _seq(entry: Entry) -> int:
    return entry.seq
