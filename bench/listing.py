"""1,000 reports as JSON and as a page, against selecting their rows and encoding them."""

import time
from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

import msgspec
from django.db import connection
from django.urls import reverse

from bench.browser import Browser
from bench.figures import Figure, middle, quantile, spread
from bench.region import liaisons, operation, session
from bench.serving import server
from samlad.journal.table import ENTRY, for_database

REPORTS: Final = 1000
ROUNDS: Final = 30
TARGET: Final = 40.0  # milliseconds


def measure() -> Iterator[Figure]:
    """The two lines."""
    people = liaisons()
    id = operation(people, REPORTS + 2 + len(people))
    path = reverse("reports", args=[id])
    with server() as running:
        browser = Browser(running.url, session(people[0]))
        answer = browser.page(path + "?format=json")
        assert len(msgspec.json.decode(answer.body)["reports"]) == REPORTS
        told = f"{len(answer.body) / 1000:.0f} kB of JSON"
        yield line("1 000 reports as JSON", lambda: browser.page(path + "?format=json").took, id, told, TARGET)
        packed = browser.page(path, Accept_Encoding="gzip")
        rows = browser.page(path).body.count(b"<tr") - 1
        told = f"the first {rows} of 1 000 stand on the page, {len(packed.body) / 1000:.0f} kB gzipped"
        yield line("1 000 reports as page", lambda: browser.page(path, Accept_Encoding="gzip").took, id, told, None)


def line(what: str, ask: Callable[[], float], id: UUID, note: str, target: float | None) -> Figure:
    """Request and floor in turn."""
    took, bare = [], []
    for number in range(ROUNDS + 3):
        one, other = ask(), select_and_encode(id)
        if number >= 3:
            took.append(one)
            bare.append(other)
    return Figure(
        f"{what}, p50",
        "ms",
        middle(took),
        spread(took),
        middle(bare),
        "select and encode",
        spread(bare),
        middle(one / other for one, other in zip(took, bare, strict=True)),
        f"under {target:.0f} ms" if target else "",
        quantile(took, 0.5) < target if target else None,
        note,
    )


def select_and_encode(id: UUID) -> float:
    """Milliseconds for the rows of the reports and one msgspec encode, in this process."""
    before = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(ENTRY)} FROM journal_storedentry WHERE operation_id = %s AND kind = %s ORDER BY seq",
            [for_database(id), "picture.report_filed"],
        )
        rows = cursor.fetchall()
    assert len(rows) == REPORTS
    msgspec.json.encode(rows)
    return (time.perf_counter() - before) * 1000
