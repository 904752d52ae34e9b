"""The thread that calls: woken by the commit, goes on after faults, and waits when the clock has jumped."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from samlad.notify import caller, clock, ladder
from samlad.notify.caller import Caller
from samlad.notify.models import Call, Happening
from samlad.notify.tests.desk import Room, call
from samlad.notify.tests.desk import room as room

pytestmark = pytest.mark.django_db(transaction=True)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something to hold; fails after a minute."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller that never looks by itself."""
    monkeypatch.setattr(caller, "PERIOD", 3600.0)


@pytest.fixture
def at_work(room: Room, no_ticks: None) -> Iterator[list[str]]:
    """A caller at work; what it has told."""
    told: list[str] = []

    def tell() -> None:
        fresh = Happening.objects.filter(told=False)
        told.extend(fresh.values_list("what", flat=True))
        fresh.update(told=True)

    thread = Caller(tell)
    thread.start()
    yield told
    thread.stop()
    thread.join(60)
    assert not thread.is_alive()


def test_it_is_woken_by_the_commit_and_by_nothing_else(room: Room, at_work: list[str]) -> None:
    room.actor("nacka", ["ett"])
    with transaction.atomic():
        call(room, "nacka")
        assert not room.got("sms")
    until(lambda: room.got("sms") == ["ett"])
    until(lambda: at_work == ["handed"])


def test_one_channel_that_hangs_does_not_hold_up_another(
    room: Room, at_work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room.actor("nacka", ["ett"])
    room.actor("solna", ["tva"])
    room.ways["tva"] = room.ways["tva"][2:]  # e-mail only
    ended: list[bool] = []
    monkeypatch.setattr(room.desks["sms"], "send", lambda outgoing: until(lambda: bool(ended)))
    call(room, "nacka", "solna")
    until(lambda: room.got("email") == ["tva"])
    ended.append(True)


def test_a_fault_is_lived_through(room: Room, at_work: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    room.actor("nacka", ["ett"])
    monkeypatch.setattr(caller, "PERIOD", 0.05)
    real, faults = ladder.climb, [DatabaseError("gone"), RuntimeError("else")]

    def climb() -> bool:
        if faults:
            raise faults.pop()
        return real()

    monkeypatch.setattr(caller, "climb", climb)
    call(room, "nacka")
    until(lambda: room.got("sms") == ["ett"])


def test_who_takes_over_the_work_moves_nothing_for_a_jump_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = clock.Watchful()
    at, counted = seen.seen
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=3))
    monkeypatch.setattr("time.monotonic", lambda: counted + 7200)
    assert not seen.jumped()


def test_a_jump_of_the_clock_is_seen_and_what_waits_is_moved(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.actor("nacka", ["ett"])
    call(room, "nacka")
    room.work()
    before = Call.objects.get().next_at
    monkeypatch.setattr(clock, "now", lambda: room.at)
    monkeypatch.setattr(clock, "_watchful", clock.Watchful())
    clock.follow_clock()
    assert Call.objects.get().next_at == before
    room.at += timedelta(hours=1)
    clock.follow_clock()
    moved = Call.objects.get().next_at
    assert before and moved and timedelta(minutes=59) < moved - before <= timedelta(hours=1)


def test_a_jump_that_could_not_be_followed_is_followed_at_the_next_look(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: room.at)
    monkeypatch.setattr(clock, "_watchful", clock.Watchful())
    room.at += timedelta(hours=1)
    done: list[timedelta] = []
    with monkeypatch.context() as broken, pytest.raises(DatabaseError):
        broken.setattr(clock, "shift", lambda jump: (_ for _ in ()).throw(DatabaseError("locked")))
        clock.follow_clock()
    monkeypatch.setattr(clock, "shift", done.append)
    clock.follow_clock()
    clock.follow_clock()
    assert len(done) == 1 and done[0] > timedelta(minutes=59)
