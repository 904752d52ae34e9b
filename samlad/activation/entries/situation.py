"""Mode and levels, and what is left to do when the operation ends."""

from typing import Literal

import msgspec

from samlad.journal.kinds import Kind

Mode = Literal["ordinary", "activated"]
LEVELS = ("inriktande", "samordnande", "verkställande")


class LevelsSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """The mode, and the levels that now work together (several at once; domain, 1.2), with a reason."""

    mode: Mode
    levels: tuple[str, ...]
    reason: str = ""


class OpenNeed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that is still to be done: what, which actor owns it, until which day (ISO 8601)."""

    what: str
    owner: str
    due: str = ""


class NeedsLeftOpen(msgspec.Struct, frozen=True):
    """What is still to be done when the operation is stood down, each with an owner and a day."""

    needs: tuple[OpenNeed, ...]


KINDS = (
    Kind(
        payload=LevelsSet,
        name="activation.levels_set",
        shown="activation/entries/levels_set.html",
        seen_by="All participants and observers.",
        shreds="The reason, if it names a person.",
        texts=("reason",),
    ),
    Kind(
        payload=NeedsLeftOpen,
        name="activation.needs_left_open",
        shown="activation/entries/needs_left_open.html",
        seen_by="All participants and observers.",
        shreds="What is to be done, if it names a person.",
        texts=("needs",),
    ),
)
