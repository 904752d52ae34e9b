"""Shredding: the words are gone from disk, memory and export; that they were there, and the chain, remain."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from samlad.base.ids import new_id
from samlad.base.refused import Refused, Unavailable
from samlad.journal import actions, folds, log, read, table, transfer, verify
from samlad.journal.actions import shred
from samlad.journal.entries import Opened, Shredded
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.queries import basics
from samlad.journal.shown import shown
from samlad.journal.tests.scene import HEARD, NACKA, RSK, SOLNA, close, closed, opened, rows, say, texts
from samlad.journal.who import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Anna Andersson, 112 Storgatan"


def shredded(operation: UUID, *ids: UUID) -> None:
    """Shred these."""
    shred(by=RSK, operation=operation, entries=ids, ground="GDPR art. 17")


@pytest.fixture
def operation() -> UUID:
    """An operation in which somebody was named."""
    return opened()


def test_the_words_are_gone_and_the_rest_remains(operation: UUID) -> None:
    kept, named = say(operation, "kept"), say(operation, WORDS)
    before = rows(operation)[2]
    shredded(operation, named.id)
    entry = read.entry(operation, NACKA, named.id)
    assert entry.payload is None
    assert (entry.author, entry.digest, entry.hash) == (NACKA.person, before.digest, before.hash)
    assert texts(operation) == ["kept"]
    assert folds.state(HEARD, operation, NACKA).texts == ("kept",)
    assert verify.verify(Operation.objects.get(id=operation)) == 4
    last = read.entries(operation, SOLNA)[-1][1]
    assert last.payload == Shredded((named.id,), "GDPR art. 17")
    assert read.entry(operation, NACKA, kept.id).payload is not None


def test_gone_from_memory(operation: UUID) -> None:
    """From the entries, the views, every kept state, and the lines of the journal page that were rendered."""
    named = say(operation, WORDS)
    say(operation, "after")
    for who in (NACKA, SOLNA, SYSTEM):
        folds.state(HEARD, operation, who)
        state = basics(operation, who)
        for _number, entry in read.entries(operation, who):
            shown(entry, state, "sv")
    kept = log.current(operation)
    shredded(operation, named.id)
    assert kept is not log.current(operation)
    for at in range(1, 5):
        assert WORDS not in str(folds.state(HEARD, operation, SYSTEM, at))
    entry = read.entry(operation, NACKA, named.id)
    assert "Shredded" in shown(entry, basics(operation, NACKA), "en")


def test_gone_from_the_memory_of_another_process_when_it_reads_on(
    operation: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "forget", lambda operation: None)  # that is done in the process that shreds
    named = say(operation, WORDS)
    before = log.current(operation)
    assert WORDS in str(before.entries)
    shredded(operation, named.id)
    assert log.current(operation) is before
    assert WORDS not in str(before.entries)


def test_gone_from_disk(operation: UUID) -> None:
    named = say(operation, WORDS)
    if connection.vendor == "sqlite":
        assert WORDS.encode() in on_disk()
    shredded(operation, named.id)
    assert not StoredEntry.objects.filter(payload__contains="Andersson").exists()
    if connection.vendor == "sqlite":
        assert WORDS.encode() not in on_disk()


def on_disk() -> bytes:
    """The bytes of the SQLite file and of its write-ahead log."""
    name = str(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in (Path(name), Path(name + "-wal")) if path.exists())


def test_gone_from_the_export(operation: UUID) -> None:
    named = say(operation, WORDS)
    shredded(operation, named.id)
    exported = "".join(transfer.export(Operation.objects.get(id=operation)))
    assert WORDS not in exported
    assert '"payload":null' in exported


def test_several_at_once_also_after_closing() -> None:
    operation = opened()
    ids = [say(operation, WORDS).id for _ in range(3)]
    shredded(operation, *ids)
    assert texts(operation) == []
    over = closed()
    shredded(over, rows(over)[1].entry_id)
    state = basics(over, NACKA)
    assert state.closed_at is None or state.closed_reason == ""
    assert Operation.objects.get(id=over).closed_at is not None


@pytest.mark.parametrize("ground", ["", "  \n"])
def test_without_a_ground_nothing_is_shredded(operation: UUID, ground: str) -> None:
    said = say(operation)
    with pytest.raises(Refused, match="ground") as refused:
        shred(by=RSK, operation=operation, entries=[said.id], ground=ground)
    assert refused.value.field == "ground"
    assert texts(operation) == ["Snow"]


def test_what_can_not_be_shredded(operation: UUID) -> None:
    said, gone = say(operation), say(operation)
    elsewhere = say(opened())
    shredded(operation, gone.id)
    opening, shredding = rows(operation)[0].entry_id, rows(operation)[-1].entry_id
    for ids in ([], [opening], [shredding], [new_id()], [elsewhere.id], [said.id, opening]):
        with pytest.raises(Refused, match="cannot be shredded"):
            shredded(operation, *ids)
    assert texts(operation) == ["Snow"]
    assert isinstance(read.entries(operation, SYSTEM)[0][1].payload, Opened)


def test_an_operation_that_is_not_there() -> None:
    with pytest.raises(Refused):
        shredded(new_id(), new_id())


def test_a_database_that_fails_shreds_nothing(operation: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    named = say(operation, WORDS)
    for where, name in ((actions, "lock_heads"), (table, "insert")):
        with monkeypatch.context() as patch:
            patch.setattr(where, name, full)
            with pytest.raises(Unavailable):
                shredded(operation, named.id)
    assert texts(operation) == [WORDS]
    assert verify.verify(Operation.objects.get(id=operation)) == 2


def test_a_payload_gone_without_a_word_breaks_the_chain(operation: UUID) -> None:
    named = say(operation, WORDS)
    say(operation, "after")
    StoredEntry.objects.filter(entry_id=named.id).update(payload=None)
    with pytest.raises(verify.Broken, match="no entry tells"):
        verify.verify(Operation.objects.get(id=operation))
    with pytest.raises(SystemExit):
        call_command("journal", "verify")


def test_the_record_of_a_shredding_cannot_be_blanked(operation: UUID) -> None:
    shredded(operation, say(operation, WORDS).id)
    StoredEntry.objects.filter(operation_id=operation, kind="journal.shredded").update(payload=None)
    with pytest.raises(verify.Broken):
        verify.verify(Operation.objects.get(id=operation))


def test_sent_again_after_it_was_shredded(operation: UUID) -> None:
    """A browser that never got its answer gets it, and nothing comes back."""
    named = say(operation, WORDS)
    shredded(operation, named.id)
    assert say(operation, WORDS, id=named.id).repeated
    assert texts(operation) == []


def test_an_operation_whose_reason_for_closing_is_shredded_is_closed_still(operation: UUID) -> None:
    close(operation)
    (_number, end) = read.entries(operation, SYSTEM)[-1]
    shredded(operation, end.id)
    state = basics(operation, NACKA)
    assert state.closed_at is not None and state.closed_reason == ""
