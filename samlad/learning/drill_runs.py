"""Test alarms as they happen: begun when they are due, broken off when something happens in earnest, closed in time.

`run_drills` is a pump of the one worker. What it decides is a row with the operation's id, which follows from the plan
and the month, and is written together with the journal's entries: done once, however often it stopped on the way. A
test alarm that nobody was there to begin in time is not begun afterwards: it does not ring at night for having been
planned for the morning. It is said to have been skipped.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from samlad.activation.actions.drill import begin_drill, end_drill
from samlad.activation.actions.telling import tell_calling
from samlad.activation.entries.calling import CalledOut
from samlad.activation.prepared import calling_times
from samlad.activation.queries import activation, participants
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.learning import drill_words
from samlad.learning.drill_notices import tell_administrators
from samlad.learning.drill_queries import called
from samlad.learning.drill_schedule import Rule, a_week_later, moment, month_of
from samlad.learning.ids import derived_id
from samlad.learning.models import Drill, DrillPlan, DrillState, Why
from samlad.notify.clock import Watchful
from samlad.registers.queries import parties, today

log = logging.getLogger(__name__)

GRACE: Final = timedelta(minutes=20)
"""How late one may begin: longer than a restart takes, shorter than what would surprise."""

_watchful: Final = Watchful()


def run_drills() -> None:
    """The worker's pump: whatever is due of test alarms."""
    jump, at = _watchful.jump(), now()
    under_way = (DrillState.RUNNING, DrillState.POSTPONED)
    for drill in Drill.objects.filter(state__in=under_way).select_related("plan").order_by("due_at", "id"):
        if drill.state == DrillState.POSTPONED:
            if drill.plan is not None and not drill.plan.paused and drill.due_at <= at:
                begin(drill.plan, drill.month, drill.due_at, at)
        elif live_going_on():
            end(drill, stopped=True)
        elif drill.closes_at is None or drill.closes_at + jump <= at:
            end(drill)
        elif jump:
            Drill.objects.filter(pk=drill.pk).update(closes_at=drill.closes_at + jump)
    for plan, month, due in due_plans(at):
        begin(plan, month, due, at)


def due_plans(at: datetime) -> list[tuple[DrillPlan, date, datetime]]:
    """The plans whose month has come and that have not been dealt with in it."""
    month = month_of(at)
    months = (month_of(datetime.combine(month, time(), at.tzinfo) - timedelta(days=1)), month)
    found = [
        (plan, one, moment(Rule.of(plan), one)) for plan in DrillPlan.objects.filter(paused=False) for one in months
    ]
    due = [one for one in found if one[0].since <= one[2] <= at]
    if not due:
        return []
    known = set(Drill.objects.filter(month__in=months).values_list("plan", "month"))
    return [one for one in due if (one[0].pk, one[1]) not in known]


def drill_id(plan: DrillPlan, month: date) -> UUID:
    """The id of a plan's operation in a month."""
    return derived_id(plan.pk, f"drill {month.isoformat()}")


def begin(plan: DrillPlan, month: date, due: datetime, at: datetime) -> None:
    """Begin, postpone or skip one, in one transaction. Another one that is going on is waited for."""
    busy = Drill.objects.filter(state=DrillState.RUNNING).exists()
    late = at - due > GRACE
    if busy and not late:
        return
    title = drill_words.title_of(plan.title, month)
    told = {"title": title, "announced": plan.announced, "due_at": due, "why": "", "state": DrillState.RUNNING}
    actors = called_actors(plan.actors)
    if late:
        told |= {"state": DrillState.SKIPPED, "why": Why.BUSY if busy else Why.LATE}
    elif not actors:
        told |= {"state": DrillState.SKIPPED, "why": Why.NOBODY}
    elif live_going_on():
        again = a_week_later(due)
        told |= {"state": DrillState.POSTPONED, "due_at": again} if again else {"state": DrillState.SKIPPED}
        told |= {"why": Why.LIVE}
    with transaction.atomic():
        drill, _new = Drill.objects.update_or_create(
            id=drill_id(plan, month), defaults={"plan": plan, "month": month} | told
        )
        if drill.state == DrillState.RUNNING:
            call(drill, actors, plan.roles, plan.answer_within, plan.whole_ladder, SYSTEM)
        else:
            log.warning("the test alarm %s of %s was not begun: %s (%s)", drill.pk, due, drill.state, drill.why)


