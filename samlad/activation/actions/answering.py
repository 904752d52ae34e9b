"""Answering a call."""

from datetime import datetime
from uuid import UUID

from samlad.activation.entries import Acknowledged, Affected
from samlad.activation.rules import check_can_acknowledge
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.append import append
from samlad.journal.entries import Draft, Receipt
from samlad.journal.queries import basics
from samlad.journal.who import Who


def acknowledge(
    *,
    by: Who,
    operation: UUID,
    affected: Affected,
    note: str = "",
    id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Receipt:
    """Answer the call for one's actor: reached, and affected, not affected or unclear. Raises Refused."""
    if not read.receipt(operation, by, id):  # what is sent again has been allowed once; append compares the content
        check_can_acknowledge(by, basics(operation, by))
    draft = Draft(operation, Acknowledged(affected, note.strip()), id=id or new_id(), occurred_at=occurred_at)
    return append(draft, by=by)[0]
