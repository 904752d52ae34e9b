"""What each reader has after any widenings, narrowings and markings, compared with a list made from scratch.

The plain model goes through the operation once for each reader and keeps no memory of anything.
"""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.base.refused import Refused
from samlad.journal import folds, log, read
from samlad.journal.actions import change_marking, narrow, shred, widen
from samlad.journal.append import append
from samlad.journal.audience import may_read
from samlad.journal.entries import (
    ALL,
    OWN,
    Audience,
    Draft,
    Entry,
    Marking,
    MarkingChanged,
    Narrowed,
    Widened,
    exactly,
)
from samlad.journal.log import Log
from samlad.journal.operations import NotHere
from samlad.journal.tests.scene import HEARD, NACKA, READERS, SOLNA, Heard, Said, hear, opened, say
from samlad.journal.tests.test_views import AUDIENCES
from samlad.journal.who import SYSTEM, Who

pytestmark = pytest.mark.django_db(transaction=True)
plain = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

EVERYBODY = (*READERS, SYSTEM)
MARKINGS = st.sampled_from([None, *(Marking(g, "nacka:tib", datetime(2026, 1, 5, tzinfo=UTC)) for g in ("A", "B"))])
WRITERS = st.sampled_from([NACKA, NACKA, *READERS])
PLACE = st.integers(0, 12)
FEW = st.sampled_from([ALL, ALL, OWN, OWN, Audience("actors", ("solna",)), Audience("actors", ("msb", "solna"))])
SAY = st.tuples(st.just("say"), WRITERS, FEW | AUDIENCES, MARKINGS)
ACT = st.tuples(st.sampled_from(["widen", "narrow"]), PLACE, FEW) | st.tuples(st.just("mark"), PLACE, MARKINGS)
SHRED = st.tuples(st.just("shred"), PLACE)
# What no action writes, but a journal that is read in might hold: any change of anything, addressed to anybody.
TEXTS = AUDIENCES.map(lambda audience: audience.text("nacka")) | st.sampled_from(["", "unheard", "actors:"])
WILD = st.tuples(
    st.just("wild"), st.sampled_from([Widened, Narrowed, MarkingChanged]), PLACE, TEXTS, TEXTS, st.none() | MARKINGS
)
READ = st.tuples(st.just("read"), st.sampled_from([SOLNA, SOLNA, *EVERYBODY]), st.none() | PLACE)
STEPS = st.lists(SAY | SAY | ACT | ACT | ACT | READ | READ | SHRED | WILD, min_size=4, max_size=20)


def do(operation: UUID, step: tuple[object, ...]) -> None:
    """One step; what is refused changes nothing."""
    match step:
        case ("say", Who() as by, Audience() as audience, marking):
            append(Draft(operation, Said("hello"), audience=audience, marking=marking), by=by)  # type: ignore[arg-type]
        case ("read", Who() as by, at):
            folds.state(HEARD, operation, by, at)  # type: ignore[arg-type]
        case (what, int(place), *more):
            _change(operation, str(what), target(operation, place), *more)
        case ("wild", kind, int(place), str(to), str(audience), marking):
            id = target(operation, place).id
            payload = MarkingChanged(id, marking, "") if kind is MarkingChanged else kind(id, audience, "")  # type: ignore[arg-type,operator]
            append(Draft(operation, payload, audience=exactly(to)), by=NACKA)


def target(operation: UUID, place: int) -> Entry:
    """Some entry of the operation."""
    entries = read.entries(operation, SYSTEM)
    return entries[place % len(entries)][1]


def _change(operation: UUID, what: str, entry: Entry, *more: object) -> None:
    by = next((who for who in READERS if who.person == entry.author), NACKA)
    try:
        match what, more:
            case "widen", (Audience() as audience,):
                widen(by=by, operation=operation, entry=entry.id, audience=audience, reason="x", reexamined=True)
            case "narrow", (Audience() as audience,):
                narrow(by=by, operation=operation, entry=entry.id, audience=audience, reason="x")
            case "mark", (marking,):
                change_marking(by=by, operation=operation, entry=entry.id, marking=marking, reason="x")  # type: ignore[arg-type]
            case "shred", ():
                shred(by=NACKA, operation=operation, entries=[entry.id], ground="x")
    except (Refused, NotHere):
        pass


def holds(wider: str, narrower: str) -> bool:
    """The rule of widening, by the actors and roles that there could be."""
    ranks = {"public": 3, "all": 2}
    if wider in ranks or narrower in ranks:
        return ranks.get(wider, 1) >= ranks.get(narrower, 1)
    if wider.startswith("level") or narrower.startswith("level") or ":" not in wider or ":" not in narrower:
        return wider == narrower
    return set(narrower.partition(":")[2].split(",")) <= set(wider.partition(":")[2].split(","))


