"""From a file that was sent in to what is proposed to be recorded, each field beside the passage it was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.governance import papers, record
from samlad.governance import reading_words as words
from samlad.governance.models import Paper, SteeringDocument
from samlad.governance.reading.files import Unreadable, text_of
from samlad.governance.reading.found import OUTCOME_CODES, Found, Proposal, Reading
from samlad.governance.reading.read import read_text
from samlad.journal.examine.limits import FILE, MEGABYTE

KEPT: Final = 16  # readings kept at hand: a form that is sent again does not read the file again


@dataclass(frozen=True)
class Beside:
    """A field of the record, where it was read and why so; `passage` "" where the document does not state it."""

    name: str
    value: str = ""
    passage: str = ""
    line: int = 0
    page: int = 0
    sure: str = ""
    why: str = ""

    @property
    def badge(self) -> str:
        """The class of the mark of how sure it is."""
        return {"sure": "strong", "likely": ""}.get(self.sure, "active")

    @property
    def sure_text(self) -> str:
        """How sure it is, in a word."""
        return str(words.SURE.get(self.sure, ""))


@dataclass(frozen=True)
class ReadPaper:
    """What was read from a file: proposals, or why there is none."""

    reading: Reading | None
    reason: str = ""

    @property
    def cannot(self) -> str:
        """Why the file can't be read, in a sentence."""
        return str(words.UNREADABLE[self.reason]) % {"most": FILE // MEGABYTE} if self.reason else ""

    @property
    def proposals(self) -> Sequence[Proposal]:
        """The records that are proposed."""
        return self.reading.proposals if self.reading else ()

    @property
    def notes(self) -> list[str]:
        """What else is to be known of the file."""
        return [str(words.NOTES.get(code, code)) for code in self.reading.notes] if self.reading else []


def read_paper(paper: Paper) -> ReadPaper:
    """Read a file. What can't be read says why."""
    titles = tuple(sorted({one.title for one in record.rows(SteeringDocument)}))
    return _read(paper.pk, paper.name, titles)


@lru_cache(KEPT)
def _read(key: UUID, name: str, titles: tuple[str, ...]) -> ReadPaper:
    paper = record.row(Paper, key)
    if paper is None:
        return ReadPaper(None, "missing")
    try:
        return ReadPaper(read_text(text_of(name, papers.content(paper)), titles=titles))
    except Unreadable as unreadable:
        return ReadPaper(None, unreadable.reason)


def is_proposal(proposal: Proposal) -> bool:
    """Whether the document only proposes what is to be decided."""
    return proposal.status is not None and proposal.status.value == "proposed"


def of_decision(proposal: Proposal) -> dict[str, Beside]:
    """The fields of a decision, each beside its passage."""
    outcome = beside("outcome", proposal.outcome)
    code = OUTCOME_CODES.get(outcome.value, "")  # type: ignore[call-overload]
    return {
        one.name: one
        for one in (
            replace(outcome, value=code),
            beside("condition", proposal.condition),
            beside("deciding_body", proposal.deciding_body),
            beside("decided_on", proposal.meeting_date),
            beside("paragraph", proposal.paragraph),
            beside("reference", proposal.dnr),
            *prepared(proposal),
            beside("adjusted_on", proposal.adjusted_on),
            Beside("final_on"),
        )
    }


def of_plans(proposal: Proposal) -> dict[str, Beside]:
    """The fields of what is known ahead of a decision, read from a proposal to decide."""
    found = (beside("reference", proposal.dnr), beside("planned_body", proposal.deciding_body), Beside("planned_on"))
    return {one.name: one for one in (*found, *prepared(proposal), Beside("note"))}


def named(reading: Reading | None, proposal: Proposal | None) -> list[tuple[Promise, Beside]]:
    """What the document says it is, whose, and about which document: what each is called, and where it stands."""
    if reading is None:
        return []
    whose, title = (proposal.organisation, proposal.title) if proposal else (None, reading.title)
    form = beside("form", reading.form)
    kind = replace(form, value=str(words.FORMS.get(form.value, "")))
    found = [(_("What the file is"), kind), (_("Whose it is"), beside("organisation", whose))]
    return [*found, (_("About which document"), beside("title", title))]


def prepared(proposal: Proposal) -> tuple[Beside, Beside, Beside]:
    """Who prepared: the last before the body that decides."""
    last = proposal.prepared_by[-1] if proposal.prepared_by else None
    return (
        beside("preparing_body", last.body if last else None),
        beside("prepared_on", last.date if last else None),
        beside("prepared_paragraph", last.paragraph if last else None),
    )


def beside(name: str, found: Found | None) -> Beside:
    """A field and its passage."""
    if found is None:
        return Beside(name)
    why = str(words.WHY.get(found.why, ""))
    return Beside(name, found.value, found.passage, found.line, found.page, found.sure, why)


def values(fields: Mapping[str, Beside]) -> dict[str, Any]:
    """What a form is filled with: bodies begin with a capital, and a day that is none is left to the person."""
    found: dict[str, Any] = {}
    for name, one in fields.items():
        if name.endswith("_on"):
            found[name] = day_of(one.value)
        else:
            found[name] = one.value[:1].upper() + one.value[1:] if name.endswith("_body") else one.value
    return {name: value for name, value in found.items() if value}


def day_of(text: str) -> date | None:
    """A day as it was tidied; None where it is something else ("omedelbart")."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
