"""The operation's front page with 40 actors and 2,000 entries, served over a kept connection, against /healthz."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from bench.browser import Browser
from bench.figures import Figure, middle, quantile, spread
from bench.region import liaisons, operation, session
from bench.serving import server

ENTRIES: Final = 2000
ROUNDS: Final = 100
TARGET: Final = 150.0  # milliseconds


def measure() -> Iterator[Figure]:
    """The first view after the server's start, and the views after it. `/healthz` is asked before, so that the
    process and its database connection are warm and the operation is not."""
    people = liaisons()
    path = reverse("operation", args=[operation(people, ENTRIES)])
    with server() as running:
        browser = Browser(running.url, session(people[0]))
        for _ in range(20):
            browser.page("/healthz")
        browser.page("/")
        cold = browser.page(path, Accept_Encoding="gzip")
        yield Figure(
            "front page, first after start", "ms", cold.took, note="folds the operation and loads the templates"
        )
        took, bare = [], []
        for number in range(ROUNDS):
            reader = Browser(running.url, session(people[number % len(people)])) if number < 40 else browser
            reader.page("/healthz")
            took.append(reader.page(path, Accept_Encoding="gzip").took)
            bare.append(browser.page("/healthz").took)
    slow = quantile(took, 0.95)
    yield Figure(
        "front page, 40 actors, 2 000 entries, p95",
        "ms",
        slow,
        spread(took),
        quantile(bare, 0.95),
        "/healthz",
        spread(bare),
        middle(took) / middle(bare),
        f"under {TARGET:.0f} ms",
        slow < TARGET,
        f"{len(cold.body) / 1000:.0f} kB gzipped; 40 first views by as many readers, then more of one",
    )
