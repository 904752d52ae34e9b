"""The first assessment and the call-outs: what was decided, when it was asked for again, whom it called. Pure."""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.activation.entries.calling import CalledOut, CallWithdrawn, Purpose
from samlad.activation.entries.trigger import AlsoRaised, Assessed, AssessmentAsked, Raised
from samlad.journal.entries import Entry


class Assessment(msgspec.Struct, frozen=True):
    """An assessment, and who made it when. `seq` is its place, for whoever makes the next."""

    id: UUID
    seq: int
    told: Assessed
    actor: str
    role: str
    at: datetime


class CallSummary(msgspec.Struct, frozen=True):
    """A call-out: whom it called to what, and whether it was withdrawn."""

    id: UUID
    purpose: Purpose
    actors: tuple[str, ...]
    subject: str
    actor: str
    at: datetime
    answer_by: datetime | None
    conference_at: datetime | None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


class Joined(msgspec.Struct, frozen=True):
    """Another alarm for the same matter."""

    actor: str
    what: str
    where: str
    at: datetime


class Assessing(msgspec.Struct, frozen=True):
    """The state of the assessment in an operation. `assessments` oldest first."""

    asked_at: datetime | None = None  # since when an assessment is waited for
    alert: UUID | None = None  # the alert by which it is asked for
    asked_again: tuple[tuple[datetime, str], ...] = ()
    assessments: tuple[Assessment, ...] = ()
    calls: tuple[CallSummary, ...] = ()
    joined: tuple[Joined, ...] = ()

    @property
    def latest(self) -> Assessment | None:
        """The assessment that holds."""
        return self.assessments[-1] if self.assessments else None

    @property
    def called(self) -> frozenset[str]:
        """Every actor that a call-out which was not withdrawn called."""
        calls = (one for one in self.calls if one.purpose == "call_out" and one.withdrawn_at is None)
        return frozenset(actor for one in calls for actor in one.actors)


def apply(state: Assessing, entry: Entry) -> Assessing:
    """The state after one more entry."""
    match entry.payload:
        case Raised() if state.asked_at is None:
            return msgspec.structs.replace(state, asked_at=entry.occurred_at, alert=entry.id)
        case AlsoRaised() as also:
            one = Joined(entry.actor, also.what, also.where, entry.occurred_at)
            return msgspec.structs.replace(state, joined=(*state.joined, one))
        case Assessed() as told:
            made = Assessment(entry.id, entry.seq, told, entry.actor, entry.role, entry.occurred_at)
            return msgspec.structs.replace(state, assessments=(*state.assessments, made))
        case AssessmentAsked() as asked:
            again = (*state.asked_again, (entry.occurred_at, asked.to))
            return msgspec.structs.replace(state, asked_again=again)
        case CalledOut() as told:
            call = CallSummary(
                entry.id, told.purpose, told.actors, told.subject, entry.actor, entry.occurred_at, told.answer_by,
                told.conference_at,
            )  # fmt: skip
            return msgspec.structs.replace(state, calls=(*state.calls, call))
        case CallWithdrawn(actors=()) as gone:
            calls = tuple(_withdrawn(one, gone, entry) for one in state.calls)
            return msgspec.structs.replace(state, calls=calls)
        case _:
            return state


def _withdrawn(call: CallSummary, gone: CallWithdrawn, entry: Entry) -> CallSummary:
    if call.id != gone.call:
        return call
    return msgspec.structs.replace(call, withdrawn_at=entry.occurred_at, withdrawn_why=gone.reason)
