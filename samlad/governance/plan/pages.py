"""What the pages of one year's plan have in common: the plan or 404, its own tabs, its history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samlad.governance import record
from samlad.governance.pages import page
from samlad.governance.plan import queries
from samlad.governance.plan.models import Activity, PlanState, PlanYear, ReportState
from samlad.governance.rules import keeps, reader_or_404
from samlad.registers.history import ChangeView
from samlad.registers.http import Request


def plan_or_404(request: Request, year: int, on: date | None = None) -> PlanYear:
    """The plan of a year, for those who may read it."""
    reader_or_404(request.who)
    found = queries.plan_of(year, on)
    if found is None:
        raise Http404
    return found


def activity_or_404(request: Request, activity: Any, on: date | None = None) -> tuple[PlanYear, queries.ActivityView]:
    """An activity and the plan it is in, for those who may read them."""
    reader_or_404(request.who)
    found = queries.activity(activity, on)
    if found is None:
        raise Http404
    plan = queries.plan_of(found.year, on)
    assert plan is not None
    return plan, found


def posted(request: Request) -> QueryDict | None:
    """What was sent; not None where an empty form was: a question that is only answered yes."""
    return request.POST if request.method == "POST" else None


def found_or_404(allowed: bool) -> None:
    """For pages that are there for some, or at some stage, only."""
    if not allowed:
        raise Http404


def plan_tabs(request: Request, plan: PlanYear) -> list[tuple[str, str, bool]]:
    """The pages of one year: what each is called, where it leads, whether one is there."""
    named = [
        (pgettext("plan", "The plan"), "plan"),
        (_("Activities"), "plan_activities"),
        (_("The year at a glance"), "plan_chart"),
    ]
    if plan.state != PlanState.DRAFTING or plan.sent_at:
        named.append((_("Stances and decision"), "plan_stances"))
    report = queries.report_of(plan.year)
    if keeps(request.who) or (report and report.state == ReportState.FINAL):
        named.append((_("Annual report"), "annual_report"))
    made = [(label, reverse(name, args=[plan.year])) for label, name in named]
    return [(label, url, request.path == url) for label, url in made]


def plan_page(
    request: Request,
    template: str,
    plan: PlanYear,
    shown: dict[str, Any],
    *,
    on: date | None = None,
    changes: Sequence[ChangeView] = (),
) -> HttpResponse:
    """A page of one year's plan."""
    own = {"plan": plan, "plan_tabs": plan_tabs(request, plan), "seen_on": True}
    return page(request, f"governance/{template}.html", own | shown, on=on, changes=changes)


def plan_changes(plan: PlanYear) -> list[ChangeView]:
    """The history of a plan and of which activities are in it."""
    keys = [one.pk for one in Activity.objects.filter(year=plan.pk).only("pk")]
    return latest_first(record.changes(PlanYear, plan.pk), record.changes(Activity, *keys))


def latest_first(*histories: Sequence[ChangeView]) -> list[ChangeView]:
    """Several histories as one."""
    return sorted((one for history in histories for one in history), key=lambda one: one.at, reverse=True)
