"""The pages of the weekly conference: the next and the latest, who had reported, the schedule, weeks that differ."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samlad.activation import weekly_edits as edits
from samlad.activation.models import WeeklyRun, WeeklySchedule
from samlad.activation.weekly import Otherwise, Plan, following
from samlad.activation.weekly_queries import as_schedule, exceptions, stored
from samlad.base.answers import attempt, status
from samlad.base.clock import STOCKHOLM, now
from samlad.journal.operations import readable
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.picture.queries import not_reported, picture
from samlad.registers.actions import stamp
from samlad.registers.forms import Day, Reasoned
from samlad.registers.history import changes_of
from samlad.registers.http import Request
from samlad.registers.roster_days import holiday
from samlad.registers.rules import may_edit

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])
LATEST: Final = 8
WEEKDAYS: Final = (
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
)


class Coming(msgspec.Struct, frozen=True):
    """A coming week: its plan where there is a conference, what differs, and whether the day is a public holiday."""

    week: str
    plan: Plan | None
    otherwise: Otherwise | None
    holiday: str


class Held(msgspec.Struct, frozen=True):
    """A week's conference that has been opened, as the reader may see it."""

    run: WeeklyRun
    title: str
    reported: tuple[str, ...]
    silent: tuple[str, ...]


class Clock(forms.TimeField):
    """A clock time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def number(label: Any, low: int, high: int, help_text: Any = "") -> forms.IntegerField:
    """A small whole number."""
    return forms.IntegerField(min_value=low, max_value=high, label=label, help_text=help_text)


class ScheduleForm(Reasoned):
    """When the conference is, and what happens around it."""

    weekday = forms.TypedChoiceField(coerce=int, choices=WEEKDAYS, label=gettext_lazy("Day of the week"))
    at = Clock(label=gettext_lazy("Time"), help_text=gettext_lazy("By the clock in Stockholm."))
    opens_days = number(
        gettext_lazy("Opens, days before"), 1, 14, gettext_lazy("Then reports are asked for, by e-mail.")
    )
    remind_hours = number(
        gettext_lazy("Reminds, hours before"), 1, 200, gettext_lazy("By e-mail to those who are silent; not at night.")
    )
    report_minutes = number(gettext_lazy("Reports in by, minutes before"), 0, 2880)
    closes_hours = number(gettext_lazy("Closes, hours after"), 1, 96)
    phone = forms.CharField(required=False, max_length=120, label=gettext_lazy("Telephone to the conference"))
    video = forms.CharField(required=False, max_length=300, label=gettext_lazy("Video"))
    talk_group = forms.CharField(required=False, max_length=120, label=gettext_lazy("Rakel talk group in reserve"))
    paused = forms.BooleanField(
        required=False,
        label=gettext_lazy("Paused: nothing is opened"),
        help_text=gettext_lazy("What is open already is closed in its time."),
    )
    field_order = (*edits.FIELDS, "reason")


class WeekForm(Reasoned):
    """A week that differs."""

    week = forms.CharField(
        max_length=8,
        label=gettext_lazy("Week"),
        help_text=gettext_lazy("Such as 2026-W52."),
        error_messages={"required": gettext_lazy("Say which week.")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What differs"),
        widget=forms.RadioSelect,
        choices=(
            ("cancelled", gettext_lazy("No conference that week")),
            ("moved", gettext_lazy("Another day or time")),
            ("usual", gettext_lazy("As usual after all")),
        ),
    )
    day = Day(required=False, label=pgettext_lazy("conference", "Day"))
    at = Clock(required=False, label=gettext_lazy("Time"))
    field_order = ("week", "how", "day", "at", "reason")

    def clean(self) -> dict[str, Any]:
        """What is moved says to where."""
        told = super().clean() or {}
        if told.get("how") == "moved" and not told.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day it is held."))
        return told


@require_safe
def weekly(request: Request) -> HttpResponse:
    """GET /weekly/: the next conferences, the latest, and who had reported to them."""
    if not request.who.actor:
        raise Http404
    row, at = stored(), now()
    context = {
        "schedule": row,
        "weekday": dict(WEEKDAYS)[row.weekday] if row else "",
        "coming": coming(row, at) if row else [],
        "held": held(request.who),
        "can_edit": may_edit(request.who),
        "changes": changes_of(edits.REGISTER, "schedule", *exceptions()) if may_edit(request.who) else (),
    }
    return render(request, "web/weekly.html", context)


def coming(row: WeeklySchedule, at: datetime) -> list[Coming]:
    """The next weeks."""
    otherwise = exceptions()
    return [
        Coming(
            week, plan, otherwise.get(week), holiday(plan.conference_at.astimezone(STOCKHOLM).date()) if plan else ""
        )
        for week, plan in following(as_schedule(row), otherwise, at)
    ]


def held(who: Who) -> list[Held]:
    """The latest that were opened, those of them that the reader may read."""
    rows = {run.operation: run for run in WeeklyRun.objects.exclude(operation=None)[:LATEST]}
    seen = set(readable(who).filter(id__in=list(rows)).values_list("id", flat=True))
    return [one_held(run, operation, who) for operation, run in rows.items() if operation and operation in seen]


def one_held(run: WeeklyRun, operation: UUID, who: Who) -> Held:
    """One of them, with who had reported to it."""
    state = basics(operation, who)
    silent = not_reported(picture(operation, who), state)
    reported = tuple(state.short(code) for code in state.participants if code not in silent)
    return Held(run, state.title, reported, tuple(state.short(code) for code in silent))


@READ_OR_WRITE
def schedule(request: Request) -> HttpResponse:
    """GET and POST /weekly/schedule/: for the secretariat and administrators."""
    if not may_edit(request.who):
        raise Http404
    row = stored() or WeeklySchedule(pk=1)
    state = edits.state_of(row)
    form = ScheduleForm(request.POST or None, initial=state | {"seen": stamp(state)})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        new = WeeklySchedule(pk=1, **{name: told[name] for name in edits.FIELDS})
        if attempt(
            form, lambda: edits.save_schedule(schedule=new, reason=told["reason"], by=request.who, seen=told["seen"])
        ):
            messages.success(request, _("Saved."))
            return redirect("weekly")
        data = request.POST.copy()
        data["seen"] = stamp(edits.state_of(stored() or WeeklySchedule(pk=1)))
        form.data = data
    return edited(request, form, _("The schedule of the weekly conference"))


@READ_OR_WRITE
def week(request: Request) -> HttpResponse:
    """GET and POST /weekly/weeks/: a week that differs, for the secretariat and administrators."""
    if not may_edit(request.who):
        raise Http404
    form = WeekForm(request.POST or None, initial={"week": request.GET.get("week", ""), "how": "cancelled"})
    if form.is_bound and form.is_valid() and attempt(form, lambda: changed(form.cleaned_data, request.who)):
        messages.success(request, _("Saved."))
        return redirect("weekly")
    return edited(request, form, _("A week that differs"))


def changed(told: dict[str, Any], who: Who) -> bool:
    """Save what was typed about a week."""
    name, reason = told["week"].strip().upper(), told["reason"]
    if told["how"] == "usual":
        edits.known(name)
        return edits.end_exception(week=name, reason=reason, by=who)
    moved = told["how"] == "moved"
    day, at = (told["day"], told["at"]) if moved else (None, None)
    return edits.save_exception(week=name, day=day, at=at, reason=reason, by=who)


def edited(request: Request, form: forms.Form, title: str) -> HttpResponse:
    """The page of a form."""
    context = {"form": form, "title": title, "back": reverse("weekly")}
    return render(request, "web/weekly_edit.html", context, status=status(form))
