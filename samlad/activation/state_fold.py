"""Which modes and which national state are played in an exercise. Pure: no database, clock, settings or translation."""

from datetime import datetime

import msgspec

from samlad.activation.entries.situation import NationalStateSet, OwnModeSet
from samlad.journal.entries import Entry


class Played(msgspec.Struct, frozen=True):
    """Something that was set in an exercise, by whom and when."""

    what: str
    since: datetime
    reason: str
    actor: str
    author: str
    at: datetime
    source: str = ""


class States(msgspec.Struct, frozen=True):
    """All that was set, oldest first: each actor's own mode, and the national state."""

    modes: dict[str, tuple[Played, ...]] = {}
    national: tuple[Played, ...] = ()


def apply(state: States, entry: Entry) -> States:
    """The state after one more entry."""
    match entry.payload:
        case OwnModeSet() as told:
            played = Played(told.mode, told.since, told.reason, entry.actor, entry.author, entry.occurred_at)
            before = state.modes.get(entry.actor, ())
            return msgspec.structs.replace(state, modes={**state.modes, entry.actor: (*before, played)})
        case NationalStateSet() as told:
            played = Played(
                told.state, told.since, told.reason, entry.actor, entry.author, entry.occurred_at, told.source
            )
            return msgspec.structs.replace(state, national=(*state.national, played))
        case _:
            return state
