"""Reading compared with the simplest thing that could work: filter all entries, then count."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.journal import log, read, store
from samlad.journal.append import append
from samlad.journal.audience import may_read
from samlad.journal.entries import Audience, Draft, Entry
from samlad.journal.log import Log
from samlad.journal.models import Operation
from samlad.journal.tests.scene import NACKA, READERS, RSK, SOLNA, Said, Settled, opened, say
from samlad.journal.verify import verify
from samlad.journal.who import SYSTEM, Who

pytestmark = pytest.mark.django_db(transaction=True)
plain = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

AUDIENCES = st.sampled_from(
    [
        Audience(),
        Audience("public"),
        Audience("own"),
        Audience("actors", ("solna",)),
        Audience("actors", ("msb", "nacka")),
        Audience("level", level="inriktande"),
        Audience("level", level="samordnande"),
    ]
)
WRITTEN = st.lists(st.tuples(st.sampled_from(READERS), AUDIENCES, st.booleans()), max_size=14)
POSITIONS = st.integers(-2, 18)


def written(entries: list[tuple[Who, Audience, bool]]) -> UUID:
    """An operation with these entries."""
    operation = opened()
    for number, (by, audience, settled) in enumerate(entries):
        payload = Settled(str(number)) if settled else Said(str(number))
        append(Draft(operation, payload, audience=audience), by=by)
    return operation


def naive(operation: UUID, who: Who) -> list[tuple[int, Entry]]:
    """All entries from disk that this reader may read, counted."""
    fresh = Log(operation)
    fresh.catch_up()
    return list(enumerate((entry for entry in fresh.entries if may_read(entry.audience, who)), 1))


@plain
@given(WRITTEN, st.sampled_from([*READERS, SYSTEM]))
def test_a_view_is_what_one_may_read(entries: list[tuple[Who, Audience, bool]], who: Who) -> None:
    operation = written(entries)
    expected = naive(operation, who)
    assert read.entries(operation, who) == expected
    assert read.position(operation, who) == len(expected)
    assert read.moments(operation, who) == [entry.recorded_at for _number, entry in expected]
    for _number, entry in expected:
        assert read.entry(operation, who, entry.id) == entry


@plain
@given(
    WRITTEN,
    st.sampled_from([*READERS, SYSTEM]),
    POSITIONS,
    st.none() | POSITIONS,
    st.sampled_from(
        [None, frozenset({"tests.said"}), frozenset({"tests.settled", "journal.opened"}), frozenset[str]()]
    ),
    st.none() | st.integers(0, 5),
)
def test_parts_of_a_view(
    entries: list[tuple[Who, Audience, bool]],
    who: Who,
    after: int,
    until: int | None,
    kinds: frozenset[str] | None,
    last: int | None,
) -> None:
    operation = written(entries)
    expected = [
        (number, entry)
        for number, entry in naive(operation, who)
        if number > after and (until is None or number <= until) and (kinds is None or entry.kind in kinds)
    ]
    if last is not None:
        expected = expected[-last:] if last else []
    assert read.entries(operation, who, after=after, until=until, kinds=kinds, last=last) == expected


@plain
@given(WRITTEN, st.lists(st.sampled_from([*READERS, SYSTEM]), max_size=30))
def test_who_reads_when_changes_nothing(entries: list[tuple[Who, Audience, bool]], reading: list[Who]) -> None:
    """Views that grew entry by entry, taking over from each other, equal views made afterwards."""
    operation = opened()
    turns = iter(reading)
    for number, (by, audience, _settled) in enumerate(entries):
        say(operation, str(number), by=by, audience=audience)
        for who in (next(turns, None), next(turns, None)):
            if who is not None:
                assert read.entries(operation, who) == naive(operation, who)
    for who in (*READERS, SYSTEM):
        assert read.entries(operation, who) == naive(operation, who)


def test_the_position_at_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 1, 5, 12, tzinfo=UTC)
    minutes = iter([0, 1, 2, 2, 5])
    monkeypatch.setattr(store, "now", lambda: start + timedelta(minutes=next(minutes)))
    operation = written([(NACKA, Audience(), False)] * 4)
    expected = {-1: 0, 0: 1, 1: 2, 2: 4, 3: 4, 5: 5, 60: 5}
    for minute, position in expected.items():
        assert read.position_at(operation, SOLNA, start + timedelta(minutes=minute)) == position


def test_a_clock_that_jumps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Order is the order of commits; the slider never goes back."""
    start = datetime(2026, 10, 25, 2, 59, tzinfo=UTC)
    clock = iter([start, start + timedelta(minutes=1), start - timedelta(hours=1), start - timedelta(minutes=59)])
    monkeypatch.setattr(store, "now", lambda: next(clock))
    operation = written([(NACKA, Audience(), False)] * 3)
    assert verify(Operation.objects.get(id=operation)) == 4
    recorded = [entry.recorded_at for _number, entry in read.entries(operation, NACKA)]
    assert recorded == [start + timedelta(minutes=minutes) for minutes in (0, 1, -60, -59)]
    assert read.moments(operation, NACKA) == [start, *[start + timedelta(minutes=1)] * 3]
    assert [read.position_at(operation, NACKA, start + timedelta(minutes=minutes)) for minutes in (-30, 0, 1)] == [
        0,
        1,
        4,
    ]


def test_encoded_for_other_systems() -> None:
    operation = opened()
    say(operation, "whispered", audience=Audience("own"), by=SOLNA)
    say(operation, "åäö", by=RSK)
    shared = msgspec.json.decode(read.encoded(read.entries(operation, NACKA)))
    assert shared["position"] == 2
    assert [entry["position"] for entry in shared["entries"]] == [1, 2]
    last = shared["entries"][-1]
    assert (last["kind"], last["payload"], last["actor"]) == ("tests.said", {"text": "åäö"}, "lansstyrelsen")
    assert not {"seq", "hash", "digest", "operation"} & set(last)
    assert read.encoded([]) == b'{"entries":[],"position":0}'


def test_the_least_recently_read_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "KEPT", 5)
    operations = [written([(NACKA, Audience(), False)]) for _ in range(5)]
    for operation in operations:
        read.entries(operation, NACKA)
    assert list(log._logs) == operations[-3:]
    assert read.position(operations[0], NACKA) == 2
