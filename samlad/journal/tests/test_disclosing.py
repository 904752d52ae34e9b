"""Widening, narrowing and marking: who may, what is refused, and what each reader has afterwards."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import actions, folds, log, read, transfer
from samlad.journal.actions import change_marking, narrow, shred, widen
from samlad.journal.append import append
from samlad.journal.entries import (
    ALL,
    OWN,
    Audience,
    Draft,
    FileAttached,
    Marking,
    MarkingChanged,
    Narrowed,
    Shredded,
    Widened,
)
from samlad.journal.models import Operation
from samlad.journal.operations import NotHere
from samlad.journal.queries import basics
from samlad.journal.shown import shown
from samlad.journal.standing import Standing
from samlad.journal.tests.scene import HEARD, NACKA, OBSERVER, RSK, SOLNA, opened, say, texts
from samlad.journal.verify import verify
from samlad.journal.who import SYSTEM, Who

pytestmark = pytest.mark.django_db(transaction=True)

MARKED = Marking("OSL 18:13", "nacka:tib", datetime(2026, 1, 5, tzinfo=UTC))
WALL = Who("9" * 32, "nacka", frozenset({"wall"}), "Väggskärm Nacka")


@pytest.fixture
def operation() -> UUID:
    """An operation with nothing said in it."""
    return opened()


def kinds(operation: UUID, who: Who) -> list[str]:
    """What a reader has, by kind, without the opening."""
    return [entry.kind.split(".")[1] for _number, entry in read.entries(operation, who)][1:]


def test_whoever_is_let_in_gets_it_right_after(operation: UUID) -> None:
    secret = say(operation, "whispered", audience=OWN)
    say(operation, "between")
    widen(by=NACKA, operation=operation, entry=secret.id, audience=ALL)
    say(operation, "after")
    assert kinds(operation, SOLNA) == ["said", "audience_widened", "said", "said"]
    assert kinds(operation, NACKA) == ["said", "said", "audience_widened", "said"]
    assert texts(operation, SOLNA) == ["between", "whispered", "after"]
    assert [number for number, _entry in read.entries(operation, SOLNA)] == [1, 2, 3, 4, 5]
    assert read.entry(operation, SOLNA, secret.id).audience == "all"
    assert read.entry(operation, NACKA, secret.id).audience == "own:nacka"
    for who in (NACKA, SOLNA, SYSTEM):
        assert read.standing(operation, who, secret.id) == Standing("all", None)


def test_what_comes_late_is_folded_in_its_place(operation: UUID) -> None:
    secret = say(operation, "1", audience=OWN)
    say(operation, "2")
    widen(by=NACKA, operation=operation, entry=secret.id, audience=ALL)
    say(operation, "3")
    assert folds.state(HEARD, operation, SOLNA).texts == ("1", "2", "3")
    assert [folds.state(HEARD, operation, SOLNA, at).texts for at in range(1, 6)] == [
        (),
        ("2",),
        ("2",),
        ("1", "2"),
        ("1", "2", "3"),
    ]


def test_an_earlier_moment_is_forgotten_too(operation: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the states from before something came late, which are kept when they have been looked at."""
    monkeypatch.setattr(folds, "STRIDE", 1)
    secret, told = say(operation, "1", audience=OWN), say(operation, "2")
    widen(by=NACKA, operation=operation, entry=secret.id, audience=ALL)
    assert folds.state(HEARD, operation, SOLNA, 2).texts == ("2",)
    narrow(by=NACKA, operation=operation, entry=told.id, audience=OWN, reason="By mistake")
    assert folds.state(HEARD, operation, SOLNA, 2).texts == ()
    assert folds.state(HEARD, operation, NACKA, 3).texts == ("1", "2")


def test_a_new_audience_after_something_came_late(operation: UUID) -> None:
    secret = say(operation, "1", audience=OWN)
    say(operation, "2")
    widen(by=NACKA, operation=operation, entry=secret.id, audience=ALL)
    for who in (SOLNA, OBSERVER):
        assert folds.state(HEARD, operation, who).texts == ("1", "2")
    say(operation, "3", audience=Audience("actors", ("solna",)))
    assert texts(operation, SOLNA) == ["2", "1", "3"]
    assert folds.state(HEARD, operation, SOLNA).texts == ("1", "2", "3")
    assert folds.state(HEARD, operation, OBSERVER).texts == ("1", "2")


