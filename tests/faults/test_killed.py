"""The server is killed again and again while people report: what was acknowledged is there once, in a whole chain."""

import random
import time

from tests.faults.clients import Answer, filing, nothing_lost, people, until
from tests.running import Running

REPORTERS = ("tib.nacka", "tib.solna", "tib.huddinge", "tib.salem", "liaison.tyreso", "rsk")
KILLS = 6


def test_killed_again_and_again_while_people_report(running: Running) -> None:
    browsers = people(running, *REPORTERS)
    operation = browsers[0].raise_alarm()
    with filing(browsers, operation) as threads:
        for _ in range(KILLS):
            before = [len(thread.acknowledged) for thread in threads]
            until(
                lambda before=before: all(len(it.acknowledged) > was for it, was in zip(threads, before, strict=True)),  # type: ignore[misc]
                lambda: [(thread.acknowledged[-1:], thread.trouble[-3:]) for thread in threads],
            )
            time.sleep(random.uniform(0, 0.1))  # anywhere in an append
            running.kill()
            running.start()
    nothing_lost(browsers[0], operation, threads)
    assert any(thread.trouble for thread in threads), "nobody noticed that the server was killed"
    print(f"{sum(len(thread.acknowledged) for thread in threads)} reports, {KILLS} kills")  # noqa: T201


def test_stopped_in_order_nobody_who_was_answered_is_lost(running: Running) -> None:
    browsers = people(running, *REPORTERS[:3])
    operation = browsers[0].raise_alarm()
    with filing(browsers, operation) as threads:
        for _ in range(2):
            count = len(threads[0].acknowledged)
            until(lambda count=count: len(threads[0].acknowledged) > count + 2)  # type: ignore[misc]
            running.restart()
    nothing_lost(browsers[0], operation, threads)


def test_the_same_form_sent_twice_at_once_is_one_report(running: Running) -> None:
    (browser,) = people(running, "tib.nacka")
    operation = browser.raise_alarm()
    first, second = (browser.report(operation, "Halka", "01a20000-0000-7000-8000-000000000001") for _ in range(2))
    assert address(first) == address(second)
    filed = [entry for entry in browser.entries(operation) if entry["kind"] == "picture.report_filed"]
    assert len(filed) == 1


def address(answer: Answer) -> str:
    """Where an answer leads."""
    return answer.headers["location"]
