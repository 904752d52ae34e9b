"""Appending an entry together with its files: all of it is stored, or nothing."""

from collections.abc import Sequence

from django.db import transaction

from samlad.journal import files
from samlad.journal.append import append, saving
from samlad.journal.entries import Draft, Receipt
from samlad.journal.files import Held
from samlad.journal.who import Who


def append_with_files(*drafts: Draft, attached: Sequence[Held], by: Who) -> list[Receipt]:
    """Receipts for the drafts, of which the last has the files. For actions only. Raises what `append` raises."""
    if not attached:
        return append(*drafts, by=by)
    last = drafts[-1]
    with_it = files.drafts(last, attached)
    with saving(), transaction.atomic():
        receipts = append(*drafts, *with_it, by=by)
        files.keep(last.operation, [draft.id for draft in with_it], attached)
    return receipts[: len(drafts)]
