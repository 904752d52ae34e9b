"""The adoption register on paper (PDF/UA-1, landscape A4), for regionala rådet. Every text is data, none is markup."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.base.clock import STOCKHOLM, now
from samlad.governance.adoption.queries import Asked
from samlad.governance.adoption.register import before, conditions, reference
from samlad.governance.adoption.standing import Standing
from samlad.governance.adoption.timeline import Timeline, timeline
from samlad.governance.adoption.views import asked_or_404, file_name, in_words
from samlad.governance.pages import on_day
from samlad.governance.rules import reader_or_404
from samlad.journal import typeset
from samlad.registers.http import Request
from samlad.registers.models import Category

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "templates" / "governance" / "adoption.typ"


@require_safe
def register_pdf(request: Request, dispatch: UUID) -> HttpResponse:
    """GET /governance/adoption/<dispatch>/register.pdf (?on=): the adoption register to print."""
    reader_or_404(request.who)
    found = asked_or_404(dispatch, on_day(request))
    answer = HttpResponse(as_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_name(found)}.pdf"'
    return answer


def as_pdf(found: Asked) -> bytes:
    """The register as a PDF file, in the active language. Nothing is kept."""
    return typeset.as_pdf(TEMPLATE, content(found))


def content(found: Asked) -> dict[str, Any]:
    """What the template shows."""
    day = found.standings[0].day if found.standings else None
    drawing = timeline(found.standings, found.dispatch.reply_by, in_words(found))
    return {
        "lang": get_language() or "sv",
        "kicker": _("Adoption register"),
        "title": _("Adoption register") + f": {found.name}",
        "heading": found.name,
        "at": _("As of %(day)s. Printed %(moment)s.") % {
            "day": date_format(day, "j F Y") if day else "–",
            "moment": date_format(now().astimezone(STOCKHOLM), "j F Y H:i"),
        },
        "source": _("Source") + f": {found.dispatch.source}" if found.dispatch.source else "",
        "page": _("Page"),
        "facts": facts(found),
        "goes_on": going_on(found),
        "drawing": drawn(drawing) if drawing else None,
        "drawing_heading": _("Where everyone is"),
        "heads": heads(),
        "rows": [cells(one) for one in found.standings],
        "conditions_heading": _("Conditions, word for word"),
        "conditions": [[who_decided(one, decision), decision.condition]
                       for one, decision in conditions(found.standings)],
    }  # fmt: skip


def facts(found: Asked) -> list[list[str]]:
    """The figures in the head."""
    sums = found.sums
    return [
        [pgettext("outcome", "Adopted"), _("%(some)s of %(all)s") % {"some": sums.adopted, "all": sums.of}],
        [_("of them with a condition"), str(sums.with_condition)],
        [_("Other outcome"), str(sums.other)],
        [_("Not decided"), str(sums.waiting)],
        [_("Median, days"), "–" if sums.median is None else str(sums.median)],
        [_("Sent on"), found.dispatch.sent_on.isoformat()],
        [_("Reply by"), found.dispatch.reply_by.isoformat()],
    ]


def going_on(found: Asked) -> str:
    """What is to be known while some have not decided; "" when all have."""
    if found.sums.all_in:
        return ""
    return _(
        "Each actor decides on its own; eight to eleven months are usual. "
        "The joint work goes on by this version meanwhile."
    )


def heads() -> list[str]:
    """The headings of the register's columns."""
    return [
        _("Actor"), _("Category"), pgettext("adoption", "Outcome"), pgettext("adoption", "Reference number"),
        _("Prepared by"), pgettext("adoption", "Decided by"), "§", _("Decided on"), _("Days"),
    ]  # fmt: skip


def cells(one: Standing) -> list[str]:
    """A row of the register as texts. What is only planned says so."""
    decision, receiver = one.decision, one.receiver
    prepared = [str(value) for name in ("preparing_body", "prepared_on") if (value := before(one, name))]
    paragraph = before(one, "prepared_paragraph")
    planned = _("planned") if receiver.planned_on and not decision else ""
    return [
        one.actor.name,
        str(Category(one.actor.category).label),
        one.stage_text + (f" ({one.ended})" if one.ended else ""),
        reference(one),
        " ".join(prepared) + (f" § {paragraph}" if paragraph else ""),
        decision.deciding_body if decision else receiver.planned_body,
        decision.paragraph if decision else "",
        decision.decided_on.isoformat() if decision else f"{receiver.planned_on or ''} {planned}".strip(),
        "" if one.days is None else str(one.days),
    ]


def who_decided(one: Standing, decision: Any) -> str:
    """Whose condition it is."""
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    return f"{one.actor.name}, {decision.deciding_body} {decision.decided_on.isoformat()}{paragraph}"


def drawn(line: Timeline) -> dict[str, Any]:
    """The timeline as the template draws it. Decoration there: the table says the same."""
    return {
        "height": line.height,
        "bottom": line.bottom,
        "summary": line.summary,
        "ticks": lines([*line.ticks]),
        "reply": lines([line.reply_by])[0],
        "today": lines([line.today])[0] if line.today else None,
        "rows": [
            {
                "y": row.y, "name": row.name, "start": row.start, "end": row.end, "dotted": row.dotted,
                "words": row.words, "marks": [{"x": mark.x, "shape": mark.shape} for mark in row.marks],
            }
            for row in line.rows
        ],
        "legend": [[shape, str(word)] for shape, word in line.legend],
    }  # fmt: skip


def lines(upright: Sequence[Any]) -> list[dict[str, Any]]:
    """Upright lines as data."""
    return [{"x": one.x, "text": one.text} for one in upright]
