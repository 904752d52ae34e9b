"""For whom a version is in force. Each actor's own decision tells that, which is another part's to know (adoption);
`web/wiring.py` says who is asked, so that this part need not know it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

Bound = Callable[[UUID, date, date | None], Mapping[str, date]]
"""From a version's id, the day asked about, and the day up to which records count: actors and since when."""
ASKED: Final[list[Bound]] = []


def ask(tells: Bound) -> None:
    """Make known who tells. Twice is as once."""
    if tells not in ASKED:
        ASKED.append(tells)


def bound(version: UUID, day: date, on: date | None) -> dict[str, date]:
    """The actors that a version binds on a day by decisions of their own, each with the day from which."""
    return {actor: since for tells in ASKED for actor, since in tells(version, day, on).items()}
