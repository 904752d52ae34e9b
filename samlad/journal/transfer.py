"""Move an operation as JSON Lines: a first line with its id, a line for each entry, a last line with the end."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.db import DataError, IntegrityError, transaction

from samlad.base.canonical import encode
from samlad.journal import kinds, tail
from samlad.journal.entries import Entry, Opened
from samlad.journal.log import decoded
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.store import take_part
from samlad.journal.table import ENTRY
from samlad.journal.verify import Broken, check, stored

FORMAT = "samlad-journal-1"
ROWS = 2000  # entries written at once
EXACT = 2**53  # beyond it a whole number in JSON stands for a float


class BadFile(Exception):
    """The file can't be taken in; the sentence says which line and why."""


class First(msgspec.Struct, frozen=True):
    """The first line."""

    format: str
    operation: UUID


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that is an entry: its header, its payload (null once shredded) and its hash."""

    operation: str
    seq: int
    id: str
    kind: str
    version: int
    payload: dict[str, Any] | None
    author: str
    actor: str
    role: str
    occurred_at: str
    recorded_at: str
    audience: str
    marking: str
    refs: str
    digest: str
    hash: str


def export(operation: Operation) -> Iterator[str]:
    """The lines of an operation, checked on the way: a broken chain is not exported (raises Broken)."""
    yield line({"format": FORMAT, "operation": str(operation.id)})
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
    """Take in an exported operation, whole or not at all. Hashes are those of the file, verified.

    Raises BadFile for a file that is not one, is broken, is cut off, or whose operation is already here.
    """
    numbered = Lines(lines)
    try:
        with transaction.atomic():
            operation = _load(numbered)
            transaction.on_commit(lambda: tail.moved({operation.id.hex}))
            return operation
    except (Broken, BadFile) as error:
        raise BadFile(f"line {numbered.number}: {error}") from None
    except (ValueError, RecursionError, kinds.KindError, DataError, IntegrityError) as error:
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
            value = json.loads(text, parse_int=whole)
            if not isinstance(value, dict):
                raise BadFile("not a JSON object")
            if self.end is not None:
                raise BadFile("the file goes on after its end")
            if "entries" in value:
                self.end = value
            else:
                yield value


def whole(digits: str) -> int | float:
    """A whole number in JSON; a very large one is a float that canonical JSON writes without an exponent."""
    return int(digits) if abs(int(digits)) < EXACT else float(digits)


def _load(numbered: Lines) -> Operation:
    values = iter(numbered)
    first = next(values, None)
    if first is None or first.get("format") != FORMAT:
        raise BadFile(f"not a file of the format {FORMAT}")
    operation = Operation(id=msgspec.convert(first, First).operation)
    if Operation.objects.filter(id=operation.id).exists():
        raise BadFile("the operation is already here")
    ids: set[UUID] = set()
    rows: list[StoredEntry] = []
    for record in check(canonical(value, operation.id) for value in values):
        entry = readable(record, operation.id)
        if entry.id in ids:
            raise BadFile("an entry with this id stands above")
        ids.add(entry.id)
        _follow(operation, entry)
        rows.append(row(record, operation))
        if len(rows) == ROWS:
            StoredEntry.objects.bulk_create(rows)
            rows.clear()
    if not ids or numbered.end != {"entries": operation.head_seq, "hash": operation.head_hash}:
        raise BadFile("the file ends before the operation does")
    StoredEntry.objects.bulk_create(rows)
    operation.save()
    return operation


def canonical(value: dict[str, Any], operation: UUID) -> dict[str, Any]:
    """A line's value as the record that was exported, its payload canonical text again. Raises ValidationError."""
    record = msgspec.structs.asdict(msgspec.convert(value, Record))
    if record["operation"] != str(operation):
        raise BadFile("the entry belongs to another operation")
    if record["payload"] is not None:
        record["payload"] = encode(record["payload"]).decode()
    return record


def readable(record: Mapping[str, Any], operation: UUID) -> Entry:
    """The entry as it will be read: what could be stored but never read again is refused here."""
    id = UUID(record["id"])
    if str(id) != record["id"]:
        raise BadFile("the id is not written as a UUID is")
    kinds.get(record["kind"], record["version"])
    entry = decoded(operation, tuple(id if name == "entry_id" else record[name] for name in ENTRY))
    if entry.occurred_at.tzinfo is None or entry.recorded_at.tzinfo is None:
        raise BadFile("a moment lacks its time zone")
    return entry


def row(record: Mapping[str, Any], operation: Operation) -> StoredEntry:
    """The table's row of a record."""
    fields = {name: value for name, value in record.items() if name not in ("id", "operation")}
    return StoredEntry(operation=operation, entry_id=UUID(record["id"]), **fields)


def _follow(operation: Operation, entry: Entry) -> None:
    """Keep the operation's row as it was where the file comes from."""
    operation.head_seq, operation.head_hash = entry.seq, entry.hash
    if (entry.seq == 1) != isinstance(entry.payload, Opened):
        raise BadFile("an operation begins when it is opened, and only then")
    if isinstance(entry.payload, Opened):
        opened: Opened = entry.payload
        operation.opened_at = entry.recorded_at
        operation.kind, operation.exercise = opened.operation_kind, opened.operation_kind == "exercise"
        operation.save(force_insert=True)
        take_part(operation.id, opened, entry.actor)
    if entry.kind == "journal.closed":
        operation.closed_at = entry.recorded_at
