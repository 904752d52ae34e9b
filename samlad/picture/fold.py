"""Who has reported what, what changed, and how far the samlad lägesbild has come."""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.journal.entries import ConsequenceTold, Entry, Marking, Narrowed, Widened
from samlad.journal.standing import Standing, changed
from samlad.picture.changes import Change, told_changes
from samlad.picture.entries import (
    AssessmentWritten,
    ClosingPublished,
    DeadlineSet,
    Published,
    ReportFiled,
    StatementDropped,
    StatementTaken,
    Status,
)


class Report(msgspec.Struct, frozen=True):
    """A report as pages show it."""

    id: UUID
    actor: str
    payload: ReportFiled
    author: str
    role: str
    filed_at: datetime  # as told by the device
    recorded_at: datetime
    audience: str  # who may read it now
    previous: UUID | None = None
    changes: tuple[Change, ...] = ()
    marking: Marking | None = None  # its texts are blank then


class Reported(msgspec.Struct, frozen=True):
    """What there is from one actor."""

    current: Report
    count: int = 1
    own_at: datetime | None = None  # when the actor itself first reported; None while others have conveyed it


class Taken(msgspec.Struct, frozen=True):
    """A statement of the working version."""

    id: UUID
    payload: StatementTaken
    author: str
    at: datetime


class Assessment(msgspec.Struct, frozen=True):
    """The overall assessment of the working version."""

    id: UUID
    seq: int
    payload: AssessmentWritten
    author: str
    at: datetime


class Edition(msgspec.Struct, frozen=True):
    """A published picture."""

    id: UUID
    seq: int
    payload: Published
    author: str
    actor: str
    at: datetime
    closing: bool


class Deadline(msgspec.Struct, frozen=True):
    """When the next reports are wanted."""

    at: datetime
    note: str = ""


class Told(msgspec.Struct, frozen=True):
    """What an actor has told those who may not read its report; `at` is when."""

    id: UUID
    actor: str
    text: str
    until: datetime | None
    at: datetime


class Picture(msgspec.Struct, frozen=True):
    """The state of grundförmåga 2 in an operation."""

    reports: dict[str, Reported] = {}
    deadline: Deadline | None = None
    statements: dict[UUID, Taken] = {}
    assessment: Assessment | None = None
    editions: tuple[Edition, ...] = ()
    lines: tuple[Told, ...] = ()

    @property
    def edition(self) -> Edition | None:
        """The latest published picture."""
        return self.editions[-1] if self.editions else None

    def told(self, moment: datetime) -> tuple[Told, ...]:
        """The lines to those outside that hold at a moment, newest first; of a marked one there is no text to tell."""
        holding = (one for one in reversed(self.lines) if one.until is None or one.until > moment)
        return tuple(one for one in holding if one.text)

    def status(self, actor: str) -> Status | None:
        """An actor's overall status as last reported; None when nothing has come."""
        reported = self.reports.get(actor)
        return reported.current.payload.status if reported else None


def apply(state: Picture, entry: Entry) -> Picture:
    """The state after one more entry."""
    replace = msgspec.structs.replace
    match entry.payload:
        case ReportFiled() as filed:
            return replace(state, reports={**state.reports, entry.actor: reported(state, entry, filed)})
        case DeadlineSet() as set_:
            return replace(state, deadline=Deadline(set_.at, set_.note) if set_.at else None)
        case StatementTaken() as taken:
            statement = Taken(entry.id, taken, entry.author, entry.occurred_at)
            if not entry.refs.replaces:
                return replace(state, statements={**state.statements, entry.id: statement})
            # An edited statement keeps its place.
            kept = ((statement if id in entry.refs.replaces else one) for id, one in state.statements.items())
            return replace(state, statements={one.id: one for one in kept})
        case StatementDropped():
            kept_ones = {id: one for id, one in state.statements.items() if id not in entry.refs.replaces}
            return replace(state, statements=kept_ones)
        case AssessmentWritten() as written:
            assessment = Assessment(entry.id, entry.seq, written, entry.author, entry.occurred_at)
            return replace(state, assessment=assessment)
        case Published() as published:
            closing = isinstance(published, ClosingPublished)
            edition = Edition(entry.id, entry.seq, published, entry.author, entry.actor, entry.occurred_at, closing)
            return replace(state, editions=(*state.editions, edition))
        case ConsequenceTold() as line:
            told = Told(entry.id, entry.actor, line.text, line.until, entry.occurred_at)
            others = tuple(one for one in state.lines if one.id not in entry.refs.corrects)
            return replace(state, lines=(*others, told))
        case Widened() | Narrowed():
            return replace(state, reports=with_readers(state, entry))
        case _:
            return state


def with_readers(state: Picture, change: Entry) -> dict[str, Reported]:
    """The reports after a change of who may read one of them."""
    for actor, it in state.reports.items():
        if it.current.id == change.payload.entry:
            after = changed(change, Standing(it.current.audience, None))
            if after is None:
                break
            current = msgspec.structs.replace(it.current, audience=after.audience)
            return {**state.reports, actor: msgspec.structs.replace(it, current=current)}
    return state.reports


def reported(state: Picture, entry: Entry, filed: ReportFiled) -> Reported:
    """What there is from an actor after one more report.

    The current one is the latest by the moment it describes: a report that comes late does not hide a newer one. A
    correction takes the place of what it corrects.
    """
    before = state.reports.get(entry.actor)
    report = Report(
        entry.id, entry.actor, filed, entry.author, entry.role, entry.occurred_at, entry.recorded_at, entry.audience,
        marking=entry.marking,
    )  # fmt: skip
    own_at = None if filed.conveyed_by else entry.occurred_at
    if before is None:
        return Reported(report, own_at=own_at)
    current, own_at = before.current, before.own_at or own_at
    since = told_changes(current.payload, filed, bool(current.marking or entry.marking))
    if current.id in entry.refs.corrects:
        corrected = msgspec.structs.replace(report, previous=current.previous, changes=since)
        return Reported(corrected, before.count, own_at)
    if entry.refs.corrects:  # of an earlier report than the current one: nothing new has been told
        return Reported(current, before.count, own_at)
    if filed.as_of < current.payload.as_of:
        return Reported(current, before.count + 1, own_at)
    newer = msgspec.structs.replace(report, previous=current.id, changes=since)
    return Reported(newer, before.count + 1, own_at)
