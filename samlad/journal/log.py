"""The entries of an operation in memory, decoded once and shared by all readers of this process.

A `Log` is brought up to date by the entries after it; as numbers have no gaps, entry n stands at index n-1. A `View`
(`journal.view`) is what one reader scope may see of it: two readers whose readable audiences are the same share one,
and with it every fold. What a reader may not read is left out there, before anything is computed.
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
from samlad.journal.entries import NO_REFS, Entry, Marking, Refs, Shredded, Widened
from samlad.journal.standing import CHANGING, Changes
from samlad.journal.view import Scope, View
from samlad.journal.who import Who

KEPT: Final = 400_000  # entries kept in memory, over all operations; the least recently read operations go first

read_refs: Final = lru_cache(maxsize=10_000)(msgspec.json.Decoder(Refs).decode)
read_marking: Final = msgspec.json.Decoder(Marking).decode


class Log:
    """All entries of one operation, and the views of it that somebody has asked for."""

    def __init__(self, operation: UUID) -> None:
        self.operation = operation
        self.entries: list[Entry] = []
        self.first_seen: dict[str, int] = {}  # audience -> index of the first entry that has it, or names it
        self.changes = Changes()
        self.views: dict[Scope, View] = {}
        self.lock = threading.RLock()

    def catch_up(self) -> None:
        """Read what has come since last time."""
        with self.lock:
            fresh = [decoded(self.operation, row) for row in table.after(self.operation, len(self.entries))]
            if not fresh:
                return
            known = len(self.entries)
            self.entries.extend(fresh)
            if known and any(isinstance(entry.payload, Shredded) for entry in fresh):
                self.forget()
                return
            for index, entry in enumerate(fresh, known):
                self.first_seen.setdefault(entry.audience, index)
                if entry.kind in CHANGING and (change := self.changes.take(self.entries, index)):
                    self.first_seen.setdefault(change.standing.audience, index)
                    if known and not isinstance(entry.payload, Widened):
                        forget_rendered()

    def forget(self) -> None:
        """Something has been shredded: read everything again, so that no payload survives in memory."""
        self.entries, self.views, self.first_seen, self.changes = [], {}, {}, Changes()
        forget_rendered()
        self.catch_up()

    def view(self, who: Who) -> View:
        """The reader's view, up to date with this log."""
        with self.lock:
            scope = frozenset(audience for audience in self.first_seen if may_read(audience, who))
            view = self.views.get(scope)
            if view is None:
                view = self.views[scope] = self._inherit(scope)
            view.extend(self.entries, self.changes)
            return view

    def _inherit(self, scope: Scope) -> View:
        """A new view. Where a smaller one has not come to the audiences it lacks, it is this view so far."""
        for smaller, view in self.views.items():
            if smaller < scope and all(view.seen <= self.first_seen[audience] for audience in scope - smaller):
                return view.grown(scope)
        return View(scope)


def forget_rendered() -> None:
    """Keep no line and no live region: something in them has been shredded, withdrawn from somebody, or marked."""
    shown.forget()
    live.forget()


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
        forget_rendered()


def clear() -> None:
    """Forget everything in memory (tests, and measuring from cold)."""
    with _lock:
        _logs.clear()
