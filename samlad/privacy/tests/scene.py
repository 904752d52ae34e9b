"""An exercise that Nacka raised, for the tests of this room."""

from uuid import UUID

from samlad.activation.actions import raise_operation, stand_down
from samlad.base.clock import now
from samlad.journal.entries import ALL, Audience, Participant
from samlad.journal.who import Who
from samlad.picture.actions import file_report
from samlad.picture.entries import ReportFiled
from samlad.registers.tests.cast import ACTORS, Cast


def snow(cast: Cast) -> UUID:
    """Snow over the county."""
    participants = [Participant(*actor) for actor in ACTORS]
    board = "lansstyrelsen-stockholm"
    return raise_operation(
        by=cast.duty_officer.who,
        what="Snö",
        where="länet",
        kind="exercise",
        participants=participants,
        convening=board,
    )


def report(by: Who, operation: UUID, audience: Audience = ALL) -> UUID:
    """A report of the author's actor; returns its id."""
    filed = ReportFiled(status="yellow", as_of=now(), consequences="Snö på vägarna.")
    return file_report(by=by, operation=operation, report=filed, audience=audience).id


def close(cast: Cast, operation: UUID) -> None:
    """Stand down."""
    stand_down(by=cast.rsk.who, operation=operation, reason="Över.")
