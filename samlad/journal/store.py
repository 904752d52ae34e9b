"""Give prepared entries their place in the chain and write them: inside one transaction, for one call or many."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import table
from samlad.journal.chain import START, link
from samlad.journal.entries import Opened, Receipt
from samlad.journal.models import Operation, Participation
from samlad.journal.prepare import Prepared, moment

OPERATION, KIND, RECORDED_AT = (table.COLUMNS.index(name) for name in ("operation_id", "kind", "recorded_at"))

CLOSED = _("The operation is closed. Only corrections and the closing of open matters can be added.")
OVERTAKEN = _("Somebody else changed this a moment ago. What you wrote is still here; look at theirs and send again.")
OTHER_CONTENT = _("This has already been sent with another content. Reload the page and send it as new.")


class Head(msgspec.Struct):
    """Where an operation's chain ends right now, under lock."""

    seq: int
    hash: str
    closed: bool


class Stored(msgspec.Struct, frozen=True):
    """What is already there under an id."""

    content: tuple[object, ...]
    receipt: Receipt


def store(calls: Sequence[list[Prepared]]) -> list[list[Receipt] | Refused]:
    """Store the drafts of several calls; each call succeeds or is refused as a whole. Runs inside a transaction."""
    drafts = [draft for call in calls for draft in call]
    heads = lock_heads({draft.operation for draft in drafts})
    known = already_stored(drafts)
    at = now()
    rows: list[tuple[object, ...]] = []
    outcomes: list[list[Receipt] | Refused] = []
    for call in calls:
        try:
            outcomes.append(place(call, heads, known, rows, at))
        except Refused as refused:
            outcomes.append(refused)
    for call, outcome in zip(calls, outcomes, strict=True):
        if not isinstance(outcome, Refused):
            begin(call, outcome, at)
    write(rows, heads)
    return outcomes


def lock_heads(operations: Collection[UUID]) -> dict[UUID, Head]:
    """The heads of the operations, locked until the transaction ends."""
    return {id: Head(seq, hash, closed) for id, seq, hash, closed in table.heads(operations)}


def already_stored(drafts: Sequence[Prepared]) -> dict[tuple[UUID, UUID], Stored]:
    """Those of the drafts whose ids are in the journal already."""
    operations, ids = {draft.operation for draft in drafts}, {draft.id for draft in drafts}
    return {
        (operation, id): Stored(tuple(content), Receipt(id, seq, hash, datetime.fromisoformat(recorded_at), True))
        for operation, id, seq, hash, recorded_at, *content in table.known(operations, ids)
    }


def place(
    call: list[Prepared],
    heads: dict[UUID, Head],
    known: dict[tuple[UUID, UUID], Stored],
    rows: list[tuple[object, ...]],
    at: datetime,
) -> list[Receipt]:
    """Link the drafts of one call to their chains. Adds to heads, known and rows only if the whole call is good."""
    moving: dict[UUID, Head] = {}
    placed: dict[tuple[UUID, UUID], Stored] = {}
    fresh: list[tuple[object, ...]] = []
    receipts: list[Receipt] = []
    for draft in call:
        content = tuple(getattr(draft, name) for name in table.CONTENT)
        key = (draft.operation, draft.id)
        if stored := known.get(key) or placed.get(key):
            if stored.content != content:
                raise Refused(OTHER_CONTENT)
            receipts.append(stored.receipt)
            continue
        head = head_for(draft, moving.get(draft.operation) or heads.get(draft.operation))
        if draft.expects and overtaken(draft, rows + fresh):
            raise Overtaken(OVERTAKEN)
        row, head = chained(draft, head, at)
        moving[draft.operation] = head
        receipt = Receipt(draft.id, head.seq, head.hash, at)
        placed[key] = Stored(content, msgspec.structs.replace(receipt, repeated=True))
        fresh.append(row)
        receipts.append(receipt)
    heads.update(moving)
    known.update(placed)
    rows.extend(fresh)
    return receipts


class Overtaken(Refused):
    """Somebody else did the same thing a moment before."""


def overtaken(draft: Prepared, unwritten: list[tuple[object, ...]]) -> bool:
    """Whether what the draft expects no longer holds, on disk or in what this transaction is about to write."""
    assert draft.expects is not None
    kinds = draft.expects.kinds
    return any(row[OPERATION] == draft.operation and row[KIND] in kinds for row in unwritten) or table.any_after(
        draft.operation, draft.expects.after, kinds
    )


def head_for(draft: Prepared, head: Head | None) -> Head:
    """The head to link to; for the entry that opens an operation, a new one. Raises Refused."""
    if draft.opened is not None:
        if head is not None:
            raise Refused(_("The operation is already open."))
        return Head(0, START, False)
    if head is None:
        raise Refused(_("There is no such operation."))
    if head.closed and not draft.after_close:
        raise Refused(CLOSED)
    return head


def begin(call: list[Prepared], receipts: list[Receipt], at: datetime) -> None:
    """Make the rows of the operations that a call opens, once it is known that nothing of it is refused."""
    for draft, receipt in zip(call, receipts, strict=True):
        if draft.opened is None or receipt.repeated:
            continue
        kind = draft.opened.operation_kind
        Operation.objects.create(id=draft.operation, kind=kind, exercise=kind == "exercise", opened_at=at)
        take_part(draft.operation, draft.opened, draft.actor)


def take_part(operation: UUID, opened: Opened, opener: str) -> None:
    """Note which actors may read the operation: its participants, its observers and the actor that opened it."""
    observing = {code: True for code in (*opened.observers, opener) if code}
    observing |= {participant.code: False for participant in opened.participants}
    Participation.objects.bulk_create(
        Participation(operation_id=operation, actor=actor, observer=observer) for actor, observer in observing.items()
    )


def chained(draft: Prepared, head: Head, at: datetime) -> tuple[tuple[object, ...], Head]:
    """The row of an entry and the head after it."""
    recorded_at = moment(at)
    header = {
        "operation": str(draft.operation),
        "seq": head.seq + 1,
        "id": str(draft.id),
        "kind": draft.kind,
        "version": draft.version,
        "author": draft.author,
        "actor": draft.actor,
        "role": draft.role,
        "occurred_at": draft.occurred_at or recorded_at,
        "recorded_at": recorded_at,
        "audience": draft.audience,
        "marking": draft.marking,
        "refs": draft.refs,
        "digest": draft.digest,
    }
    hash = link(header, head.hash)
    stored = {**header, "operation_id": draft.operation, "entry_id": draft.id, "payload": draft.payload, "hash": hash}
    closed = head.closed or draft.kind == "journal.closed"
    return tuple(stored[column] for column in table.COLUMNS), Head(head.seq + 1, hash, closed)


def write(rows: list[tuple[object, ...]], heads: dict[UUID, Head]) -> None:
    """Insert the rows, move the heads and let other nodes know."""
    if not rows:
        return
    closed_at: dict[UUID, datetime | None] = {}
    for operation, kind, recorded_at in ((row[OPERATION], row[KIND], row[RECORDED_AT]) for row in rows):
        assert isinstance(operation, UUID)
        closed_at.setdefault(operation, None)
        if kind == "journal.closed":
            closed_at[operation] = datetime.fromisoformat(str(recorded_at))
    table.insert(rows)
    table.move((id, heads[id].seq, heads[id].hash, closed) for id, closed in closed_at.items())
