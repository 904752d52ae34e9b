"""The one worker: woken by what is appended, alone at its work, and another goes on where it was killed."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from samlad.journal import followers
from samlad.journal.entries import Entry
from samlad.journal.followers import Follower, Worker
from samlad.journal.models import FollowerPosition
from samlad.journal.tests.elsewhere import start, until
from samlad.journal.tests.scene import opened, say

pytestmark = pytest.mark.django_db(transaction=True)
FOLLOWED = frozenset({"tests.said"})


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, so that tests need not wait."""
    monkeypatch.setattr(followers, "PERIOD", 0.05)


@contextmanager
def working(handled: list[str], *more: Follower) -> Iterator[Worker]:
    """A worker in a thread of its own that keeps what it handled."""

    def handle(entry: Entry) -> None:
        handled.append(entry.payload.text)

    worker = Worker([Follower("tests.thread", handle, FOLLOWED), *more], [])
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
        worker.join(30)
        assert not worker.is_alive()


def test_woken_by_an_append(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "PERIOD", 3600.0)
    operation, handled = opened(), list[str]()
    with working(handled) as worker:
        until(lambda: FollowerPosition.objects.filter(operation_id=operation, seq=1))
        until(lambda: not worker.wake.is_set())
        say(operation, "Snow")
        until(lambda: handled == ["Snow"])


def test_only_one_works_and_the_other_takes_over() -> None:
    operation, first, second = opened(), list[str](), list[str]()
    with ExitStack() as stack:
        one = ExitStack()
        one.enter_context(working(first))
        say(operation, "1")
        until(lambda: first == ["1"])
        stack.enter_context(working(second))
        for number in range(2, 12):
            say(operation, str(number))
            until(lambda number=number: len(first) == number)  # type: ignore[misc]
        assert second == []
        one.close()
        say(operation, "12")
        until(lambda: second == ["12"])
    assert first == [str(number) for number in range(1, 12)]


def test_a_worker_that_fails_tries_again() -> None:
    operation, handled, failures = opened(), list[str](), list[str]()

    def handle(entry: Entry) -> None:
        if len(failures) < 3:
            failures.append(entry.payload.text)
            raise ZeroDivisionError

    with working(handled, Follower("tests.sulking", handle, FOLLOWED)):
        say(operation, "Snow")
        until(lambda: FollowerPosition.objects.filter(follower="tests.sulking", seq=2))
    assert handled == ["Snow"]
    assert failures == ["Snow"] * 3


def test_a_lock_that_cannot_be_had_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    operation, handled, looks = opened(), list[str](), list[int]()
    real = followers.OneWorker.held

    def held(lock: followers.OneWorker) -> bool:
        looks.append(1)
        if len(looks) < 3:
            raise OSError("no locks available")
        return real(lock)

    monkeypatch.setattr(followers.OneWorker, "held", held)
    say(operation, "Snow")
    with working(handled):
        until(lambda: handled == ["Snow"])


def test_killed_between_and_within_entries_another_goes_on(tmp_path: Path) -> None:
    """A worker process is killed again and again. Its effect here is outside the database: at least once, in order,
    and no entry is skipped; only what was under way when it died may come twice."""
    operation, file = opened(), tmp_path / "handled"
    file.touch()
    sent: list[UUID] = []
    for turn in range(1, 4):
        process = start("work", file)
        standby = start("work", file)
        try:
            for number in range(20):
                sent.append(say(operation, str(number)).id)
            until(lambda turn=turn: len(set(handled(file))) > 20 * turn - 10)  # type: ignore[misc]
            process.kill()
            process.wait()
            until(lambda: set(handled(file)) == set(sent))
            until(lambda: FollowerPosition.objects.filter(operation_id=operation, seq=len(sent) + 1))
        finally:
            for one in (process, standby):
                one.kill()
                one.wait()
    first = list(dict.fromkeys(handled(file)))
    assert first == sent
    assert max(Counter(handled(file)).values()) <= 2


def handled(file: Path) -> list[UUID]:
    """The ids that workers wrote down; a line cut off by a kill is not counted."""
    lines = file.read_text().split("\n")[:-1]
    return [UUID(line.split()[1]) for line in lines]


def test_a_worker_of_another_process_holds_the_lock(tmp_path: Path) -> None:
    operation, file, here = opened(), tmp_path / "handled", list[str]()
    file.touch()
    process = start("work", file)
    try:
        say(operation, "1")
        until(lambda: handled(file))
        with working(here):
            say(operation, "2")
            until(lambda: len(handled(file)) == 2)
            say(operation, "3")
            until(lambda: len(handled(file)) == 3)
            assert not [text for text in here if text == "3"]
            process.kill()
            process.wait()
            until(lambda: here == ["1", "2", "3"])  # its own follower, which the other process does not run
    finally:
        process.kill()
        process.wait()
    assert str(os.getpid()) not in file.read_text()
