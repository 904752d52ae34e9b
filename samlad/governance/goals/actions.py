"""What changes the joint goals, one by one in pages; whole files are `importing`'s. Only the secretariat keeps them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.goals.file import RESERVED
from samlad.governance.goals.models import Capability, Goal, GoalArea, GoalCapability, SubCapability, Vision
from samlad.governance.record import remove, rows, save
from samlad.governance.rules import check_keeps
from samlad.journal.who import Who
from samlad.registers.actions import one_change


@one_change
def save_vision(vision: Vision, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save the goals of a period, without what they are; whether anything differs. Raises Refused."""
    check_keeps(by)
    if vision.code in RESERVED:
        raise Refused(_("That word stands in other addresses already. Choose another short name."), field="code")
    if vision.last_day < vision.first_day:
        raise Refused(_("The last day is before the first."), field="last_day")
    return save(vision, by=by, reason=reason, seen=seen, new=new)


@one_change
def save_area(area: GoalArea, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a goal area; whether anything differs. Raises Refused."""
    check_keeps(by)
    if any(one.code == area.code and one.pk != area.pk for one in rows(GoalArea, vision_id=area.vision_id)):
        raise Refused(_("There is an area with that short name already."), field="code")
    return save(area, by=by, reason=reason, seen=seen, new=new)


@one_change
def remove_area(area: GoalArea, *, by: Who, reason: str) -> bool:
    """Take away a goal area that has no goals; it stays in the history. Raises Refused."""
    check_keeps(by)
    if rows(Goal, area_id=area.pk):
        raise Refused(_("There are goals in the area. Take them away first."))
    return taken_away(area, by, reason)


@one_change
def remove_goal(goal: Goal, *, by: Who, reason: str) -> bool:
    """Take away a goal with what it aims at; it stays in the history. Raises Refused where the plan needs it."""
    check_keeps(by)
    for link in rows(GoalCapability, goal_id=goal.pk):
        remove(link, by=by, reason=reason)
    return taken_away(goal, by, reason)


def taken_away(row: Goal | GoalArea, by: Who, reason: str) -> bool:
    """Delete a row, unless something else needs it."""
    try:
        return remove(row, by=by, reason=reason)
    except ProtectedError as needed:
        raise Refused(_("The annual plan has activities that belong to it, so it can't be taken away.")) from needed


@one_change
def save_goal(
    goal: Goal,
    aims_at: Iterable[Capability | SubCapability],
    *,
    by: Who,
    reason: str = "",
    seen: str = "",
    new: bool = False,
) -> bool:
    """Save a goal with what it aims at; whether anything differs. Raises Refused."""
    check_keeps(by)
    if any(one.code == goal.code and one.pk != goal.pk for one in rows(Goal, area_id=goal.area_id)):
        raise Refused(_("There is a goal with that short name already."), field="code")
    changed = save(goal, by=by, reason=reason, seen=seen, new=new)
    wanted: set[tuple[UUID, UUID | None]] = {
        (aim.capability_id, aim.pk) if isinstance(aim, SubCapability) else (aim.pk, None) for aim in aims_at
    }
    for link in rows(GoalCapability, goal_id=goal.pk):
        if (link.capability_id, link.sub_id) in wanted:
            wanted.remove((link.capability_id, link.sub_id))
        else:
            changed |= remove(link, by=by, reason=reason)
    for capability, sub in wanted:
        changed |= save(GoalCapability(goal=goal, capability_id=capability, sub_id=sub), by=by, reason=reason, new=True)
    return changed
