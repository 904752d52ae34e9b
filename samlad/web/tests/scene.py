"""A small operation with the fixed cast in it, for the tests of pages that join rooms."""

from uuid import UUID

from samlad.activation.actions import raise_operation
from samlad.base.clock import now
from samlad.journal.entries import Participant
from samlad.journal.who import Who
from samlad.picture.actions import file_report
from samlad.picture.entries import ReportFiled
from samlad.registers.tests.cast import ACTORS, Cast

BOARD = "lansstyrelsen-stockholm"
PARTICIPANTS = [Participant(*actor) for actor in ACTORS]


def snow(cast: Cast, **changes: object) -> UUID:
    """The duty officer of Nacka raises the alarm for snow over the county, as an exercise."""
    told: dict[str, object] = {
        "what": "Snöoväder",
        "where": "hela länet",
        "kind": "exercise",
        "participants": PARTICIPANTS,
        "convening": BOARD,
    }
    return raise_operation(by=cast.duty_officer.who, **(told | changes))  # type: ignore[arg-type]


def report(
    by: Who, operation: UUID, status: str = "yellow", consequences: str = "Snö på vägarna.", **more: object
) -> UUID:
    """File a report for the author's actor; returns its id."""
    filed = ReportFiled(status=status, as_of=now(), consequences=consequences)  # type: ignore[arg-type]
    return file_report(by=by, operation=operation, report=filed, **more).id  # type: ignore[arg-type]
