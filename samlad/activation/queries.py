"""Reading the state of activation."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from samlad.activation.asked import calls_of
from samlad.activation.calling_fold import CallOut
from samlad.activation.entries import Affected, LevelsSet, Mode
from samlad.activation.fold import Activation, Trigger, apply
from samlad.activation.rules import can_acknowledge
from samlad.journal import read
from samlad.journal.entries import Opened, Participant
from samlad.journal.fold import Basics
from samlad.journal.folds import Fold, state
from samlad.journal.models import Operation
from samlad.journal.operations import readable
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.registers.queries import ActorView, AreaView

ACTIVATION = Fold("activation.4", Activation(), apply)
LEVELS_KINDS = frozenset({"journal.opened", "activation.levels_set"})


class Reach(msgspec.Struct, frozen=True):
    """How it stands with reaching one actor. `waiting` is minutes since the alarm, None once reached."""

    actor: str
    reached_at: datetime | None
    waiting: int | None
    affected: Affected | None
    note: str = ""


class Call(msgspec.Struct, frozen=True):
    """An operation that one's actor is called to and has not answered."""

    operation: Operation
    basics: Basics
    trigger: Trigger | None


class Setting(msgspec.Struct, frozen=True):
    """One setting of mode and levels, as the history shows it."""

    at: datetime
    actor: str
    mode: Mode
    levels: tuple[str, ...]
    reason: str


def activation(operation: UUID, who: Who, at: int | None = None) -> Activation:
    """Who is reached, the mode and the levels, now or at a position of the reader."""
    return state(ACTIVATION, operation, who, at)


def reach(state: Activation, basics: Basics, now: datetime) -> dict[str, Reach]:
    """For each participant, in their order: reached when, or waited for how long; `now` is the page's moment."""
    raised_at = state.trigger.at if state.trigger else basics.opened_at
    waiting = max(0, int((now - raised_at).total_seconds() // 60))
    return {code: _reach(code, state, waiting) for code in basics.participants}


def _reach(actor: str, state: Activation, waiting: int) -> Reach:
    at, answer = state.reached_at(actor), state.answers.get(actor)
    if answer is None:
        return Reach(actor, at, None if at else waiting, None)
    return Reach(actor, at, None, answer.affected, answer.note)


def calls_for(who: Who) -> list[Call]:
    """The open operations that the reader should answer for their actor and nobody there has, newest first."""
    calls = []
    for operation in readable(who).filter(closed_at=None):
        state = basics(operation.id, who)
        if state.replayed or not can_acknowledge(who, state):
            continue
        found = activation(operation.id, who)
        unanswered = found.reached_at(who.actor) is None and (who.actor in found.called or not found.called)
        if (unanswered and found.rings) or calls_of(operation.id, who).waiting(who.actor):
            calls.append(Call(operation, state, found.trigger))
    return calls


def asks(operation: UUID, who: Who) -> CallOut | None:
    """The latest call that asks the reader's actor something: one that waits for it, else one it has answered."""
    calls = calls_of(operation, who).calls.values()
    asking = [call for call in calls if who.actor in call.actors and call.called.purpose not in ("assess", "inform")]
    still = [call for call in asking if not call.withdrawn_at and call.actors[who.actor].reached_at is None]
    return next(iter((still or asking)[::-1]), None)


def ongoing(who: Who) -> list[tuple[UUID, str]]:
    """Id and title of the open operations that the reader takes part in, newest first; not those read in."""
    found = ((one.id, basics(one.id, who)) for one in readable(who).filter(closed_at=None))
    return [(id, state.title) for id, state in found if not state.replayed]


def settings(operation: UUID, who: Who, at: int | None = None) -> list[Setting]:
    """How mode and levels have been set, latest first."""
    found = []
    for _number, entry in read.entries(operation, who, until=at, kinds=LEVELS_KINDS):
        match entry.payload:
            case Opened():
                begun = apply(Activation(), entry)
                found.append(Setting(entry.occurred_at, entry.actor, begun.mode, begun.levels, ""))
            case LevelsSet() as set_:
                found.append(Setting(entry.occurred_at, entry.actor, set_.mode, set_.levels, set_.reason))
    return found[::-1]


def needs_left(operation: UUID, who: Who, basics: Basics) -> list[tuple[str, str, date]]:
    """What was left to do when the operation was stood down: what, whose (short name), until which day."""
    found = read.entries(operation, who, kinds=frozenset({"activation.needs_left_open"}))
    needs = [need for _number, entry in found if entry.payload for need in entry.payload.needs]
    return [(need.what, basics.short(need.owner), date.fromisoformat(need.due)) for need in needs]


def participants(parties: Iterable[ActorView]) -> tuple[Participant, ...]:
    """Parties as the participants of an operation, named as they are today."""
    return tuple(Participant(actor.code, actor.name, actor.short, actor.category, actor.area) for actor in parties)


def convening(parties: Iterable[ActorView]) -> str:
    """The code of the party that convenes the others; empty where the register names none."""
    return next((actor.code for actor in parties if actor.convening), "")


def areas_named(text: str, areas: Iterable[AreaView]) -> tuple[str, ...]:
    """The codes of the areas whose whole names stand in a text, in the order in which they stand there."""
    found = []
    for area in areas:
        if match := re.search(rf"(?<!\w){re.escape(area.name)}(?!\w)", text, re.IGNORECASE):
            found.append((match.start(), area.code))
    return tuple(code for _start, code in sorted(found))
