"""Open data of the year's work: decided plans, decided fees with all they were computed from, bodies and meetings."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.governance.bodies.models import MeetingState, Openness
from samlad.governance.models import (
    Activity,
    AgendaItem,
    Body,
    Budget,
    Fee,
    FeeRun,
    Goal,
    GoalArea,
    Meeting,
    MeetingDecision,
    PlanYear,
)
from samlad.governance.money.models import RunState
from samlad.governance.open_data.agreed import ACTOR, ACTOR_NAME, SOURCE
from samlad.governance.open_data.sets import DataSet, Field, Row, day_text
from samlad.governance.plan.models import ActivityState, PlanState
from samlad.governance.record import rows
from samlad.registers.queries import actors_ever

DECIDED_PLANS: Final = frozenset({PlanState.DECIDED.value, PlanState.PRESENTED.value, PlanState.CLOSED.value})
DECIDED_RUNS: Final = frozenset({RunState.DECIDED.value, RunState.FROZEN.value})
TOLD: Final = frozenset({MeetingState.CALLED.value, MeetingState.HELD.value, MeetingState.CANCELLED.value})


def activities(on: date | None) -> Iterator[Row]:
    """What is in the plans that are decided."""
    areas = {one.pk: one for one in rows(GoalArea, on)}
    goals = {one.pk: one for one in rows(Goal, on)}
    names = {one.code: one.name for one in actors_ever()}
    found = rows(Activity, on, state=ActivityState.IN_PLAN.value)
    for plan in rows(PlanYear, on):
        for one in found if plan.state in DECIDED_PLANS else ():
            if one.year_id == plan.pk:
                area = areas.get(one.goal_area_id) if one.goal_area_id else None
                goal = goals.get(one.goal_id) if one.goal_id else None
                yield {
                    "year": plan.year,
                    "plan_state": plan.state,
                    "plan_decided_on": day_text(plan.decided_on),
                    "area": area.code if area else None,
                    "area_name": area.name if area else None,
                    "goal": goal.code if goal else None,
                    "title": one.title,
                    "text": one.text,
                    "actor": one.responsible_id,
                    "actor_name": names.get(one.responsible_id, one.responsible_id),
                    "participants": ", ".join(sorted(one.participants)),
                    "amount": str(one.amount),
                    "first_day": day_text(one.first_day),
                    "last_day": day_text(one.last_day),
                    "measure": one.measure,
                }


def fees(on: date | None) -> Iterator[Row]:
    """Each actor's fee of each run that is decided, so that anybody can compute it again."""
    years = {one.pk: one.year for one in rows(Budget, on)}
    runs = [one for one in rows(FeeRun, on) if one.state in DECIDED_RUNS and one.budget_id in years]
    numbers = {one.pk: one.number for one in runs}
    found = rows(Fee, on)
    for run in sorted(runs, key=lambda one: (-years[one.budget_id], one.number)):
        shared: Row = {
            "year": years[run.budget_id],
            "run": run.number,
            "corrects_run": numbers.get(run.corrects_id) if run.corrects_id else None,
            "state": run.state,
            "party_day": day_text(run.party_day),
            "total": str(run.total),
            "cap": str(run.cap),
            "rule_for_what_is_cut": run.what_is_cut,
            "rounded_to": run.unit,
        }
        for fee in found:
            if fee.run_id == run.pk:
                yield shared | fee_row(fee)


def fee_row(fee: Fee) -> Row:
    """One fee with what it was computed from."""
    return {
        "actor": fee.actor_id,
        "actor_name": fee.name,
        "category": fee.category,
        "area": fee.area,
        "people": fee.people,
        "people_on": day_text(fee.people_on),
        "people_edition": fee.people_edition,
        "people_source": fee.people_source,
        "cap_people": fee.cap_people,
        "cap_people_on": day_text(fee.cap_people_on),
        "cap_people_edition": fee.cap_people_edition,
        "cap_people_source": fee.cap_people_source,
        "percent": None if fee.percent is None else str(fee.percent),
        "before_cap": str(fee.before_cap),
        "ceiling": None if fee.ceiling is None else str(fee.ceiling),
        "cut": str(fee.cut),
        "added": str(fee.added),
        "amount": str(fee.amount),
    }


def bodies(on: date | None) -> Iterator[Row]:
    """The bodies, without who sits in them."""
    for one in sorted(rows(Body, on), key=lambda body: body.code):
        yield {
            "body": one.code,
            "name": one.name,
            "kind": one.kind,
            "level": one.level,
            "mandate": one.mandate,
            "members": one.members_text,
            "rhythm": one.rhythm,
            "ended_on": day_text(one.ended_on),
            "source": one.source,
        }


def open_meetings(on: date | None) -> list[tuple[Body, Meeting]]:
    """Meetings that have been called, of the bodies whose agendas all parties read."""
    open_bodies = {one.pk: one for one in rows(Body, on) if one.readers == Openness.PARTIES}
    found = [one for one in rows(Meeting, on) if one.body_id in open_bodies and one.state in TOLD]
    return [(open_bodies[one.body_id], one) for one in found]


def meetings(on: date | None) -> Iterator[Row]:
    """Meetings, without place and links: where the region's chiefs will be is nobody's but theirs."""
    for body, one in open_meetings(on):
        yield {
            "body": body.code,
            "number": one.number,
            "starts": one.starts.isoformat(),
            "ends": one.ends.isoformat(),
            "state": one.state,
        }


