"""The demonstration's plans: last year closed with its report, this year carried out, next year open for proposals.

All of it is made up, and says so. Actors are those of the region that the demonstration runs; where one is missing,
another takes its part.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Model

from samlad.base.clock import now
from samlad.governance import record
from samlad.governance.goals.models import GoalArea
from samlad.governance.goals.queries import Goals, current_vision
from samlad.governance.plan import demo_words, figures, report_actions
from samlad.governance.plan.actions import carried, follow_up_key, stance_key
from samlad.governance.plan.economy import no_economy
from samlad.governance.plan.models import (
    Activity,
    ActivityState,
    AnnualReport,
    FollowUp,
    PlanStance,
    PlanState,
    PlanYear,
    Progress,
    ReportState,
)
from samlad.journal.who import SYSTEM
from samlad.registers.models import Change
from samlad.registers.queries import parties, today

DEMO: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f706c")
FICTION: Final = "Påhittat för demonstrationen."
STAGES: Final = {-1: PlanState.CLOSED, 0: PlanState.PRESENTED, 1: PlanState.DRAFTING}


def remember() -> None:
    """Make the plans that are not there yet."""
    if PlanYear.objects.exists():
        return
    for step, state in STAGES.items():
        make_year(today().year + step, state)
    last = PlanYear.objects.get(year=today().year - 1)
    make_report(last)


def make_year(year: int, state: PlanState) -> None:
    """A year's plan with all that belongs to it."""
    vision = current_vision(date(year, 1, 1))
    plan = PlanYear(id=uuid5(DEMO, str(year)), year=year, vision_id=vision.pk if vision else None, state="drafting")
    plan.about = f"{FICTION} {demo_words.ABOUT}"
    plan.proposals_by = date(year - 1, 12, 10) if state == PlanState.DRAFTING else date(year - 1, 10, 15)
    kept(plan, date(year - 1, 8, 31))
    areas = Goals().areas_of(vision) if vision else []
    for place, planned in enumerate(demo_words.ACTIVITIES):
        if state in planned.stages:
            make_activity(plan, place, planned, areas, state)
    if state == PlanState.DRAFTING:
        carry_last(plan)
    else:
        decide(plan, state)


def kept(row: Model, day: date) -> None:
    """Save a row, with its history as of a day: pages can be seen as they were then."""
    record.save(row, by=SYSTEM)
    at = min(datetime.combine(day, time(9), UTC), now())
    last = Change.objects.filter(register=record.register(type(row)), object_key=str(row.pk)).first()
    if last is not None:
        Change.objects.filter(pk=last.pk).update(at=at)


def decide(plan: PlanYear, state: PlanState) -> None:
    """The way of a plan through chefsgruppen and rådet, and for a year that is over to its end."""
    before = plan.year - 1
    plan.state, plan.sent_at = PlanState.PROPOSED, datetime(before, 10, 27, 9, tzinfo=UTC)
    plan.reply_by = date(before, 11, 17)
    kept(plan, date(before, 10, 27))
    make_stances(plan)
    plan.state, plan.decided_on, plan.said = PlanState.DECIDED, date(before, 11, 20), f"{demo_words.SAID} ({FICTION})"
    kept(plan, plan.decided_on)
    plan.state, plan.presented_on = PlanState.PRESENTED, date(plan.year, 1, 28)
    plan.council_said = demo_words.COUNCIL_SAID
    kept(plan, plan.presented_on)
    if state == PlanState.CLOSED:
        plan.state = PlanState.CLOSED
        kept(plan, date(plan.year + 1, 1, 31))


def code_of(wanted: str) -> str:
    """The actor that takes a part: the one that is meant, else the convening one."""
    codes = [one.code for one in parties(today())]
    return wanted if wanted in codes else codes[0]


def make_activity(
    plan: PlanYear, place: int, planned: demo_words.Planned, areas: list[GoalArea], stage: PlanState
) -> None:
    """An activity, and how it went."""
    drafting = stage == PlanState.DRAFTING
    area = next((one for one in areas if planned.area in one.name.casefold()), areas[-1] if areas else None)
    row = Activity(
        id=uuid5(plan.pk, planned.title), year_id=plan.pk, goal_area_id=area.pk if area else None,
        title=planned.title, text=planned.text, why=planned.why, responsible_id=code_of(planned.responsible),
        participants=sorted({code_of(one) for one in planned.participants}), amount=Decimal(planned.amount),
        first_day=date(plan.year, planned.months[0], 1), last_day=last_of(plan.year, planned.months[1]),
        measure=planned.measure, priority=planned.priority, proposed_by_id=code_of(planned.proposed_by),
    )  # fmt: skip
    kept(row, date(plan.year - 1, 9, 1) + timedelta(days=3 * place))
    if drafting and place % 2:
        return
    row.state, row.place, row.planned_on = ActivityState.IN_PLAN, place + 1, date(plan.year - 1, 10, 20)
    if planned.left_out:
        row.state, row.left_out, row.planned_on, row.place = ActivityState.LEFT_OUT, planned.left_out, None, None
    kept(row, date(plan.year - 1, 10, 20))
    if row.state == ActivityState.IN_PLAN and not drafting:
        follow(plan, row, planned, stage)


def last_of(year: int, month: int) -> date:
    """The last day of a month; months after the twelfth are in the next year."""
    year, month = year + month // 12, month % 12 + 1
    return date(year, month, 1) - timedelta(days=1)


def follow(plan: PlanYear, row: Activity, planned: demo_words.Planned, stage: PlanState) -> None:
    """The follow-ups of the quarters that have ended."""
    for quarter, told in planned.told.items():
        ended = figures.quarter_days(plan.year, quarter)[1]
        if ended >= today():
            continue
        over = stage == PlanState.CLOSED and quarter == 4 and told.status == Progress.ON_PLAN
        one = FollowUp(
            id=follow_up_key(row, quarter), activity_id=row.pk, quarter=quarter,
            status=Progress.DONE if over else Progress(told.status), done=told.done, deviation=told.deviation,
            spent=Decimal(told.spent), reported_on=ended + timedelta(days=7),
        )  # fmt: skip
        kept(one, one.reported_on)


def make_stances(plan: PlanYear) -> None:
    """What the actors said of a plan; some have not answered."""
    assert plan.sent_at is not None
    special = {code_of(code): said for code, said in demo_words.STANCES.items()}
    for place, actor in enumerate(parties(today())):
        stance, text = special.get(actor.code, ("agrees", ""))
        if not stance or place % 9 == 8:
            continue
        one = PlanStance(
            id=stance_key(plan, actor.code), year_id=plan.pk, actor_id=actor.code, stance=stance, text=text
        )
        one.taken_at = plan.sent_at + timedelta(days=3 + place % 15, hours=place % 7)
        kept(one, one.taken_at.date())


def carry_last(plan: PlanYear) -> None:
    """What goes on from the year before."""
    for row in Activity.objects.filter(year__year=plan.year - 1, last_day__gt=date(plan.year - 1, 12, 31)):
        kept(carried(row, plan), date(plan.year - 1, 10, 5))


def make_report(plan: PlanYear) -> None:
    """The final report of a closed year."""
    report_actions.make(plan, by=SYSTEM, economy=no_economy)
    report = AnnualReport.objects.get(year=plan.pk)
    report_actions.set_state(report, final=True, by=SYSTEM, economy=no_economy, reason=FICTION)
    assert AnnualReport.objects.get(pk=report.pk).state == ReportState.FINAL
