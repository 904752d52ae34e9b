"""What is done to a journal as a journal: who may read an entry, its marking, and shredding."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import groupby
from typing import Final
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import log, read, table
from samlad.journal.append import append, saving
from samlad.journal.entries import (
    ALL,
    Audience,
    Draft,
    Entry,
    Expectation,
    Marking,
    MarkingChanged,
    Narrowed,
    PointerLeft,
    Receipt,
    Shredded,
    Widened,
    exactly,
)
from samlad.journal.models import Participation, StoredEntry, StoredFile
from samlad.journal.operations import get
from samlad.journal.rules import check_can_mark, check_can_narrow, check_can_point, check_can_widen, check_owns
from samlad.journal.standing import CHANGING, Standing
from samlad.journal.store import Overtaken, lock_heads
from samlad.journal.who import SYSTEM, Who

NEVER_SHREDDED: Final = CHANGING | {"journal.opened", "journal.shredded"}
BELONGING: Final = frozenset({"journal.file_attached"})  # goes with the entry that its payload names
TRIES: Final = 3

Makes = Callable[[Entry, Standing], tuple[msgspec.Struct, str]]  # the payload and whom it is addressed to


def widen(
    *,
    by: Who,
    operation: UUID,
    entry: UUID,
    audience: Audience,
    reason: str = "",
    reexamined: bool = False,
    id: UUID | None = None,
) -> Receipt:
    """Let more read an entry of one's own actor. Whoever could not read it before gets it right after this.

    Raises Refused (`journal.rules`), NotHere for what the author may not read.
    """
    text = audience.text(by.actor)

    def make(target: Entry, stands: Standing) -> tuple[msgspec.Struct, str]:
        present = Participation.objects.filter(operation_id=operation).values_list("actor", flat=True)
        check_can_widen(stands, text, reason, reexamined, present)
        return Widened(target.id, text, reason.strip(), reexamined and stands.marking is not None), text

    return _change(by, operation, entry, make, id)


def narrow(
    *, by: Who, operation: UUID, entry: UUID, audience: Audience, reason: str, id: UUID | None = None
) -> Receipt:
    """Let fewer read an entry of one's own actor from here on. That others could until now is not undone by it, and
    they see that it was done. Raises Refused, NotHere."""
    text = audience.text(by.actor)

    def make(target: Entry, stands: Standing) -> tuple[msgspec.Struct, str]:
        check_can_narrow(stands, text, reason, by)
        return Narrowed(target.id, text, reason.strip()), stands.audience

    return _change(by, operation, entry, make, id)


def change_marking(
    *, by: Who, operation: UUID, entry: UUID, marking: Marking | None, reason: str = "", id: UUID | None = None
) -> Receipt:
    """Mark an entry of one's own actor as secret, mark it otherwise, or with None take its marking away.

    Raises Refused, NotHere.
    """

    def make(target: Entry, stands: Standing) -> tuple[msgspec.Struct, str]:
        check_can_mark(target, stands, marking.ground if marking else "", reason)
        return MarkingChanged(target.id, marking, reason.strip()), stands.audience

    return _change(by, operation, entry, make, id)


def _change(by: Who, operation: UUID, entry: UUID, make: Makes, id: UUID | None) -> Receipt:
    """Change what stands for an entry, and for what belongs to it, from what stands at this very moment."""
    id = id or new_id()
    attempt = partial(_try_to_change, by, operation, entry, make, id)
    for _again in range(TRIES - 1):
        try:
            return attempt()
        except Overtaken:  # something else was changed meanwhile: look again
            continue
    return attempt()


def _try_to_change(by: Who, operation: UUID, entry: UUID, make: Makes, id: UUID) -> Receipt:
    if sent := read.receipt(operation, by, id):
        return sent
    head = get(operation, by).head_seq
    target = read.entry(operation, by, entry)
    check_owns(by, target)
    stands = read.standing(operation, by, entry)
    payload, to = make(target, stands)
    drafts = [Draft(operation, payload, id=id, audience=exactly(to), expects=Expectation(tuple(CHANGING), head))]
    for other in belonging(operation, by, entry):
        same = msgspec.structs.replace(payload, entry=other.id)
        if read.standing(operation, by, other.id).audience == stands.audience:
            drafts.append(Draft(operation, same, audience=exactly(to)))
    return append(*drafts, by=by)[0]


def leave_pointer(
    *, by: Who, operation: UUID, pointer: PointerLeft, audience: Audience = ALL, id: UUID | None = None
) -> Receipt:
    """Say that there is information that may not be in the program, who has it and how it is fetched.

    Raises Refused, NotKept where the pointer itself is marked.
    """
    check_can_point(by, pointer)
    return append(Draft(operation, pointer, id=id or new_id(), audience=audience), by=by)[0]


def belonging(operation: UUID, who: Who, entry: UUID) -> Iterator[Entry]:
    """The entries that go with one: its files. They have the same readers."""
    for _number, other in read.entries(operation, who, kinds=BELONGING):
        if other.payload is not None and other.payload.entry == entry:
            yield other


def shred(*, by: Who, operation: UUID, entries: Collection[UUID], ground: str) -> Receipt:
    """Blank the payloads of entries for ever (gallring, GDPR art. 17) and tell it in the journal, in one transaction.
    Their files go with them.

    Headers and digests stay, so the chain still verifies. Each shredding is told to those who could read what was
    shredded. Raises Refused without a ground, for an entry that is not there, and for those that tell what the
    operation is, who may read what, or that something was shredded; Unavailable as append does.
    """
    if not ground.strip():
        raise Refused(_("State the ground for shredding."), field="ground")
    with saving(), transaction.atomic():
        lock_heads([operation])
        entries = [*entries, *files_of(operation, entries)]
        rows = StoredEntry.objects.filter(operation_id=operation, entry_id__in=entries)
        if not entries or rows.exclude(kind__in=NEVER_SHREDDED).count() != len(set(entries)):
            raise Refused(_("Some of these entries are not there or cannot be shredded."))
        told = [
            Draft(operation, Shredded(tuple(ids), ground.strip()), audience=exactly(audience))
            for audience, ids in by_audience(operation, entries)
        ]
        rows.update(payload=None)
        StoredFile.objects.filter(operation_id=operation, entry_id__in=entries).delete()
        transaction.on_commit(lambda: gone(operation), robust=True)
        return append(*told, by=by)[0]


def files_of(operation: UUID, entries: Collection[UUID]) -> list[UUID]:
    """The entries of files that go with some entries and are not among them."""
    ids = set(entries)
    found = read.entries(operation, SYSTEM, kinds=BELONGING)
    return [one.id for _n, one in found if one.payload is not None and one.payload.entry in ids and one.id not in ids]


def by_audience(operation: UUID, entries: Collection[UUID]) -> Iterator[tuple[str, list[UUID]]]:
    """Entries by who may read them now, in the order they were given."""
    seen = log.current(operation)
    standing = {id: seen.changes.of(seen.entries, id) for id in dict.fromkeys(entries)}
    audiences = {id: stands.audience for id, stands in standing.items() if stands}
    for audience, ids in groupby(sorted(audiences, key=audiences.__getitem__), audiences.__getitem__):
        yield audience, list(ids)


def gone(operation: UUID) -> None:
    """After the commit: out of this process's memory, and off the disk as far as the program can see to it."""
    log.forget(operation)
    table.purge()
