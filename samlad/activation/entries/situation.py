"""Mode and levels, and what is left to do when the operation ends."""

from typing import Literal

import msgspec

from samlad.journal.kinds import Kind, Moment

Mode = Literal["ordinary", "activated"]
Readiness = Literal["normal", "skarpt", "hogsta"]
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


class OwnModeSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """In an exercise, an actor set its own mode: in its own word, none for its ordinary mode; from when it holds.

    Beside exercises an actor's mode belongs to no operation, and is in a table.
    """

    mode: str
    since: Moment
    reason: str


class NationalStateSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """In an exercise, the national state that is played. Beside exercises it is in a table."""

    state: Readiness
    since: Moment
    reason: str
    source: str = ""


class Reminded(msgspec.Struct, frozen=True):
    """Those who had not reported to the weekly conference were reminded, by e-mail."""

    actors: tuple[str, ...]


KINDS = (
    Kind(
        payload=OwnModeSet,
        name="activation.own_mode_set",
        shown="activation/entries/own_mode_set.html",
        seen_by="All participants and observers.",
        shreds="The reason, if it names a person.",
        texts=("reason",),
    ),
    Kind(
        payload=NationalStateSet,
        name="activation.national_state_set",
        shown="activation/entries/national_state_set.html",
        seen_by="All participants and observers.",
        shreds="The reason, if it names a person.",
        texts=("reason",),
    ),
    Kind(
        payload=Reminded,
        name="activation.reminded",
        shown="activation/entries/reminded.html",
        seen_by="All participants and observers: who has not reported is for everyone.",
        shreds="Nothing: it holds names of authorities, not of people.",
    ),
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
