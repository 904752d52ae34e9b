"""A plan in the scene that the proofs stand on: decided, with an activity of Nacka's, a follow-up, a stance and a
draft of the annual report."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.governance import record
from samlad.governance.plan import report_actions
from samlad.governance.plan.actions import follow_up_key, stance_key
from samlad.governance.plan.economy import no_economy
from samlad.governance.plan.models import Activity, FollowUp, PlanStance, PlanYear
from samlad.journal.who import SYSTEM
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

MISSING_PLAN: Final = {"year": 2099, "activity": new_id(), "quarter": 9, "section": "ingen"}


def annual_plan(cast: Everybody) -> dict[str, Any]:
    """A row of each of the plan's tables; returns what stands in the addresses."""
    year = today().year
    plan = PlanYear(
        year=year, state="decided", sent_at=now(), decided_on=date(year - 1, 11, 20), said="Enligt förslaget."
    )
    record.save(plan, by=SYSTEM)
    activity = Activity(
        year_id=plan.pk, title="Larmprov varje månad", text="Alla larmas.", measure="95 procent kvitterar i tid.",
        responsible_id="nacka", proposed_by_id="nacka", participants=["sodertalje"], amount=Decimal("60000"),
        first_day=date(year, 1, 1), last_day=date(year, 12, 31), state="in_plan", planned_on=date(year - 1, 10, 1),
    )  # fmt: skip
    record.save(activity, by=cast.registrar.who)
    stance = PlanStance(id=stance_key(plan, "nacka"), year_id=plan.pk, actor_id="nacka", stance="agrees")
    record.save(stance, by=cast.secretariat.who)
    told = FollowUp(
        id=follow_up_key(activity, 1), activity_id=activity.pk, quarter=1, status="on_plan", reported_on=today()
    )
    record.save(told, by=cast.registrar.who)
    report_actions.make(plan, by=cast.secretariat.who, economy=no_economy)
    return {"year": year, "activity": activity.pk, "quarter": 1, "section": "summary"}
