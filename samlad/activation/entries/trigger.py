"""The press of the green button, and what the first assessment came to."""

from typing import Literal

import msgspec

from samlad.journal.kinds import Kind, Moment

Outcome = Literal["none", "inform", "conference", "conference_both", "staff"]
Verified = Literal["yes", "no", "unclear"]
Severity = Literal["minor", "serious", "very_serious", "unclear"]
Spread = Literal["local", "several", "county", "national", "unclear"]
Pressure = Literal["minutes", "hours", "days", "unclear"]
OUTCOMES: tuple[Outcome, ...] = ("none", "inform", "conference", "conference_both", "staff")


class Raised(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody pressed the green button: what has happened or is about to, and where."""

    what: str
    where: str
    areas: tuple[str, ...] = ()  # SCB codes, where the place could be told as such


class AlsoRaised(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody else pressed the button for what is the same matter, and joined this operation."""

    what: str
    where: str
    way: Literal["page", "sms", "webhook"] = "page"
    source: str = ""  # which system or number, where it did not come from a page


class Assessed(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first assessment: what is known, how bad, how far, how soon, whom it concerns, and what is done about it.

    A later one replaces an earlier. `concerns` are codes of actors; `secrecy`: parts of it may not be told to all.
    """

    outcome: Outcome
    verified: Verified = "unclear"
    severity: Severity = "unclear"
    spread: Spread = "unclear"
    pressure: Pressure = "unclear"
    concerns: tuple[str, ...] = ()
    secrecy: bool = False
    grounds: str = ""
    conference_at: Moment | None = None


class AssessmentAsked(msgspec.Struct, frozen=True, omit_defaults=True):
    """Nobody had assessed in time: the program asked again, or turned to the deputies."""

    to: Literal["again", "deputies"]
    minutes: int


KINDS = (
    Kind(
        payload=Raised,
        name="activation.raised",
        shown="activation/entries/raised.html",
        seen_by="All participants and observers.",
        shreds="What and where, if they name a person.",
    ),
    Kind(
        payload=AlsoRaised,
        name="activation.also_raised",
        shown="activation/entries/also_raised.html",
        seen_by="All participants and observers.",
        shreds="What and where, if they name a person.",
        texts=("what", "where", "source"),
    ),
    Kind(
        payload=Assessed,
        name="activation.assessed",
        shown="activation/entries/assessed.html",
        seen_by="All participants and observers.",
        shreds="The grounds, if they name a person.",
        texts=("grounds",),
    ),
    Kind(
        payload=AssessmentAsked,
        name="activation.assessment_asked",
        shown="activation/entries/assessment_asked.html",
        seen_by="All participants and observers.",
        shreds="Nothing: it holds no text.",
    ),
)
