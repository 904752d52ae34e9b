"""Django's SQLite backend with one writer at a time, in this process and on this machine.

Two reasons. SQLite's own busy handler is unfair: with eight writers some wait for seconds; a plain lock queues them.
And SQLite before 3.51.3 (Debian 12 has 3.40) can corrupt the write-ahead log when two connections write or checkpoint
at the same instant; here no two ever do, because every transaction and every writing statement, in every process that
opens the file through this backend, holds the same lock, and checkpoints happen inside commits.

Reading takes no lock.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

WRITES = (
    "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "VACUUM", "REINDEX", "PRAGMA WAL_CHECKPOINT",
)  # fmt: skip
PATIENCE = 20.0  # seconds before a writer gives up


class Writer:
    """The right to write one database file: a lock between threads, and one between processes."""

    _writers: dict[str, "Writer"] = {}

    def __init__(self, database: str) -> None:
        self.file = database + ".writer"
        self.threads = threading.Lock()
        self.descriptor: int | None = None

    @classmethod
    def of(cls, database: str) -> "Writer":
        """The one writer of a database file in this process."""
        return cls._writers.setdefault(database, cls(database))

    def acquire(self) -> None:
        """Wait for the turn. Raises OperationalError after PATIENCE seconds."""
        if not self.threads.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        try:
            self._acquire_between_processes()
        except BaseException:
            self.threads.release()
            raise

    def _acquire_between_processes(self) -> None:
        if self.descriptor is None:
            try:
                self.descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError as error:  # no room for even an empty file, or a folder that can't be written
                raise OperationalError(f"{self.file}: {error.strerror}") from error
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise OperationalError("database is locked by another process") from None
                time.sleep(0.002)

    def release(self) -> None:
        """Let the next one write."""
        if self.descriptor is not None:
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        self.threads.release()


class OneWriterCursor(base.SQLiteCursorWrapper):
    """A cursor whose writing statements outside transactions take their turn too."""

    wrapper: "DatabaseWrapper"
    returned: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self.returned = None
        with self.wrapper.turn(query) as alone:
            result = super().execute(query, params)
            if alone and self.description is not None:
                # INSERT ... RETURNING ends, and commits, when its last row has been fetched: within the turn.
                self.returned = iter(super().fetchall())
            return result

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn(query):
            return super().executemany(query, param_list)

    def fetchone(self) -> Any:
        return super().fetchone() if self.returned is None else next(self.returned, None)

    def fetchmany(self, size: int | None = None) -> Any:
        if self.returned is None:
            return super().fetchmany(size or self.arraysize)
        return list(islice(self.returned, size or self.arraysize))

    def fetchall(self) -> Any:
        return super().fetchall() if self.returned is None else list(self.returned)


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module's docstring."""

    _writing = False

    @property
    def writer(self) -> Writer:
        """The lock of this connection's file."""
        return Writer.of(str(self.settings_dict["NAME"]))

    @contextmanager
    def turn(self, query: str) -> Iterator[bool]:
        """Hold the lock while a writing statement runs on its own (then it is True); do nothing for reads and inside
        transactions."""
        if self._writing or not query.lstrip()[:24].upper().startswith(WRITES):
            yield False
            return
        self.writer.acquire()
        try:
            yield True
        finally:
            self.writer.release()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor: Any = self.connection.cursor(factory=OneWriterCursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.writer.acquire()
        self._writing = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._writing:
            self._writing = False
            self.writer.release()
