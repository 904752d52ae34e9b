"""Saving a plan of test alarms. Each change leaves a row in the registers' history, which tells who set it and why."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.learning.drill_rules import check_answer_within, check_can_plan
from samlad.learning.models import DrillPlan
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import note, snapshot
from samlad.registers.rules import check_unchanged

REGISTER: Final = "drills"
FIELDS: Final = (
    "title",
    "day_rule",
    "nth",
    "weekday",
    "time_rule",
    "at",
    "announced",
    "actors",
    "roles",
    "whole_ladder",
    "answer_within",
    "paused",
)


def state_of(plan: DrillPlan) -> dict[str, Any]:
    """A plan as the history keeps it. What the hidden days follow from is not in it."""
    found = snapshot(plan, FIELDS)
    return {"name": found.pop("title")} | found | {"at": plan.at.strftime("%H:%M") if plan.at else ""}


@one_change
def save_plan(*, plan: DrillPlan, reason: str, by: Who, seen: str = "") -> bool:
    """Save a new or changed plan; what it should have done before now is not made up for. Whether anything differs.

    `seen` is the stamp of what the form was filled from. Raises Refused.
    """
    check_can_plan(by)
    check_answer_within(plan.answer_within)
    if plan.time_rule == "fixed" and plan.at is None:
        raise Refused(_("Say at what time."), field="at")
    stored = DrillPlan.objects.select_for_update().filter(pk=plan.pk).first()
    before, after = state_of(stored) if stored else None, state_of(plan)
    if before == after:
        return False
    if before is not None:
        check_unchanged(seen, {"name": before["name"]}, stamp(before))
    plan.since = now()
    plan.save()
    note(register=REGISTER, key=str(plan.pk), by=by, before=before, after=after, reason=reason)
    return True
