"""What reading a document gives: what it says, where it says so, and how sure that is. Nothing is guessed silently."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

Sure = Literal["sure", "likely", "unsure"]
Form = Literal[
    "protocol_extract", "protocol", "tjänsteutlåtande", "tjänsteskrivelse", "letter", "pm", "decision", "agenda",
    "notice", "agreement", "unknown",
]  # fmt: skip
Kind = Literal["avsiktsförklaring", "överenskommelse", "modellbeskrivning", "gemensamma förmågor", "målbild", "other"]
Outcome = Literal["antagen", "antagen med villkor", "lagd till handlingarna", "undertecknad", "återremiss", "avslag"]
Status = Literal["decided", "proposed"]

OUTCOME_CODES: Final[Mapping[Outcome, str]] = {
    "antagen": "adopted",
    "antagen med villkor": "adopted_with_condition",
    "undertecknad": "signed",
    "lagd till handlingarna": "filed",
    "återremiss": "referred_back",
    "avslag": "declined",
}
"""What the adoption register calls each outcome."""


class Found(msgspec.Struct, frozen=True):
    """One thing that was read."""

    value: str  # tidied: dates as 2019-03-19, names in small letters, codes
    passage: str  # the very characters of the text it was read from
    start: int  # offset of the passage in the text
    line: int  # of the passage's first character, from 1; lines end with \n, \r\n or \r
    page: int  # from 1; pages end with a form feed
    sure: Sure
    why: str  # code; the sentences are in governance/reading_words.py


class Preparation(msgspec.Struct, frozen=True):
    """A body that dealt with the matter before the one that decides."""

    body: Found
    date: Found | None
    paragraph: Found | None


class Proposal(msgspec.Struct, frozen=True):
    """A proposed record of an adoption. None: not stated in the document."""

    organisation: Found | None = None
    dnr: Found | None = None  # the organisation's own
    other_dnr: tuple[Found, ...] = ()  # somebody else's, or more of the organisation's
    number: Found | None = None  # of the document in its series: "PM 2014:61"
    paragraph: Found | None = None  # "90", "123/2019"
    document_date: Found | None = None
    meeting_date: Found | None = None  # of the meeting or decision that is recorded; a proposal's is not a decision's
    adjusted_on: Found | None = None  # when the minutes were adjusted: a date, or "omedelbart"
    prepared_by: tuple[Preparation, ...] = ()
    deciding_body: Found | None = None  # that has decided, or is asked to
    title: Found | None = None  # of the steering document
    kind: Found | None = None  # Kind
    version: Found | None = None
    period: Found | None = None  # "2019-2022", or "2014-04-01-" where only the beginning is stated
    outcome: Found | None = None  # Outcome
    status: Found | None = None  # Status
    condition: Found | None = None
    recipients: tuple[Found, ...] = ()  # to whom the decision is sent
    attachments: tuple[Found, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """What one document proposes. Notes are codes."""

    form: Found | None
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]
    title: Found | None = None  # the steering document that it is about, where there is nothing to propose
