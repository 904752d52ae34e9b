"""Followers: what happens because of an entry, each with a stored position, all run by one worker.

What a follower does to tables is committed together with its position, so it happens once. Effects outside the
database do not belong in a follower: it leaves a row (notify's queue) and a pump carries that out, at least once, with
an idempotency key.
"""

import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, OuterRef, Q, Subquery

from samlad.base.clock import now
from samlad.journal import tail
from samlad.journal.entries import Entry
from samlad.journal.log import decoded
from samlad.journal.models import FollowerPosition, Operation, StoredEntry
from samlad.journal.table import ENTRY

log = logging.getLogger(__name__)

PAUSE: Final = 0.1  # seconds between hearing of something and working: people who write at once are answered first
PERIOD: Final = 1.0  # seconds between looks when nobody has told of anything; also the pause after a failure
GROUP: Final = 200  # entries in one transaction
LOCK: Final = 0x53414D4C  # PostgreSQL's advisory lock of the one worker


class Follower(msgspec.Struct, frozen=True):
    """A name, under which the position is stored, and what to do with each entry of the kinds it follows."""

    name: str
    handle: Callable[[Entry], None]
    kinds: frozenset[str]


Pump = Callable[[], None]  # carries out what rows in a queue ask for; returns when there is nothing due


class Every:
    """A pump that does something at most once in a period, however often the worker comes to it."""

    def __init__(self, period: timedelta, do: Callable[[datetime], object]) -> None:
        self.period, self.do = period, do
        self.last: datetime | None = None

    def __call__(self) -> None:
        """Do it with the present moment, if it is time. A clock that went back does not stop it for long."""
        moment = now()
        if self.last is not None and timedelta(0) <= moment - self.last < self.period:
            return
        self.last = moment
        self.do(moment)


class Worker(threading.Thread):
    """The one worker: takes followers on, then runs the pumps, whenever something has moved.

    Guarantee: after a crash at any point it goes on from the stored positions; no entry is skipped or handled twice.
    Only one worker works at a time (a lock on the machine, or in PostgreSQL); others wait to take over.
    """

    def __init__(self, followers: Iterable[Follower], pumps: Iterable[Pump]) -> None:
        super().__init__(name="worker", daemon=True)
        self.followers = tuple(followers)
        self.pumps = tuple(pumps)
        self.wake = threading.Event()
        self.stopping = threading.Event()

    def stop(self) -> None:
        """End after the present turn."""
        self.stopping.set()
        self.wake.set()

    def run(self) -> None:
        """Work until stopped. Woken by the tail; looks each PERIOD anyway."""
        unlisten = tail.listen(lambda operations: self.wake.set())
        lock = OneWorker()
        try:
            while not self.stopping.is_set():
                try:
                    if lock.held():
                        self.turn()
                except Exception:
                    log.exception("the worker failed and tries again")
                    connection.close()
                    self.stopping.wait(PERIOD)
                if self.wake.wait(PERIOD):
                    self.stopping.wait(PAUSE)
                self.wake.clear()
        finally:
            unlisten()
            lock.release()
            connection.close()

    def turn(self) -> None:
        """Everything that is due now. A follower that fails does not hold up the others."""
        for follower in self.followers:
            for operation in behind(follower):
                with going_on(f"follower {follower.name} failed in operation {operation}"):
                    catch_up(follower, operation)
        for pump in self.pumps:
            with going_on(f"pump {pump} failed"):
                pump()


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """One thing that fails is logged and does not stop the others. A lost database does: the lock may be gone too."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s", what)


def behind(follower: Follower) -> list[UUID]:
    """The operations that have entries the follower has not come to."""
    reached = FollowerPosition.objects.filter(follower=follower.name, operation_id=OuterRef("id")).values("seq")
    operations = Operation.objects.annotate(reached=Subquery(reached))
    return list(operations.filter(Q(reached=None) | Q(reached__lt=F("head_seq"))).values_list("id", flat=True))


def catch_up(follower: Follower, operation: UUID) -> None:
    """Take a follower to the end of an operation; where it fails, at least to the entry it fails on."""
    try:
        while follow(follower, operation):
            pass
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        while follow(follower, operation, most=1):
            pass


def follow(follower: Follower, operation: UUID, most: int = GROUP) -> int:
    """Take a follower some entries on in one operation, in one transaction; returns how many."""
    with transaction.atomic():
        position, _ = FollowerPosition.objects.select_for_update().get_or_create(
            operation_id=operation, follower=follower.name
        )
        rows = StoredEntry.objects.filter(operation_id=operation, seq__gt=position.seq).order_by("seq")
        entries = [decoded(operation, row) for row in rows.values_list(*ENTRY)[:most]]
        for entry in entries:
            if entry.kind in follower.kinds and entry.payload is not None:
                follower.handle(entry)
        if entries:
            FollowerPosition.objects.filter(operation_id=operation, follower=follower.name).update(seq=entries[-1].seq)
        return len(entries)


class OneWorker:
    """The lock that only one worker holds, on the machine for SQLite and in the server for PostgreSQL."""

    def __init__(self) -> None:
        self.descriptor: int | None = None

    def held(self) -> bool:
        """Whether this worker holds the lock, taking it if it is free."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # held by the session; a lost connection lets another take over
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND objid=%s AND pid=pg_backend_pid()",
                    [LOCK],
                )
                if cursor.fetchone()[0]:
                    return True
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                return bool(cursor.fetchone()[0])
        if self.descriptor is None:
            file = os.open(
                str(connection.settings_dict["NAME"]) + ".worker", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            self.descriptor = file
        return True

    def release(self) -> None:
        """Let another worker take over."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
