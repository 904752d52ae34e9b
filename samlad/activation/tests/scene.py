"""An alarm with the fixed cast, for the tests of this room."""

from uuid import UUID

from samlad.activation.actions import raise_operation, stand_down
from samlad.journal.entries import Participant
from samlad.registers.tests.cast import ACTORS, Cast

BOARD = "lansstyrelsen-stockholm"
PARTICIPANTS = [Participant(*actor) for actor in ACTORS]


def alarm(cast: Cast, **changes: object) -> UUID:
    """The duty officer of Nacka raises the alarm for snow over the county."""
    told: dict[str, object] = {
        "what": "Snöoväder",
        "where": "hela länet",
        "participants": PARTICIPANTS,
        "convening": BOARD,
    }
    return raise_operation(by=cast.duty_officer.who, **(told | changes))  # type: ignore[arg-type]


def close(cast: Cast, operation: UUID) -> None:
    """The coordinator closes it."""
    stand_down(by=cast.rsk.who, operation=operation, reason="Det är över.")
