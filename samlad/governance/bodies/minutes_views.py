"""Pages of what a meeting led to: its minutes, and its decisions with what became of them."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.governance import rules
from samlad.governance.bodies import minutes_pdf, minuting, queries
from samlad.governance.bodies.agenda_views import pdf
from samlad.governance.bodies.corrections import corrections
from samlad.governance.bodies.forms import AdjustForm, MinutesForm
from samlad.governance.bodies.models import Body, Meeting, MeetingState
from samlad.governance.bodies.rules import reads_minutes
from samlad.governance.bodies.shown import decisions_read, names, the_meeting
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.registers.http import Request


def the_minutes(request: Request, key: UUID, on: date | None = None) -> tuple[Meeting, Body]:
    """The meeting whose minutes the reader may read; else Http404."""
    found, of = the_meeting(request.who, key, on)
    if not reads_minutes(request.who, queries.body_of(of.pk) or of, found):
        raise Http404
    return found, of


@require_safe
def meeting_minutes(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/minutes/: what was said and decided, item by item."""
    on = on_day(request)
    found, of = the_minutes(request, meeting, on)
    items, called = queries.agenda(found, on), names()
    texts, made = queries.minutes(items, on), decisions_read(request.who, on, found)
    parts = [
        (number, one, texts.get(one.pk), [row for row in made if row.decision.item_id == one.pk])
        for number, one in enumerate(items, 1)
    ]
    came = queries.attendance(found, on)
    shown = {
        "meeting": found, "body": of, "parts": parts, "edits": rules.keeps(request.who) and on is None,
        "others": [row for row in made if row.decision.item_id is None],
        "attendance": [(called.get(code, code), one) for code, one in came.items()],
        "corrections": corrections(found, on), "seen_on": True,
        "writable": found.state == MeetingState.HELD,
    }  # fmt: skip
    return page(request, "governance/bodies_minutes.html", shown, on=on)


@READ_OR_WRITE
def meeting_minutes_write(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/minutes/write/: write or correct them."""
    rules.keeper_or_404(request.who)
    found, of = the_meeting(request.who, meeting)
    items = queries.agenda(found)
    initial = {"secretary": found.secretary, "seen": minuting.stamp_of(found)}
    form = MinutesForm(
        request.POST or None, items=items, stored=queries.minutes(items), adjusted=found.adjusted_on is not None,
        initial=initial,
    )  # fmt: skip

    def do() -> bool:
        given = form.cleaned_data
        return minuting.write(
            found, form.texts(), secretary=given["secretary"], by=request.who, seen=given["seen"],
            reason=given.get("reason", ""),
        )  # fmt: skip

    title = _("Minutes: %(body)s") % {"body": f"{of.name} {found.number}".strip()}
    return changing(
        request, form, do, title=title, back=minutes_of(meeting), about=_("Write what was said, item by item.")
    )


@READ_OR_WRITE
def meeting_adjust(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/minutes/adjust/: the minutes are adjusted."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)
    form = AdjustForm(request.POST or None)

    def do() -> bool:
        given = form.cleaned_data
        return minuting.adjust(found, adjusted_by=given["adjusted_by"], on=given["adjusted_on"], by=request.who)

    about = _("After this, whoever may read the agenda reads the minutes, and every correction is shown.")
    return changing(
        request, form, do, title=_("Record that the minutes are adjusted"), back=minutes_of(meeting), about=about
    )


@require_safe
def meeting_minutes_pdf(request: Request, meeting: UUID) -> HttpResponse:
    """GET /governance/bodies/meetings/<meeting>/minutes.pdf: the minutes on paper."""
    found, of = the_minutes(request, meeting)
    content = minutes_pdf.as_pdf(of, found, corrections(found))
    return pdf(content, f"{of.code}-{queries.day_of(found)}-protokoll.pdf")


def minutes_of(meeting: UUID) -> str:
    """Where a meeting's minutes are."""
    return reverse("meeting_minutes", args=[meeting])
