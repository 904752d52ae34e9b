"""Move an operation as JSON Lines: a first line about the operation, a line for each entry, a last line with the end."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from samlad.base.canonical import encode
from samlad.journal import kinds, tail
from samlad.journal.entries import Opened
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.store import take_part
from samlad.journal.verify import Broken, check, stored

FORMAT = "samlad-journal-1"


class BadFile(Exception):
    """The file can't be taken in; the sentence says which line and why."""


def export(operation: Operation) -> Iterator[str]:
    """The lines of an operation, checked on the way: a broken chain is not exported (raises Broken)."""
    yield line({"format": FORMAT, "operation": str(operation.id), "opened_at": operation.opened_at.isoformat()})
    count, hash = 0, ""
    for record in check(stored(operation)):
        count, hash = record["seq"], record["hash"]
        payload = record["payload"]
        yield line({**record, "payload": None if payload is None else json.loads(payload)})
    yield line({"entries": count, "hash": hash})


def line(value: Mapping[str, Any]) -> str:
    """One line of the file."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def load(lines: Iterable[str]) -> Operation:
    """Take in an exported operation, whole or not at all. Raises BadFile. Hashes are those of the file, verified."""
    numbered = Lines(lines)
    try:
        with transaction.atomic():
            operation = _load(numbered)
            transaction.on_commit(lambda: tail.moved({operation.id.hex}))
            return operation
    except (Broken, BadFile) as error:
        raise BadFile(f"line {numbered.number}: {error}") from None
    except (KeyError, TypeError, ValueError, msgspec.ValidationError, kinds.KindError) as error:
        raise BadFile(f"line {numbered.number}: not an exported entry ({type(error).__name__}: {error})") from None


class Lines:
    """Lines of the file as values, counting, so that a fault can be placed."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.number = 0
        self.end: Mapping[str, Any] | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for text in self.lines:
            self.number += 1
            value = json.loads(text)
            if not isinstance(value, dict):
                raise BadFile("not a JSON object")
            if "entries" in value:
                self.end = value
                return
            yield value


def _load(numbered: Lines) -> Operation:
    records = iter(numbered)
    first = next(records, None)
    if first is None or first.get("format") != FORMAT:
        raise BadFile(f"not a file of the format {FORMAT}")
    operation = Operation(id=UUID(first["operation"]), opened_at=datetime.fromisoformat(first["opened_at"]))
    if Operation.objects.filter(id=operation.id).exists():
        raise BadFile("the operation is already here")
    rows: list[StoredEntry] = []
    for record in check(canonical(value, operation) for value in records):
        rows.append(row(record, operation))
        _follow(operation, record)
        if len(rows) == 2000:
            StoredEntry.objects.bulk_create(rows)
            rows.clear()
    StoredEntry.objects.bulk_create(rows)
    if numbered.end != {"entries": operation.head_seq, "hash": operation.head_hash}:
        raise BadFile("the file ends before the operation does")
    operation.save()
    return operation


def canonical(value: dict[str, Any], operation: Operation) -> dict[str, Any]:
    """A line's value as the record that was exported, its payload canonical text again."""
    if value["operation"] != str(operation.id):
        raise BadFile("the entry belongs to another operation")
    if value["payload"] is None:
        return value
    text = encode(value["payload"]).decode()
    kinds.decode(value["kind"], value["version"], text)
    return {**value, "payload": text}


def row(record: Mapping[str, Any], operation: Operation) -> StoredEntry:
    """The table's row of a record."""
    fields = {name: value for name, value in record.items() if name not in ("id", "operation")}
    return StoredEntry(operation=operation, entry_id=UUID(record["id"]), **fields)


def _follow(operation: Operation, record: Mapping[str, Any]) -> None:
    """Keep the operation's row as it was where the file comes from."""
    operation.head_seq, operation.head_hash = record["seq"], record["hash"]
    if record["kind"] == "journal.opened":
        opened = kinds.decode(record["kind"], record["version"], record["payload"])
        assert isinstance(opened, Opened)
        operation.kind, operation.exercise = opened.operation_kind, opened.operation_kind == "exercise"
        operation.save(force_insert=True)
        take_part(operation.id, opened, record["actor"])
    if record["kind"] == "journal.closed":
        operation.closed_at = datetime.fromisoformat(record["recorded_at"])
