"""Reading the journal's own state: the basics of an operation, as rooms above start from it."""

from uuid import UUID

from samlad.journal import files_fold
from samlad.journal.files_fold import Attachments, Files
from samlad.journal.fold import Basics, apply
from samlad.journal.folds import Fold, state
from samlad.journal.who import Who

BASICS = Fold("journal.basics.1", Basics(), apply)
FILES = Fold("journal.files.1", Attachments(), files_fold.apply)


def basics(operation: UUID, who: Who, at: int | None = None) -> Basics:
    """What an operation is called, who takes part and whether it is open, now or at a position of the reader."""
    return state(BASICS, operation, who, at)


def attached(operation: UUID, who: Who, at: int | None = None) -> Files:
    """The files that a reader may read, by the entry that they go with."""
    return state(FILES, operation, who, at).of
