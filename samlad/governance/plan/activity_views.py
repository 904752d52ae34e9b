"""Activities: proposed, dealt with, followed up each quarter, carried to the next year."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.pages import READ_OR_WRITE, changing, on_day
from samlad.governance.plan import actions, figures, queries, rules
from samlad.governance.plan.forms import ActivityForm, FollowUpForm, OrderForm, PlaceForm, WithdrawForm
from samlad.governance.plan.models import Activity, ActivityState, FollowUp, PlanState
from samlad.governance.plan.pages import (
    activity_or_404,
    found_or_404,
    latest_first,
    plan_or_404,
    plan_page,
    posted,
)
from samlad.governance.plan.words import attention, kronor
from samlad.governance.rules import keeper_or_404, keeps, speaker_or_404, speaks_for
from samlad.registers.http import Request


@READ_OR_WRITE
def activity_new(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/activities/new/: propose one."""
    plan = plan_or_404(request, year)
    who = request.who
    speaker_or_404(who, who.actor)
    instance = Activity(year_id=plan.pk, proposed_by_id=who.actor)
    form = ActivityForm(posted(request), instance=instance, plan=plan, speaks=who.actor, keeps=keeps(who))
    return changing(
        request,
        form,
        lambda: actions.save_activity(form.row(), by=who),
        title=_("Propose an activity for %(year)s") % {"year": year},
        back=reverse("plan", args=[year]),
        done=lambda: reverse("activity", args=[form.row().pk]),
        about=_("All parties read it at once. The secretariat puts it into the plan, or leaves it out with a reason."),
        button=_("Propose"),
        template="governance/plan_edit.html",
    )


@require_safe
def activity(request: Request, activity: UUID) -> HttpResponse:
    """GET /governance/plans/activities/<activity>/: all about one."""
    on = on_day(request)
    plan, found = activity_or_404(request, activity, on)
    who, row = request.who, found.activity
    origin = queries.activity(row.carried_from_id, on) if row.carried_from_id else None
    following = queries.plan_of(plan.year + 1, on)
    may_carry = (
        speaks_for(who, row.responsible_id)
        and row.state == ActivityState.IN_PLAN
        and following is not None
        and rules.may_propose(who, following)
    )
    shown = {
        "one": found,
        "attention": attention(found),
        "amount": kronor(row.amount),
        "spent": kronor(found.standing.spent),
        "quarters": [(quarter, found.standing.follow_ups.get(quarter)) for quarter in figures.QUARTERS],
        "origin": origin,
        "may_change": not on and rules.may_change(who, plan, row),
        "may_place": not on and keeps(who) and plan.state != PlanState.CLOSED,
        "may_follow_up": not on and rules.may_follow_up(who, plan, row),
        "may_carry": not on and may_carry and found.carried_to is None,
    }
    keys = [one.pk for one in found.standing.follow_ups.values()]
    changes = latest_first(record.changes(Activity, row.pk), record.changes(FollowUp, *keys))
    return plan_page(request, "plan_activity", plan, shown, on=on, changes=changes)


@READ_OR_WRITE
def activity_edit(request: Request, activity: UUID) -> HttpResponse:
    """GET, POST /governance/plans/activities/<activity>/edit/."""
    plan, found = activity_or_404(request, activity)
    who, row = request.who, found.activity
    speaker_or_404(who, row.proposed_by_id)
    form = ActivityForm(posted(request), instance=row, plan=plan, speaks=who.actor, keeps=keeps(who))
    return changing(
        request,
        form,
        lambda: actions.save_activity(form.row(), by=who, reason=form.why, seen=form.cleaned_data["seen"]),
        title=found.activity.title,
        back=reverse("activity", args=[activity]),
        about=_("What it said before stands in the history."),
        template="governance/plan_edit.html",
    )


