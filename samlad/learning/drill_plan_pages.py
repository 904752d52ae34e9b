"""Planning test alarms: for the secretariat and administrators only, since not all of them are announced."""

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.learning.drill_edits import FIELDS, REGISTER, save_plan, state_of
from samlad.learning.drill_forms import NTHS, WEEKDAYS, NowForm, PlanForm
from samlad.learning.drill_pages import moment
from samlad.learning.drill_queries import next_of
from samlad.learning.drill_rules import may_plan, may_start
from samlad.learning.drill_runs import begin_now
from samlad.learning.drill_tables import role_name
from samlad.learning.models import Drill, DrillPlan
from samlad.registers.actions import stamp
from samlad.registers.history import changes_of
from samlad.registers.http import Request
from samlad.registers.queries import actors_ever

LATEST = 24
READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


class Planned(msgspec.Struct, frozen=True):
    """A plan in words."""

    plan: DrillPlan
    when: str
    next: str
    actors: str
    roles: str


@require_safe
def plans(request: Request) -> HttpResponse:
    """GET /drills/plans/: what is planned, and what became of what was."""
    if not may_plan(request.who):
        raise Http404
    found = list(DrillPlan.objects.all())
    names = {actor.code: actor.short for actor in actors_ever()}
    context = {
        "plans": [planned(plan, names) for plan in found],
        "drills": [(drill, moment(drill.due_at)) for drill in Drill.objects.all()[:LATEST]],
        "may_start": may_start(request.who),
        "changes": changes_of(REGISTER, *(str(plan.pk) for plan in found))[:LATEST],
    }
    return render(request, "learning/drill_plans.html", context)


@READ_OR_WRITE
def plan_new(request: Request) -> HttpResponse:
    """GET and POST /drills/plans/new/."""
    return edited(request, DrillPlan(), {}, _("New test alarm each month"))


@READ_OR_WRITE
def plan(request: Request, plan: UUID) -> HttpResponse:
    """GET and POST /drills/plans/<plan>/: change or pause it."""
    if not may_plan(request.who):
        raise Http404
    row = get_object_or_404(DrillPlan, pk=plan)
    initial = {name: getattr(row, name) for name in FIELDS} | {"seen": stamp(state_of(row))}
    return edited(request, row, initial, _("Change: %(title)s") % {"title": row.title})


@READ_OR_WRITE
def now_(request: Request) -> HttpResponse:
    """GET and POST /drills/now/: one at once, by the secretariat. Leads to its operation."""
    who = request.who
    if not may_start(who):
        raise Http404
    form = NowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        drill = attempt(
            form,
            lambda: begin_now(
                by=who,
                id=told["id"],
                title=told["title"],
                actors=told["actors"],
                roles=told["roles"],
                answer_within=told["answer_within"],
                whole=told["whole_ladder"],
            ),
        )
        if drill:
            return redirect("operation", drill.pk)
    context = {"form": form, "title": _("Start a test alarm now"), "back": reverse("drills"), "at_once": True}
    return render(request, "learning/drill_form.html", context, status=status(form))


def edited(request: Request, row: DrillPlan, initial: dict[str, Any], title: str) -> HttpResponse:
    """Show the form of a plan, or save it and go back to all of them."""
    if not may_plan(request.who):
        raise Http404
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        saved = attempt(
            form,
            lambda: (save_plan(plan=form.fill(row), reason=told["reason"], by=request.who, seen=told["seen"]),),
        )
        if saved:
            messages.success(request, _("Saved.") if saved[0] else _("Nothing was changed."))
            return redirect("drill_plans")
    context = {"form": form, "title": title, "back": reverse("drill_plans"), "at_once": False}
    return render(request, "learning/drill_form.html", context, status=status(form))


def planned(row: DrillPlan, names: dict[str, str]) -> Planned:
    """A plan in the reader's language."""
    at = next_of(row, now())
    if row.day_rule == "weekday":
        told = {"nth": dict(NTHS)[row.nth], "weekday": str(dict(WEEKDAYS)[row.weekday]).lower()}
        day = _("the %(nth)s %(weekday)s of the month") % told
    else:
        day = _("a day that nobody knows beforehand")
    hours = f"{row.at:%H:%M}" if row.at else str(row.get_time_rule_display()).lower()
    return Planned(
        plan=row,
        when=f"{day[:1].upper()}{day[1:]}, {hours}",
        next=moment(at) if at else "",
        actors=", ".join(names.get(code, code) for code in row.actors) or _("all parties"),
        roles=", ".join(role_name(code) for code in row.roles) or _("every duty role"),
    )
