"""Reading reports, figures and published pictures."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samlad.base.clock import STOCKHOLM
from samlad.base.templatetags.marks import STATUS
from samlad.journal import live, read, reading
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.queries import attached
from samlad.journal.wording import readers
from samlad.picture import tables
from samlad.picture.diff import words
from samlad.picture.document import document
from samlad.picture.entries import TEXTS
from samlad.picture.fold import Edition, Picture, Told
from samlad.picture.history import Filed
from samlad.picture.listing import PER_PAGE, Query, encoded, row
from samlad.picture.live import news
from samlad.picture.pdf import as_pdf
from samlad.picture.queries import all_reports, edition, picture
from samlad.picture.rules import can_convey, can_correct, can_report
from samlad.picture.wording import short
from samlad.registers.http import Request
from samlad.registers.models import Role
from samlad.registers.queries import person_names

COLUMNS: Final = 14  # days or hours of figures beside each other


def context_with_news(request: Request, page: OperationPage) -> dict[str, Any]:
    """The context of a page that says when newer reports or pictures have come, without touching what is on it."""
    since = {"since": str(page.position)}
    url = live.url("picture", page.operation.id, request.who, get_language() or "sv", position=page.position, **since)
    shown = news(page.operation.id, request.who, since, page.position) if page.at is None else {}
    return page.context(live_url=url) | {"news": shown.get("picture-news", "")}


@require_safe
def reports(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/reports/: all reports, newest first; `actor`, `status`, `before`, `format=json`."""
    page = operation_page(operation, request.who, request.GET)
    query = Query.of(request.GET.dict())
    all_ = all_reports(operation, request.who, page.at)
    found = query.chosen(all_.values())
    if request.GET.get("format") == "json":
        return HttpResponse(encoded(operation, request.who, found, query, page.basics), content_type="application/json")
    begin = query.start(found)
    shown = found[begin : begin + PER_PAGE]
    older = begin + PER_PAGE < len(found)
    filters = {"actor": query.actor, "status": query.status}
    kept = {name: value for name, value in filters.items() if value} | ({"at": str(page.at)} if page.at else {})
    newer = {"before": str(found[begin - PER_PAGE].position + 1)} if begin > PER_PAGE else {}
    context = {
        "rows": [row(one, all_, page.basics) for one in shown],
        "attached": attached(operation, request.who, page.at),
        "query": query,
        "filtered": any(filters.values()),
        "total": len(found),
        "first": begin + 1,
        "last": begin + len(shown),
        "older": urlencode(kept | {"before": str(shown[-1].position)}) if older else "",
        "newer": urlencode(kept | newer) or "all" if begin else "",
        "json": urlencode(kept | {"format": "json"}),
        "actors": list(page.basics.participants.values()),
        "statuses": [(code, STATUS[code][1]) for code in ("green", "yellow", "red", "black")],
        "lines": lines(page, picture(operation, request.who, page.at)),
        "can_report": not page.at and (can_report(request.who, page.basics) or can_convey(request.who, page.basics)),
    }
    return render(request, "picture/reports.html", context_with_news(request, page) | context)


def lines(page: OperationPage, state: Picture) -> list[tuple[str, Told]]:
    """What those are told who may not read everything, as it holds on this page; with the actor's short name."""
    return [(page.basics.short(one.actor), one) for one in state.told(page.moment)]