def minutes(on: date | None) -> Iterator[Row]:
    """That there are adjusted minutes, and of how much: not what they say, and not who wrote them."""
    items = [one.meeting_id for one in rows(AgendaItem, on)]
    decisions = [one.meeting_id for one in rows(MeetingDecision, on)]
    for body, one in open_meetings(on):
        if one.adjusted_on is not None:
            yield {
                "body": body.code,
                "number": one.number,
                "starts": one.starts.isoformat(),
                "adjusted_on": day_text(one.adjusted_on),
                "items": items.count(one.pk),
                "decisions": decisions.count(one.pk),
            }


YEAR: Final = Field("year", _("The year"), "whole")
BODY: Final = Field("body", _("The body's code, the same in all sets"), "code")
NUMBER: Final = Field("number", _("The meeting's number"))
STARTS: Final = Field("starts", _("When it begins"), "moment")

SETS: Final = (
    DataSet(
        "plan-activities",
        _("Activities in decided annual plans"),
        _("What is to be done in a year, by whom, with how much of the joint budget. Proposals are not in it."),
        (
            YEAR,
            Field("plan_state", _("How far the year's plan has come"), "code"),
            Field("plan_decided_on", _("When chefsgruppen decided the plan"), "day"),
            Field("area", _("The goal area's short name"), "code"),
            Field("area_name", _("The goal area's name")),
            Field("goal", _("The goal's short name"), "code"),
            Field("title", _("What the activity is called")),
            Field("text", _("What is to be done")),
            Field("actor", _("The code of the actor responsible"), "code"),
            Field("actor_name", _("The name of the actor responsible")),
            Field("participants", _("The codes of those who take part")),
            Field("amount", _("Money from the joint budget, in kronor"), "decimal"),
            Field("first_day", _("Its first day"), "day"),
            Field("last_day", _("Its last day"), "day"),
            Field("measure", _("How it is followed up")),
        ),
        (PlanYear, Activity, GoalArea, Goal),
        activities,
    ),
    DataSet(
        "fees",
        _("Decided fees"),
        _("What each actor pays in a year, with every figure that it was computed from. Proposals are not in it."),
        (
            YEAR,
            Field("run", _("Which computation of the year's fees"), "whole"),
            Field("corrects_run", _("The computation that this one corrects"), "whole"),
            Field("state", _("Whether it is decided, or also frozen for invoicing"), "code"),
            Field("party_day", _("The day whose parties pay"), "day"),
            Field("total", _("The year's budget, in kronor"), "decimal"),
            Field("cap", _("The most per inhabitant, in kronor"), "decimal"),
            Field("rule_for_what_is_cut", _("What becomes of what the cap cuts"), "code"),
            Field("rounded_to", _("What the fees are rounded to, in kronor"), "decimal"),
            ACTOR,
            ACTOR_NAME,
            Field("category", _("The actor's category that day"), "code"),
            Field("area", _("The municipality's code (SCB)"), "code"),
            Field("people", _("Inhabitants at the start of the budget year"), "whole"),
            Field("people_on", _("The day of that figure"), "day"),
            Field("people_edition", _("The edition of that figure")),
            Field("people_source", _("The source of that figure")),
            Field("cap_people", _("Inhabitants on 30 June the year before"), "whole"),
            Field("cap_people_on", _("The day of the figure for the cap"), "day"),
            Field("cap_people_edition", _("The edition of the figure for the cap")),
            Field("cap_people_source", _("The source of the figure for the cap")),
            Field("percent", _("Percent of the other actors' half"), "decimal"),
            Field("before_cap", _("The share before the cap, in kronor"), "decimal"),
            Field("ceiling", _("The most that the cap allows, in kronor"), "decimal"),
            Field("cut", _("What the cap cuts, in kronor"), "decimal"),
            Field("added", _("What the rule for what is cut adds or takes off, in kronor"), "decimal"),
            Field("amount", _("The fee, in kronor"), "decimal"),
        ),
        (Budget, FeeRun, Fee),
        fees,
    ),
    DataSet(
        "bodies",
        _("Bodies"),
        _("Where the actors meet, and for what. Who sits there is not in it."),
        (
            BODY,
            Field("name", _("The body's name")),
            Field("kind", _("What sort of body it is"), "code"),
            Field("level", _("The level it works on"), "code"),
            Field("mandate", _("Its mandate")),
            Field("members", _("Who the members are, in words")),
            Field("rhythm", _("How often it meets")),
            Field("ended_on", _("Its last day"), "day"),
            SOURCE,
        ),
        (Body,),
        bodies,
    ),
    DataSet(
        "meetings",
        _("Meetings"),
        _("Meetings that have been called, of the bodies whose agendas all parties read. Not where they are held."),
        (BODY, NUMBER, STARTS, Field("ends", _("When it ends"), "moment"), Field("state", _("Its state"), "code")),
        (Body, Meeting),
        meetings,
    ),
    DataSet(
        "minutes",
        _("Adjusted minutes"),
        _("Which of those meetings have adjusted minutes, with the number of items and decisions. Not the text."),
        (
            BODY,
            NUMBER,
            STARTS,
            Field("adjusted_on", _("When the minutes were adjusted"), "day"),
            Field("items", _("How many items the agenda had"), "whole"),
            Field("decisions", _("How many decisions were made"), "whole"),
        ),
        (Body, Meeting, AgendaItem, MeetingDecision),
        minutes,
    ),
)
