"""Moving an operation: the same hashes and the same state where it comes to, or nothing at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from samlad.base.canonical import digest, encode
from samlad.base.ids import new_id
from samlad.journal import chain, folds, log, tail, transfer, verify
from samlad.journal.actions import shred
from samlad.journal.append import append
from samlad.journal.entries import OWN, Closed, Draft, Marking, Refs
from samlad.journal.models import Operation, Participation, StoredEntry
from samlad.journal.queries import basics
from samlad.journal.tests.scene import HEARD, NACKA, OBSERVER, READERS, RSK, SOLNA, Said, opened, rows, say
from samlad.journal.transfer import BadFile, export, load
from samlad.journal.who import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def operation() -> UUID:
    """An operation with everything in it: secrets, markings, references, something shredded, closed."""
    operation = opened()
    first = say(operation, "åäö \u2028 😀")
    named = say(operation, "Anna", audience=OWN, by=SOLNA)
    say(operation, "2", refs=Refs(answers=(first.id,)), marking=Marking("OSL 18:13", "RSK", first.recorded_at))
    shred(by=RSK, operation=operation, entries=[named.id], ground="GDPR art. 17")
    numbers = (1e20, 9007199254740993.0, 0.1, -1e-9, 5e300)
    append(*(Draft(operation, Said("number", number)) for number in numbers), Draft(operation, Closed("Over")), by=RSK)
    return operation


def exported(operation: UUID) -> list[str]:
    """The lines of an operation, which is then gone from here."""
    lines = list(export(Operation.objects.get(id=operation)))
    gone(operation)
    return lines


def gone(operation: UUID) -> None:
    """Empty the database of an operation."""
    StoredEntry.objects.filter(operation_id=operation).delete()
    Operation.objects.filter(id=operation).delete()
    log.clear()


def everything(operation: UUID) -> object:
    """All that is stored of an operation and all that it adds up to."""
    columns = [field.name for field in StoredEntry._meta.fields if field.name not in ("pk", "operation")]
    states = [folds.state(HEARD, operation, who, at) for who in (*READERS, SYSTEM) for at in range(9)]
    return (
        list(Operation.objects.filter(id=operation).values()),
        [tuple(getattr(row, name) for name in columns) for row in rows(operation)],
        sorted(Participation.objects.filter(operation_id=operation).values_list("actor", "observer")),
        states,
        basics(operation, OBSERVER),
    )


def test_there_and_back_is_the_same(operation: UUID) -> None:
    before = everything(operation)
    lines = exported(operation)
    loaded = load(lines)
    assert everything(operation) == before
    assert verify.verify(loaded) == 11
    assert list(export(loaded)) == lines


def test_the_tail_hears_of_it(operation: UUID) -> None:
    lines, heard = exported(operation), list[set[str]]()
    stop = tail.listen(heard.append)
    load(lines)
    stop()
    assert heard == [{operation.hex}]


def test_more_entries_than_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "ROWS", 4)
    operation = opened()
    append(*(Draft(operation, Said(str(number))) for number in range(11)), by=NACKA)
    assert load(exported(operation)).head_seq == 12
    assert len(rows(operation)) == 12


def test_twice_is_refused(operation: UUID) -> None:
    lines = list(export(Operation.objects.get(id=operation)))
    with pytest.raises(BadFile, match="line 1: the operation is already here"):
        load(lines)


def test_a_broken_chain_is_not_exported(operation: UUID, tmp_path: Path) -> None:
    StoredEntry.objects.filter(operation_id=operation, seq=4).update(actor="other")
    with pytest.raises(verify.Broken):
        list(export(Operation.objects.get(id=operation)))
    with pytest.raises(CommandError, match="broken at entry 4"):
        call_command("journal", "export", str(operation), str(tmp_path / "out.jsonl"))
    assert list(tmp_path.iterdir()) == []


Change = Callable[[list[dict[str, Any]]], None]


def entry(number: int, **changes: Any) -> Change:
    """Change some fields of an entry and leave its hash."""
    return lambda values: values[number].update(changes)


def forged(number: int, **changes: Any) -> Change:
    """Change some fields of an entry and compute all hashes anew: only what it says is wrong."""

    def change(values: list[dict[str, Any]]) -> None:
        values[number].update(changes)
        previous = chain.START
        for value in values[1:-1]:
            if value["payload"] is not None:
                value["digest"] = digest(encode(value["payload"]))
            value["hash"] = previous = chain.link(value, previous)
        values[-1]["hash"] = previous

    return change


def without(number: int) -> Change:
    """Leave a line out."""

    def change(values: list[dict[str, Any]]) -> None:
        del values[number]

    return change


def lacking(number: int, name: str) -> Change:
    """Leave a field out."""

    def change(values: list[dict[str, Any]]) -> None:
        del values[number][name]

    return change


BROKEN: dict[str, tuple[Change, int, str]] = {
    "empty": (lambda values: values.clear(), 0, "not a file"),
    "another format": (entry(0, format="samlad-journal-9"), 1, "not a file"),
    "no operation": (lacking(0, "operation"), 1, "not an exported entry"),
    "a number for an operation": (entry(0, operation=5), 1, "not an exported entry"),
    "another operation": (entry(0, operation=str(new_id())), 2, "another operation"),
    "no entries": (lambda values: values.__setitem__(slice(1, None), [{"entries": 0, "hash": ""}]), 2, "ends before"),
    "no end": (without(-1), 12, "ends before"),
    "cut off": (without(-2), 12, "ends before"),
    "another end": (entry(-1, hash="0" * 64), 13, "ends before"),
    "more after the end": (lambda values: values.append(values[3]), 14, "goes on after its end"),
    "two ends": (lambda values: values.append(values[-1]), 14, "goes on after its end"),
    "an entry left out": (without(3), 4, "number 3 is missing"),
    "two swapped": (lambda values: values.insert(3, values.pop(4)), 4, "number 3 is missing"),
    "the same again": (lambda values: values.insert(3, values[3]), 5, "number 4 is missing"),
    "another payload": (entry(2, payload={"text": "other"}), 3, "not the one that was hashed"),
    "another author": (entry(4, author="other"), 5, "the hash does not follow"),
    "a field left out": (lacking(4, "author"), 5, "missing required field `author`"),
    "a field too many": (entry(4, more=1), 5, "unknown field `more`"),
    "a field of another type": (entry(4, author=5), 5, "Expected `str`"),
    "a payload blanked in silence": (entry(2, payload=None), 13, "no entry tells"),
    "not opened first": (forged(1, kind="tests.said", payload={"text": "x"}), 2, "begins when it is opened"),
    "opened without a payload": (forged(1, payload=None), 2, "begins when it is opened"),
    "the same id": (lambda values: forged(4, id=values[2]["id"])(values), 5, "stands above"),
    "an id in capitals": (lambda values: forged(4, id=values[4]["id"].upper())(values), 5, "not written as"),
    "no id": (forged(4, id="x"), 5, "not an exported entry"),
    "an unknown kind": (forged(4, kind="tests.unheard"), 5, "unknown kind"),
    "a shredded entry of an unknown kind": (forged(3, kind="tests.unheard"), 4, "unknown kind"),
    "a payload of another kind": (forged(4, payload={"other": 1}), 5, "missing required field"),
    "no time": (forged(4, recorded_at="yesterday"), 5, "not an exported entry"),
    "a time without its zone": (forged(4, occurred_at="2026-01-05T12:00:00"), 5, "lacks its time zone"),
    "a marking that is none": (forged(4, marking="{}"), 5, "not an exported entry"),
    "refs that are none": (forged(4, refs="[]"), 5, "not an exported entry"),
    "half a character": (entry(4, author="\ud800"), 5, "not an exported entry"),
    "a number that is none": (entry(2, payload={"text": "x", "number": float("nan")}), 3, "not an exported entry"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_line_and_nothing_is_stored(operation: UUID, name: str) -> None:
    change, line, reason = BROKEN[name]
    values = [json.loads(text, parse_int=transfer.whole) for text in exported(operation)]
    change(values)
    with pytest.raises(BadFile, match=rf"^line {line}: .*{reason}"):
        load([json.dumps(value) + "\n" for value in values])
    assert not Operation.objects.filter(id=operation).exists()
    assert rows(operation) == []


@pytest.mark.parametrize(
    "text", ["\n", "[]\n", "7\n", "{\n", "null\n", '{"a":' * 100_000 + "\n"], ids=lambda text: text[:6]
)
def test_lines_that_are_no_entries(operation: UUID, text: str) -> None:
    lines = exported(operation)
    for line in (0, 4):
        with pytest.raises(BadFile, match=f"^line {line + 1}: "):
            load([*lines[:line], text, *lines[line + 1 :]])
    assert rows(operation) == []


def test_the_commands(operation: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = tmp_path / "operation.jsonl", everything(operation)
    call_command("journal", "export", str(operation), str(file))
    call_command("journal", "export", str(operation))
    assert capsys.readouterr().out == file.read_text()
    with pytest.raises(CommandError, match="already here"):
        call_command("journal", "import", str(file))
    gone(operation)
    call_command("journal", "import", str(file))
    assert everything(operation) == before
    assert capsys.readouterr().out.startswith(f"{operation}  11 entries, head ")


def test_the_commands_refuse_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, file = opened(), tmp_path / "operation.jsonl"
    with pytest.raises(CommandError, match="there is no operation"):
        call_command("journal", "export", str(new_id()))
    with pytest.raises(CommandError, match="No such file"):
        call_command("journal", "import", str(file))
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match=r"operation\.jsonl: line 0: not an exported entry"):
        call_command("journal", "import", str(file))
    with pytest.raises(CommandError, match="File exists"):
        call_command("journal", "export", str(operation), str(file))
    assert file.read_bytes() == b"\xff\xfe\x00"

    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(transfer, "_load", full)
    with pytest.raises(CommandError, match="disk is full"):
        call_command("journal", "import", str(file))
