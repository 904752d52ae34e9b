"""Filing a report: the form, conveying for another actor, correcting, and "unchanged" in one click."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samlad.base.answers import REFUSED, attempt, status
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import Receipt
from samlad.journal.files import taken
from samlad.journal.fold import Basics
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.who import Who
from samlad.journal.wording import readers
from samlad.picture import actions
from samlad.picture.entries import TEXTS, ReportFiled
from samlad.picture.fold import Report
from samlad.picture.forms import FigureRows, Figures, ReportForm, UnchangedForm, minute
from samlad.picture.lines import Line, line_of
from samlad.picture.prefilled import filled_from
from samlad.picture.queries import all_reports, picture
from samlad.picture.rules import can_convey, can_correct, can_report
from samlad.registers.http import Request
from samlad.registers.readers import Circle

MORE: Final = ("event", "resources")  # the texts that are asked for below the others


class Writing(msgspec.Struct, frozen=True):
    """What is being written: about which actor, from which earlier report, as a correction of which."""

    page: OperationPage
    who: Who
    actor: str
    before: Report | None = None  # what the form is filled from
    corrects: UUID | None = None
    last_own: Report | None = None

    @property
    def conveying(self) -> bool:
        """Whether it is another actor's situation."""
        return self.actor != self.who.actor

    @property
    def key(self) -> str:
        """What tells this form from others in the browser's memory of unsent texts."""
        return ":".join(filter(None, (str(self.page.operation.id), self.actor, str(self.corrects or ""))))

    @property
    def closed(self) -> bool:
        """Whether the operation takes no such report any more."""
        return bool(self.page.basics.closed_at) and self.corrects is None


def writing(request: Request, operation: UUID) -> Writing:
    """What the address asks to write: `?corrects=<report>`, `?actor=<code>` to convey, else the own actor's.

    Raises NotHere where it is not for this reader to write.
    """
    who, page = request.who, operation_page(operation, request.who, {})
    if corrects := request.GET.get("corrects"):
        return correction(page, who, corrects)
    actor = request.GET.get("actor") or who.actor
    if not who.on_duty or (actor != who.actor and actor not in page.basics.participants):
        raise NotHere
    reported = picture(operation, who).reports.get(who.actor)
    last = reported.current if reported and not reported.current.payload.conveyed_by else None
    before = last if actor == who.actor else None
    return Writing(page, who, actor, before, last_own=last)


def correction(page: OperationPage, who: Who, corrects: str) -> Writing:
    """A correction of one report, filled from it, or from its latest correction. Raises NotHere."""
    reports = all_reports(page.operation.id, who)
    try:
        filed = reports.get(UUID(corrects))
    except ValueError:
        filed = None
    if filed is None or not can_correct(who, filed.actor, filed.payload.conveyed_by):
        raise NotHere
    while filed.corrected_by:
        filed = reports[filed.corrected_by]
    entry = filed.entry
    told = (entry.id, entry.actor, filed.payload, entry.author, entry.role, entry.occurred_at, entry.recorded_at)
    return Writing(page, who, entry.actor, Report(*told, entry.audience), entry.id)


