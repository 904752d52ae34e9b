"""Who may do what with a plan, and when. Each actor takes its own stance; nobody counts them into an outcome."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.plan import figures
from samlad.governance.plan.models import (
    Activity,
    ActivityState,
    FollowUp,
    PlanStance,
    PlanState,
    PlanYear,
    Progress,
    Stance,
)
from samlad.governance.rules import keeps, speaks_for
from samlad.journal.who import Who

OPEN: Final = PlanState.DRAFTING.value
CARRIED_OUT: Final = frozenset({PlanState.DECIDED.value, PlanState.PRESENTED.value})
EXPLAINED: Final = frozenset({Progress.DEVIATES.value, Progress.BROKEN_OFF.value})
"""What can't be said of an activity without a text."""


def may_propose(who: Who, plan: PlanYear) -> bool:
    """Whether this reader can propose activities now: those who speak for an actor, while the plan is open for
    proposals; the secretariat also later, since things happen in a year."""
    open_to = plan.state != PlanState.CLOSED if keeps(who) else plan.state == OPEN
    return open_to and speaks_for(who, who.actor)


def may_change(who: Who, plan: PlanYear, activity: Activity) -> bool:
    """Whether this reader can change an activity now: its proposer until it is dealt with, the secretariat until the
    year is closed."""
    if keeps(who):
        return plan.state != PlanState.CLOSED
    not_dealt_with = activity.state in (ActivityState.PROPOSED, ActivityState.WITHDRAWN)
    return speaks_for(who, activity.proposed_by_id) and plan.state == OPEN and not_dealt_with


def may_follow_up(who: Who, plan: PlanYear, activity: Activity) -> bool:
    """Whether this reader can follow an activity up now: those who speak for the responsible actor, and the
    secretariat."""
    carried_out = plan.state in CARRIED_OUT and activity.state == ActivityState.IN_PLAN
    return carried_out and speaks_for(who, activity.responsible_id)


def check_may(allowed: bool) -> None:
    """Refuse what is not for this reader, or not now: the page was opened before something changed."""
    if not allowed:
        raise Refused(_("This can't be done now. Reload the page to see how the plan stands."))


def check_activity(plan: PlanYear, activity: Activity) -> None:
    """Days in order, and at least one of them in the plan's year."""
    if activity.last_day < activity.first_day:
        raise Refused(_("The last day is before the first."), field="last_day")
    year_first, year_last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    if activity.first_day > year_last:
        raise Refused(_("It begins after the plan's year, %(year)s.") % {"year": plan.year}, field="first_day")
    if activity.last_day < year_first:
        raise Refused(_("It is over before the plan's year, %(year)s.") % {"year": plan.year}, field="last_day")


def check_placed(plan: PlanYear, activity: Activity) -> None:
    """What is left out is so for a reason that its proposer can read."""
    check_may(plan.state != PlanState.CLOSED)
    if activity.state == ActivityState.LEFT_OUT and not activity.left_out.strip():
        raise Refused(_("Say why it is left out. Whoever proposed it reads this."), field="left_out")


def check_stance(plan: PlanYear, stance: PlanStance) -> None:
    """A stance is taken on a plan that is with chefsgruppen; a reservation and a no say what and why."""
    if plan.state != PlanState.PROPOSED:
        raise Refused(_("The plan is not with chefsgruppen now. Stances are taken when it has been sent."))
    if stance.stance == Stance.RESERVATION and not stance.text.strip():
        raise Refused(_("Say what the reservation is."), field="text")
    if stance.stance == Stance.DISAGREES and not stance.text.strip():
        raise Refused(_("Say why the actor disagrees."), field="text")


def check_follow_up(plan: PlanYear, one: FollowUp, others: list[FollowUp], today: date) -> None:
    """A quarter that has begun; a text where it deviates or is broken off; and money that only grows."""
    if one.quarter not in figures.begun_quarters(plan.year, today):
        raise Refused(_("The quarter has not begun."))
    if one.status in EXPLAINED and not one.deviation.strip():
        raise Refused(_("Say what deviates, why, and what is done about it."), field="deviation")
    before = max((other.spent for other in others if other.quarter < one.quarter), default=Decimal(0))
    if one.spent < before:
        sentence = _("Less than was spent by an earlier quarter (%(amount)s kr). Tell all of the year so far.")
        raise Refused(sentence % {"amount": before}, field="spent")
    after = [other.spent for other in others if other.quarter > one.quarter]
    if after and one.spent > min(after):
        sentence = _("More than was spent by a later quarter (%(amount)s kr). Correct that one first.")
        raise Refused(sentence % {"amount": min(after)}, field="spent")
