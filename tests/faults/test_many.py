"""Many people send in the same instant, over HTTP: every one is acknowledged, once, in one chain."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from samlad.base.ids import new_id
from tests.faults.clients import DONE, people
from tests.running import Running

REPORTERS = ("tib.nacka", "tib.solna", "tib.huddinge", "tib.salem", "tib.tyreso", "tib.ekero", "liaison.tyreso", "rsk")


@pytest.mark.parametrize("count", [40, 200])
def test_in_the_same_instant(running: Running, count: int) -> None:
    browsers = people(running, *REPORTERS)
    operation = browsers[0].raise_alarm()
    together = threading.Barrier(count)

    def send(number: int) -> tuple[str, float]:
        id = str(new_id())
        together.wait(60)
        begun = time.monotonic()
        answer = browsers[number % len(browsers)].report(operation, f"Rapport {number}", id)
        assert answer.status in DONE, answer.words
        return id, time.monotonic() - begun

    with ThreadPoolExecutor(count) as pool:
        sent = list(pool.map(send, range(count)))
    filed = [entry["id"] for entry in browsers[0].entries(operation) if entry["kind"] == "picture.report_filed"]
    assert sorted(filed) == sorted(id for id, _seconds in sent)
    assert "the chain holds" in running.command("journal", "verify")
    print(f"\n{count} at once: the last was answered after {max(seconds for _id, seconds in sent):.2f} s")  # noqa: T201
