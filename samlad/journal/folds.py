"""States: what a reader's entries add up to, kept in memory and brought up to date by the entries after them.

States are immutable, so the one in the cache can be handed out to any thread, and the one of an hour ago costs nothing
to keep: every STRIDE entries one is kept, and any earlier moment is at most STRIDE entries away from one.
"""

import gc
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from samlad.journal.entries import Entry
from samlad.journal.log import View, view
from samlad.journal.who import Who

State = TypeVar("State")
STRIDE: Final = 500


class Fold(Generic[State]):
    """How entries add up: from `empty` one `apply` at a time. `apply` is pure; `name` changes when its meaning does."""

    def __init__(self, name: str, empty: State, apply: Callable[[State, Entry], State]) -> None:
        self.name = name
        self.empty = empty
        self.apply = apply


class Folded:
    """The states of one fold over one view: the newest, and one every STRIDE entries."""

    def __init__(self, empty: Any) -> None:
        self.position = 0
        self.newest = empty
        self.kept: list[Any] = [empty]

    def copy(self) -> "Folded":
        """The same states for another view, which goes on by itself."""
        other = Folded(self.kept[0])
        other.position, other.newest, other.kept = self.position, self.newest, list(self.kept)
        return other


def state(fold: Fold[State], operation: UUID, who: Who, at: int | None = None) -> State:
    """The state of an operation for a reader, now or at an earlier position of theirs."""
    seen = view(operation, who)
    with seen.lock:
        folded = seen.folded.get(fold.name)
        if folded is None:
            folded = seen.folded[fold.name] = Folded(fold.empty)
        _bring_up_to_date(fold, folded, seen)
        if at is None or at >= folded.position:
            newest: State = folded.newest
            return newest
        at = max(at, 0)
        earlier: State = folded.kept[at // STRIDE]
        for entry in seen.entries[at // STRIDE * STRIDE : at]:
            earlier = fold.apply(earlier, entry)
        return earlier


def _bring_up_to_date(fold: Fold[State], folded: Folded, seen: View) -> None:
    behind = len(seen.entries) - folded.position
    if not behind:
        return
    # The collector would go through a growing heap again and again and find nothing: states are plain trees.
    pause = behind > STRIDE and gc.isenabled()
    if pause:
        gc.disable()
    try:
        newest, apply, kept = folded.newest, fold.apply, []
        for number, entry in enumerate(seen.entries[folded.position :], folded.position + 1):
            newest = apply(newest, entry)
            if number % STRIDE == 0:
                kept.append(newest)
        folded.kept += kept  # only now: had apply failed half-way, nothing would be remembered
        folded.newest, folded.position = newest, len(seen.entries)
    finally:
        if pause:
            gc.enable()
