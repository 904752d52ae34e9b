"""What is done to a journal as a journal: shredding."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal import log, table
from samlad.journal.append import append, saving
from samlad.journal.entries import Draft, Receipt, Shredded
from samlad.journal.models import StoredEntry
from samlad.journal.store import lock_heads
from samlad.journal.who import Who

NEVER_SHREDDED = ("journal.opened", "journal.shredded")


def shred(*, by: Who, operation: UUID, entries: Collection[UUID], ground: str) -> Receipt:
    """Blank the payloads of entries for ever (gallring, GDPR art. 17) and tell it in the journal, in one transaction.

    Headers and digests stay, so the chain still verifies. Raises Refused without a ground, for an entry that is not
    there, and for those that tell what the operation is or that something was shredded; Unavailable as append does.
    """
    if not ground.strip():
        raise Refused(_("State the ground for shredding."), field="ground")
    with saving(), transaction.atomic():
        lock_heads([operation])
        rows = StoredEntry.objects.filter(operation_id=operation, entry_id__in=entries)
        if not entries or rows.exclude(kind__in=NEVER_SHREDDED).count() != len(set(entries)):
            raise Refused(_("Some of these entries are not there or cannot be shredded."))
        rows.update(payload=None)
        transaction.on_commit(lambda: gone(operation), robust=True)
        return append(Draft(operation, Shredded(tuple(entries), ground.strip())), by=by)[0]


def gone(operation: UUID) -> None:
    """After the commit: out of this process's memory, and off the disk as far as the program can see to it."""
    log.forget(operation)
    table.purge()