def test_whoever_is_left_out_keeps_that_it_was_there(operation: UUID) -> None:
    told = say(operation, "told")
    say(operation, "after")
    folds.state(HEARD, operation, SOLNA)
    narrow(by=NACKA, operation=operation, entry=told.id, audience=OWN, reason="By mistake")
    left = read.entry(operation, SOLNA, told.id)
    assert (left.payload, left.withdrawn) == (None, True)
    assert kinds(operation, SOLNA) == ["said", "said", "audience_narrowed"]
    assert texts(operation, SOLNA) == ["after"]
    for at in range(5):
        assert "told" not in folds.state(HEARD, operation, SOLNA, at).texts
    assert "Limited" in shown(left, basics(operation, SOLNA), "en")
    assert texts(operation, NACKA) == ["told", "after"]
    assert folds.state(HEARD, operation, NACKA, 2).texts == ("told",)


def test_narrowed_and_widened_again(operation: UUID) -> None:
    told = say(operation, "told")
    narrow(by=NACKA, operation=operation, entry=told.id, audience=OWN, reason="By mistake")
    widen(by=NACKA, operation=operation, entry=told.id, audience=Audience("actors", ("solna",)))
    assert texts(operation, SOLNA) == ["told"]
    assert kinds(operation, SOLNA) == ["said", "audience_narrowed", "audience_widened"]
    assert kinds(operation, OBSERVER) == ["said", "audience_narrowed"]
    assert read.entry(operation, OBSERVER, told.id).withdrawn
    narrow(by=NACKA, operation=operation, entry=told.id, audience=OWN, reason="Again")
    assert kinds(operation, OBSERVER) == ["said", "audience_narrowed"]
    assert texts(operation, SOLNA) == []


def test_for_those_outside_it_is_as_if_it_were_not_there(operation: UUID) -> None:
    other, secret = opened(), say(operation, "whispered", audience=Audience("actors", ("solna",)))
    for one in (operation, other):
        say(one, "shared", id=UUID(int=7, version=4))
    change_marking(by=NACKA, operation=operation, entry=secret.id, marking=MARKED)
    narrow(by=NACKA, operation=operation, entry=secret.id, audience=OWN, reason="By mistake")
    shred(by=RSK, operation=operation, entries=[secret.id], ground="GDPR")
    assert kinds(operation, OBSERVER) == kinds(other, OBSERVER) == ["said"]
    with pytest.raises(NotHere):
        read.standing(operation, OBSERVER, secret.id)


def test_marked_texts_are_blank_until_opened(operation: UUID) -> None:
    said = say(operation, "whispered")
    folds.state(HEARD, operation, SOLNA)
    change_marking(by=NACKA, operation=operation, entry=said.id, marking=MARKED)
    for who in (NACKA, SOLNA, SYSTEM):
        assert read.entry(operation, who, said.id).marking == MARKED
        assert texts(operation, who) == [""]
        assert all("whispered" not in folds.state(HEARD, operation, who, at).texts for at in range(4))
        assert read.opened(operation, who, said.id).payload.text == "whispered"
        whole = read.with_texts(operation, who, read.entries(operation, who))
        assert b"whispered" in read.encoded(whole)
        assert b"whispered" not in read.encoded(read.entries(operation, who))
    line = shown(read.entry(operation, SOLNA, said.id), basics(operation, SOLNA), "en")
    assert "OSL 18:13" in line and "whispered" not in line
    change_marking(by=NACKA, operation=operation, entry=said.id, marking=None, reason="No longer")
    assert texts(operation, SOLNA) == ["whispered"]
    assert folds.state(HEARD, operation, SOLNA, 2).texts == ("whispered",)


def test_marked_from_the_beginning(operation: UUID) -> None:
    said = say(operation, "whispered", marking=MARKED, audience=OWN)
    assert texts(operation, NACKA) == [""]
    with pytest.raises(Refused, match="disclosed"):
        widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, reason="Because")
    with pytest.raises(Refused, match="reason"):
        widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, reexamined=True)
    with pytest.raises(Refused, match="public"):
        public = Audience("public")
        widen(by=NACKA, operation=operation, entry=said.id, audience=public, reason="Because", reexamined=True)
    widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, reason="Because", reexamined=True)
    assert texts(operation, SOLNA) == [""]
    assert read.opened(operation, SOLNA, said.id).payload.text == "whispered"
    told = read.entries(operation, SOLNA, last=2)[0][1].payload
    assert told == Widened(said.id, "all", "Because", True)


