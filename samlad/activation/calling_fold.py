"""Every call of an operation: whom it calls, who was tried and how it went, who was reached by what. No Django here."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from samlad.activation.entries.calling import (
    Acknowledged,
    Answered,
    AnswerNoted,
    CalledByHand,
    CalledOut,
    CallingTold,
    CallResent,
    CallWithdrawn,
    Line,
    StandInNamed,
)
from samlad.journal.entries import Entry

STEPS = frozenset({"again", "deputies", "everyone", "by_hand"})


class Tried(msgspec.Struct, frozen=True):
    """A message that was handed to a gateway for somebody, or (with `trouble`) could not be."""

    at: datetime
    person: str
    role: str
    channel: str
    trouble: str = ""


class HandCall(msgspec.Struct, frozen=True):
    """Somebody telephoned the actor: whether they got hold of anybody, and of whom."""

    at: datetime
    by: str
    reached: bool
    spoke_with: str
    note: str


class Reply(msgspec.Struct, frozen=True):
    """An actor's latest answer to a call: by which way, from whom (a key), in which roles."""

    at: datetime
    way: str
    person: str
    role: str
    affected: str = ""
    attends: str = ""
    option: str = ""
    note: str = ""


class Noted(msgspec.Struct, frozen=True):
    """An answer that changed nothing, and why."""

    at: datetime
    why: str
    way: str
    person: str
    text: str


class ActorCall(msgspec.Struct, frozen=True):
    """One actor in a call. `reached_at`: when it was first known to be; `step`: how far up its ladder the call is."""

    reached_at: datetime | None = None
    reply: Reply | None = None
    step: str = ""
    tried: tuple[Tried, ...] = ()
    by_hand: tuple[HandCall, ...] = ()
    stand_ins: tuple[StandInNamed, ...] = ()
    noted: tuple[Noted, ...] = ()
    resent_at: datetime | None = None
    withdrawn: bool = False


class CallOut(msgspec.Struct, frozen=True):
    """One call: what was asked, when and by whom, and how it stands with each actor."""

    id: UUID
    called: CalledOut
    at: datetime
    by: str
    actors: dict[str, ActorCall]
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


class Calling(msgspec.Struct, frozen=True):
    """The calls of an operation, in the order in which they were made."""

    calls: dict[UUID, CallOut] = {}

    def waiting(self, actor: str) -> tuple[CallOut, ...]:
        """The calls that want something of an actor and have not been answered."""
        return tuple(
            call
            for call in self.calls.values()
            if not call.withdrawn_at
            and call.called.purpose != "inform"
            and (one := call.actors.get(actor)) is not None
            and one.reached_at is None
            and not one.withdrawn
        )


Change = Callable[[ActorCall], ActorCall]


def apply(state: Calling, entry: Entry) -> Calling:
    """The state after one more entry."""
    match entry.payload:
        case CalledOut() as called:
            actors = dict.fromkeys(called.actors, ActorCall())
            call = CallOut(entry.id, called, entry.occurred_at, entry.actor, actors)
            return Calling({**state.calls, entry.id: call})
        case CallingTold() as told:
            return _told(state, told)
        case CallResent() as resent:
            return _change(state, resent.call, resent.actors, lambda one: _with(one, resent_at=entry.occurred_at))
        case CallWithdrawn() as withdrawn:
            return _withdrawn(state, withdrawn, entry.occurred_at)
        case _:
            return _from_actors(state, entry)


