"""The one way in. Only `actions` of the rooms above may call it (checked by the import linter).

What it promises, on SQLite and on PostgreSQL:

- *Acknowledged means durable*: the receipt is given after the commit, with synchronous=FULL / synchronous_commit=on.
- *Idempotent*: the same id with the same content gives the first receipt again; with another content it is refused.
- *Gapless and in commit order* per operation: numbers are given under the operation's row lock.
- *Atomic*: the drafts of one call are stored together or not at all; called inside a transaction, it is part of it.

Outside a transaction, calls from all threads meet in one queue and are committed in groups: with many writers one
commit serves them all, and nobody waits behind an unfair lock.
"""

import logging
import queue
import threading
from collections.abc import Sequence
from typing import Final

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused, Unavailable
from samlad.journal import tail
from samlad.journal.entries import Draft, Receipt
from samlad.journal.prepare import Prepared, prepare
from samlad.journal.store import store
from samlad.journal.who import Who

log = logging.getLogger(__name__)

GROUP: Final = 256  # appends in one commit, at most
CANNOT_SAVE = _("Samlad cannot save just now. What you wrote is still in the form. Try again in a moment.")


def append(*drafts: Draft, by: Who) -> list[Receipt]:
    """Put entries into the journal; returns a receipt for each, in order, once they are on disk.

    Raises Refused (closed operation, same id with other content, text that can't be stored) and Unavailable (full
    disk, locked or lost database), and then nothing of the call is stored.
    """
    job = Job([prepare(draft, by) for draft in drafts])
    if connection.in_atomic_block:
        _within_transaction(job)
    else:
        _writer.submit(job)
    return job.answer()


class Job:
    """One call of append on its way through the queue."""

    def __init__(self, drafts: list[Prepared]) -> None:
        self.drafts = drafts
        self.done = threading.Event()
        self.receipts: list[Receipt] | None = None
        self.error: Exception | None = None

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
    settle([job], store([job.drafts]))
    transaction.on_commit(lambda: tail.moved(job.moved()))


def settle(jobs: Sequence[Job], outcomes: Sequence[list[Receipt] | Refused]) -> None:
    """Give each call its outcome."""
    for job, outcome in zip(jobs, outcomes, strict=True):
        if isinstance(outcome, Refused):
            job.error = outcome
        else:
            job.receipts = outcome


class Writer:
    """One thread per process that takes what waits in the queue, stores it in one transaction and answers all."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self.thread: threading.Thread | None = None
        self.starting = threading.Lock()

    def submit(self, job: Job) -> None:
        """Queue a call and wait until it is on disk or has failed."""
        self.queue.put(job)
        self._ensure_running()
        job.done.wait()

    def _ensure_running(self) -> None:
        if self.thread is not None and self.thread.is_alive():
            return
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        while True:
            jobs = [self.queue.get()]
            while len(jobs) < GROUP:
                try:
                    jobs.append(self.queue.get_nowait())
                except queue.Empty:
                    break
            self._commit(jobs)

    def _commit(self, jobs: list[Job]) -> None:
        try:
            self._store(jobs)
        except Exception as error:  # whatever it is, nobody may wait for ever
            log.exception("the journal could not store %d appends", len(jobs))
            for job in jobs:
                job.error = Unavailable(CANNOT_SAVE) if isinstance(error, DatabaseError | InterfaceError) else error
        moved = set[str]().union(*(job.moved() for job in jobs))
        for job in jobs:
            job.done.set()
        tail.moved(moved)

    def _store(self, jobs: list[Job]) -> None:
        """Store a group. A lost connection is opened again once: whether or not the commit had come through, the ids
        make a second try safe."""
        connection.close_if_unusable_or_obsolete()
        for last in (False, True):
            try:
                with transaction.atomic():
                    outcomes = store([job.drafts for job in jobs])
                settle(jobs, outcomes)
                return
            except (DatabaseError, InterfaceError):
                lost = connection.connection is None or not connection.is_usable()
                connection.close()
                if last or not lost:
                    raise


_writer: Final = Writer()
