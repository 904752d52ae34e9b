"""Pages of a meeting up to when it is held: its time and place, agenda, papers, calls, attendance."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.refused import Refused, Unavailable
from samlad.governance import record, rules
from samlad.governance.bodies import actions, calls, queries
from samlad.governance.bodies.forms import (
    AttendanceForm,
    CancelForm,
    MeetingForm,
    actors_of,
)
from samlad.governance.bodies.models import AgendaItem, BodyMember, Meeting, MeetingCall, MeetingState
from samlad.governance.bodies.rules import reads_minutes
from samlad.governance.bodies.shown import STATE_BADGE, Made, decisions_read, names, the_body, the_meeting
from samlad.governance.models import Paper
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.registers.actions import stamp
from samlad.registers.http import Request
from samlad.registers.queries import today


class Line(NamedTuple):
    """An item as the page shows it: its number, when it begins if times are given, who presents it, its papers."""

    number: int
    item: AgendaItem
    at: datetime | None
    presenter: str
    papers: list[Paper]
    last: bool


def lines_of(of: Meeting, on: date | None = None) -> list[Line]:
    """A meeting's agenda for the page; times as long as every item before has one."""
    items, called = queries.agenda(of, on), names()
    held, at, found = queries.papers(items, on), of.starts, []
    timed = any(one.minutes for one in items)
    for number, one in enumerate(items, 1):
        presenter = called.get(one.presenter_id or "", one.presenter_id or "")
        found.append(Line(number, one, at if timed else None, presenter, held[one.pk], number == len(items)))
        timed = timed and bool(one.minutes)
        at += timedelta(minutes=one.minutes or 0)
    return found


@require_safe
def meeting(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/: the agenda with its papers, who came, what was decided."""
    on = on_day(request)
    found, of = the_meeting(request.who, meeting, on)
    keeps = rules.keeps(request.who) and on is None
    lines, called = lines_of(found, on), names()
    minutes_too = reads_minutes(request.who, queries.body_of(of.pk) or of, found)
    attendance = queries.attendance(found, on) if minutes_too else {}
    calls_made = record.rows(MeetingCall, on, meeting_id=found.pk)
    decided: list[Made] = decisions_read(request.who, on, found)
    people, unreached = calls.receivers(found) if keeps else ([], [])
    shown = {
        "meeting": found, "body": of, "lines": lines, "badge": STATE_BADGE[MeetingState(found.state)],
        "attendance": [(called.get(code, code), one) for code, one in attendance.items()],
        "calls": calls_made, "decisions": decided,
        "reached": len(people), "unreached": [(called.get(one.actor_id, one.actor_id), one.seat) for one in unreached],
        "reads_minutes": minutes_too,
        "changeable": keeps and found.state in (MeetingState.PLANNED, MeetingState.CALLED),
        "papers": sum(len(line.papers) for line in lines), "seen_on": True,
        "edits": keeps, "moment": now(),
    }  # fmt: skip
    items = record.keys_ever(AgendaItem, "meeting", found.pk)
    kept = (*record.changes(Meeting, found.pk), *record.changes(AgendaItem, *items))
    changes = sorted(kept, key=lambda one: one.at, reverse=True)
    return page(request, "governance/bodies_meeting.html", shown, on=on, changes=changes)


@READ_OR_WRITE
def meeting_new(request: Request, body: str) -> HttpResponse:
    """/governance/bodies/<code>/meetings/new/: plan a meeting."""
    rules.keeper_or_404(request.who)
    of = the_body(request.who, body)
    year = today().year
    number = queries.next_number(of, year)
    form = MeetingForm(request.POST or None, instance=Meeting(body=of), initial={"number": number})

    def do() -> bool:
        return actions.save_meeting(form.row(), by=request.who, new=True)

    title = _("Plan a meeting: %(body)s") % {"body": of.name}
    done = lambda: reverse("meeting", args=[form.row().pk])  # noqa: E731
    return changing(request, form, do, title=title, back=reverse("body", args=[body]), done=done)


@READ_OR_WRITE
def meeting_edit(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/change/: move it, or change what the call says."""
    rules.keeper_or_404(request.who)
    found, of = the_meeting(request.who, meeting)
    form = MeetingForm(request.POST or None, instance=found)
    about = ""
    if found.state == MeetingState.CALLED:
        about = _("The members have been called. They are told by e-mail when the time, the place or the link changes.")

    def do() -> bool:
        return actions.save_meeting(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    title = _("Change the meeting: %(body)s") % {"body": of.name}
    return changing(request, form, do, title=title, back=address(meeting), about=about)


@READ_OR_WRITE
def meeting_cancel(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/cancel/: the meeting will not be held."""
    rules.keeper_or_404(request.who)
    found, of = the_meeting(request.who, meeting)
    form = CancelForm(request.POST or None, initial={"seen": record.seen(found)})

    def do() -> bool:
        given = form.cleaned_data
        return actions.cancel(found, why=given["why"], by=request.who, seen=given["seen"])

    title = _("Cancel the meeting: %(body)s %(when)s") % {"body": of.name, "when": calls.when(found)}
    return changing(request, form, do, title=title, back=address(meeting), button=_("Cancel the meeting"))


def address(meeting: UUID) -> str:
    """Where a meeting's page is."""
    return reverse("meeting", args=[meeting])


def doing(request: Request, do: Callable[[], str], back: str) -> HttpResponse:
    """Do what a button asks for, and tell how it went on the page it was on."""
    try:
        messages.success(request, do())
    except (Refused, Unavailable) as refused:
        messages.error(request, str(refused.sentence))
    return redirect(back)


@require_POST
def meeting_call(request: Request, meeting: UUID) -> HttpResponse:
    """POST /governance/bodies/meetings/<meeting>/call/: call the members."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)

    def do() -> str:
        told = actions.call(found, by=request.who)
        sentence = ngettext("A call is on its way to one person.", "A call is on its way to %(told)s people.", told)
        return sentence % {"told": told} if told else _("Nobody new was told: the call has been sent already.")

    return doing(request, do, address(meeting))


@require_POST
def meeting_held(request: Request, meeting: UUID) -> HttpResponse:
    """POST /governance/bodies/meetings/<meeting>/held/: the meeting has been held."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)

    def do() -> str:
        actions.hold(found, by=request.who)
        return _("The meeting has been held. Now its minutes can be written.")

    return doing(request, do, address(meeting))


@READ_OR_WRITE
def meeting_attendance(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/attendance/: who came, by actor."""
    rules.keeper_or_404(request.who)
    found, of = the_meeting(request.who, meeting)
    stored, day = queries.attendance(found), queries.day_of(found)
    seats = {one.actor_id: one.seat for one in queries.members_of(of, record.rows(BodyMember, body_id=of.pk), day)}
    everybody = actors_of(day)
    actors = [one for one in everybody if one.code in seats or one.code in stored] or everybody
    initial = {"seen": stamp(actions.attendance_now(stored))}
    form = AttendanceForm(request.POST or None, actors=actors, stored=stored, seats=seats, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form, lambda: actions.save_attendance(found, form.answers(), by=request.who, seen=form.cleaned_data["seen"])
        )
        if saved is not None:
            messages.success(request, _("Saved.") if saved else _("Nothing had changed."))
            return redirect(address(meeting))
    shown: dict[str, Any] = {"form": form, "meeting": found, "body": of, "back": address(meeting)}
    return page(request, "governance/bodies_attendance.html", shown, code=status(form))
