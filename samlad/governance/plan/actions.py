"""Every way to change a plan. All raise Refused with a sentence where a rule says no, and tell whether it changed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.plan import figures, queries, rules
from samlad.governance.plan.models import Activity, ActivityState, FollowUp, PlanStance, PlanState, PlanYear
from samlad.governance.plan.stances import speaks_in_chefsgruppen
from samlad.governance.rules import check_keeps, check_speaks_for
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.queries import today


@one_change
def save_year(plan: PlanYear, *, by: Who, reason: str = "", seen: str = "") -> bool:
    """Open the plan of a new year, or change what is said about it."""
    check_keeps(by)
    if PlanYear.objects.filter(year=plan.year).exclude(pk=plan.pk).exists():
        raise Refused(_("There is a plan for that year already."), field="year")
    return record.save(plan, by=by, reason=reason, seen=seen)


@one_change
def save_activity(activity: Activity, *, by: Who, reason: str = "", seen: str = "") -> bool:
    """Propose an activity, or change one."""
    plan = PlanYear.objects.select_for_update().get(pk=activity.year_id)
    stored = Activity.objects.filter(pk=activity.pk).first()
    if stored is None:
        rules.check_may(rules.may_propose(by, plan))
        check_speaks_for(by, activity.proposed_by_id)
    else:
        rules.check_may(rules.may_change(by, plan, stored))
    rules.check_activity(plan, activity)
    return record.save(activity, by=by, reason=reason, seen=seen, new=activity._state.adding)


@one_change
def place(activity: Activity, *, by: Who, seen: str = "") -> bool:
    """Put an activity into the plan, at its place, or leave it out with a reason."""
    check_keeps(by)
    plan = PlanYear.objects.select_for_update().get(pk=activity.year_id)
    rules.check_placed(plan, activity)
    if activity.state == ActivityState.IN_PLAN:
        activity.planned_on = activity.planned_on or today()
        activity.left_out = ""
    else:
        activity.planned_on = None
    return record.save(activity, by=by, reason=activity.left_out[:200], seen=seen)


@one_change
def withdraw(activity: Activity, *, by: Who, reason: str, back: bool = False) -> bool:
    """Take a proposal back, or put it forward again."""
    plan = PlanYear.objects.select_for_update().get(pk=activity.year_id)
    rules.check_may(rules.may_change(by, plan, activity))
    rules.check_may(activity.state in (ActivityState.PROPOSED, ActivityState.WITHDRAWN))
    activity.state = ActivityState.PROPOSED if back else ActivityState.WITHDRAWN
    return record.save(activity, by=by, reason=reason)


@one_change
def order(plan: PlanYear, places: Sequence[tuple[Activity, int | None]], *, by: Who) -> bool:
    """The secretariat's order of the activities."""
    check_keeps(by)
    rules.check_may(plan.state != PlanState.CLOSED)
    changed = False
    for activity, at in places:
        activity.place = at
        changed |= record.save(activity, by=by)
    return changed


@one_change
def send(plan: PlanYear, *, by: Who, reply_by: date, seen: str = "") -> bool:
    """Send the plan to chefsgruppen for stances; again where it was changed, and then all are asked anew."""
    check_keeps(by)
    rules.check_may(plan.state in (PlanState.DRAFTING, PlanState.PROPOSED))
    if reply_by < today():
        raise Refused(_("The day has passed."), field="reply_by")
    states = [one.activity.state for one in queries.activities(plan.year)]
    if ActivityState.IN_PLAN not in states:
        raise Refused(_("There is no activity in the plan yet. Put those that belong to it into the plan first."))
    if left := states.count(ActivityState.PROPOSED):
        sentence = _("%(count)s proposed activities are neither in the plan nor left out with a reason.")
        raise Refused(sentence % {"count": left})
    plan.state, plan.sent_at, plan.reply_by = PlanState.PROPOSED, now(), reply_by
    return record.save(plan, by=by, seen=seen)


@one_change
def take_back(plan: PlanYear, *, by: Who, reason: str) -> bool:
    """Open a plan for proposals again: chefsgruppen wants it changed. The stances stay, as on an earlier proposal."""
    check_keeps(by)
    rules.check_may(plan.state == PlanState.PROPOSED)
    plan.state = PlanState.DRAFTING
    return record.save(plan, by=by, reason=reason)


@one_change
def take_stance(stance: PlanStance, *, by: Who, seen: str = "") -> bool:
    """Say what an actor thinks of the plan."""
    plan = PlanYear.objects.select_for_update().get(pk=stance.year_id)
    rules.check_may(speaks_in_chefsgruppen(by, stance.actor_id))
    rules.check_stance(plan, stance)
    under(stance, stance_key(plan, stance.actor_id))
    stored = PlanStance.objects.filter(pk=stance.pk).first()
    fresh = stored is not None and plan.sent_at is not None and stored.taken_at >= plan.sent_at
    if stored and fresh and (stored.stance, stored.text) == (stance.stance, stance.text):
        return False
    stance.taken_at = now()
    return record.save(stance, by=by, seen=seen)


