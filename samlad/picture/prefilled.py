"""What a report's form is filled with: the report before, as it stands now, with its readers, marking and line."""

from typing import Any
from uuid import UUID

from samlad.base.clock import now
from samlad.journal import read, reading
from samlad.journal.who import Who
from samlad.picture.changes import plain
from samlad.picture.entries import TEXTS, Figure, ReportFiled
from samlad.picture.forms import minute
from samlad.picture.lines import line_of
from samlad.registers.audience import initial as readers_of
from samlad.registers.readers import Circle

Filled = tuple[dict[str, Any], list[dict[str, Any]]]


def filled_from(operation: UUID, who: Who, report: UUID, circle: Circle, *, correcting: bool) -> Filled:
    """The form's initial values from a report, and the rows for its figures. A correction keeps moment and numbers.

    Where the report is marked its text is shown in the form, and that is noted as any reading of it.
    """
    entry = read.opened(operation, who, report)
    reading.note(who, [entry], "page")
    payload, stands = entry.payload, read.standing(operation, who, report)
    assert isinstance(payload, ReportFiled)
    initial: dict[str, Any] = {name: getattr(payload, name) for name in (*TEXTS, "status", "source", "confidence")}
    initial |= readers_of(stands.audience, circle) | line_from(operation, who, report)
    if stands.marking:
        initial |= {"ground": stands.marking.ground, "marked_for_all": stands.audience == "all"}
    if correcting:
        initial |= {"as_of": minute(payload.as_of), "as_of_shown": minute(payload.as_of)}
    return initial, [figure_from(figure, correcting) for figure in payload.figures]


def line_from(operation: UUID, who: Who, report: UUID) -> dict[str, Any]:
    """The line to the others that the report refers to, while it holds."""
    told = line_of(operation, who, report)
    if told is None or (told[1].until and told[1].until <= now()):
        return {}
    return {"line": told[1].text, "line_until": minute(told[1].until) if told[1].until else ""}


def figure_from(figure: Figure, correcting: bool) -> dict[str, Any]:
    """A row: what is counted, and for a correction how many."""
    value = plain(figure.value) if correcting else None
    return {"label": figure.label, "value": value, "unit": figure.unit, "cumulative": figure.cumulative}
