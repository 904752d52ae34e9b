"""Reading the state of activation."""

from uuid import UUID

from samlad.activation.fold import Activation, apply
from samlad.journal.folds import Fold, state
from samlad.journal.who import Who

ACTIVATION = Fold("activation.1", Activation(), apply)


def activation(operation: UUID, who: Who, at: int | None = None) -> Activation:
    """Who is reached, the mode and the levels, now or at a position of the reader."""
    return state(ACTIVATION, operation, who, at)
