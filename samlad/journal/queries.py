"""Reading the journal's own state: the basics of an operation, as rooms above start from it."""

from uuid import UUID

from samlad.journal.fold import Basics, apply
from samlad.journal.folds import Fold, state
from samlad.journal.who import Who

BASICS = Fold("journal.basics.1", Basics(), apply)


def basics(operation: UUID, who: Who, at: int | None = None) -> Basics:
    """What an operation is called, who takes part and whether it is open, now or at a position of the reader."""
    return state(BASICS, operation, who, at)
