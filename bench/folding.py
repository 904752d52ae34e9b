"""Folding 50,000 entries from cold, reading them from disk included, and one more entry; against the select alone."""

import gc
import time
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import connection

from bench.figures import Figure, middle, number, spread
from bench.region import liaisons, operation, report
from samlad.activation.queries import activation
from samlad.journal import log
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.journal.queries import basics
from samlad.journal.table import ENTRY, for_database
from samlad.journal.who import Who
from samlad.picture.queries import picture

ENTRIES: Final = 50_000
ROUNDS: Final = 3
MORE: Final = 100


def measure() -> Iterator[Figure]:
    """The two lines."""
    people = liaisons()
    id = operation(people, ENTRIES)
    folds, selects = [], []
    for _ in range(ROUNDS):
        selects.append(select(id, 0))
        log.clear()
        gc.collect()
        folds.append(fold(id, people[1]))
    yield Figure(
        f"fold of {number(ENTRIES)} entries from cold, three states",
        "s",
        middle(folds),
        spread(folds, 50),
        middle(selects),
        "select of the rows",
        spread(selects, 50),
        middle(one / other for one, other in zip(folds, selects, strict=True)),
        "under 1.5 s",
        middle(folds) < 1.5,
    )
    yield one_more(id, people)


def one_more(id: UUID, people: list[Who]) -> Figure:
    """The time to the new state after an entry has been appended, for a reader who had the one before."""
    folds, selects = [], []
    for nth in range(MORE):
        receipt = append(Draft(id, report(nth)), by=people[nth % len(people)])[0]
        selects.append(select(id, receipt.seq - 1) * 1000)
        folds.append(fold(id, people[1]) * 1000)
    return Figure(
        "one more entry",
        "ms",
        middle(folds),
        spread(folds),
        middle(selects),
        "select of the row",
        spread(selects),
        middle(one / other for one, other in zip(folds, selects, strict=True)),
        "under 5 ms",
        middle(folds) < 5,
    )


def fold(id: UUID, who: Who) -> float:
    """Seconds until a reader has the states the front page is made of."""
    before = time.perf_counter()
    basics(id, who)
    activation(id, who)
    picture(id, who)
    return time.perf_counter() - before


def select(id: UUID, after: int) -> float:
    """Seconds for the rows alone."""
    before = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(ENTRY)} FROM journal_storedentry WHERE operation_id = %s AND seq > %s ORDER BY seq",
            [for_database(id), after],
        )
        cursor.fetchall()
    return time.perf_counter() - before
