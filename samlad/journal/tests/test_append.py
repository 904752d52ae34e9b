"""Append: every promise once on its own and once inside somebody's transaction."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from django.db import transaction

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import kinds, read, verify
from samlad.journal.append import append
from samlad.journal.entries import ALL, OWN, Audience, Closed, Draft, Expectation, Marking, Opened, Participant, Refs
from samlad.journal.models import Operation, Participation
from samlad.journal.store import Overtaken
from samlad.journal.tests.scene import NACKA, OPENED, RSK, SOLNA, Said, Settled, closed, opened, rows, say, texts
from samlad.journal.who import ROLES, SYSTEM, Who


@pytest.fixture(params=["alone", "within a transaction"], autouse=True)
def around(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[None]:
    """Both ways in: the queue, and a transaction of the caller's."""
    if request.param == "alone":
        yield
        return
    with transaction.atomic():
        yield


def test_numbers_follow_each_other() -> None:
    operation = opened()
    receipts = [say(operation, str(number)) for number in range(3)]
    assert [receipt.seq for receipt in receipts] == [2, 3, 4]
    assert [(row.seq, row.hash) for row in rows(operation)[1:]] == [(receipt.seq, receipt.hash) for receipt in receipts]
    assert verify.verify(Operation.objects.get(id=operation)) == 4


def test_an_entry_comes_out_as_it_went_in() -> None:
    operation = opened()
    other = say(operation)
    told = datetime(2026, 1, 5, 14, 40, tzinfo=timezone(timedelta(hours=1)))
    marking = Marking("OSL 18:13", "RSK", told)
    refs = Refs(answers=(other.id,))
    receipt = append(
        Draft(operation, Said("åäö 雪"), actor="solna", occurred_at=told, marking=marking, refs=refs, audience=OWN),
        by=NACKA,
    )[0]
    entry = read.opened(operation, NACKA, receipt.id)
    assert (entry.payload, entry.actor, entry.author, entry.role) == (Said("åäö 雪"), "solna", NACKA.person, "tib")
    assert (entry.marking, entry.refs, entry.audience) == (marking, refs, "own:nacka")
    assert entry.occurred_at == told and entry.occurred_at.utcoffset() == timedelta(hours=1)
    assert (entry.recorded_at, entry.hash, entry.seq) == (receipt.recorded_at, receipt.hash, receipt.seq)


def test_the_same_id_again_gives_the_first_receipt() -> None:
    operation = opened()
    first = say(operation, id=(id := new_id()))
    again = say(operation, id=id, occurred_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert again == msgspec.structs.replace(first, repeated=True)
    assert len(rows(operation)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Rain"},
        {"by": SOLNA},
        {"actor": "solna"},
        {"audience": OWN},
        {"refs": Refs(answers=(new_id(),))},
        {"marking": Marking("OSL 18:13", "RSK", datetime(2026, 1, 5, tzinfo=UTC))},
    ],
    ids=str,
)
def test_the_same_id_with_other_content_is_refused(other: dict[str, object]) -> None:
    operation = opened()
    say(operation, id=(id := new_id()))
    with pytest.raises(Refused, match="another content"):
        say(operation, id=id, **other)  # type: ignore[arg-type]
    assert texts(operation) == ["Snow"]


def test_the_same_id_twice_in_one_call_is_one_entry() -> None:
    operation = opened()
    draft = Draft(operation, Said("Snow"))
    first, second = append(draft, draft, by=NACKA)
    assert (first.repeated, second.repeated, first.seq) == (False, True, second.seq)
    assert texts(operation) == ["Snow"]


def test_the_same_id_in_another_operation_is_another_entry() -> None:
    one, other, id = opened(), opened(), new_id()
    assert not say(one, id=id).repeated
    assert not say(other, id=id).repeated


