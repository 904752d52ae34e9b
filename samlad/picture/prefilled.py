"""What a report's form is filled with: the report before, as it stands now, with its readers, marking and line."""

from typing import Any
from uuid import UUID

from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.who import Who
from samlad.picture.changes import plain
from samlad.picture.entries import TEXTS, ReportFiled
from samlad.picture.forms import minute
from samlad.picture.lines import line_of
from samlad.registers.audience import initial as readers_of
from samlad.registers.readers import Circle


def filled_from(operation: UUID, who: Who, report: UUID, circle: Circle, *, correcting: bool) -> dict[str, Any]:
    """The form's initial values from a report. A correction keeps the moment; a new report does not."""
    payload = whole(operation, who, report)
    stands = read.standing(operation, who, report)
    initial: dict[str, Any] = {name: getattr(payload, name) for name in (*TEXTS, "status", "source", "confidence")}
    initial |= readers_of(stands.audience, circle)
    if stands.marking:
        initial |= {"ground": stands.marking.ground, "marked_for_all": stands.audience == "all"}
    told = line_of(operation, who, report)
    if told and (told[1].until is None or told[1].until > now()):
        line = told[1]
        initial |= {"line": line.text, "line_until": minute(line.until) if line.until else ""}
    if correcting:
        initial |= {"as_of": minute(payload.as_of), "as_of_shown": minute(payload.as_of)}
    return initial


def figures_from(operation: UUID, who: Who, report: UUID, *, correcting: bool) -> list[dict[str, Any]]:
    """The rows for figures: what is counted, and for a correction how many."""
    return [
        {
            "label": figure.label,
            "value": plain(figure.value) if correcting else None,
            "unit": figure.unit,
            "cumulative": figure.cumulative,
        }
        for figure in whole(operation, who, report).figures
    ]


def whole(operation: UUID, who: Who, report: UUID) -> ReportFiled:
    """A report with its texts, also where it is marked: they are put where the person can read them."""
    payload = read.opened(operation, who, report).payload
    assert isinstance(payload, ReportFiled)
    return payload
