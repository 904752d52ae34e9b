"""The reading log: who opened a marked entry, and who took entries out of the system. Ordinary reading is not logged.

It is written before anything is shown: where it can't be written, nothing is read.
"""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from samlad.base.clock import now
from samlad.journal.entries import Entry
from samlad.journal.models import Reading
from samlad.journal.rules import owner
from samlad.journal.who import Who

How = Literal["page", "file", "export"]


def note(by: Who, entries: Iterable[Entry], how: How) -> None:
    """Log that somebody reads these: a row for each that is marked, and for an export one more, in one statement.

    `page`: opened on a page; `file`: its file was fetched; `export`: taken out, as JSON or as a document. Raises
    OperationalError where it can't be written: the answer is then 503, and nothing has been shown.
    """
    read = list(entries)
    if not read:
        return
    at, role = now(), ",".join(sorted(by.roles))
    whom = {"operation_id": read[0].operation, "person": by.person, "actor": by.actor, "role": role, "at": at}
    rows = [
        Reading(entry_id=entry.id, how=how, owners=listed([owner(entry)]), **whom) for entry in read if entry.marking
    ]
    if how == "export":
        rows.append(Reading(entry_id=None, how=how, owners=listed(map(owner, read)), **whom))
    if rows:
        Reading.objects.bulk_create(rows)


def of(operation: UUID, *entries: UUID) -> QuerySet[Reading]:
    """Who has opened an entry, or one of several, newest first. For the actor that stands behind it."""
    return Reading.objects.filter(operation_id=operation, entry_id__in=entries).order_by("-at", "-pk")


def of_actor(operation: UUID, actor: str) -> QuerySet[Reading]:
    """All readings of what an actor stands behind, and what its own people took out, newest first."""
    own = Q(owners__contains=f",{actor},") | Q(actor=actor, entry_id=None)
    return Reading.objects.filter(own, operation_id=operation).order_by("-at", "-pk")


def listed(owners: Iterable[str]) -> str:
    """Actors in one text, each between commas."""
    return "," + ",".join(sorted(set(owners))) + ","