def test_an_answer_lost_before_the_closing_is_given_after_it() -> None:
    operation = opened()
    first = say(operation, id=(id := new_id()))
    append(Draft(operation, Closed("Over")), by=RSK)
    assert say(operation, id=id).seq == first.seq


def test_several_drafts_are_stored_together_or_not_at_all() -> None:
    operation, elsewhere = opened(), closed()
    with pytest.raises(Refused, match="closed"):
        append(Draft(operation, Said("one")), Draft(elsewhere, Said("two")), by=NACKA)
    assert texts(operation) == []
    assert [receipt.seq for receipt in append(*(Draft(operation, Said(text)) for text in "abc"), by=NACKA)] == [2, 3, 4]


def test_a_refused_opening_leaves_no_operation() -> None:
    operation = new_id()
    with pytest.raises(Refused):
        append(Draft(operation, OPENED), Draft(new_id(), Said("nowhere")), by=RSK)
    assert not Operation.objects.filter(id=operation).exists()
    assert not Participation.objects.filter(operation_id=operation).exists()


def test_an_operation_is_opened_once() -> None:
    operation = opened()
    for drafts in ([Draft(operation, OPENED)], [Draft(operation, Said("first")), Draft(operation, OPENED)]):
        with pytest.raises(Refused, match="already open"):
            append(*drafts, by=RSK)
    fresh = new_id()
    with pytest.raises(Refused, match="already open"):
        append(Draft(fresh, OPENED), Draft(fresh, OPENED), by=RSK)
    assert texts(operation) == []
    assert not Operation.objects.filter(id=fresh).exists()


def test_an_opened_operation_is_a_row_with_its_readers() -> None:
    exercise = Opened("Drill", "exercise", (Participant("nacka", "Nacka kommun", "Nacka"),), ("msb", "nacka"))
    append(Draft(operation := new_id(), exercise), by=RSK)
    row = Operation.objects.get(id=operation)
    assert (row.kind, row.exercise, row.head_seq, row.closed_at) == ("exercise", True, 1, None)
    assert row.opened_at == read.entries(operation, SYSTEM)[0][1].recorded_at
    readers = dict(Participation.objects.filter(operation_id=operation).values_list("actor", "observer"))
    assert readers == {"nacka": False, "msb": True, "lansstyrelsen": True}


def test_nothing_is_added_to_an_operation_that_is_not_there() -> None:
    with pytest.raises(Refused, match="no such operation"):
        say(new_id())


def test_nothing_is_nothing() -> None:
    assert append(by=NACKA) == []


def test_a_closed_operation_takes_corrections_and_the_closing_of_open_matters_only() -> None:
    operation = opened()
    wrong = say(operation)
    receipt = append(Draft(operation, Closed("Over")), by=RSK)[0]
    assert Operation.objects.get(id=operation).closed_at == receipt.recorded_at
    with pytest.raises(Refused, match="closed"):
        say(operation)
    with pytest.raises(Refused, match="closed"):
        append(Draft(operation, Closed("Over again")), by=NACKA)
    say(operation, "Sleet", refs=Refs(corrects=(wrong.id,)))
    append(Draft(operation, Settled("The bill is paid")), by=NACKA)
    assert texts(operation) == ["Snow", "Sleet"]
    assert Operation.objects.get(id=operation).closed_at == receipt.recorded_at


def test_what_is_closed_in_a_call_is_closed_for_the_rest_of_it() -> None:
    operation = opened()
    with pytest.raises(Refused, match="closed"):
        append(Draft(operation, Closed("Over")), Draft(operation, Said("too late")), by=RSK)
    assert Operation.objects.get(id=operation).closed_at is None


def test_expecting_that_nobody_else_did_it() -> None:
    operation = opened()
    expects = Expectation(("tests.said",), 1)
    append(Draft(operation, Settled("of another kind")), by=SOLNA)
    first = say(operation, expects=expects)
    with pytest.raises(Overtaken, match="Somebody else"):
        say(operation, expects=expects)
    assert not say(operation, expects=Expectation(("tests.said",), first.seq)).repeated


