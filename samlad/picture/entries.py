"""What is entered in the journal about the situation: reports, and how they become one published picture."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from samlad.journal.kinds import Kind, Moment

Status = Literal["green", "yellow", "red", "black", "unstated"]
Confidence = Literal["confirmed", "likely", "unconfirmed", ""]
Block = Literal["event", "consequences", "measures", "resources", "forecast", "needs", "communication"]

# Händelse, konsekvenser, åtgärder, resurser, prognos, behov, kommunikation: the content of a lägesbild (domain, 2.5).
BLOCKS: tuple[Block, ...] = (
    "event",
    "consequences",
    "measures",
    "resources",
    "forecast",
    "needs",
    "communication",
)


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number in a report. A cumulative one only grows; where it goes down, it has been revised."""

    label: str
    value: Decimal
    unit: str = ""
    cumulative: bool = False


class ReportFiled(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor's situation report (lägesrapport): its own, or conveyed (förmedlad) by another on its behalf."""

    status: Status
    as_of: Moment  # the moment it describes
    event: str = ""
    consequences: str = ""
    measures: str = ""
    resources: str = ""
    forecast_24h: str = ""
    forecast_72h: str = ""
    needs: str = ""
    offers: str = ""
    communication: str = ""
    source: str = ""
    confidence: Confidence = ""
    conveyed_by: str = ""  # the actor that conveys it; empty for the actor's own statement
    unchanged: bool = False  # sent as "unchanged since last time"
    figures: tuple[Figure, ...] = ()


# The texts of a report, and the block of the picture that each belongs to.
TEXTS: dict[str, Block] = {
    "event": "event",
    "consequences": "consequences",
    "measures": "measures",
    "resources": "resources",
    "forecast_24h": "forecast",
    "forecast_72h": "forecast",
    "needs": "needs",
    "offers": "needs",
    "communication": "communication",
}


class DeadlineSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """When the next reports are wanted, or that no time is set any more."""

    at: Moment | None
    note: str = ""


class StatementTaken(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement has been taken into the working version of the samlad lägesbild, with its source kept.

    An edited statement is a new entry that refers to the one it replaces.
    """

    block: Block
    text: str
    actor: str = ""  # whose statement; empty for the compiler's own words
    report: UUID | None = None
    as_of: Moment | None = None
    source: str = ""
    conveyed_by: str = ""


class StatementDropped(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement has been taken out of the working version; the entry refers to it."""

    reason: str = ""


class AssessmentWritten(msgspec.Struct, frozen=True, omit_defaults=True):
    """The overall assessment (samlad bedömning) of the working version."""

    status: Status
    text: str
    outlook: str = ""


class Statement(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement as it stands in a published picture."""

    id: UUID
    block: Block
    text: str
    actor: str = ""
    report: UUID | None = None
    as_of: Moment | None = None
    source: str = ""
    conveyed_by: str = ""


class ReportedStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an actor had last reported when a picture was published."""

    actor: str
    status: Status
    as_of: Moment
    report: UUID
    conveyed_by: str = ""


class Published(msgspec.Struct, frozen=True, omit_defaults=True):
    """The samlad lägesbild, version `number`: frozen, citable, with sources and with who had not reported."""

    number: int
    status: Status
    assessment: str
    outlook: str = ""
    statements: tuple[Statement, ...] = ()
    reported: tuple[ReportedStatus, ...] = ()
    not_reported: tuple[str, ...] = ()
    previous: UUID | None = None


class ClosingPublished(Published, frozen=True, omit_defaults=True):
    """The closing picture (avslutande lägesbild), published when the operation is stood down."""


WORKING_KINDS = frozenset({"picture.statement_taken", "picture.statement_dropped", "picture.assessment_written"})
"""What happens at the desk before something is published: many entries, of interest there only."""

SEEN = "All participants and observers, unless the author names actors or keeps it within the own actor."
WORKING = "The compiling actor only, until it is published."
TEXT = "All texts, if they name a person; figures and status go with them."

KINDS = (
    Kind(
        payload=ReportFiled,
        name="picture.report_filed",
        shown="picture/entries/report_filed.html",
        whole="picture/entries/report_whole.html",
        seen_by=SEEN,
        shreds=TEXT,
        texts=(*TEXTS, "source", "figures"),
    ),
    Kind(
        payload=DeadlineSet,
        name="picture.deadline_set",
        shown="picture/entries/deadline_set.html",
        seen_by="All participants and observers.",
        shreds="The note, if it names a person.",
    ),
    Kind(
        payload=StatementTaken,
        name="picture.statement_taken",
        shown="picture/entries/statement_taken.html",
        whole="picture/entries/text_whole.html",
        seen_by=WORKING,
        shreds=TEXT,
    ),
    Kind(
        payload=StatementDropped,
        name="picture.statement_dropped",
        shown="picture/entries/statement_dropped.html",
        seen_by=WORKING,
        shreds="The reason, if it names a person.",
    ),
    Kind(
        payload=AssessmentWritten,
        name="picture.assessment_written",
        shown="picture/entries/assessment_written.html",
        whole="picture/entries/text_whole.html",
        seen_by=WORKING,
        shreds=TEXT,
    ),
    Kind(
        payload=Published,
        name="picture.published",
        shown="picture/entries/published.html",
        seen_by="All participants and observers.",
        shreds=TEXT,
    ),
    Kind(
        payload=ClosingPublished,
        name="picture.closing_published",
        shown="picture/entries/published.html",
        seen_by="All participants and observers.",
        shreds=TEXT,
    ),
)
