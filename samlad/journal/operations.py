"""Which operations there are for a reader. What one may not read does not exist: the answer is the same 404."""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from samlad.journal import table
from samlad.journal.models import Operation
from samlad.journal.who import READING_ROLES, SYSTEM, Who

# Asked by every page and every turn of a live page, so in plain SQL: a fifth of the time.
ONE: Final = (
    "SELECT operation.* FROM journal_operation operation WHERE operation.id = %s AND EXISTS (SELECT 1 FROM"
    " journal_participation taking_part WHERE taking_part.operation_id = operation.id AND taking_part.actor = %s)"
)


class NotHere(Http404):
    """There is nothing here for this reader."""


def readable(who: Who) -> QuerySet[Operation]:
    """The operations a reader may know of, newest first."""
    everything = Operation.objects.order_by("-opened_at", "id")
    if who == SYSTEM:
        return everything
    if not who.actor or not who.roles & READING_ROLES:
        return everything.none()
    return everything.filter(Q(participations__actor=who.actor))


def get(operation: UUID, who: Who) -> Operation:
    """One operation. Raises NotHere when it is not there, or not for this reader."""
    if who == SYSTEM:
        found = Operation.objects.filter(id=operation).first()
    elif who.actor and who.roles & READING_ROLES:
        found = next(iter(Operation.objects.raw(ONE, [table.for_database(operation), who.actor])), None)
    else:
        found = None
    if found is None:
        raise NotHere
    return found