@require_safe
def report(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """/operations/<operation>/reports/<entry>/: one report; `changes=off` leaves the marks of changes out."""
    page = operation_page(operation, request.who, request.GET)
    all_ = all_reports(operation, request.who, page.at)
    filed = all_.get(entry)
    if filed is None:
        return blank(request, page, entry)
    before = all_.get(filed.previous) if filed.previous else None
    if filed.corrects:
        before = all_.get(filed.corrects) or before
    found = filed.since(before) if before else ()
    covered = bool(filed.entry.marking or (before and before.entry.marking))
    marks = before is not None and request.GET.get("changes") != "off"
    names = person_names([filed.entry.author])
    context = {
        "filed": filed,
        "name": page.basics.name(filed.actor),
        "conveyor": page.basics.short(filed.payload.conveyed_by) if filed.payload.conveyed_by else "",
        "author": names.get(filed.entry.author, ""),
        "seat": ", ".join(str(Role(code).label) for code in filed.entry.role.split(",") if code in Role.values),
        "files": attached(operation, request.who, page.at).get(entry, ()),
        "readers": readers(filed.entry.audience, page.basics),
        "before": before,
        "changes": found,
        "summary": short(found, 20),
        "marks": marks,
        "texts": texts(filed, before if marks and not covered else None),
        "following": next((one for one in all_.values() if one.previous == entry and not one.corrects), None),
        "can_correct": not page.at
        and not filed.corrected_by
        and can_correct(request.who, filed.actor, filed.payload.conveyed_by),
    }
    return render(request, "picture/report.html", page.context() | context)


def texts(filed: Filed, before: Filed | None) -> list[tuple[str, object]]:
    """The texts of a report by field, each as pieces that show what changed; a text that went away is shown as gone."""
    found: list[tuple[str, object]] = []
    for name in TEXTS:
        text, old = getattr(filed.payload, name), getattr(before.payload, name) if before else None
        if text or old:
            found.append((name, words(text if old is None else old, text)))
    return found


def blank(request: Request, page: OperationPage, entry: UUID) -> HttpResponse:
    """A report that has been shredded says so; anything else is not here."""
    stored = read.entry(page.operation.id, request.who, entry)
    if stored.kind != "picture.report_filed" or stored.payload is not None:
        raise NotHere
    context = {"name": page.basics.name(stored.actor), "entry": stored}
    return render(request, "picture/report_blank.html", page.context() | context)


@require_safe
def actor_reports(request: Request, operation: UUID, code: str) -> HttpResponse:
    """/operations/<operation>/actors/<code>/: one actor's reports through time."""
    page = operation_page(operation, request.who, request.GET)
    all_ = all_reports(operation, request.who, page.at)
    found = [one for one in all_.values() if one.actor == code]
    if code not in page.basics.participants and not found:
        raise NotHere
    found.sort(key=lambda one: (one.payload.as_of, one.position), reverse=True)
    state = picture(operation, request.who, page.at)
    reported = state.reports.get(code)
    context = {
        "code": code,
        "name": page.basics.name(code),
        "rows": [row(one, all_, page.basics) for one in found[:PER_PAGE]],
        "attached": attached(operation, request.who, page.at),
        "total": len(found),
        "current": reported.current if reported else None,
        "current_entry": all_[reported.current.id].entry if reported and reported.current.id in all_ else None,
        "current_texts": texts(all_[reported.current.id], None) if reported and reported.current.id in all_ else [],
        "own": code == request.who.actor,
        "can_report": not page.at and code == request.who.actor and can_report(request.who, page.basics),
        "can_convey": not page.at and code != request.who.actor and can_convey(request.who, page.basics),
    }
    return render(request, "picture/actor_reports.html", page.context() | context)


@require_safe
def figures(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/figures/: one figure over time, actor by actor; `figure` and `until` (a start) choose."""
    page = operation_page(operation, request.who, request.GET)
    all_ = list(all_reports(operation, request.who, page.at).values())
    labels = tables.labels(all_)
    label = request.GET.get("figure", "")
    label = label if label in labels else (labels[0] if labels else "")
    context: dict[str, Any] = {"labels": labels, "label": label}
    if label:
        context |= figure_table(page, all_, label, request.GET.get("until", ""))
    return render(request, "picture/figures.html", page.context() | context)


def figure_table(page: OperationPage, reports: Sequence[Filed], label: str, until: str) -> dict[str, Any]:
    """The table of one figure, and where to go for earlier and later columns."""
    moments = [one.payload.as_of for one in reports]
    first, last = min(moments), max(moments)
    if not page.basics.replayed and not page.basics.closed_at:
        last = max(last, page.moment)
    step = tables.HOUR if not page.basics.replayed and last - first < timedelta(days=2) else tables.DAY
    every = tables.columns(first, last, step, STOCKHOLM, 5000)
    end = len(every)
    try:
        asked = datetime.fromisoformat(until) if until else None
    except ValueError:
        asked = None
    if asked and asked.tzinfo:
        end = max(sum(column <= asked for column in every), min(COLUMNS, len(every)))
    begin = max(0, end - COLUMNS)
    return {
        "table": tables.table(reports, label, every[begin:end], step, STOCKHOLM),
        "by_day": step == tables.DAY,
        "earlier": every[begin - 1].isoformat() if begin else "",
        "later": every[min(end + COLUMNS, len(every)) - 1].isoformat() if end < len(every) else "",
        "silent": [one.short for code, one in page.basics.participants.items() if not tells(reports, code, label)],
    }


def tells(reports: Sequence[Filed], actor: str, label: str) -> bool:
    """Whether an actor has ever told this figure."""
    return any(one.actor == actor and tables.told(one, label) for one in reports)


@require_safe
def pictures(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/pictures/: the published pictures, newest first."""
    page = operation_page(operation, request.who, request.GET)
    editions = picture(operation, request.who, page.at).editions
    names = person_names(one.author for one in editions)
    context = {
        "editions": [(one, page.basics.short(one.actor), names.get(one.author, "")) for one in reversed(editions)],
    }
    return render(request, "picture/pictures.html", context_with_news(request, page) | context)


@require_safe
def picture_page(request: Request, operation: UUID, number: int) -> HttpResponse:
    """/operations/<operation>/pictures/<number>/: one published picture."""
    page = operation_page(operation, request.who, request.GET)
    editions = picture(operation, request.who, page.at).editions
    context = published(request, page, edition(operation, request.who, number, page.at)) | {
        "marks": request.GET.get("changes") != "off",
        "latest": editions[-1].payload.number,
    }
    return render(request, "picture/picture.html", page.context() | context)


@require_safe
def picture_pdf(request: Request, operation: UUID, number: int) -> HttpResponse:
    """/operations/<operation>/pictures/<number>.pdf: the same as the page, on paper."""
    page = operation_page(operation, request.who, request.GET)
    one = edition(operation, request.who, number, page.at)
    reading.note(request.who, [read.entry(operation, request.who, one.id)], "export")
    pdf = as_pdf(published(request, page, one)["document"], page.basics, exercise=page.operation.exercise)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="lagesbild-{number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def published(request: Request, page: OperationPage, one: Edition) -> dict[str, Any]:
    """The document of an edition, for this reader."""
    state = picture(page.operation.id, request.who, page.at)
    before = next((it.payload for it in state.editions if it.id == one.payload.previous), None)
    by = " · ".join(filter(None, (page.basics.name(one.actor), person_names([one.author]).get(one.author))))
    readable = all_reports(page.operation.id, request.who, page.at).keys()
    return {
        "document": document(
            one.payload, before, page.basics, at=one.at, by=by, closing=one.closing, readable=readable
        ),
        "edition": one,
    }
