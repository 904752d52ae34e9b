"""What the program does with a week's conference, on behalf of the convening actor: opens it, notes who was reminded,
closes it. Every id follows from the week's operation, so that doing it again does nothing."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from samlad.activation.entries.situation import Reminded
from samlad.base.ids import follows
from samlad.journal.append import append
from samlad.journal.entries import Closed, Draft, Opened, Participant, Receipt
from samlad.journal.who import SYSTEM, Who


def program(convening: str) -> Who:
    """The program, when it does what the convening actor has decided once for every week."""
    return msgspec.structs.replace(SYSTEM, actor=convening)


def open_weekly(*, operation: UUID, title: str, participants: Sequence[Participant], convening: str) -> Receipt:
    """Open the ordinary operation of a week's conference. All participants are in it; nobody is alarmed."""
    opened = Opened(title, "ordinary", tuple(participants), convening=convening)
    return append(Draft(operation, opened, id=operation), by=program(convening))[0]


def note_reminded(*, operation: UUID, actors: Sequence[str], convening: str) -> Receipt:
    """Say in the journal who was reminded."""
    draft = Draft(operation, Reminded(tuple(actors)), id=follows(operation, "reminded"))
    return append(draft, by=program(convening))[0]


def close_weekly(*, operation: UUID, reason: str, convening: str) -> Receipt:
    """Close it."""
    draft = Draft(operation, Closed(reason), id=follows(operation, "closed"))
    return append(draft, by=program(convening))[0]
