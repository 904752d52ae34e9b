"""Reading the state of the picture."""

from uuid import UUID

from samlad.journal import read
from samlad.journal.fold import Basics
from samlad.journal.folds import Fold, state
from samlad.journal.operations import NotHere
from samlad.journal.who import Who
from samlad.picture.entries import ReportFiled
from samlad.picture.fold import Edition, Picture, Report, apply
from samlad.picture.history import Filed, history

PICTURE = Fold("picture.1", Picture(), apply)
REPORTS = frozenset({"picture.report_filed"})
READERS = frozenset({"journal.audience_widened", "journal.audience_narrowed"})


def picture(operation: UUID, who: Who, at: int | None = None) -> Picture:
    """Reports, working version and published pictures, now or at a position of the reader."""
    return state(PICTURE, operation, who, at)


def edition(operation: UUID, who: Who, number: int, at: int | None = None) -> Edition:
    """A published picture by its number. Raises NotHere."""
    for one in picture(operation, who, at).editions:
        if one.payload.number == number:
            return one
    raise NotHere


def reports(operation: UUID, who: Who, *, actor: str = "", at: int | None = None) -> list[Report]:
    """All reports, or those of one actor, oldest first."""
    found = []
    for _number, entry in read.entries(operation, who, until=at, kinds=REPORTS):
        if isinstance(entry.payload, ReportFiled) and actor in ("", entry.actor):
            found.append(
                Report(
                    entry.id,
                    entry.actor,
                    entry.payload,
                    entry.author,
                    entry.role,
                    entry.occurred_at,
                    entry.recorded_at,
                    entry.audience,
                )
            )
    return found


def all_reports(operation: UUID, who: Who, at: int | None = None) -> dict[UUID, Filed]:
    """All reports by id, oldest first, each with the one before it and its corrections."""
    return history(read.entries(operation, who, until=at, kinds=REPORTS | READERS))


def correction_of(operation: UUID, who: Who, report: UUID) -> UUID | None:
    """The id of the report that corrects this one; None while it stands."""
    for _number, entry in read.entries(operation, who, kinds=REPORTS):
        if report in entry.refs.corrects:
            return entry.id
    return None


def not_reported(state: Picture, basics: Basics) -> tuple[str, ...]:
    """Participants from whom nothing has come, own or conveyed, in the order they are listed."""
    return tuple(code for code in basics.participants if code not in state.reports)
