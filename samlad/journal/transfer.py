"""Move an operation as JSON Lines: a first line with its id, a line for each entry, a last line with the end.

After the line of an entry that tells of a file comes one with the file.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from django.db import DataError, IntegrityError, transaction

from samlad.base.canonical import encode
from samlad.base.refused import NotKept
from samlad.journal import gate, kinds, tail
from samlad.journal.entries import Entry, FileAttached, Opened
from samlad.journal.log import decoded
from samlad.journal.models import Operation, StoredEntry, StoredFile
from samlad.journal.store import take_part
from samlad.journal.table import ENTRY
from samlad.journal.verify import Broken, check, file_of, stored

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
        if (content := file_of(operation, record)) is not None:
            yield line({"file": record["id"], "content": b64encode(content).decode()})
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
    except NotKept:  # the sentence for people offers a pointer: here is no form
        raise BadFile(f"line {numbered.number}: the entry is marked as security-classified") from None
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
    awaited: dict[str, str] = {}  # files that entries have told of: the id and the digest
    for record in check(canonical(value, operation.id) for value in without_files(values, operation, awaited)):
        entry = readable(record, operation.id)
        if isinstance(entry.payload, FileAttached):
            awaited[str(entry.id)] = entry.payload.digest
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
    if awaited:
        raise BadFile("a file that an entry tells of is missing")
    StoredEntry.objects.bulk_create(rows)
    operation.save()
    return operation


def without_files(
    values: Iterable[dict[str, Any]], operation: Operation, awaited: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """The values that are entries; files among them are stored on the way, checked against what their entry said."""
    for value in values:
        if "file" not in value:
            yield value
            continue
        content = b64decode(str(value.get("content", "")), validate=True)
        if awaited.pop(str(value["file"]), "") != sha256(content).hexdigest():
            raise BadFile("no entry before it tells of this file")
        StoredFile.objects.create(operation_id=operation.id, entry_id=UUID(value["file"]), content=content)


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
    gate.check(None if record["payload"] is None else json.loads(record["payload"]))
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
