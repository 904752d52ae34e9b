"""Which operations there are for a reader. What one may not read does not exist: the answer is the same 404."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from samlad.journal.models import Operation
from samlad.journal.who import READING_ROLES, SYSTEM, Who


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
    found = readable(who).filter(id=operation).first()
    if found is None:
        raise NotHere
    return found
