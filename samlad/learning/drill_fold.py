"""What the entries of an operation say of a call: who was asked when, who answered when and how, what did not get
through. Pure. The same for test alarms and for calls in earnest; the report never mixes the two."""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.activation.entries.calling import Acknowledged, Answered, CalledOut, CallingTold
from samlad.journal.entries import Entry, Opened


class Given(msgspec.Struct, frozen=True):
    """An actor's first answer: when, by which way, in which role."""

    at: datetime
    way: str
    role: str


class Lost(msgspec.Struct, frozen=True):
    """A message that did not get through: to whom at an actor, on which channel, why."""

    actor: str
    person: str
    role: str
    channel: str
    trouble: str

    @property
    def dead(self) -> bool:
        """Whether the number or address itself is no good, and will not be the next time either."""
        return self.trouble in DEAD


DEAD = frozenset({"recipient", "no_address"})


class Called(msgspec.Struct, frozen=True):
    """The first call in an operation for which answers are counted, and what came of it."""

    title: str = ""
    replayed: bool = False  # then times are those told; else those at which the server had it, which no clock can bend
    id: UUID | None = None
    purpose: str = ""
    at: datetime | None = None
    actors: tuple[str, ...] = ()
    given: dict[str, Given] = {}
    lost: tuple[Lost, ...] = ()
    handed: frozenset[tuple[str, str]] = frozenset()  # (actor, channel) that something got through on
    closed_at: datetime | None = None


COUNTED = frozenset({"drill", "call_out"})


def apply(state: Called, entry: Entry) -> Called:
    """The state after one more entry."""
    at = entry.occurred_at if state.replayed else entry.recorded_at
    match entry.payload:
        case Opened() as opened:
            return msgspec.structs.replace(state, title=opened.title, replayed=opened.replayed)
        case CalledOut() as call if state.id is None and call.purpose in COUNTED:
            return msgspec.structs.replace(state, id=entry.id, purpose=call.purpose, at=at, actors=call.actors)
        case Acknowledged() | Answered():
            return _given(state, entry, at, getattr(entry.payload, "way", "page"))
        case None if entry.kind == "activation.acknowledged":  # its text has been shredded; that it came has not
            return _given(state, entry, at, "")
        case CallingTold() as told if told.call == state.id:
            return _told(state, told)
        case _ if entry.kind == "journal.closed":
            return msgspec.structs.replace(state, closed_at=at)
        case _:
            return state


def _given(state: Called, entry: Entry, at: datetime, way: str) -> Called:
    if state.id is None or entry.actor not in state.actors or entry.actor in state.given:
        return state
    return msgspec.structs.replace(state, given=state.given | {entry.actor: Given(at, way, entry.role)})


def _told(state: Called, told: CallingTold) -> Called:
    lost = [
        Lost(line.actor, line.person, line.role, line.channel, line.trouble)
        for line in told.lines
        if line.what == "failed"
    ]
    handed = {(line.actor, line.channel) for line in told.lines if line.what == "handed"}
    return msgspec.structs.replace(state, lost=tuple(dict.fromkeys((*state.lost, *lost))), handed=state.handed | handed)