def test_sending_again_is_not_being_overtaken_by_oneself() -> None:
    operation = opened()
    draft = Draft(operation, Said("Snow"), expects=Expectation(("tests.said",), 1))
    append(draft, by=NACKA)
    assert append(draft, by=NACKA)[0].repeated


def test_a_payload_of_no_registered_kind_is_a_fault_in_the_program() -> None:
    class Unknown(msgspec.Struct, frozen=True):
        """Nobody registered it."""

    with pytest.raises(kinds.KindError, match="no registered kind"):
        append(Draft(opened(), Unknown()), by=NACKA)


def test_what_could_be_stored_but_never_read_is_a_fault_in_the_program() -> None:
    operation = opened()
    with pytest.raises(kinds.KindError, match="not what it says"):
        append(Draft(operation, Said(17)), by=NACKA)  # type: ignore[arg-type]
    assert len(read.entries(operation, SYSTEM)) == 1


@pytest.mark.parametrize("text", ["\ud800", "half \udc00 a character"])
def test_half_characters_are_refused(text: str) -> None:
    operation = opened()
    with pytest.raises(Refused, match="characters"):
        say(operation, text)


def test_numbers_that_json_cannot_hold_are_refused() -> None:
    operation = opened()
    with pytest.raises(Refused, match="characters"):
        append(Draft(operation, Said("Snow", float("nan"))), by=NACKA)


@pytest.mark.parametrize("text", ["a\0b", "\x7f\u2028", "\\u0000", "😀", "", "\r\n\t", '"'])
def test_every_other_character_comes_back(text: str) -> None:
    say(operation := opened(), text)
    assert texts(operation) == [text]


@pytest.mark.parametrize("actor", ["\0", "na\ud800cka", "n" * 61])
def test_names_that_cannot_be_stored_are_refused(actor: str) -> None:
    operation = opened()
    with pytest.raises(Refused):
        say(operation, actor=actor)
    with pytest.raises(Refused):
        say(operation, by=Who(actor, "nacka", frozenset({"tib"}), ""))
    if len(actor) < 60:
        with pytest.raises(Refused):
            say(operation, audience=Audience("actors", (actor,)))


def test_somebody_with_every_role_can_write() -> None:
    everything = Who("9" * 32, "nacka", frozenset(ROLES), "Everybody")
    say(operation := opened(), by=everything)
    assert read.entries(operation, SYSTEM)[-1][1].role.split(",") == sorted(ROLES)


def test_a_text_too_long_for_one_entry_is_refused() -> None:
    operation = opened()
    say(operation, "å" * 249_000)
    with pytest.raises(Refused, match="too long"):
        say(operation, "å" * 250_001)


def test_many_drafts_in_one_call() -> None:
    operation = opened()
    receipts = append(*(Draft(operation, Said(str(number))) for number in range(12_000)), by=NACKA)
    assert [receipt.seq for receipt in receipts] == list(range(2, 12_002))


@pytest.mark.parametrize(
    ("audience", "text"),
    [
        (ALL, "all"),
        (Audience("public"), "public"),
        (OWN, "own:nacka"),
        (Audience("actors", ("solna", "ekerö")), "actors:ekerö,nacka,solna"),
        (Audience("level", level="inriktande"), "level:inriktande"),
    ],
)
def test_audiences_as_they_are_stored(audience: Audience, text: str) -> None:
    say(operation := opened(), audience=audience)
    assert rows(operation)[-1].audience == text


def test_a_moment_without_an_offset_is_taken_as_utc() -> None:
    operation = opened()
    receipt = say(operation, occurred_at=datetime(2026, 1, 5, 12))  # noqa: DTZ001
    assert read.entry(operation, NACKA, receipt.id).occurred_at == datetime(2026, 1, 5, 12, tzinfo=UTC)