def under(row: PlanStance | FollowUp, key: UUID) -> None:
    """Let a row be the one with this id, new or not: two who save it first meet in the same row."""
    row.pk = key
    row._state.adding = not type(row)._default_manager.filter(pk=key).exists()


def stance_key(plan: PlanYear, actor: str) -> UUID:
    """The id of an actor's stance on a plan: the same from whichever form."""
    return uuid5(plan.pk, actor)


@one_change
def decide(plan: PlanYear, *, by: Who, seen: str = "") -> bool:
    """Record what chefsgruppen decided, with what it said; or correct what was recorded."""
    check_keeps(by)
    rules.check_may(plan.state == PlanState.PROPOSED or plan.state in rules.CARRIED_OUT)
    if plan.decided_on and plan.decided_on > today():
        raise Refused(_("The day has not come."), field="decided_on")
    if plan.state == PlanState.PROPOSED:
        plan.state = PlanState.DECIDED
    return record.save(plan, by=by, seen=seen)


@one_change
def present(plan: PlanYear, *, by: Who, seen: str = "") -> bool:
    """Record that the plan was presented to Regionala rådet."""
    check_keeps(by)
    rules.check_may(plan.state in rules.CARRIED_OUT)
    if plan.presented_on and plan.decided_on and plan.presented_on < plan.decided_on:
        raise Refused(_("It was presented before it was decided."), field="presented_on")
    if plan.presented_on and plan.presented_on > today():
        raise Refused(_("The day has not come."), field="presented_on")
    plan.state = PlanState.PRESENTED
    return record.save(plan, by=by, seen=seen)


@one_change
def close(plan: PlanYear, *, by: Who, reason: str) -> bool:
    """Close a year that is over: nothing of it is followed up or changed any more."""
    check_keeps(by)
    rules.check_may(plan.state in rules.CARRIED_OUT)
    if today() <= date(plan.year, 12, 31):
        raise Refused(_("The year is not over yet."))
    plan.state = PlanState.CLOSED
    return record.save(plan, by=by, reason=reason)


@one_change
def follow_up(one: FollowUp, *, by: Who, seen: str = "") -> bool:
    """Tell how an activity stands."""
    activity = Activity.objects.select_for_update().get(pk=one.activity_id)
    plan = PlanYear.objects.get(pk=activity.year_id)
    rules.check_may(rules.may_follow_up(by, plan, activity))
    under(one, follow_up_key(activity, one.quarter))
    others = list(FollowUp.objects.filter(activity=activity).exclude(pk=one.pk))
    rules.check_follow_up(plan, one, others, today())
    one.reported_on = today()
    return record.save(one, by=by, seen=seen)


def follow_up_key(activity: Activity, quarter: int) -> UUID:
    """The id of a quarter's follow-up: the same from whichever form."""
    return uuid5(activity.pk, f"quarter {quarter}")


@one_change
def carry(activity: Activity, *, by: Who) -> bool:
    """Propose an activity for the next year too, with what is left of its money; False where that was done already.

    What it was stays where it was, with its history: the new one refers to it.
    """
    check_speaks_for(by, activity.responsible_id)
    year = PlanYear.objects.get(pk=activity.year_id).year
    following = PlanYear.objects.select_for_update().filter(year=year + 1).first()
    if following is None or following.state == PlanState.CLOSED:
        raise Refused(_("There is no open plan for %(year)s yet.") % {"year": year + 1})
    if Activity.objects.filter(carried_from=activity.pk).exists():
        return False
    rules.check_may(activity.state == ActivityState.IN_PLAN and rules.may_propose(by, following))
    return record.save(carried(activity, following), by=by, new=True)


def carried(activity: Activity, following: PlanYear) -> Activity:
    """The same activity in the year after, not saved: its goal area follows where the joint goals are the same."""
    vision = PlanYear.objects.get(pk=activity.year_id).vision_id
    same, first = following.vision_id == vision, date(following.year, 1, 1)
    spent = figures.spent({one.quarter: one for one in FollowUp.objects.filter(activity=activity.pk)})
    return Activity(
        id=uuid5(activity.pk, "carried"), year_id=following.pk, title=activity.title, text=activity.text,
        goal_area_id=activity.goal_area_id if same else None, goal_id=activity.goal_id if same else None,
        why=activity.why, responsible_id=activity.responsible_id, participants=list(activity.participants),
        amount=max(activity.amount - spent, figures.ZERO), first_day=first,
        last_day=activity.last_day if activity.last_day >= first else date(following.year, 12, 31),
        measure=activity.measure,
        priority=activity.priority, proposed_by_id=activity.responsible_id, carried_from_id=activity.pk,
    )  # fmt: skip