def model(operation: UUID, who: Who) -> list[Entry]:
    """What a reader has, in their order: straight from what the words in journal.standing say."""
    fresh = Log(operation)
    fresh.catch_up()
    had: list[Entry] = []
    truth: dict[UUID, tuple[str, Marking | None]] = {}
    originals: dict[UUID, Entry] = {}
    known: dict[UUID, tuple[str, Marking | None]] = {}
    for entry in fresh.entries:
        if may_read(entry.audience, who):
            had.append(entry)
        change = entry.payload
        fixed = entry.kind.startswith("journal.")
        if isinstance(change, Widened | Narrowed | MarkingChanged) and change.entry in truth:
            before, marking = truth[change.entry]
            after: tuple[str, Marking | None] | None = None
            match change:
                case Widened():
                    if entry.audience == change.audience != before and holds(change.audience, before):
                        after = (change.audience, marking)
                case Narrowed():
                    if entry.audience == before != change.audience and holds(before, change.audience):
                        after = (change.audience, marking)
                case MarkingChanged():
                    after = (before, change.marking) if entry.audience == before else None
            if after is not None:
                truth[change.entry] = after
                if may_read(entry.audience, who):
                    known[change.entry] = after
                    if change.entry not in {one.id for one in had}:
                        had.append(msgspec.structs.replace(originals[change.entry], audience=after[0]))
        if not fixed:
            truth[entry.id], originals[entry.id] = (entry.audience, entry.marking), entry
    return [as_had(entry, *known.get(entry.id, (entry.audience, entry.marking)), who) for entry in had]


def as_had(entry: Entry, audience: str, marking: Marking | None, who: Who) -> Entry:
    """An entry as a reader has it who knows that this stands for it."""
    replace = msgspec.structs.replace
    if not may_read(audience, who):
        return replace(entry, payload=None, withdrawn=True, marking=None)
    blank = marking is not None and isinstance(entry.payload, Said)
    return replace(entry, marking=marking, payload=Said("") if blank else entry.payload)


def states(entries: list[Entry]) -> list[Heard]:
    """The state at every position: what the reader had then, in the operation's order."""
    found = []
    for position in range(len(entries) + 1):
        state = HEARD.empty
        for entry in sorted(entries[:position], key=lambda entry: entry.seq):
            state = hear(state, entry)
        found.append(state)
    return found


@pytest.fixture(autouse=True)
def short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a state every third entry, so that few entries show what many would."""
    monkeypatch.setattr(folds, "STRIDE", 3)
    monkeypatch.setattr(folds, "EPOCHS", 2)


@plain
@given(STEPS)
def test_every_reader_has_what_the_plain_model_says(steps: list[tuple[object, ...]]) -> None:
    operation = opened()
    for step in steps:
        do(operation, step)
    for cold in (False, True):
        if cold:
            log.clear()
        for who in EVERYBODY:
            expected = model(operation, who)
            assert [entry for _number, entry in read.entries(operation, who)] == expected, who.name
            told = states(expected)
            for at in (*range(len(expected) + 1), *range(len(expected), -1, -2)):
                assert folds.state(HEARD, operation, who, at) == told[at], (who.name, at)
            for entry in expected:
                assert read.entry(operation, who, entry.id) == entry
            assert read.position(operation, who) == len({entry.id for entry in expected})
            assert sorted(read.moments(operation, who)) == read.moments(operation, who)


@plain
@given(STEPS, st.sampled_from(READERS))
def test_nothing_is_left_of_what_one_may_not_read(steps: list[tuple[object, ...]], who: Who) -> None:
    """Whatever has been done: texts stand only in what is readable now and not marked, or has been opened."""
    operation = opened()
    for number, step in enumerate(steps):
        if step[0] == "say":
            say(operation, f"whispered {number}", by=step[1], audience=step[2], marking=step[3])  # type: ignore[arg-type]
        else:
            do(operation, step)
    fresh = Log(operation)
    fresh.catch_up()
    for entry in fresh.entries:
        stands = fresh.changes.of(fresh.entries, entry.id)
        if isinstance(entry.payload, Said) and stands and not may_read(stands.audience, who):
            whole = read.with_texts(operation, who, read.entries(operation, who))
            assert entry.payload.text.encode() + b'"' not in read.encoded(whole)
            assert entry.payload.text not in str(folds.state(HEARD, operation, who).texts).replace("'", '"').split('"')
