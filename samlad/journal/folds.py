"""States: what a reader's entries add up to, kept in memory and brought up to date by the entries after them.

States are immutable, so the one in the cache can be handed out to any thread, and the one of an hour ago costs nothing
to keep: every STRIDE entries one is kept, and any earlier moment is at most STRIDE entries away from one.

What is folded is the view's `order`. A state at a position from before something came late is folded from what the
reader had then, in that order; it is computed when somebody asks for it.
"""

import gc
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from samlad.journal.entries import Entry
from samlad.journal.log import view
from samlad.journal.view import View
from samlad.journal.who import Who

State = TypeVar("State")
STRIDE: Final = 500
EPOCHS: Final = 4  # how many times between late arrivals are kept, of each fold


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
        self.epochs: dict[int, list[Any]] = {}  # how many had come late -> the states until the next did

    def copy(self) -> "Folded":
        """The same states for another view, which goes on by itself."""
        other = Folded(self.kept[0])
        other.position, other.newest, other.kept = self.position, self.newest, list(self.kept)
        other.epochs = dict(self.epochs)
        return other

    def back_to(self, place: int, everywhere: bool) -> None:
        """Forget what was folded from a place in the order on; `everywhere`: an entry there is another than it was."""
        if everywhere:
            self.epochs.clear()
        if self.position > place:
            del self.kept[place // STRIDE + 1 :]
            self.position, self.newest = place // STRIDE * STRIDE, self.kept[-1]


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
        order, kept = seen.order, folded.kept
        if seen.late and at < seen.late[-1]:
            order, kept = _before_late(fold, folded, seen, bisect_right(seen.late, at))
        earlier: State = kept[at // STRIDE]
        for entry in order[at // STRIDE * STRIDE : at]:
            earlier = fold.apply(earlier, entry)
        return earlier


def _before_late(fold: Fold[Any], folded: Folded, seen: View, came: int) -> tuple[list[Entry], list[Any]]:
    """What the reader had after `came` late arrivals and before the next, in order, and its states."""
    start, end = seen.late[came - 1] if came else 0, seen.late[came] - 1
    order = sorted(seen.entries[:start], key=_seq) + seen.entries[start:end]
    if came not in folded.epochs:
        if len(folded.epochs) >= EPOCHS:
            del folded.epochs[next(iter(folded.epochs))]
        # Up to the first of those that came later, all is as it is now.
        same = min(bisect_left(seen.order, seen.entries[number - 1].seq, key=_seq) for number in seen.late[came:])
        kept = folded.kept[: same // STRIDE + 1]
        begun = (len(kept) - 1) * STRIDE
        folded.epochs[came] = kept + _fold(fold, kept[-1], order[begun:], begun)[0]
    return order, folded.epochs[came]


def _bring_up_to_date(fold: Fold[State], folded: Folded, seen: View) -> None:
    if folded.position == len(seen.order):
        return
    # Only now: had apply failed half-way, nothing would be remembered.
    kept, newest = _fold(fold, folded.newest, seen.order[folded.position :], folded.position)
    folded.kept += kept
    folded.newest, folded.position = newest, len(seen.order)


def _fold(fold: Fold[Any], state: Any, entries: list[Entry], begun: int) -> tuple[list[Any], Any]:
    """The states to keep, and the newest, after entries of which the first is number `begun` + 1 in its order."""
    # The collector would go through a growing heap again and again and find nothing: states are plain trees.
    pause = len(entries) > STRIDE and gc.isenabled()
    if pause:
        gc.disable()
    try:
        apply, kept = fold.apply, []
        for number, entry in enumerate(entries, begun + 1):
            state = apply(state, entry)
            if number % STRIDE == 0:
                kept.append(state)
        return kept, state
    finally:
        if pause:
            gc.enable()


def _seq(entry: Entry) -> int:
    return entry.seq
