"""A plan for tests: made by short calls, as the secretariat and the actors would."""

from datetime import date
from decimal import Decimal
from typing import Any

from samlad.governance import record
from samlad.governance.plan import actions
from samlad.governance.plan.models import Activity, ActivityState, FollowUp, PlanYear
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import Everybody

YEAR = 2026


def a_plan(state: str = "drafting", year: int = YEAR, **values: Any) -> PlanYear:
    """A plan, in any state."""
    if state in ("decided", "presented", "closed"):
        values = {"decided_on": date(year - 1, 11, 20), "said": "Enligt förslaget."} | values
    plan = PlanYear(year=year, state=state, **values)
    record.save(plan, by=SYSTEM)
    return plan


def an_activity(plan: PlanYear, title: str = "Larmprov", **values: Any) -> Activity:
    """An activity of Nacka's in a plan, proposed by default."""
    defaults: dict[str, Any] = {
        "text": "Alla larmas.", "measure": "95 procent i tid.", "responsible_id": "nacka", "proposed_by_id": "nacka",
        "first_day": date(plan.year, 1, 1), "last_day": date(plan.year, 12, 31),
    }  # fmt: skip
    row = Activity(year_id=plan.pk, title=title, **(defaults | values))
    record.save(row, by=SYSTEM)
    return row


def in_plan(plan: PlanYear, title: str = "Larmprov", **values: Any) -> Activity:
    """An activity that is in the plan."""
    return an_activity(
        plan, title, **({"state": ActivityState.IN_PLAN, "planned_on": date(plan.year - 1, 10, 20)} | values)
    )


def told(cast: Everybody, activity: Activity, quarter: int, status: str = "on_plan", **values: Any) -> bool:
    """Follow an activity up, as Nacka's registrar."""
    spent = Decimal(values.pop("spent", 0))
    one = FollowUp(activity_id=activity.pk, quarter=quarter, status=status, spent=spent, **values)
    return actions.follow_up(one, by=cast.registrar.who)
