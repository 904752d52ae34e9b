"""Reading plans. All take `on`: None is now, a day is what stood there at the end of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from samlad.governance import record
from samlad.governance.goals.models import Goal, GoalArea
from samlad.governance.goals.queries import natural
from samlad.governance.plan import figures
from samlad.governance.plan.figures import Standing, Sums
from samlad.governance.plan.models import (
    Activity,
    ActivityState,
    AnnualReport,
    FollowUp,
    PlanState,
    PlanYear,
    Progress,
    ReportSection,
)
from samlad.registers.queries import actors_ever, swedish_key, today

WITHOUT_AREA: Final = ""
NOBODY: Final = UUID(int=0)


@dataclass(frozen=True)
class ActivityView:
    """An activity as pages show it: with names, and how it stands. `area` is "" where it belongs to no goal area."""

    activity: Activity
    year: int
    area: str
    area_code: str
    goal: str
    responsible: str
    proposed_by: str
    participants: tuple[str, ...]
    standing: Standing
    carried_to: Activity | None

    @property
    def progress_word(self) -> str:
        """The latest status in words; "" where nothing has been said."""
        return str(Progress(self.standing.progress).label) if self.standing.progress else ""

    @property
    def added_later(self) -> bool:
        """Whether it came into the plan after the plan was decided."""
        return self.activity.state == ActivityState.IN_PLAN and self.after_decision

    after_decision: bool = False

    @property
    def begun(self) -> tuple[int, ...]:
        """The quarters that can be followed up now."""
        return figures.begun_quarters(self.year, today())


@dataclass(frozen=True)
class AreaView:
    """A goal area with its activities, and what those in the plan add up to."""

    name: str
    obtained: bool
    source: str
    activities: tuple[ActivityView, ...]
    sums: Sums


def years(on: date | None = None) -> list[PlanYear]:
    """All plans, latest year first."""
    return record.rows(PlanYear, on)


def plan_of(year: int, on: date | None = None) -> PlanYear | None:
    """The plan of a year."""
    return next(iter(record.rows(PlanYear, on, year=year)), None)


def plan_by_key(key: UUID, on: date | None = None) -> PlanYear | None:
    """A plan by its id."""
    return record.row(PlanYear, key, on)


def activities(year: int, on: date | None = None) -> list[ActivityView]:
    """All activities of a year, in the plan or not, in the order of the plan."""
    plan = plan_of(year, on)
    return views(plan, record.rows(Activity, on, year_id=plan.pk), on) if plan else []


def rows_of(plan: PlanYear, on: date | None = None) -> list[Activity]:
    """The activities of a plan, without what is shown of them."""
    return record.rows(Activity, on, year_id=plan.pk)


def led_by(actor: str, on: date | None = None) -> list[ActivityView]:
    """What an actor is responsible for, in the plans that are carried out."""
    found = [one for plan in running(on) for one in in_plan(activities(plan.year, on))]
    return [one for one in found if one.activity.responsible_id == actor]


def activity(key: UUID, on: date | None = None) -> ActivityView | None:
    """One activity."""
    found = record.row(Activity, key, on)
    plan = plan_by_key(found.year_id, on) if found else None
    return views(plan, [found], on)[0] if found and plan else None


def views(plan: PlanYear, found: Sequence[Activity], on: date | None) -> list[ActivityView]:
    """Activities of one plan with all that is shown of them."""
    names = {one.code: one.short for one in actors_ever()}
    areas = {one.pk: one for one in record.rows(GoalArea, on)}
    goals = {one.pk: one for one in record.rows(Goal, on)}
    carried = {one.carried_from_id: one for one in record.rows(Activity, on) if one.carried_from_id}
    by_activity: dict[UUID, list[FollowUp]] = {}
    for one in record.rows(FollowUp, on):
        by_activity.setdefault(one.activity_id, []).append(one)
    return [
        ActivityView(
            activity=one,
            year=plan.year,
            area=areas[one.goal_area_id].name if one.goal_area_id in areas else "",
            area_code=areas[one.goal_area_id].code if one.goal_area_id in areas else "",
            goal=goals[one.goal_id].text if one.goal_id in goals else "",
            responsible=names.get(one.responsible_id, one.responsible_id),
            proposed_by=names.get(one.proposed_by_id, one.proposed_by_id),
            participants=tuple(sorted((names.get(code, code) for code in one.participants), key=swedish_key)),
            standing=figures.standing(
                one,
                plan.year,
                by_activity.get(one.pk, ()),
                decided_on=plan.decided_on,
                day=on or today(),
                carried=one.pk in carried,
            ),
            carried_to=carried.get(one.pk),
            after_decision=bool(plan.decided_on and one.planned_on and one.planned_on > plan.decided_on),
        )
        for one in found
    ]


def by_area(plan: PlanYear, found: Sequence[ActivityView], on: date | None = None) -> list[AreaView]:
    """Activities under their goal areas: all areas of the plan's goals, also where nothing is planned, in code order;
    last those that belong to none."""
    areas = natural(record.rows(GoalArea, on, vision_id=plan.vision_id)) if plan.vision_id else []
    known = {one.name for one in areas}
    extra = sorted({one.area for one in found if one.area and one.area not in known}, key=swedish_key)
    made = [area_view(one.name, found, one.obtained, one.source) for one in areas]
    made += [area_view(name, found, True, "") for name in extra]
    without = area_view(WITHOUT_AREA, found, True, "")
    return [*made, without] if without.activities else made


def area_view(name: str, found: Sequence[ActivityView], obtained: bool, source: str) -> AreaView:
    """One goal area with those of the activities that belong to it."""
    own = tuple(one for one in found if one.area == name)
    return AreaView(name, obtained, source, own, sums_of(own))


def sums_of(found: Sequence[ActivityView]) -> Sums:
    """What those of the activities that are in the plan add up to."""
    return figures.sums([one.standing for one in found])


def in_plan(found: Sequence[ActivityView]) -> list[ActivityView]:
    """Those that are in the plan."""
    return [one for one in found if one.activity.state == ActivityState.IN_PLAN]


def running(on: date | None = None) -> list[PlanYear]:
    """The plans that are carried out: decided or presented, and not closed; earliest first."""
    carried_out = (PlanState.DECIDED, PlanState.PRESENTED)
    return sorted((one for one in years(on) if one.state in carried_out), key=lambda one: one.year)


def late(on: date | None = None) -> list[ActivityView]:
    """What is past its last day without being done, deviates, has not begun in time, or lacks a follow-up; in the
    plans that are carried out."""
    found = [one for plan in running(on) for one in in_plan(activities(plan.year, on))]
    return [one for one in found if needs_attention(one)]


def needs_attention(one: ActivityView) -> bool:
    """Whether something about an activity has to be seen to."""
    how = one.standing
    return how.late or how.waiting or bool(how.missing) or how.progress == Progress.DEVIATES


def missing(on: date | None = None) -> list[tuple[ActivityView, int]]:
    """The follow-ups that are missing after the end of their quarter, in the plans that are carried out."""
    found = [one for plan in running(on) for one in in_plan(activities(plan.year, on))]
    return [(one, quarter) for one in found for quarter in one.standing.missing]


def committed(year: int, on: date | None = None) -> Decimal:
    """What the activities in a year's plan take of the joint budget (SEK)."""
    plan = plan_of(year, on)
    planned = record.rows(Activity, on, year_id=plan.pk, state=ActivityState.IN_PLAN) if plan else []
    return sum((one.amount for one in planned), figures.ZERO)


def report_of(year: int, on: date | None = None) -> AnnualReport | None:
    """A year's annual report."""
    plan = plan_of(year, on)
    return next(iter(record.rows(AnnualReport, on, year_id=plan.pk)), None) if plan else None


def sections(report: AnnualReport, on: date | None = None) -> list[ReportSection]:
    """The sections of a report, in order."""
    return record.rows(ReportSection, on, report_id=report.pk)