@require_http_methods(["GET", "POST"])
def report_new(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/reports/new/: write a report; see `writing` for what the address may ask."""
    task = writing(request, operation)
    if request.method == "POST":
        form, rows = bound(request, task)
        if form.is_valid() & rows.is_valid() and (receipt := attempt(form, lambda: send(task, form, rows))):
            told = readers(form.chosen_audience().text(task.who.actor), task.page.basics)
            messages.success(request, _("The report has been filed. It is read by %(readers)s.") % {"readers": told})
            return redirect("report", operation, receipt.id)
        fresh_id(request, form, task)
        return answer(request, task, form, rows, 422 if not rows.is_valid() else status(form))
    form, rows = empty(task)
    return answer(request, task, form, rows, REFUSED if task.closed else 200)


@require_POST
def report_unchanged(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/reports/unchanged/: the same as last time, as of now."""
    task = writing(request, operation)
    form = UnchangedForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data

        def do() -> Receipt:
            return actions.file_unchanged(by=request.who, operation=operation, since=typed["since"], id=typed["id"])

        if receipt := attempt(form, do):
            messages.success(request, _("Filed: nothing has changed."))
            return redirect("report", operation, receipt.id)
    shown, rows = empty(task)
    context = {"unchanged_form": form}
    return answer(request, task, shown, rows, status(form), context)


def send(task: Writing, form: ReportForm, rows: Figures) -> Receipt:
    """File what was typed. Raises Refused."""
    typed = form.cleaned_data
    return actions.file_report(
        by=task.who,
        operation=task.page.operation.id,
        report=ReportFiled(
            status=typed["status"],
            as_of=form.moment() or unsaid_moment(task, typed["id"]),
            source=typed["source"].strip(),
            confidence=typed["confidence"],
            figures=rows.figures(),
            **{name: typed.get(name, "").strip() for name in TEXTS},
        ),
        actor=task.actor if task.conveying else "",
        id=typed["id"],
        audience=form.chosen_audience(),
        marking=form.marking(unsaid_decision(task, typed["id"])),
        line=line_typed(task, form),
        corrects=task.corrects,
        attached=taken(typed["attached"], operation=task.page.operation.id),
    )


def line_typed(task: Writing, form: ReportForm) -> Line | None:
    """What is told those who may not read the report; None where all may, and what they were told before stands."""
    typed = form.cleaned_data
    if typed["audience"] in ("all", "public"):
        return None
    before = line_of(task.page.operation.id, task.who, task.before.id) if task.before else None
    return Line(" ".join(typed.get("line", "").split()), typed.get("line_until"), before[0] if before else None)


def unsaid_decision(task: Writing, id: UUID) -> datetime:
    """When a marking is decided: now, or when it was where the same report is sent again."""
    try:
        marking = read.entry(task.page.operation.id, task.who, id).marking
    except NotHere:
        return now()
    return marking.decided_at if marking else now()


def unsaid_moment(task: Writing, id: UUID) -> datetime:
    """The moment a report describes when nothing else was said: now, or for a correction that of the first.

    If it has been sent before it is what was stored then, so that sending it again is the same report.
    """
    if task.corrects and task.before:
        return task.before.payload.as_of
    try:
        sent = read.entry(task.page.operation.id, task.who, id).payload
    except NotHere:
        return now()
    return sent.as_of if isinstance(sent, ReportFiled) else now()


def fresh_id(request: Request, form: ReportForm, task: Writing) -> None:
    """What was sent once and has been edited since is a new report the next time it is sent."""
    id = form.cleaned_data.get("id")
    if id is None or read.receipt(task.page.operation.id, task.who, id):
        data = request.POST.copy()
        data["id"] = str(new_id())
        form.data = data


def options(task: Writing) -> dict[str, Any]:
    """What the form needs to know about the task."""
    return {
        "circle": Circle.of(task.page.basics, task.who),
        "before": task.before.payload.status if task.before and task.corrects is None else "",
        "conveying": task.conveying,
    }


def bound(request: Request, task: Writing) -> tuple[ReportForm, Figures]:
    """The form with what was typed."""
    return ReportForm(request.POST, request.FILES, **options(task)), figure_rows(request.POST)


def empty(task: Writing) -> tuple[ReportForm, Figures]:
    """The form as it is first shown: filled from the report before."""
    moment, told = minute(now()), options(task)
    initial: dict[str, Any] = {"id": new_id(), "as_of": moment, "as_of_shown": moment, "audience": "all"}
    rows: list[dict[str, Any]] = []
    if task.before:
        operation, report, correcting = task.page.operation.id, task.before.id, bool(task.corrects)
        filled, rows = filled_from(operation, task.who, report, told["circle"], correcting=correcting)
        initial |= filled
    return ReportForm(initial=initial, **told), figure_rows(initial=rows)


def figure_rows(data: QueryDict | None = None, initial: Sequence[dict[str, Any]] = ()) -> Figures:
    """The rows for figures, with what was typed or what is there to begin with."""
    rows = FigureRows(data, initial=initial, prefix="figures")
    assert isinstance(rows, Figures)
    return rows


def answer(
    request: Request, task: Writing, form: ReportForm, rows: Figures, code: int, extra: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of the form."""
    basics = task.page.basics
    last = task.last_own if not task.conveying and not task.closed else None
    context = {
        "task": task,
        "form": form,
        "rows": rows,
        "name": basics.short(task.actor),
        "own": basics.short(task.who.actor),
        "conveyable": conveyable(basics, task.who),
        "can_report": can_report(task.who, basics),
        "last": last,
        "last_read_by": form.circle.read_by(standing_audience(task, last)) if last else None,
        "unchanged_form": UnchangedForm(initial={"id": new_id(), "since": last.id}) if last else None,
        "texts": [form[name] for name in TEXTS if name not in MORE],
        "more_texts": [form[name] for name in MORE],
        "more_open": any(form[name].value() for name in MORE),
    }
    return render(request, "picture/report_form.html", task.page.context() | context | (extra or {}), status=code)


def standing_audience(task: Writing, report: Report) -> str:
    """Who may read a report now; the same read the next one that says "unchanged"."""
    return read.standing(task.page.operation.id, task.who, report.id).audience


def conveyable(basics: Basics, who: Who) -> list[tuple[str, str]]:
    """Code and name of the actors one can convey for."""
    if not can_convey(who, basics):
        return []
    return [(code, one.name) for code, one in basics.participants.items() if code != who.actor]
