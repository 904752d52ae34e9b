"""How far each actor has come with its action cards. Pure: no database, clock, settings or translation."""

from datetime import datetime

import msgspec

from samlad.activation.entries.cards import CardStarted, StepTicked
from samlad.journal.entries import Entry


class Tick(msgspec.Struct, frozen=True):
    """The latest that was said of a step: done or not, by whom, when."""

    done: bool
    author: str  # the key of a person
    role: str
    at: datetime
    note: str = ""


class Begun(msgspec.Struct, frozen=True):
    """A card that an actor works by, in the edition in which it was begun; the ticks of its steps by their numbers."""

    card: str
    edition: int
    title: str
    role: str
    actor: str
    at: datetime
    ticks: dict[int, Tick] = {}

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return sum(tick.done for tick in self.ticks.values())


class Cards(msgspec.Struct, frozen=True):
    """Every begun card, by actor and code."""

    begun: dict[tuple[str, str], Begun] = {}

    def of(self, actor: str) -> dict[str, Begun]:
        """An actor's begun cards, by code, in the order in which they were begun."""
        return {code: card for (whose, code), card in self.begun.items() if whose == actor}


def apply(state: Cards, entry: Entry) -> Cards:
    """The state after one more entry. A card is begun once: who begins it a second time joins."""
    match entry.payload:
        case CardStarted() as started:
            key = (entry.actor, started.card)
            if key in state.begun:
                return state
            begun = Begun(started.card, started.edition, started.title, started.role, entry.actor, entry.occurred_at)
        case StepTicked() as ticked:
            key = (entry.actor, ticked.card)
            before = state.begun.get(key)
            if before is None or before.edition != ticked.edition:
                return state
            tick = Tick(ticked.done, entry.author, entry.role, entry.occurred_at, ticked.note)
            begun = msgspec.structs.replace(before, ticks={**before.ticks, ticked.step: tick})
        case _:
            return state
    return Cards({**state.begun, key: begun})