def _from_actors(state: Calling, entry: Entry) -> Calling:
    """What comes from the actors: answers, and what was done for one of them."""
    match entry.payload:
        case Acknowledged() as told:
            return _answered(state, entry, None, Reply(*_from(entry, "page"), told.affected, note=told.note))
        case Answered() as told:
            reply = Reply(*_from(entry, told.way), told.affected, told.attends, told.option, told.note)
            return _answered(state, entry, told.call, reply)
        case None if entry.kind == "activation.acknowledged":  # shredded: that there was an answer is not
            return _answered(state, entry, None, Reply(*_from(entry, "")))
        case AnswerNoted() as told:
            noted = Noted(entry.occurred_at, told.why, told.way, told.person, told.text)
            return _change(state, told.call, [told.actor], lambda one: _with(one, noted=(*one.noted, noted)))
        case StandInNamed() as named:
            return _change(state, named.call, [named.actor], lambda one: _with(one, stand_ins=(*one.stand_ins, named)))
        case CalledByHand() as called:
            return _change(state, called.call, [called.actor], lambda one: _by_hand(one, called, entry))
        case _:
            return state


def _from(entry: Entry, way: str) -> tuple[datetime, str, str, str]:
    return entry.occurred_at, way, entry.author, entry.role


def _with(one: ActorCall, **changes: object) -> ActorCall:
    return msgspec.structs.replace(one, **changes)


def _change(state: Calling, id: UUID, actors: Iterable[str], change: Change) -> Calling:
    """The same change for some actors of a call; of what this reader has not read nothing is known."""
    call = state.calls.get(id)
    if call is None:
        return state
    changed = {code: change(call.actors[code]) for code in actors if code in call.actors}
    after = msgspec.structs.replace(call, actors={**call.actors, **changed})
    return Calling({**state.calls, id: after})


def _answered(state: Calling, entry: Entry, call: UUID | None, reply: Reply) -> Calling:
    """An answer to one call, or to all that there are by then."""

    def answered(one: ActorCall) -> ActorCall:
        return _with(one, reply=reply, reached_at=one.reached_at or entry.occurred_at)

    for id, asked in state.calls.items():
        if call in (id, None) and not asked.withdrawn_at and asked.called.purpose != "assess":
            state = _change(state, id, [entry.actor], answered)
    return state


def _by_hand(one: ActorCall, called: CalledByHand, entry: Entry) -> ActorCall:
    """Somebody telephoned: who was got hold of is reached. What the actor answered itself stands."""
    call = HandCall(entry.occurred_at, entry.actor, called.reached, called.spoke_with, called.note)
    one = _with(one, by_hand=(*one.by_hand, call))
    if not called.reached:
        return one
    reply = Reply(*_from(entry, "by_hand"), called.affected, called.attends)
    return _with(one, reached_at=one.reached_at or entry.occurred_at, reply=one.reply or reply)


def _told(state: Calling, told: CallingTold) -> Calling:
    """What the program has done since the last time, actor by actor."""
    by_actor: dict[str, list[Line]] = {}
    for line in told.lines:
        by_actor.setdefault(line.actor, []).append(line)
    for actor, lines in by_actor.items():
        tried = tuple(
            Tried(line.at, line.person, line.role, line.channel, _trouble(line))
            for line in lines
            if line.what in ("handed", "failed")
        )
        step = next((line.what for line in reversed(lines) if line.what in STEPS), "")
        gone = any(line.what == "withdrawn" for line in lines)

        def change(one: ActorCall, tried=tried, step=step, gone=gone) -> ActorCall:  # type: ignore[no-untyped-def]
            return _with(one, tried=one.tried + tried, step=step or one.step, withdrawn=one.withdrawn or gone)

        state = _change(state, told.call, [actor], change)
    return state


def _trouble(line: Line) -> str:
    return (line.trouble or "other") if line.what == "failed" else ""


def _withdrawn(state: Calling, withdrawn: CallWithdrawn, at: datetime) -> Calling:
    """A call, or some of its actors, is no longer waited for."""
    call = state.calls.get(withdrawn.call)
    if call is None:
        return state
    if withdrawn.actors:
        return _change(state, withdrawn.call, withdrawn.actors, lambda one: _with(one, withdrawn=True))
    gone = msgspec.structs.replace(call, withdrawn_at=at, withdrawn_why=withdrawn.reason)
    return Calling({**state.calls, withdrawn.call: gone})
