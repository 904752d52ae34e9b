"""SQLite with one writer at a time: turns between threads and between processes, and what happens when none comes."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from samlad.base.sqlite import base
from samlad.base.sqlite.base import DatabaseWrapper, Writer

HOLD = """
import fcntl, os, sys
descriptor = os.open(sys.argv[1] + ".writer", os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def allowed(django_db_blocker: Any) -> Iterator[None]:
    """The tests' own database is not touched."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A SQLite file with a table."""
    name = str(tmp_path / "one.sqlite3")
    opened = connect(name)
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE said (id integer primary key autoincrement, text text)")
    opened.close()
    return name


def connect(name: str) -> Any:
    """A connection of the calling thread's own."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
    settings = {"NAME": name, "OPTIONS": options, "TIME_ZONE": None, "AUTOCOMMIT": True}
    return DatabaseWrapper({**settings, "CONN_HEALTH_CHECKS": False, "CONN_MAX_AGE": None}, "other")


@pytest.fixture
def connection(file: str) -> Iterator[Any]:
    """A connection to the file."""
    opened = connect(file)
    yield opened
    opened.close()


def write(opened: Any, text: str = "Snow") -> None:
    """One statement on its own."""
    with opened.cursor() as cursor:
        cursor.execute("INSERT INTO said (text) VALUES (%s)", [text])


def count(opened: Any) -> int:
    """How many rows there are."""
    with opened.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM said")
        return int(cursor.fetchone()[0])


def free(name: str) -> bool:
    """Whether nobody holds the right to write."""
    threads = Writer.of(name).threads
    taken = threads.acquire(blocking=False)
    if taken:
        threads.release()
    return taken


def test_the_turn_lasts_as_long_as_the_transaction(connection: Any, file: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not free(file)
    write(connection)
    connection.commit()
    connection.set_autocommit(True)
    assert free(file)


@pytest.mark.parametrize("ending", ["rollback", "close"])
def test_the_turn_ends_with_the_transaction_however_it_ends(connection: Any, file: str, ending: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    write(connection)
    getattr(connection, ending)()
    assert free(file)
    assert count(connect(file)) == 0


def test_a_statement_on_its_own_takes_a_turn_and_reading_takes_none(connection: Any, file: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with Writer.of(file).threads:
            assert count(connection) == 0
            writing = pool.submit(lambda: write(connect(file)))
            assert count(connection) == 0
            assert not writing.done()
        writing.result(30)
    assert count(connection) == 1


def test_what_an_insert_returns_is_fetched_within_the_turn(connection: Any, file: str) -> None:
    """It commits with its last row: left unfetched it would commit at some other's turn."""
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO said (text) VALUES ('a'), ('b'), ('c'), ('d'), ('e') RETURNING id")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(2) == [(2,), (3,)]
        assert cursor.fetchall() == [(4,), (5,)]
        assert cursor.fetchone() is None
        cursor.execute("SELECT text FROM said WHERE id = 5")
        assert cursor.fetchall() == [("e",)]
    other.close()


def test_a_statement_that_fails_gives_its_turn_back(connection: Any, file: str) -> None:
    with pytest.raises(Exception, match="no such table"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert free(file)


def test_many_threads_none_is_turned_away(file: str) -> None:
    def work(number: int) -> None:
        opened = connect(file)
        try:
            for _ in range(10):
                write(opened, str(number))
        finally:
            opened.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert count(connect(file)) == 160


def test_patience_has_an_end(connection: Any, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.05)
    with Writer.of(file).threads, pytest.raises(OperationalError, match="locked"):
        write(connection)
    write(connection)
    assert count(connection) == 1


def test_another_process_has_its_turn(connection: Any, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.05)
    holding = subprocess.Popen([sys.executable, "-c", HOLD, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holding.stdout is not None
    holding.stdout.readline()
    with pytest.raises(OperationalError, match="another process"):
        write(connection)
    assert free(file)
    assert count(connection) == 0
    holding.kill()
    holding.wait()
    monkeypatch.setattr(base, "PATIENCE", 30.0)
    write(connection)  # whoever is killed lets go
    assert count(connection) == 1


def test_somebody_outside_who_knows_no_turns(connection: Any, file: str) -> None:
    """An operator's own tool holds SQLite's lock: the transaction can't begin, and the turn is given back."""
    outside = sqlite3.connect(file, isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    for _ in range(2):
        with pytest.raises(OperationalError, match="locked"):
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert free(file)
    outside.execute("ROLLBACK")
    outside.close()
    write(connection)
    assert count(connection) == 1


def test_no_room_for_the_lock_itself(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    opened = connect(file)
    monkeypatch.setattr(os, "open", full)
    monkeypatch.setattr(Writer, "_writers", {})
    with pytest.raises(OperationalError, match="No space left"):
        write(opened)
    opened.close()


@pytest.mark.django_db(transaction=True)
def test_nested_transactions_are_one_turn() -> None:
    done = threading.Event()
    with transaction.atomic(), transaction.atomic():
        done.set()
    assert done.is_set()
