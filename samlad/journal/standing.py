"""What stands for an entry: who may read it and how it is marked, after the entries that changed it. Pure.

A change counts only where it is addressed to exactly those whom it concerns, and does what its kind says: a widening
to the new audience, which holds the old one; a narrowing or a marking to those who could read the entry until then.
So whoever may read an entry has also read every change that it has gone through since they got it, and nobody else.
"""

from typing import Final
from uuid import UUID

import msgspec

from samlad.journal.audience import holds
from samlad.journal.entries import Entry, Marking, MarkingChanged, Narrowed, Widened

CHANGING: Final = frozenset({"journal.audience_widened", "journal.audience_narrowed", "journal.marking_changed"})
FIXED: Final = CHANGING | {"journal.opened", "journal.closed", "journal.shredded"}
"""Kinds whose readers never change: what the operation is, and the record of changes itself."""


class Standing(msgspec.Struct, frozen=True):
    """Who may read an entry now (a stored audience), and how it is marked."""

    audience: str
    marking: Marking | None


class Change(msgspec.Struct, frozen=True):
    """That what stands for the entry at an index of the log became something else."""

    place: int
    standing: Standing


class Changes:
    """All changes of an operation that count, by the index of the entry that made them."""

    def __init__(self) -> None:
        self.made: dict[int, Change] = {}
        self.standing: dict[int, Standing] = {}  # of those entries that something has been changed for
        self.places: dict[UUID, int] = {}  # where each entry stands; filled when it is first asked for
        self.placed = 0

    def take(self, entries: list[Entry], index: int) -> Change | None:
        """The change that an entry of a kind in CHANGING makes; None where it does not count."""
        entry = entries[index]
        if entry.payload is None:
            return None
        place = self._place(entries, entry.payload.entry, index)
        if place is None or entries[place].kind in FIXED:
            return None
        before = self.standing.get(place) or Standing(entries[place].audience, entries[place].marking)
        after = changed(entry, before)
        if after is None:
            return None
        self.standing[place] = after
        change = self.made[index] = Change(place, after)
        return change

    def of(self, entries: list[Entry], id: UUID) -> Standing | None:
        """What stands for an entry now; None where there is no such entry."""
        place = self._place(entries, id, len(entries))
        if place is None:
            return None
        return self.standing.get(place) or Standing(entries[place].audience, entries[place].marking)

    def _place(self, entries: list[Entry], id: UUID, before: int) -> int | None:
        for index in range(self.placed, before):
            self.places[entries[index].id] = index
        self.placed = max(self.placed, before)
        place = self.places.get(id)
        return place if place is not None and place < before else None


def changed(entry: Entry, before: Standing) -> Standing | None:
    """What stands after an entry that changes it; None where the entry does not count."""
    match entry.payload:
        case Widened(audience=audience) if entry.audience == audience != before.audience:
            return Standing(audience, before.marking) if holds(audience, before.audience) else None
        case Narrowed(audience=audience) if entry.audience == before.audience != audience:
            return Standing(audience, before.marking) if holds(before.audience, audience) else None
        case MarkingChanged(marking=marking) if entry.audience == before.audience:
            return Standing(before.audience, marking)
    return None
