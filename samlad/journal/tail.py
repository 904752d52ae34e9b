"""Who wants to know at once that an operation has moved: live streams and the followers' worker.

`moved` is called after each commit of this process. What other processes commit is noticed by `Watch`: on PostgreSQL
by NOTIFY, which carries only the operation's id; on SQLite by asking the file's data_version, a few microseconds.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

from samlad.journal.models import Operation

log = logging.getLogger(__name__)

Listener = Callable[[set[str]], None]
_listeners: list[Listener] = []
POLL = 0.05  # seconds between two questions to SQLite


def listen(listener: Listener) -> Callable[[], None]:
    """Call `listener` with the ids (hex) of operations that have moved, from any thread. Returns how to stop it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def moved(operations: Iterable[str]) -> None:
    """Tell all listeners. A listener that fails must not fail the append it hears of."""
    changed = set(operations)
    if not changed:
        return
    for listener in list(_listeners):
        try:
            listener(changed)
        except Exception:
            log.exception("a listener of the tail failed")


class Watch(threading.Thread):
    """Tells the listeners of this process what other processes have appended."""

    def __init__(self) -> None:
        super().__init__(name="journal-watch", daemon=True)
        self.stopping = threading.Event()

    def stop(self) -> None:
        """End the thread soon."""
        self.stopping.set()

    def run(self) -> None:
        """Watch until stopped; a lost database is tried again each second, and whatever was missed is told then."""
        watch = self._watch_postgresql if connection.vendor == "postgresql" else self._watch_sqlite
        while not self.stopping.is_set():
            try:
                watch()
            except Exception:  # nothing may end it: without it this process would show old pages
                log.warning("the journal's watch lost the database and tries again", exc_info=True)
                self.stopping.wait(1.0)
            finally:
                connection.close()

    def _watch_sqlite(self) -> None:
        heads = current_heads()
        moved(heads)
        version = None
        while not self.stopping.wait(POLL):
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA data_version")
                latest = cursor.fetchone()
            if latest != version:
                version = latest
                heads, before = current_heads(), heads
                moved(operation for operation, seq in heads.items() if before.get(operation) != seq)

    def _watch_postgresql(self) -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listening:
            listening.execute(sql.SQL("LISTEN samlad"))
            moved(current_heads())
            while not self.stopping.is_set():
                # Without stop_after, what has come would be held back until the second is over. Read to its end before
                # anything else is done: half-way through, the generator holds the connection's lock.
                notes = [note.payload for note in listening.notifies(timeout=1.0, stop_after=1)]
                moved({UUID(note).hex for note in notes})


def current_heads() -> dict[str, int]:
    """How far each operation has come."""
    return {id.hex: seq for id, seq in Operation.objects.values_list("id", "head_seq")}
