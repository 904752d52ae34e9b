"""Folds: the state at any position is what the entries up to it add up to, however one came there."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.journal import folds, log, read
from samlad.journal.entries import Audience
from samlad.journal.folds import Fold
from samlad.journal.queries import basics
from samlad.journal.tests.scene import HEARD, NACKA, OBSERVER, READERS, RSK, SOLNA, Heard, closed, hear, opened, say
from samlad.journal.tests.test_views import AUDIENCES
from samlad.journal.who import SYSTEM, Who

pytestmark = pytest.mark.django_db(transaction=True)
plain = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a state every third entry, so that few entries show what many would."""
    monkeypatch.setattr(folds, "STRIDE", 3)


def from_scratch(operation: UUID, who: Who, at: int | None = None) -> Heard:
    """The state by folding everything again."""
    state = HEARD.empty
    for _number, entry in read.entries(operation, who, until=None if at is None else max(at, 0)):
        state = hear(state, entry)
    return state


@plain
@given(st.lists(st.tuples(st.sampled_from(READERS), AUDIENCES), max_size=12), st.sampled_from([*READERS, SYSTEM]))
def test_the_state_at_any_position(entries: list[tuple[Who, Audience]], who: Who) -> None:
    operation = opened()
    for number, (by, audience) in enumerate(entries):
        say(operation, str(number), by=by, audience=audience)
    for at in (None, *range(-1, len(entries) + 3)):
        assert folds.state(HEARD, operation, who, at) == from_scratch(operation, who, at)


@plain
@given(
    st.lists(
        st.tuples(
            st.sampled_from(READERS), AUDIENCES, st.lists(st.sampled_from([*READERS, SYSTEM]), max_size=3, unique=True)
        ),
        max_size=12,
    )
)
def test_states_taken_over_from_a_smaller_view_equal_a_cold_cache(
    entries: list[tuple[Who, Audience, list[Who]]],
) -> None:
    operation = opened()
    for number, (by, audience, reading) in enumerate(entries):
        say(operation, str(number), by=by, audience=audience)
        for who in reading:
            folds.state(HEARD, operation, who)
    everybody = (*READERS, SYSTEM)
    warm = [[folds.state(HEARD, operation, who, at) for at in range(len(entries) + 2)] for who in everybody]
    log.clear()
    assert warm == [[folds.state(HEARD, operation, who, at) for at in range(len(entries) + 2)] for who in everybody]


def test_a_new_audience_takes_over_what_was_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first entry to a few does not make everybody among them fold the whole operation again."""
    applied: list[str] = []

    def apply(state: Heard, entry: Any) -> Heard:
        applied.append(entry.id)
        return hear(state, entry)

    fold = Fold("tests.counted", Heard(), apply)
    operation = opened()
    for number in range(10):
        say(operation, str(number))
    assert folds.state(fold, operation, SOLNA).texts == tuple("0123456789")
    say(operation, "whispered", audience=Audience("actors", ("solna",)))
    assert folds.state(fold, operation, NACKA).texts == (*"0123456789", "whispered")
    assert folds.state(fold, operation, OBSERVER).texts == tuple("0123456789")
    assert len(applied) == 12


def test_a_state_that_was_handed_out_does_not_change() -> None:
    operation = opened()
    say(operation, "1")
    before = folds.state(HEARD, operation, NACKA)
    say(operation, "2")
    folds.state(HEARD, operation, NACKA)
    assert before.texts == ("1",)


def test_a_fold_that_fails_remembers_nothing_of_it() -> None:
    broken = True

    def apply(state: Heard, entry: Any) -> Heard:
        if broken and len(state.ids) == 8:
            raise ZeroDivisionError
        return hear(state, entry)

    fold = Fold("tests.broken", Heard(), apply)
    operation = opened()
    for number in range(10):
        say(operation, str(number))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            folds.state(fold, operation, NACKA)
    broken = False
    for at in range(12):
        assert folds.state(fold, operation, NACKA, at) == from_scratch(operation, NACKA, at)


def test_readers_at_the_same_time_as_writers() -> None:
    operation = opened()
    done = threading.Event()
    audiences = [Audience(), Audience("own"), Audience("actors", ("solna",)), Audience("public")]

    def write(writer: int) -> None:
        try:
            for number in range(30):
                say(operation, f"{writer}.{number}", by=READERS[writer], audience=audiences[(writer + number) % 4])
        finally:
            connection.close()

    def keep_reading(who: Who) -> int:
        looks = 0
        try:
            while not done.is_set() or not looks:
                before = read.position(operation, who)
                state = folds.state(HEARD, operation, who)
                entries = read.entries(operation, who)
                assert before <= len(state.ids) <= len(entries)
                assert list(state.ids) == [entry.id for _number, entry in entries][: len(state.ids)]
                assert [number for number, _entry in entries] == list(range(1, len(entries) + 1))
                half = len(state.ids) // 2
                assert folds.state(HEARD, operation, who, half).ids == state.ids[:half]
                looks += 1
            return looks
        finally:
            connection.close()

    with ThreadPoolExecutor(7) as pool:
        reading = [pool.submit(keep_reading, who) for who in (NACKA, SOLNA, RSK, SYSTEM)]
        writing = [pool.submit(write, writer) for writer in range(3)]
        for writer in writing:
            writer.result()
        done.set()
        assert all(reader.result() for reader in reading)
    assert len(folds.state(HEARD, operation, SYSTEM).ids) == 91


def test_the_basics() -> None:
    operation = closed()
    state = basics(operation, NACKA)
    assert (state.title, state.kind, state.exercise, state.replayed) == ("Snow", "disturbance", False, False)
    assert (state.name("nacka"), state.short("nacka"), state.name("msb")) == ("Nacka kommun", "Nacka", "msb")
    assert (state.closed_reason, state.closed_by) == ("Over", "lansstyrelsen")
    assert state.closed_at == read.entries(operation, NACKA)[-1][1].recorded_at
    assert basics(operation, NACKA, 1).closed_at is None
    assert basics(operation, NACKA, 0).title == ""
