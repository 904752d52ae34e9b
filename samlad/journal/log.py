"""The entries of an operation in memory, decoded once and shared by all readers of this process.

A `Log` is brought up to date by the entries after it; as numbers have no gaps, entry n stands at index n-1. A `View`
is what one reader scope may see of it: two readers whose readable audiences are the same share one, and with it every
fold. What a reader may not read is left out here, before anything is computed.
"""

import threading
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection

from samlad.journal import kinds, live, shown, table
from samlad.journal.audience import may_read
from samlad.journal.entries import NO_REFS, Entry, Marking, Refs, Shredded
from samlad.journal.who import Who

KEPT: Final = 400_000  # entries kept in memory, over all operations; the least recently read operations go first

read_refs: Final = lru_cache(maxsize=10_000)(msgspec.json.Decoder(Refs).decode)
read_marking: Final = msgspec.json.Decoder(Marking).decode

Scope = frozenset[str]


class View:
    """What one scope may read of an operation, numbered 1, 2, 3 ... as its readers see it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.entries: list[Entry] = []
        self.by_id: dict[UUID, int] = {}
        self.moments: list[datetime] = []  # for each entry the latest recorded_at so far: clocks may jump back
        self.seen = 0  # entries of the log that have been looked at
        self.lock = threading.RLock()
        self.folded: dict[str, Any] = {}  # kept by folds.py

    def extend(self, entries: list[Entry]) -> None:
        """Take in the part of the log that has not been looked at."""
        with self.lock:
            for entry in entries[self.seen :]:
                if entry.audience in self.scope:
                    self.entries.append(entry)
                    self.by_id[entry.id] = len(self.entries)
                    self.moments.append(max(self.moments[-1], entry.recorded_at) if self.moments else entry.recorded_at)
            self.seen = len(entries)


class Log:
    """All entries of one operation, and the views of it that somebody has asked for."""

    def __init__(self, operation: UUID) -> None:
        self.operation = operation
        self.entries: list[Entry] = []
        self.first_seen: dict[str, int] = {}  # audience -> index of its first entry
        self.views: dict[Scope, View] = {}
        self.lock = threading.RLock()

    def catch_up(self) -> None:
        """Read what has come since last time."""
        with self.lock:
            fresh = [decoded(self.operation, row) for row in table.after(self.operation, len(self.entries))]
            if not fresh:
                return
            for entry in fresh:
                self.first_seen.setdefault(entry.audience, entry.seq - 1)
            known = len(self.entries)
            self.entries.extend(fresh)
            if known and any(isinstance(entry.payload, Shredded) for entry in fresh):
                self.forget()

    def forget(self) -> None:
        """Something has been shredded: read everything again, so that no payload survives in memory."""
        self.entries, self.views, self.first_seen = [], {}, {}
        shown.forget()
        live.forget()
        self.catch_up()

    def view(self, who: Who) -> View:
        """The reader's view, up to date with this log."""
        with self.lock:
            scope = frozenset(audience for audience in self.first_seen if may_read(audience, who))
            view = self.views.get(scope)
            if view is None:
                view = self.views[scope] = self._inherit(scope)
            view.extend(self.entries)
            return view

    def _inherit(self, scope: Scope) -> View:
        """A new view. Where a smaller one has not come to the audiences it lacks, it is this view so far."""
        for smaller, view in self.views.items():
            if smaller < scope and all(view.seen <= self.first_seen[audience] for audience in scope - smaller):
                grown = View(scope)
                with view.lock:
                    grown.entries, grown.by_id = list(view.entries), dict(view.by_id)
                    grown.moments, grown.seen = list(view.moments), view.seen
                    grown.folded = {name: folded.copy() for name, folded in view.folded.items()}
                return grown
        return View(scope)


def decoded(operation: UUID, row: tuple[Any, ...]) -> Entry:
    """A row of table.ENTRY as an entry."""
    seq, id, kind, version, payload, author, actor, role, occurred_at, recorded_at, audience, marking, refs, *ends = row
    return Entry(
        operation=operation,
        seq=seq,
        id=table.as_uuid(id),
        kind=kind,
        version=version,
        payload=None if payload is None else kinds.decode(kind, version, payload),
        author=author,
        actor=actor,
        role=role,
        occurred_at=datetime.fromisoformat(occurred_at),
        recorded_at=datetime.fromisoformat(recorded_at),
        audience=audience,
        marking=read_marking(marking) if marking else None,
        refs=read_refs(refs) if refs else NO_REFS,
        digest=ends[0],
        hash=ends[1],
    )


_logs: OrderedDict[UUID, Log] = OrderedDict()
_lock = threading.Lock()


def current(operation: UUID) -> Log:
    """The log of an operation, up to date with the database."""
    if connection.in_atomic_block:  # what a transaction sees may be rolled back: never into the shared memory
        private = Log(operation)
        private.catch_up()
        return private
    with _lock:
        log = _logs.setdefault(operation, Log(operation))
        _logs.move_to_end(operation)
        kept = sum(len(other.entries) for other in _logs.values())
        while kept > KEPT and len(_logs) > 1:
            kept -= len(_logs.popitem(last=False)[1].entries)
    log.catch_up()
    return log


def view(operation: UUID, who: Who) -> View:
    """What a reader may read of an operation. Whether the operation is there for them `operations.get` tells."""
    return current(operation).view(who)


def forget(operation: UUID) -> None:
    """Let no payload of an operation stay in memory: what is read next is read from disk."""
    with _lock:
        log = _logs.pop(operation, None)
    if log is not None:
        shown.forget()
        live.forget()


def clear() -> None:
    """Forget everything in memory (tests, and measuring from cold)."""
    with _lock:
        _logs.clear()
