"""The one way in. Only `actions` of the rooms above may call it (checked by the import linter).

What it promises, on SQLite and on PostgreSQL:

- *Acknowledged means durable*: the receipt is given after the commit, with synchronous=FULL / synchronous_commit=on.
- *Idempotent*: the same id with the same content gives the first receipt again; with another content it is refused.
- *Gapless and in commit order* per operation: numbers are given under the operation's row lock.
- *Atomic*: the drafts of one call are stored together or not at all; called inside a transaction, it is part of it.

Outside a transaction, calls from all threads meet in one queue and are committed in groups: with many writers one
commit serves them all, first come first served, and nobody waits behind an unfair lock.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from samlad.base.refused import CANNOT_SAVE, Refused, Unavailable
from samlad.journal import tail
from samlad.journal.entries import Draft, Receipt
from samlad.journal.prepare import Prepared, prepare
from samlad.journal.store import store
from samlad.journal.who import Who

log = logging.getLogger(__name__)

GROUP: Final = 256  # appends in one commit, at most
GATHER: Final = 0.001  # seconds that a commit waits for those who were together in the one before


def append(*drafts: Draft, by: Who) -> list[Receipt]:
    """Put entries into the journal; returns a receipt for each, in order, once they are on disk.

    Raises Refused (closed operation, same id with other content, text that can't be stored) and Unavailable (full
    disk, locked or lost database), and then nothing of the call is stored. Inside a transaction, Unavailable means that
    the transaction can only be rolled back.
    """
    if not drafts:
        return []
    job = Job([prepare(draft, by) for draft in drafts])
    if connection.in_atomic_block:
        _within_transaction(job)
    else:
        _queue.submit(job)
    return job.answer()


class Job:
    """One call of append on its way through the queue."""

    def __init__(self, drafts: list[Prepared]) -> None:
        self.drafts = drafts
        self.ready = threading.Event()  # set when it is settled, or when its thread is to commit the next group
        self.receipts: list[Receipt] | None = None
        self.error: Exception | None = None

    @property
    def settled(self) -> bool:
        """Whether its outcome is known."""
        return self.receipts is not None or self.error is not None

    def answer(self) -> list[Receipt]:
        """The receipts, or raise what went wrong."""
        if self.error is not None:
            raise self.error
        assert self.receipts is not None
        return self.receipts

    def moved(self) -> set[str]:
        """The operations that got something new by it."""
        fresh = zip(self.drafts, self.receipts or (), strict=False)
        return {draft.operation.hex for draft, receipt in fresh if not receipt.repeated}


def _within_transaction(job: Job) -> None:
    """Store as part of the caller's transaction; the tail hears of it after the commit."""
    try:
        settle([job], store([job.drafts]))
    except (DatabaseError, InterfaceError) as error:
        log.exception("the journal could not store an append")
        transaction.set_rollback(True)
        raise Unavailable(CANNOT_SAVE) from error
    transaction.on_commit(lambda: tail.moved(job.moved()))


@contextmanager
def saving() -> Iterator[None]:
    """For an action with a transaction of its own: what the database can't take becomes Unavailable, as in append."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        log.exception("the database could not take an action")
        raise Unavailable(CANNOT_SAVE) from error


def settle(jobs: Sequence[Job], outcomes: Sequence[list[Receipt] | Refused]) -> None:
    """Give each call its outcome."""
    for job, outcome in zip(jobs, outcomes, strict=True):
        if isinstance(outcome, Refused):
            job.error = outcome
        else:
            job.receipts = outcome


class Queue:
    """Group commit without a thread of its own: one caller at a time commits for all who wait, then hands over.

    With a single writer there is nobody to wait for and nothing to hand over; with many, a commit serves a group.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: list[Job] = []
        self.busy = False
        self.together = 1  # how many the latest group was
        self.gathered = threading.Event()

    def submit(self, job: Job) -> None:
        """Return when the call is on disk or has failed."""
        with self.lock:
            self.waiting.append(job)
            if len(self.waiting) >= self.together:
                self.gathered.set()
            waits, self.busy = self.busy, True
        if waits:
            job.ready.wait()
        if not job.settled:
            self._serve()

    def _serve(self) -> None:
        """Commit a group. Those of the latest group come back one by one: without waiting, the first of them would
        have a commit to itself while all the others wait for the next. One who is alone does not wait."""
        if self.together > 1:
            self.gathered.wait(GATHER)
        with self.lock:
            group, self.waiting = self.waiting[:GROUP], self.waiting[GROUP:]
            self.together = len(group)
            self.gathered.clear()
        try:
            commit(group)
        finally:
            with self.lock:
                following = self.waiting[0] if self.waiting else None
                self.busy = following is not None
            if following is not None:
                following.ready.set()
            for job in group:
                job.ready.set()
        tail.moved(set[str]().union(*(job.moved() for job in group)))


def commit(group: Sequence[Job]) -> None:
    """Store a group in one transaction and settle every call in it."""
    try:
        _store(group)
    except Exception as error:  # whatever it is, nobody may wait for ever
        if len(group) > 1 and not isinstance(error, OperationalError | InterfaceError):
            for job in group:  # one of them can't be stored: the others shall not fail with it
                commit([job])
            return
        log.exception("the journal could not store %d appends", len(group))
        for job in group:
            job.error = Unavailable(CANNOT_SAVE) if isinstance(error, DatabaseError | InterfaceError) else error


def _store(group: Sequence[Job]) -> None:
    """A lost connection is opened again once, and what another node stored at the same instant (an operation opened
    twice) is looked at again: whether or not the commit had come through, the ids make a second try safe."""
    for last in (False, True):
        try:
            with transaction.atomic():
                outcomes = store([job.drafts for job in group])
            settle(group, outcomes)
            return
        except (DatabaseError, InterfaceError) as error:
            again = isinstance(error, IntegrityError) or connection.connection is None or not connection.is_usable()
            connection.close()
            if last or not again:
                raise


_queue: Final = Queue()
