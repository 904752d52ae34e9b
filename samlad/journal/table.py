"""The statements of appending and reading on, in plain SQL: the ORM takes longer to compose them than they to run."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection

COLUMNS: Final = (
    "operation_id", "seq", "entry_id", "kind", "version", "payload", "author", "actor", "role",
    "occurred_at", "recorded_at", "audience", "marking", "refs", "digest", "hash",
)  # fmt: skip
# What must be the same for a repeated id to be the same entry. The device's time is left out: a retry may tell another.
CONTENT: Final = ("kind", "version", "digest", "author", "actor", "audience", "marking", "refs")

PARAMETERS: Final = 10_000  # ids asked for at once: the databases allow some tens of thousands
ENTRY: Final = COLUMNS[1:]  # what an entry is decoded from, when its operation is known
BATCH: Final = 1000  # rows fetched or written at a time
INSERT: Final = f"INSERT INTO journal_storedentry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
MOVE: Final = (
    "UPDATE journal_operation SET head_seq = %s, head_hash = %s, closed_at = COALESCE(%s, closed_at) WHERE id = %s"
)
MOVE_AND_NOTIFY: Final = (
    f"WITH moved AS ({MOVE} RETURNING id) SELECT pg_notify('samlad', replace(id::text, '-', '')) FROM moved"
)


def heads(operations: Collection[UUID]) -> list[tuple[UUID, int, str, bool]]:
    """Id, seq, hash and whether closed of operations, locked until the transaction ends, in sorted order so that
    several nodes can't deadlock. On SQLite the transaction itself is the lock."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = select(
        "SELECT id, head_seq, head_hash, closed_at IS NOT NULL FROM journal_operation"
        f" WHERE id IN ({places(operations)}) ORDER BY id{lock}",
        operations,
    )
    return [(as_uuid(id), seq, hash, bool(closed)) for id, seq, hash, closed in rows]


def known(operations: Collection[UUID], ids: Collection[UUID]) -> list[tuple[Any, ...]]:
    """Operation, id, seq, hash, recorded_at and CONTENT of those of the ids that are stored."""
    rows: list[tuple[Any, ...]] = []
    asked = iter(ids)
    while some := list(islice(asked, PARAMETERS)):
        rows += select(
            f"SELECT operation_id, entry_id, seq, hash, recorded_at, {', '.join(CONTENT)} FROM journal_storedentry"
            f" WHERE operation_id IN ({places(operations)}) AND entry_id IN ({places(some)})",
            [*operations, *some],
        )
    return [(as_uuid(operation), as_uuid(id), *rest) for operation, id, *rest in rows]


def after(operation: UUID, seq: int) -> Iterator[tuple[Any, ...]]:
    """The entries after a seq, in order, as tuples of ENTRY."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(ENTRY)} FROM journal_storedentry WHERE operation_id = %s AND seq > %s ORDER BY seq",
            [for_database(operation), seq],
        )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def any_after(operation: UUID, seq: int, kinds: Collection[str]) -> bool:
    """Whether an entry of these kinds is stored after a seq."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM journal_storedentry WHERE operation_id = %s AND seq > %s"
            f" AND kind IN ({places(kinds)}) LIMIT 1",
            [for_database(operation), seq, *kinds],
        )
        return cursor.fetchone() is not None


def insert(rows: Iterable[Sequence[object]]) -> None:
    """Write entries, as tuples of COLUMNS."""
    values = [[for_database(value) for value in row] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(INSERT, values)
            return
        for start in range(0, len(values), BATCH):  # one round trip, where executemany takes several
            some = values[start : start + BATCH]
            more = f", ({places(COLUMNS)})" * (len(some) - 1)
            cursor.execute(INSERT + more, [value for row in some for value in row])


def move(ends: Iterable[tuple[UUID, int, str, datetime | None]]) -> None:
    """Set where operations end: id, seq, hash, and the time of closing if it was closed now.

    On PostgreSQL other nodes hear of it when the transaction commits: a pointer, never the text.
    """
    as_stored = connection.ops.adapt_datetimefield_value
    rows = [(seq, hash, at and as_stored(at), for_database(id)) for id, seq, hash, at in ends]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(MOVE, rows)
            return
        for row in rows:
            cursor.execute(MOVE_AND_NOTIFY, row)


def purge() -> None:
    """Take blanked payloads off the disk: what was overwritten stands in SQLite's write-ahead log until it is emptied
    (the file itself is overwritten, PRAGMA secure_delete). On PostgreSQL autovacuum does it, in its own time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def select(statement: str, parameters: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [for_database(value) for value in parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def places(values: Collection[object]) -> str:
    """As many placeholders as there are values."""
    return ", ".join(["%s"] * len(values))


def for_database(value: object) -> Any:
    """A UUID as the driver wants it: SQLite has no such type."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def as_uuid(value: UUID | str) -> UUID:
    """A UUID as either driver gives it."""
    return value if isinstance(value, UUID) else UUID(value)
