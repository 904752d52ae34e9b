"""The calendar of all bodies' meetings, as pages and for calendar programs."""

from calendar import Calendar
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samlad.governance import rules
from samlad.governance.bodies import calendars, queries
from samlad.governance.bodies.rules import meetings_or_404
from samlad.governance.bodies.shown import Sitting, meeting_list, sittings, the_body, the_meeting
from samlad.governance.pages import on_day, page
from samlad.registers.http import Request
from samlad.registers.queries import today

VIEWS: Final = ("list", "month", "year")
FIRST, LAST = 2000, 2100


def month_of(text: str) -> date:
    """The first day of the month that an address names (2026-11); of this month where it names none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today().replace(day=1)
    return found if FIRST <= found.year < LAST else today().replace(day=1)


@require_safe
def meetings(request: Request) -> HttpResponse:
    """/governance/bodies/meetings/: all bodies' meetings as a list, a month or a year."""
    rules.reader_or_404(request.who)
    on, asked = on_day(request), request.GET.get("view", "")
    view, month = asked if asked in VIEWS else "list", month_of(request.GET.get("month", ""))
    found = sittings(request.who, queries.meetings(on), on)
    ahead = {one.pk for one in queries.next_meetings(on)}
    coming = [one for one in found if one.meeting.pk in ahead]
    past = [one for one in reversed(found) if one.meeting.pk not in ahead]
    lists = (
        meeting_list(coming, request.GET, name="moten", key="coming", empty=_("No meeting is planned.")),
        meeting_list(past, request.GET, name="tidigare-moten", key="past", empty=_("None yet.")),
    )
    if file := next((answer for one in lists if (answer := one.file())), None):
        return file
    shown: dict[str, Any] = {"view": view, "month": month, "coming": lists[0], "past": lists[1], "seen_on": True}
    if view == "month":
        shown |= {"weeks": weeks(month, found), "steps": steps(month, 1)}
    if view == "year":
        shown |= {"months": months(month.year, found), "steps": steps(month, 12)}
    feed = calendars.feed_of(request.who.person)
    path = reverse("meeting_feed", args=[calendars.token_of(feed)]) if feed else ""
    shown["address"] = request.build_absolute_uri(path) if path else ""
    return page(request, "governance/bodies_meetings.html", shown, on=on)


def weeks(month: date, found: list[Sitting]) -> list[tuple[int, list[tuple[date, bool, list[Sitting]]]]]:
    """A month's weeks: the number, and each day with whether it is of the month, and its meetings."""
    by_day: dict[date, list[Sitting]] = {}
    for one in found:
        by_day.setdefault(queries.day_of(one.meeting), []).append(one)
    return [
        (week[0].isocalendar().week, [(day, day.month == month.month, by_day.get(day, [])) for day in week])
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def months(year: int, found: list[Sitting]) -> list[tuple[date, list[Sitting]]]:
    """A year's months with their meetings."""
    firsts = [date(year, number, 1) for number in range(1, 13)]
    own = [(queries.day_of(one.meeting), one) for one in found]
    return [(first, [one for day, one in own if (day.year, day.month) == (year, first.month)]) for first in firsts]


def steps(month: date, by: int) -> tuple[date, date]:
    """The month before and the month after; `by` 12: the same month of the years before and after."""
    if by == 1:
        return (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=31)).replace(day=1)
    return month.replace(year=month.year - 1), month.replace(year=month.year + 1)


@require_POST
def meeting_calendar(request: Request) -> HttpResponse:
    """POST /governance/bodies/calendar/: a new address (an earlier one ends), or with `end` none any more."""
    rules.reader_or_404(request.who)
    if request.POST.get("end"):
        calendars.end_feed(request.who.person)
        messages.success(request, _("The address has ended: it shows nothing any more."))
    else:
        calendars.open_feed(request.who.person, request.who.actor, get_language() or "sv")
        messages.success(request, _("Here is the address. Anybody who has it can see when the meetings are."))
    return redirect(reverse("meetings") + "#calendar")


@login_not_required
@require_safe
def meeting_feed(request: Request, token: str) -> HttpResponse:
    """GET /governance/bodies/calendars/<token>/meetings.ics: one's actor's meetings, without a sign-in."""
    found = calendars.found(token)
    if found is None:
        raise Http404
    content = calendars.feed_calendar(found)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    answer = as_calendar(content, "moten.ics")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    conditional = get_conditional_response(request, etag=etag, response=answer)
    assert conditional is not None  # it was given one
    return conditional


@require_safe
def body_calendar(request: Request, body: str) -> HttpResponse:
    """GET /governance/bodies/<code>/meetings.ics: all meetings of a body."""
    found = the_body(request.who, body)
    meetings_or_404(request.who, found)
    content = calendars.calendar(queries.meetings(None, found), {found.pk: found}, found.name)
    return as_calendar(content, f"{body}.ics")


@require_safe
def meeting_ics(request: Request, meeting: Any) -> HttpResponse:
    """GET /governance/bodies/meetings/<meeting>/meeting.ics: one meeting."""
    found, of = the_meeting(request.who, meeting)
    return as_calendar(calendars.calendar([found], {of.pk: of}, of.name), f"{of.code}.ics")


def as_calendar(content: bytes, name: str) -> HttpResponse:
    """A calendar file as an answer."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
