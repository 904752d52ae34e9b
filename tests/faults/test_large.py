"""A hundred thousand entries in one operation: its pages open. The seconds are printed (`pytest -s`), not judged."""

import re
import time

from tests.faults.clients import DONE, people
from tests.running import Running

COUNT = 100_000
FILL = """
from datetime import timedelta
from uuid import UUID
from samlad.base.clock import now
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.picture.entries import ReportFiled
operation, count, at = UUID({operation!r}), {count}, now() - timedelta(days=1)
actors = list(basics(operation, SYSTEM).participants)
statuses = ("green", "yellow", "red", "black")
def draft(number):
    actor = actors[number % len(actors)]
    text = f"Halka och snö, rapport {{number}}. Hemtjänsten är försenad och två bussar står stilla."
    report = ReportFiled(statuses[number * 7 % 4], at + timedelta(milliseconds=number), consequences=text)
    return Draft(operation, report, actor=actor)
by = Who("0" * 32, actors[0], frozenset({{"tib"}}), "TiB")
for start in range(0, count, 2000):
    append(*map(draft, range(start, min(start + 2000, count))), by=by)
"""
PAGES = ("", "journal/", "reports/", "reports/new/", "pictures/", "figures/", "?at=50000", "journal/?at=50000")


def test_a_hundred_thousand_entries(running: Running) -> None:
    browser, lead = people(running, "tib.nacka", "lagesbild")
    operation = browser.raise_alarm()
    begun = time.monotonic()
    running.command("shell", "-v0", "-c", FILL.format(operation=operation.split("/")[2], count=COUNT))
    seconds = {f"{COUNT} appended": time.monotonic() - begun}
    running.restart()
    for turn in ("cold", "again"):
        for page in PAGES:
            begun = time.monotonic()
            answer = browser.get(operation + page)
            seconds[f"{page or 'front page'} ({turn})"] = time.monotonic() - begun
            assert answer.status == 200, (page, answer.words)
    begun = time.monotonic()
    assert lead.get(f"{operation}desk/").status == 200
    seconds["desk/"] = time.monotonic() - begun
    begun = time.monotonic()
    assert browser.report(operation, "Plogat").status in DONE
    seconds["one more report"] = time.monotonic() - begun
    begun = time.monotonic()
    found = re.search(r"(\d+) entries, the chain holds", running.command("journal", "verify"))
    assert found and int(found[1]) >= COUNT + 3, "and what the program told of the alarm beside them"
    seconds["verify"] = time.monotonic() - begun
    print("\n" + "\n".join(f"{taken:8.2f} s  {name}" for name, taken in seconds.items()))  # noqa: T201
