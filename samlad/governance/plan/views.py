"""The plan of each year: all years, one year, its list, its picture, its paper."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lists import Column, Listing, attached
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.plan import actions, plan_pdf, queries, rules, stances
from samlad.governance.plan.chart import charts
from samlad.governance.plan.forms import YearForm
from samlad.governance.plan.models import ActivityState, PlanState, PlanYear
from samlad.governance.plan.pages import plan_changes, plan_or_404, plan_page, posted
from samlad.governance.plan.queries import ActivityView
from samlad.governance.plan.words import attention, kronor, progress_word, sum_words
from samlad.governance.rules import keeper_or_404, reader_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today


@require_safe
def plans(request: Request) -> HttpResponse:
    """GET /governance/plans/: all years."""
    reader_or_404(request.who)
    on = on_day(request)
    found = queries.years(on)
    rows = [(one, queries.sums_of(queries.activities(one.year, on))) for one in found]
    shown = {"plans": rows, "seen_on": True}
    changes = record.changes(PlanYear, *(one.pk for one in found))
    return page(request, "governance/plan_years.html", shown, on=on, changes=changes)


@READ_OR_WRITE
def plan_new(request: Request) -> HttpResponse:
    """GET, POST /governance/plans/new/: open a year for proposals."""
    keeper_or_404(request.who)
    known = queries.years()
    year = max([one.year for one in known], default=today().year - 1) + 1
    form = YearForm(posted(request), initial={"year": year, "vision": known[0].vision_id if known else None})
    return changing(
        request,
        form,
        lambda: actions.save_year(form.row(), by=request.who),
        title=_("Open the plan of a year"),
        back=reverse("plans"),
        done=lambda: reverse("plan", args=[form.row().year]),
        about=_("Then all actors can propose activities for it."),
    )


@READ_OR_WRITE
def plan_edit(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/edit/."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = YearForm(posted(request), instance=plan)
    return changing(
        request,
        form,
        lambda: actions.save_year(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"]),
        title=_("About the plan of %(year)s") % {"year": year},
        back=reverse("plan", args=[year]),
    )


@require_safe
def plan(request: Request, year: int) -> HttpResponse:
    """GET /governance/plans/<year>/: what is planned, how it goes, what has to be seen to."""
    on = on_day(request)
    found = plan_or_404(request, year, on)
    every = queries.activities(year, on)
    planned, sums = queries.in_plan(every), queries.sums_of(every)
    needing = [(one, attention(one)) for one in planned if queries.needs_attention(one)]
    by_state = {state.value: [one for one in every if one.activity.state == state] for state in ActivityState}
    shown = {
        "areas": queries.by_area(found, planned, on),
        "sums": sums,
        "amount": kronor(sums.amount),
        "spent": kronor(sums.spent),
        "needing": needing if found.state in rules.CARRIED_OUT else [],
        "by_state": by_state,
        "begun": found.state in (*rules.CARRIED_OUT, PlanState.CLOSED),
        "silent": stances.silent(stances.stances(found, on)) if found.state == PlanState.PROPOSED else [],
        "may_propose": not on and rules.may_propose(request.who, found),
        "as_decided": found.decided_on and found.decided_on < today() and queries.plan_of(year, found.decided_on),
        **last_words(found, on),
    }
    return plan_page(request, "plan_year", found, shown, on=on, changes=plan_changes(found))


def last_words(plan: PlanYear, on: date | None) -> dict[str, Any]:
    """What a plan can be done with next, for the secretariat's buttons."""
    over = (on or today()) > date(plan.year, 12, 31)
    return {"may_close": plan.state in rules.CARRIED_OUT and over, "carried_out": plan.state in rules.CARRIED_OUT}


def columns() -> list[Column[ActivityView]]:
    """The columns of the list of activities, on the page and in files."""
    return [
        Column("activity", _("Activity"), lambda one: one.activity.title, link=address),
        Column("area", _("Goal area"), lambda one: one.area, choice=True),
        Column("responsible", _("Responsible actor"), lambda one: one.responsible, choice=True),
        Column("from", _("From"), lambda one: one.activity.first_day),
        Column("until", _("Up to and including"), lambda one: one.activity.last_day),
        Column(
            "amount",
            _("Money (SEK)"),
            lambda one: one.activity.amount,
            text=lambda one: sum_words(one.activity.amount),
            number=True,
        ),
        Column(
            "spent",
            _("Spent (SEK)"),
            lambda one: one.standing.spent,
            text=lambda one: sum_words(one.standing.spent),
            number=True,
        ),
        Column("priority", _("Priority"), lambda one: one.activity.get_priority_display(), choice=True),
        Column(
            "state",
            pgettext_lazy("activity", "State"),
            lambda one: one.activity.get_state_display(),
            choice=True,
        ),
        Column("status", pgettext_lazy("follow-up", "Status"), status_word, choice=True),
        Column("attention", _("To see to"), lambda one: "; ".join(attention(one)), hidden=True),
        Column("participants", _("Participants"), lambda one: ", ".join(one.participants), hidden=True),
        Column("proposed_by", _("Proposed by"), lambda one: one.proposed_by, choice=True, hidden=True),
        Column("goal", _("Goal"), lambda one: one.goal, hidden=True),
        Column("text", _("What is to be done"), lambda one: one.activity.text, hidden=True),
        Column("why", _("Why"), lambda one: one.activity.why, hidden=True),
        Column("measure", _("How it is followed up"), lambda one: one.activity.measure, hidden=True),
        Column("left_out", _("Why it is left out"), lambda one: one.activity.left_out, hidden=True),
        Column("id", _("Identity"), lambda one: one.activity.pk, hidden=True),
    ]


def status_word(one: ActivityView) -> str:
    """How it goes; nothing for what is not in the plan."""
    return progress_word(one.standing.progress) if one.activity.state == ActivityState.IN_PLAN else ""


def address(one: ActivityView) -> str:
    """Where an activity's page is."""
    return reverse("activity", args=[one.activity.pk])


@require_safe
def plan_activities(request: Request, year: int) -> HttpResponse:
    """GET /governance/plans/<year>/activities/: all proposed and planned, to sort, filter and take along."""
    on = on_day(request)
    found = plan_or_404(request, year, on)
    list_ = Listing(
        columns(),
        queries.activities(year, on),
        request.GET,
        name=f"verksamhetsplan-{year}",
        empty=_("Nobody has proposed an activity yet."),
    )
    if file := list_.file():
        return file
    shown = {"list": list_, "may_propose": not on and rules.may_propose(request.who, found)}
    return plan_page(request, "plan_activities", found, shown, on=on, changes=plan_changes(found))


@require_safe
def plan_chart(request: Request, year: int) -> HttpResponse:
    """GET /governance/plans/<year>/chart/: the year at a glance, with the same as a list."""
    on = on_day(request)
    found = plan_or_404(request, year, on)
    planned = queries.in_plan(queries.activities(year, on))
    areas = [area for area in queries.by_area(found, planned, on) if area.activities]
    drawn = charts(year, areas, on or today())
    shown = {"areas": list(zip(areas, drawn, strict=True))}
    return plan_page(request, "plan_chart", found, shown, on=on, changes=plan_changes(found))


@require_safe
def plan_paper(request: Request, year: int) -> HttpResponse:
    """GET /governance/plans/<year>/plan.pdf: the plan as a paper for a meeting."""
    on = on_day(request)
    found = plan_or_404(request, year, on)
    made = plan_pdf.as_pdf(found, on)
    return attached(made, "application/pdf", f"verksamhetsplan-{year}.pdf")
