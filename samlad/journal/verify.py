"""Check a chain from disk: numbers without gaps, digests of payloads and files, hashes of headers, where it ends."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from samlad.base.canonical import digest
from samlad.journal import files
from samlad.journal.chain import START, link
from samlad.journal.entries import FileAttached, Shredded
from samlad.journal.kinds import decode
from samlad.journal.models import Operation, StoredEntry

COLUMNS = (
    "seq", "entry_id", "kind", "version", "payload", "author", "actor", "role",
    "occurred_at", "recorded_at", "audience", "marking", "refs", "digest", "hash",
)  # fmt: skip


class Broken(Exception):
    """The chain does not hold. `seq` is the first bad entry, `id` its id where it has one."""

    def __init__(self, seq: int, id: str, reason: str) -> None:
        super().__init__(f"entry {seq} ({id}): {reason}")
        self.seq = seq
        self.id = id
        self.reason = reason


def stored(operation: Operation) -> Iterator[dict[str, Any]]:
    """The entries of an operation as plain records, in order; the one shape that is verified and exported."""
    rows = StoredEntry.objects.filter(operation=operation).order_by("seq").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=2000):
        record = dict(zip(COLUMNS, row, strict=True))
        record["id"] = str(record.pop("entry_id"))
        record["operation"] = str(operation.id)
        yield record


def check(records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Pass records on, each checked against the one before. Raises Broken at the first bad one.

    A payload may be missing only where a later entry of the chain tells that it was shredded.
    """
    previous, expected = START, 1
    blank: dict[str, int] = {}
    for record in records:
        seq, id = record["seq"], record["id"]
        if seq != expected:
            raise Broken(expected, "-", f"number {expected} is missing, {seq} follows")
        payload = record["payload"]
        if payload is None:
            blank[id] = seq
        elif digest(payload.encode()) != record["digest"]:
            raise Broken(seq, id, "the payload is not the one that was hashed")
        if link(record, previous) != record["hash"]:
            raise Broken(seq, id, "the hash does not follow from the entry and the one before it")
        if record["kind"] == "journal.shredded" and payload is not None:
            told = decode(record["kind"], record["version"], payload)
            assert isinstance(told, Shredded)
            for shredded in told.entries:
                blank.pop(str(shredded), None)
        previous, expected = record["hash"], seq + 1
        yield record
    if blank:
        id, seq = min(blank.items(), key=lambda item: item[1])
        raise Broken(seq, id, "the payload is gone and no entry tells that it was shredded")


def file_of(operation: Operation, record: Mapping[str, Any]) -> bytes | None:
    """The file that an entry tells of; None where it tells of none. Raises Broken where it is not the one attached."""
    if record["kind"] != "journal.file_attached" or record["payload"] is None:
        return None
    told = decode(record["kind"], record["version"], record["payload"])
    assert isinstance(told, FileAttached)
    content = files.content(operation.id, UUID(record["id"]))
    if content is None or sha256(content).hexdigest() != told.digest:
        raise Broken(record["seq"], record["id"], "its file is gone or not the one that was attached")
    return content


def verify(operation: Operation) -> int:
    """The number of entries of an operation whose chain holds. Raises Broken otherwise.

    Entries may be appended meanwhile: the end must be one that the operation had, before or after they were read.
    """
    operation.refresh_from_db()
    seq, hash, then = 0, "", ""
    for record in check(stored(operation)):
        seq, hash = record["seq"], record["hash"]
        file_of(operation, record)
        if seq == operation.head_seq:
            then = hash
    if seq < operation.head_seq:
        raise Broken(seq + 1, "-", f"the journal ends at {seq}, but {operation.head_seq} were acknowledged")
    if then != operation.head_hash:
        raise Broken(operation.head_seq, "-", "its hash is not the one that was acknowledged as the last")
    operation.refresh_from_db()
    if seq > operation.head_seq:
        raise Broken(operation.head_seq + 1, "-", f"only {operation.head_seq} entries were acknowledged")
    return seq
