"""Appends a second with 1, 8 and 32 writers, against INSERT and COMMIT of the same bytes with the bare driver."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from bench.figures import Figure, middle, spread
from bench.region import liaisons, operation, report
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.journal.models import StoredEntry
from samlad.journal.table import COLUMNS
from samlad.journal.who import Who

WRITERS: Final = (1, 8, 32)
ROUNDS: Final = 3
SECONDS: Final = 1.0
HALF: Final = 0.5
Writer = tuple[Callable[[], object], Callable[[], None]]  # what is done again and again, and how it ends


def measure() -> Iterator[Figure]:
    """The three lines."""
    people = liaisons()
    id = operation(people, 50)
    floor = floor_writer(id)
    for made in (lambda: journal_writer(id, people[0]), floor):
        timed(made, 2, 0.3)
    for writers in WRITERS:
        ours, bare = [], []
        for _ in range(ROUNDS):
            bare.append(timed(floor, writers, SECONDS))
            ours.append(timed(lambda: journal_writer(id, people[0]), writers, SECONDS))
        yield line(writers, ours, bare)


def line(writers: int, ours: list[list[float]], bare: list[list[float]]) -> Figure:
    """A rate is of a round of SECONDS; a ratio is of two rounds beside each other."""
    ratio = middle(len(one) / len(other) for one, other in zip(ours, bare, strict=True))
    target = f"at least {HALF} of the floor" if writers == 8 else ""
    return Figure(
        f"append, {writers} writer{'s' * (writers > 1)}",
        "/s",
        middle(len(one) for one in ours) / SECONDS,
        f"{spread([x for one in ours for x in one])} ms",
        middle(len(one) for one in bare) / SECONDS,
        "insert and commit",
        f"{spread([x for one in bare for x in one])} ms",
        ratio,
        target,
        ratio >= HALF if target else None,
    )


def timed(made: Callable[[], Writer], writers: int, seconds: float) -> list[float]:
    """How long each act took (ms), of so many threads that act for so many seconds."""
    together = threading.Barrier(writers)
    took: list[float] = []

    def run() -> None:
        act, end = made()
        act()
        together.wait()
        mine = []
        before = time.perf_counter()
        stop = before + seconds
        while before < stop:
            act()
            after = time.perf_counter()
            mine.append((after - before) * 1000)
            before = after
        end()
        took.extend(mine)

    threads = [threading.Thread(target=run) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def journal_writer(id: UUID, who: Who) -> Writer:
    """Appends through the journal."""
    payload = report(1)
    return lambda: append(Draft(id, payload), by=who), connection.close


def floor_writer(id: UUID) -> Callable[[], Writer]:
    """Inserts a row of the journal's columns and bytes, without index, chain or anything else."""
    stored = StoredEntry.objects.filter(operation_id=id).order_by("-seq").values_list(*COLUMNS)[0]
    row = tuple(str(value) for value in stored)
    if connection.vendor == "postgresql":
        return postgresql_floor(row)
    return sqlite_floor(row)


def sqlite_floor(row: tuple[str, ...]) -> Callable[[], Writer]:
    """As Samlad opens it: WAL, synchronous=FULL, BEGIN IMMEDIATE. In a file of its own beside the other."""
    file = f"{settings.DATABASES['default']['NAME']}.floor"

    def connected() -> sqlite3.Connection:
        bare = sqlite3.connect(file, timeout=20, isolation_level=None, check_same_thread=False)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        return bare

    with connected() as first:
        first.execute(f"CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
    insert = f"INSERT INTO floor ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"

    def made() -> Writer:
        bare = connected()

        def act() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(insert, row)
            bare.execute("COMMIT")

        return act, bare.close

    return made


def postgresql_floor(row: tuple[str, ...]) -> Callable[[], Writer]:
    """A table of its own in the same database."""
    parameters: dict[str, Any] = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    columns = ", ".join(f"{column} text" for column in COLUMNS)
    with psycopg.connect(**parameters, autocommit=True) as first:
        first.execute(
            f"CREATE TABLE IF NOT EXISTS floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {columns})"
        )
    insert = f"INSERT INTO floor ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"

    def made() -> Writer:
        bare = psycopg.connect(**parameters)

        def act() -> None:
            bare.execute(insert, row)
            bare.commit()

        return act, bare.close

    return made
