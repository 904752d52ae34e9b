"""What other pages show about the picture, as typed rows: one for each participant."""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.journal.fold import Basics
from samlad.picture.entries import Status
from samlad.picture.fold import Picture
from samlad.picture.wording import short


class ActorRow(msgspec.Struct, frozen=True):
    """One participant's latest report. `status` and the rest are empty while nothing has come."""

    actor: str
    name: str
    status: Status | None = None
    as_of: datetime | None = None
    changes: str = ""
    unchanged: bool = False
    conveyor: str = ""  # short name of the actor that conveyed it; empty for its own statement
    report: UUID | None = None


def actor_rows(state: Picture, basics: Basics, limit: int = 2) -> list[ActorRow]:
    """A row for each participant, in their order, with at most `limit` changes told, in the active language."""
    return [actor_row(state, basics, code, limit) for code in basics.participants]


def actor_row(state: Picture, basics: Basics, actor: str, limit: int = 2) -> ActorRow:
    """One participant's row."""
    reported = state.reports.get(actor)
    if reported is None:
        return ActorRow(actor, basics.short(actor))
    report = reported.current
    told = report.payload
    return ActorRow(
        actor,
        basics.short(actor),
        told.status,
        told.as_of,
        short(report.changes, limit),
        told.unchanged,
        basics.short(told.conveyed_by) if told.conveyed_by else "",
        report.id,
    )
