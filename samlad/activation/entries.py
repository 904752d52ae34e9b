"""What is entered in the journal when actors are called together."""

from typing import Literal

import msgspec

from samlad.journal.kinds import Kind

Affected = Literal["yes", "no", "unclear"]
Mode = Literal["ordinary", "activated"]
LEVELS = ("inriktande", "samordnande", "verkställande")


class Raised(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody pressed the green button: what has happened or is about to, and where."""

    what: str
    where: str
    areas: tuple[str, ...] = ()  # SCB codes, where the place could be told as such


class Acknowledged(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor has been reached, and says whether it is affected. A later answer replaces an earlier one."""

    affected: Affected
    note: str = ""


class LevelsSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """The mode, and the levels that now work together (several at once; domain, 1.2), with a reason."""

    mode: Mode
    levels: tuple[str, ...]
    reason: str = ""


KINDS = (
    Kind(
        payload=Raised,
        name="activation.raised",
        shown="activation/entries/raised.html",
        seen_by="All participants and observers.",
        shreds="What and where, if they name a person.",
    ),
    Kind(
        payload=Acknowledged,
        name="activation.acknowledged",
        shown="activation/entries/acknowledged.html",
        seen_by="All participants and observers: who is reached is for everyone.",
        shreds="The note, if it names a person.",
        texts=("note",),
    ),
    Kind(
        payload=LevelsSet,
        name="activation.levels_set",
        shown="activation/entries/levels_set.html",
        seen_by="All participants and observers.",
        shreds="The reason, if it names a person.",
        texts=("reason",),
    ),
)