@READ_OR_WRITE
def activity_place(request: Request, activity: UUID) -> HttpResponse:
    """GET, POST /governance/plans/activities/<activity>/place/: into the plan, or left out with a reason."""
    keeper_or_404(request.who)
    _plan, found = activity_or_404(request, activity)
    form = PlaceForm(posted(request), instance=found.activity)
    return changing(
        request,
        form,
        lambda: actions.place(form.row(), by=request.who, seen=form.cleaned_data["seen"]),
        title=_("In the plan or not: %(activity)s") % {"activity": found.activity.title},
        back=reverse("activity", args=[activity]),
        about=_("A lower number stands earlier in its goal area."),
    )


@READ_OR_WRITE
def activity_withdraw(request: Request, activity: UUID) -> HttpResponse:
    """GET, POST /governance/plans/activities/<activity>/withdrawal/: take a proposal back, or put it forward again."""
    _plan, found = activity_or_404(request, activity)
    row = found.activity
    speaker_or_404(request.who, row.proposed_by_id)
    back = row.state == ActivityState.WITHDRAWN
    form = WithdrawForm(posted(request), initial={"again": back})
    return changing(
        request,
        form,
        lambda: actions.withdraw(
            row, by=request.who, reason=form.cleaned_data["reason"], back=form.cleaned_data["again"]
        ),
        title=_("Propose it again") if back else _("Withdraw the proposal"),
        back=reverse("activity", args=[activity]),
        about=row.title,
        button=_("Propose it again") if back else pgettext_lazy("proposal", "Withdraw"),
    )


@READ_OR_WRITE
def plan_order(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/order/: the order of all activities in the plan."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    every = [
        one for area in queries.by_area(plan, queries.in_plan(queries.activities(year))) for one in area.activities
    ]
    rows = [one.activity for one in every]
    form = OrderForm(posted(request), activities=rows)
    return changing(
        request,
        form,
        lambda: actions.order(plan, [(one, form.cleaned_data[str(one.pk)]) for one in rows], by=request.who),
        title=_("The order in the plan of %(year)s") % {"year": year},
        back=reverse("plan", args=[year]),
        about=_("A lower number stands earlier in its goal area."),
    )


@READ_OR_WRITE
def activity_follow_up(request: Request, activity: UUID, quarter: int) -> HttpResponse:
    """GET, POST /governance/plans/activities/<activity>/quarters/<quarter>/: how it stands."""
    plan, found = activity_or_404(request, activity)
    row = found.activity
    speaker_or_404(request.who, row.responsible_id)
    found_or_404(quarter in figures.QUARTERS)
    stored = found.standing.follow_ups.get(quarter)
    instance = stored or FollowUp(
        pk=actions.follow_up_key(row, quarter), activity_id=row.pk, quarter=quarter, spent=found.standing.spent
    )
    form = FollowUpForm(posted(request), instance=instance)
    return changing(
        request,
        form,
        lambda: actions.follow_up(form.row(), by=request.who, seen=form.cleaned_data["seen"]),
        title=_("Follow-up, quarter %(quarter)s %(year)s: %(activity)s")
        % {"quarter": quarter, "year": plan.year, "activity": row.title},
        back=reverse("activity", args=[activity]),
        about=_("Followed up by: %(measure)s") % {"measure": row.measure},
    )


@require_POST
def activity_carry(request: Request, activity: UUID) -> HttpResponse:
    """POST /governance/plans/activities/<activity>/carrying/: propose it for the next year too."""
    plan, found = activity_or_404(request, activity)
    speaker_or_404(request.who, found.activity.responsible_id)
    back = reverse("activity", args=[activity])
    try:
        done = actions.carry(found.activity, by=request.who)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect(back)
    if not done:
        messages.info(request, _("It was carried to %(year)s already.") % {"year": plan.year + 1})
        return redirect(back)
    messages.success(request, _("It is proposed for %(year)s too.") % {"year": plan.year + 1})
    return redirect("activity", Activity.objects.get(carried_from=found.activity.pk).pk)
