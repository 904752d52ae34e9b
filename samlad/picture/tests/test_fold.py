"""The state is the same however it is reached; what changed is told the same from both sides."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from samlad.journal.entries import NO_REFS, Entry, Refs
from samlad.picture.changes import changes
from samlad.picture.diff import Piece, words
from samlad.picture.entries import (
    TEXTS,
    AssessmentWritten,
    DeadlineSet,
    Figure,
    Published,
    ReportFiled,
    StatementDropped,
    StatementTaken,
)
from samlad.picture.fold import Picture, apply
from samlad.picture.history import history
from samlad.picture.wording import short

START = datetime(2026, 1, 12, 12, tzinfo=UTC)
WORD = st.sampled_from(["", "Snö.", "Mer snö.", "Vägen är stängd.\n\nBussarna står.", "Is"])
STATUS = st.sampled_from(["green", "yellow", "red", "black", "unstated"])
MOMENT = st.integers(0, 500).map(lambda minutes: START + timedelta(minutes=minutes))
FIGURES = st.lists(
    st.builds(Figure, st.sampled_from(["Fall", "Döda"]), st.integers(0, 9).map(Decimal), st.just(""), st.booleans()),
    max_size=2,
    unique_by=lambda figure: figure.label,
).map(tuple)
REPORT = st.builds(
    ReportFiled, STATUS, MOMENT, figures=FIGURES, **dict.fromkeys(TEXTS, WORD), conveyed_by=st.sampled_from(["", "b"])
)
PAYLOAD = st.one_of(
    REPORT,
    st.builds(DeadlineSet, st.none() | MOMENT),
    st.builds(StatementTaken, st.sampled_from(["event", "needs"]), WORD),
    st.builds(StatementDropped),
    st.builds(AssessmentWritten, STATUS, WORD),
    st.builds(Published, st.integers(1, 9), STATUS, WORD),
)


def entry(number: int, payload: Any, actor: str, refers: int) -> Entry:
    """An entry that may refer to an earlier one, or to one that is not there."""
    to = (UUID(int=refers),)
    refs = NO_REFS
    if isinstance(payload, ReportFiled) and refers % 4 == 1:
        refs = Refs(corrects=to)
    elif isinstance(payload, StatementDropped) or (isinstance(payload, StatementTaken) and refers % 2):
        refs = Refs(replaces=to)
    at = START + timedelta(minutes=number)
    return Entry(
        UUID(int=0), number, UUID(int=number), "x", 1, payload, "p", actor, "tib", at, at, "all", None, refs, "", ""
    )


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """A sequence of entries."""
    drawn = draw(st.lists(st.tuples(PAYLOAD, st.sampled_from("abc"), st.integers(1, 30)), max_size=25))
    return [entry(number, *one) for number, one in enumerate(drawn, 1)]


def fold(entries: list[Entry], state: Picture | None = None) -> Picture:
    """The state after the entries."""
    state = state or Picture()
    for one in entries:
        state = apply(state, one)
    return state


@given(journals(), st.integers(0, 25))
def test_a_snapshot_and_the_rest_is_the_whole(entries: list[Entry], at: int) -> None:
    snapshot = fold(entries[:at])
    stored = msgspec.json.decode(msgspec.json.encode(snapshot), type=Picture)
    whole = fold(entries)
    assert fold(entries[at:], snapshot) == whole == fold(entries[at:], stored)


@given(journals())
def test_the_latest_moment_is_the_current_report(entries: list[Entry]) -> None:
    """No report that stands describes a later moment; and the list of all agrees with the state."""
    state = fold(entries)
    found = history(enumerate(entries, 1))
    for actor, reported in state.reports.items():
        assert reported.current.actor == actor and reported.current.id in found
        assert 1 <= reported.count <= sum(one.actor == actor for one in found.values())
    assert set(state.reports) == {one.actor for one in found.values()}
    for one in found.values():
        before = found.get(one.previous) if one.previous else None
        assert before is None or (before.actor == one.actor and before.payload.as_of <= one.payload.as_of)


@given(REPORT, REPORT)
def test_changes_from_both_sides(before: ReportFiled, after: ReportFiled) -> None:
    there, back = changes(before, after), changes(after, before)
    opposite = {"added": "removed", "removed": "added", "changed": "changed", "status": "status"}
    plain = {(one.what, one.field, one.before, one.after) for one in there if one.what in opposite}
    assert plain == {(opposite[one.what], one.field, one.after, one.before) for one in back if one.what in opposite}
    labels = {one.field for one in there if one.what in ("figure", "revised", "silent")}
    assert labels == {one.field for one in back if one.what in ("figure", "revised", "silent")}
    assert changes(before, before) == ()
    assert bool(short(there)) == bool(there) and len(short(there, 1)) <= len(short(there, 99)) + 20


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_words_make_both_texts(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


def test_very_long_texts_are_compared_as_wholes() -> None:
    long = "ord " * 5000
    assert [piece.kind for piece in words(long, long + "nytt")] == ["removed", "added"]
    assert [piece.kind for piece in words(long, long)] == ["same"]


def test_a_text_written_anew_is_not_taken_to_crumbs() -> None:
    before = "Ett kraftigt snöoväder slår mot hela länet och två lägen är allvarliga i norr."
    after = "Läget är fortfarande allvarligt, men blir bättre i söder; alla på E18 har fått kontakt."
    assert words(before, after) == [Piece("removed", before), Piece("added", after)]
    assert len(words(before, before.replace("två", "tre"))) == 4
