"""Who has been called, who has answered and what, and in which mode and on which levels the actors work."""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.activation.entries import Acknowledged, Affected, LevelsSet, Mode, Raised
from samlad.activation.entries.calling import Answered, CalledByHand, CalledOut
from samlad.activation.entries.trigger import AlsoRaised, Assessed
from samlad.journal.entries import Entry, Opened


class Trigger(msgspec.Struct, frozen=True):
    """The press of the green button."""

    id: UUID
    what: str
    where: str
    areas: tuple[str, ...]
    actor: str
    role: str
    at: datetime


class Answer(msgspec.Struct, frozen=True):
    """An actor's latest acknowledgement, and when it was first reached."""

    affected: Affected
    note: str
    role: str
    first_at: datetime
    at: datetime
    attends: str = ""
    way: str = "page"
    option: str = ""


class Activation(msgspec.Struct, frozen=True):
    """The state of grundförmåga 1 in an operation."""

    trigger: Trigger | None = None
    answers: dict[str, Answer] = {}
    called: dict[str, datetime] = {}  # since when actors are called, where that was decided: not by the alarm alone
    mode: Mode = "ordinary"
    levels: tuple[str, ...] = ()
    levels_reason: str = ""
    levels_actor: str = ""
    levels_at: datetime | None = None
    levels_id: UUID | None = None  # the entry that set mode and levels, and its place
    levels_seq: int = 0
    also_raised: dict[str, datetime] = {}  # actors that raised it too, or assessed it: reached by that, and when first
    by_hand: dict[str, datetime] = {}  # actors that somebody got hold of by telephone, and when first

    def calls(self, actor: str) -> bool:
        """Whether an actor is asked to answer: all are by the alarm alone, until it has been decided who is called."""
        return self.rings and (actor in self.called or not self.called)

    @property
    def rings(self) -> bool:
        """Whether anybody has been called at all: by an alarm or a call-out. What is opened by itself calls nobody."""
        return self.trigger is not None or bool(self.called)

    def reached_at(self, actor: str) -> datetime | None:
        """When an actor was first known to be reached: by its answer, or because it raised the alarm itself."""
        if self.trigger is not None and self.trigger.actor == actor:
            return self.trigger.at
        answer = self.answers.get(actor)
        found = (answer and answer.first_at, self.also_raised.get(actor), self.by_hand.get(actor))
        return min((at for at in found if at), default=None)


def apply(state: Activation, entry: Entry) -> Activation:
    """The state after one more entry."""
    match entry.payload:
        case Opened() as opened:
            activated = opened.operation_kind != "ordinary"
            return msgspec.structs.replace(
                state,
                mode="activated" if activated else "ordinary",
                levels=("samordnande",) if activated else (),
                levels_at=entry.occurred_at,
                levels_actor=entry.actor,
                levels_id=entry.id,
                levels_seq=entry.seq,
            )
        case LevelsSet() as set_:
            return msgspec.structs.replace(
                state,
                mode=set_.mode,
                levels=set_.levels,
                levels_reason=set_.reason,
                levels_actor=entry.actor,
                levels_at=entry.occurred_at,
                levels_id=entry.id,
                levels_seq=entry.seq,
            )
        case _:
            return _reached(state, entry)


def _reached(state: Activation, entry: Entry) -> Activation:
    """What tells that an actor is reached: it raised the alarm, assessed it, or answered."""
    match entry.payload:
        case Raised() as raised:
            if state.trigger is not None:
                return state
            trigger = Trigger(
                entry.id, raised.what, raised.where, raised.areas, entry.actor, entry.role, entry.occurred_at
            )
            return msgspec.structs.replace(state, trigger=trigger)
        case AlsoRaised() | Assessed():
            first = state.also_raised.get(entry.actor, entry.occurred_at)
            return msgspec.structs.replace(state, also_raised={**state.also_raised, entry.actor: first})
        case Acknowledged() | Answered():
            return _answered(state, entry, entry.payload)
        case CalledByHand() as called:
            return _by_hand(state, entry, called)
        case CalledOut() as called if called.purpose != "assess":
            fresh = dict.fromkeys(called.actors, entry.occurred_at)
            return msgspec.structs.replace(state, called={**fresh, **state.called})
        case _:
            return state


def _answered(state: Activation, entry: Entry, told: Acknowledged | Answered) -> Activation:
    """An actor's answer replaces its earlier one; when it was first reached stays."""
    before = state.answers.get(entry.actor)
    first_at = before.first_at if before else entry.occurred_at
    answer = Answer(told.affected, told.note, entry.role, first_at, entry.occurred_at)
    if isinstance(told, Answered):
        answer = msgspec.structs.replace(answer, attends=told.attends, way=told.way, option=told.option)
    return msgspec.structs.replace(state, answers={**state.answers, entry.actor: answer})


def _by_hand(state: Activation, entry: Entry, called: CalledByHand) -> Activation:
    """Somebody got hold of an actor by telephone. What the actor has said itself is not replaced."""
    if not called.reached:
        return state
    state = msgspec.structs.replace(state, by_hand={called.actor: entry.occurred_at, **state.by_hand})
    if not called.affected or called.actor in state.answers:
        return state
    at = entry.occurred_at
    answer = Answer(called.affected, called.note, entry.role, at, at, called.attends, "by_hand")
    return msgspec.structs.replace(state, answers={**state.answers, called.actor: answer})