def test_a_wall_never_opens_what_is_marked(operation: UUID) -> None:
    said = say(operation, "whispered", marking=MARKED)
    assert read.opened(operation, WALL, said.id).payload.text == ""
    assert b"whispered" not in read.encoded(read.with_texts(operation, WALL, read.entries(operation, WALL)))


def test_sent_twice_is_done_once(operation: UUID) -> None:
    said, id = say(operation, audience=OWN), new_id()
    first = widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, id=id)
    again = widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, id=id)
    assert (again.id, again.repeated) == (first.id, True)
    assert kinds(operation, NACKA) == ["said", "audience_widened"]


def test_two_at_the_same_moment(operation: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is judged by what stands after the first, and is not lost when something else was changed."""
    said, other = say(operation, audience=OWN), say(operation, audience=OWN)
    real, first = append, [said.id, other.id]

    def overtaken(*drafts: object, by: Who) -> object:
        while first:
            widen(by=NACKA, operation=operation, entry=first.pop(), audience=Audience("actors", ("msb",)))
        return real(*drafts, by=by)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "append", overtaken)
    with pytest.raises(Refused, match="and more"):
        widen(by=NACKA, operation=operation, entry=said.id, audience=Audience("actors", ("solna",)))
    assert read.standing(operation, NACKA, said.id).audience == "actors:msb,nacka"
    first[:] = [say(operation, audience=OWN).id]
    widen(by=NACKA, operation=operation, entry=said.id, audience=ALL)
    assert read.standing(operation, NACKA, said.id).audience == "all"


def test_a_shredding_is_told_to_those_who_could_read_it(operation: UUID) -> None:
    shared, secret, limited = say(operation), say(operation, audience=OWN), say(operation)
    narrow(by=NACKA, operation=operation, entry=limited.id, audience=OWN, reason="x")
    ids = [shared.id, secret.id, limited.id]
    shred(by=SYSTEM, operation=operation, entries=ids, ground="GDPR")
    told = {who: read.entries(operation, who, last=1)[0][1].payload for who in (NACKA, SOLNA)}
    assert told == {NACKA: Shredded((secret.id, limited.id), "GDPR"), SOLNA: Shredded((shared.id,), "GDPR")}
    assert texts(operation) == []


def test_its_files_go_with_it(operation: UUID) -> None:
    said = say(operation, "told", audience=OWN, marking=MARKED)
    file = FileAttached(said.id, "karta.pdf", "application/pdf", 3, "0" * 64)
    attached = append(Draft(operation, file, audience=OWN), by=NACKA)[0]
    widen(by=NACKA, operation=operation, entry=said.id, audience=ALL, reason="x", reexamined=True)
    assert read.entry(operation, SOLNA, attached.id).payload == file
    change_marking(by=NACKA, operation=operation, entry=said.id, marking=None, reason="x")
    narrow(by=NACKA, operation=operation, entry=said.id, audience=OWN, reason="x")
    assert read.entry(operation, SOLNA, attached.id).withdrawn


def test_it_survives_being_moved(operation: UUID) -> None:
    first, second = say(operation, "1", audience=OWN), say(operation, "2")
    widen(by=NACKA, operation=operation, entry=first.id, audience=ALL)
    narrow(by=NACKA, operation=operation, entry=second.id, audience=OWN, reason="x")
    change_marking(by=NACKA, operation=operation, entry=first.id, marking=MARKED)
    row = Operation.objects.get(id=operation)
    lines = list(transfer.export(row))
    before = {who: read.entries(operation, who) for who in (NACKA, SOLNA, OBSERVER, SYSTEM)}
    Operation.objects.all().delete()
    log.clear()
    assert verify(transfer.load(lines)) == 6
    assert {who: read.entries(operation, who) for who in before} == before
    assert [type(entry.payload) for _number, entry in before[SYSTEM][3:]] == [Widened, Narrowed, MarkingChanged]
