"""The basics of any operation: what it is called, who takes part, whether it is open."""

from datetime import UTC, datetime

import msgspec

from samlad.journal.entries import Closed, Entry, Opened, Participant

NEVER = datetime(1, 1, 1, tzinfo=UTC)


class Basics(msgspec.Struct, frozen=True):
    """The state that every page of an operation starts from."""

    title: str = ""
    kind: str = ""
    replayed: bool = False
    participants: dict[str, Participant] = {}
    observers: tuple[str, ...] = ()
    convening: str = ""
    opened_at: datetime = NEVER
    closed_at: datetime | None = None
    closed_reason: str = ""
    closed_by: str = ""
    latest_at: datetime = NEVER  # the latest time told by any device: the clock of a replayed operation

    @property
    def exercise(self) -> bool:
        """Whether all of it is an exercise and must be marked as one."""
        return self.kind == "exercise"

    def name(self, actor: str) -> str:
        """An actor's name as it was when the operation opened; its code when it was not a participant."""
        participant = self.participants.get(actor)
        return participant.name if participant else actor

    def short(self, actor: str) -> str:
        """An actor's short name."""
        participant = self.participants.get(actor)
        return participant.short if participant else actor

    def now(self, clock: datetime) -> datetime:
        """What time it is in the operation: the clock's, or for what was replayed that of its latest entry."""
        return self.latest_at if self.replayed else clock


def apply(state: Basics, entry: Entry) -> Basics:
    """The basics after one more entry."""
    latest = max(state.latest_at, entry.occurred_at)
    match entry.payload:
        case Opened() as opened:
            return Basics(
                title=opened.title,
                kind=opened.operation_kind,
                replayed=opened.replayed,
                participants={participant.code: participant for participant in opened.participants},
                observers=opened.observers,
                convening=opened.convening,
                opened_at=entry.occurred_at,
                latest_at=latest,
            )
        case Closed() as closed:
            return msgspec.structs.replace(
                state, closed_at=entry.recorded_at, closed_reason=closed.reason, closed_by=entry.actor, latest_at=latest
            )
        case None if entry.kind == "journal.closed":  # its reason has been shredded; that it closed has not
            return msgspec.structs.replace(
                state, closed_at=entry.recorded_at, closed_reason="", closed_by=entry.actor, latest_at=latest
            )
        case _:
            return state if latest == state.latest_at else msgspec.structs.replace(state, latest_at=latest)
