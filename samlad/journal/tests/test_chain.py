"""The chain: one definition of what is hashed, and nothing on disk can be changed without verify naming the place."""

from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from samlad.base.canonical import digest
from samlad.base.ids import new_id
from samlad.journal import chain, verify
from samlad.journal.entries import OWN, Marking, Refs
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.tests.scene import RSK, opened, rows, say
from samlad.journal.verify import COLUMNS, Broken

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.integers(0, 2**53 - 1)


@given(
    st.fixed_dictionaries({name: NUMBER if name in ("seq", "version") else TEXT for name in chain.HEADER}),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
def test_the_hash_is_of_rfc_8785_to_the_letter(header: dict[str, Any], previous: str) -> None:
    canonical = rfc8785.dumps({**header, "previous": previous})
    assert chain.link(header, previous) == digest(canonical)


@given(st.fixed_dictionaries(dict.fromkeys(chain.HEADER, TEXT)), st.sampled_from(chain.HEADER), TEXT)
def test_every_field_of_the_header_counts(header: dict[str, Any], name: str, other: str) -> None:
    changed = {**header, name: other}
    assert (chain.link(header, chain.START) == chain.link(changed, chain.START)) == (header == changed)


def test_the_first_hash_by_hand() -> None:
    """Whoever verifies an export without our program does exactly this."""
    header = dict.fromkeys(chain.HEADER, "x") | {"seq": 1, "version": 1}
    text = (
        '{"actor":"x","audience":"x","author":"x","digest":"x","id":"x","kind":"x","marking":"x","occurred_at":"x",'
        f'"operation":"x","previous":"{"0" * 64}","recorded_at":"x","refs":"x","role":"x","seq":1,"version":1}}'
    )
    assert chain.link(header, chain.START) == digest(text.encode())


@pytest.fixture
def operation(transactional_db: None) -> UUID:
    """Eight entries, some with everything an entry can have."""
    operation = opened()
    first = say(operation, "1")
    marking = Marking("OSL 18:13", "RSK", first.recorded_at)
    for number in range(2, 8):
        refs = Refs(answers=(first.id,), corrects=(first.id,))
        say(operation, str(number), audience=OWN, marking=marking, refs=refs, by=RSK)
    return operation


def broken(operation: UUID) -> Broken:
    """How the chain is broken."""
    with pytest.raises(Broken) as found:
        verify.verify(Operation.objects.get(id=operation))
    return found.value


CHANGES: dict[str, Any] = {
    "seq": 99,
    "entry_id": new_id(),
    "version": 2,
    "payload": '{"text":"5!"}',
    "occurred_at": "2026-01-05T12:00:00.000000+01:00",
    "recorded_at": "2026-01-05T12:00:00.000000+00:00",
    "digest": "0" * 64,
    "hash": "0" * 64,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_any_column_of_an_entry_changed(operation: UUID, column: str) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq=5).update(**{column: CHANGES.get(column, "other")})
    assert broken(operation).seq == 5


@pytest.mark.parametrize("column", ["marking", "refs", "payload"])
def test_a_column_emptied(operation: UUID, column: str) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq=5).update(**{column: None if column == "payload" else ""})
    assert broken(operation).seq == 5


def test_an_entry_moved_to_another_operation(operation: UUID) -> None:
    elsewhere = opened()
    StoredEntry.objects.filter(operation_id=operation, seq=8).update(operation_id=elsewhere, seq=2)
    assert broken(operation).seq == 8
    assert broken(elsewhere).seq == 2


@pytest.mark.parametrize("seq", [1, 4, 8])
def test_a_row_deleted(operation: UUID, seq: int) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq=seq).delete()
    assert broken(operation).seq == seq


def test_a_row_deleted_and_the_rest_moved_up(operation: UUID) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq=4).delete()
    for seq in range(5, 9):
        StoredEntry.objects.filter(operation_id=operation, seq=seq).update(seq=F("seq") - 1)
    assert broken(operation).seq == 4


def test_two_rows_swapped(operation: UUID) -> None:
    for seq, to in ((4, 100), (6, 4), (100, 6)):
        StoredEntry.objects.filter(operation_id=operation, seq=seq).update(seq=to)
    assert broken(operation).seq == 4


def test_the_end_cut_off(operation: UUID) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq__gt=6).delete()
    assert (broken(operation).seq, broken(operation).reason) == (7, "the journal ends at 6, but 8 were acknowledged")


def test_everything_cut_off(operation: UUID) -> None:
    StoredEntry.objects.filter(operation_id=operation).delete()
    assert broken(operation).seq == 1


def test_a_row_put_in_at_the_end(operation: UUID) -> None:
    last = rows(operation)[-1]
    last.seq, last.entry_id = 9, new_id()
    header = {name: getattr(last, name) for name in chain.HEADER if name not in ("operation", "id")}
    header |= {"operation": str(operation), "id": str(last.entry_id)}
    last.hash = chain.link(header, last.hash)
    last.save(force_insert=True)
    assert (broken(operation).seq, broken(operation).reason) == (9, "only 8 entries were acknowledged")


def test_another_head(operation: UUID) -> None:
    Operation.objects.filter(id=operation).update(head_hash="0" * 64)
    assert broken(operation).seq == 8


def test_what_is_appended_while_it_verifies_is_no_fault(operation: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    row, real = Operation.objects.get(id=operation), verify.stored

    def stored(one: Operation) -> Any:
        say(operation, "meanwhile")
        return real(one)

    monkeypatch.setattr(verify, "stored", stored)
    assert verify.verify(row) == 9


def test_the_command_says_that_all_is_well(operation: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("journal", "verify")
    call_command("journal", "verify", str(operation))
    assert capsys.readouterr().out == f"{operation}  8 entries, the chain holds\n" * 2


def test_the_command_names_the_first_bad_entry_of_each_and_ends_with_1(
    operation: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = opened()
    bad = rows(operation)[4].entry_id
    StoredEntry.objects.filter(operation_id=operation, seq__gte=5).update(actor="other")
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify")
    assert ended.value.code == 1
    out, err = capsys.readouterr()
    assert out == f"{fine}  1 entries, the chain holds\n"
    assert err == f"{operation}  BROKEN at entry 5 ({bad}): {SENTENCE}\n"


SENTENCE = "the hash does not follow from the entry and the one before it"


def test_the_command_on_an_operation_that_is_not_there(operation: UUID) -> None:
    with pytest.raises(Exception, match="there is no operation"):
        call_command("journal", "verify", str(new_id()))


def test_the_database_itself_keeps_ids_apart(operation: UUID) -> None:
    last = rows(operation)[-1]
    last.seq = 9
    with pytest.raises(Exception, match=r"(?i)unique"):
        last.save(force_insert=True)
    connection.close()