def begin_now(
    *, by: Who, id: UUID, title: str, actors: Sequence[str], roles: Sequence[str], answer_within: int, whole: bool
) -> Drill:
    """Begin one at once, by the secretariat. The same form again is the same one. Raises Refused."""
    if stored := Drill.objects.filter(pk=id).first():
        return stored
    if live_going_on():
        raise Refused(drill_words.NOT_WHILE_LIVE)
    if Drill.objects.filter(state=DrillState.RUNNING).exists():
        raise Refused(drill_words.NOT_TWO_AT_ONCE)
    chosen = called_actors(actors)
    if not chosen:
        raise Refused(drill_words.NOBODY, field="actors")
    month = month_of(now())
    with transaction.atomic():
        told = {"month": month, "title": drill_words.title_of(title, month), "due_at": now()}
        drill, fresh = Drill.objects.get_or_create(id=id, defaults=told | {"state": DrillState.RUNNING})
        if fresh:  # else the same form was sent twice at the same moment
            call(drill, chosen, roles, answer_within, whole, by)
    return drill


def call(drill: Drill, actors: Sequence[str], roles: Sequence[str], minutes: int, whole: bool, by: Who) -> None:
    """Open the exercise and call. Inside the transaction of the drill's row."""
    here = parties(today())
    until = now() + timedelta(minutes=minutes)
    words = drill_words.words(drill.title, until)
    begin_drill(
        by=by,
        operation=drill.pk,
        words=words,
        called=participants(actor for actor in here if actor.code in actors),
        observers=[actor.code for actor in here if actor.convening and actor.code not in actors],
        call=CalledOut(
            purpose="drill",
            actors=tuple(actors),
            subject=words.title,
            text=words.text,
            short=words.short,
            answer_by=until,
            options=drill_words.answer(),
            times=calling_times("exercise"),
            roles=tuple(roles),
        ),
        until=until,
        whole_ladder=whole,
    )
    Drill.objects.filter(pk=drill.pk).update(closes_at=until)


def end(drill: Drill, *, stopped: bool = False) -> None:
    """Close one with its result, and tell each actor's administrators; or break it off, and tell nobody."""
    tell_calling()
    state = called(drill.pk)
    if state.at is not None and drill.closes_at is not None and not stopped:
        minutes = round((drill.closes_at - state.at).total_seconds() / 60)
        result = drill_words.result(len(state.given), len(state.actors), minutes)
    else:
        result = drill_words.broken_off()
    if basics(drill.pk, SYSTEM).closed_at is not None:  # somebody has stood it down: it did not go its whole time
        Drill.objects.filter(pk=drill.pk).update(state=DrillState.STOPPED)
        return
    with transaction.atomic():
        end_drill(by=SYSTEM, operation=drill.pk, result=result)
        told = {"state": DrillState.STOPPED, "why": Why.LIVE} if stopped else {"state": DrillState.ENDED}
        Drill.objects.filter(pk=drill.pk).update(**told)
        if not stopped:
            tell_administrators(drill, state)


def live_going_on() -> bool:
    """Whether something that is no exercise is activated. Nobody is to wonder then which alarm is which."""
    open_ = Operation.objects.filter(closed_at=None, exercise=False).exclude(kind="ordinary", head_seq__lte=1)
    for operation in open_.values_list("pk", flat=True):
        if not basics(operation, SYSTEM).replayed and activation(operation, SYSTEM).mode == "activated":
            return True
    return False


def called_actors(chosen: Sequence[str]) -> list[str]:
    """The actors to call today: those chosen that are parties, or all parties."""
    here = [actor.code for actor in parties(today())]
    return [code for code in here if not chosen or code in chosen]
