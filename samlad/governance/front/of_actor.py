"""One actor's page: what SSR waits for from it, what it has decided, pays, lends, where it sits, what it is to do.

All parties read it, but for what lent people cost and what is not yet adjusted: that is the actor's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samlad.governance.bodies.models import DecisionState, Openness
from samlad.governance.front.gathered import Gathered
from samlad.governance.front.kansli import FOLLOWED_UP, NORMAL
from samlad.governance.front.waits import Wait, to
from samlad.governance.lent import queries as lent
from samlad.governance.lent.months import last_of
from samlad.governance.lent.rules import STATES, last_in, state_of
from samlad.governance.models import Body, Meeting, PlanYear, Secondment
from samlad.governance.plan.figures import quarter_days
from samlad.governance.plan.models import ActivityState, PlanState
from samlad.governance.plan.queries import ActivityView
from samlad.governance.rules import keeps, speaks_for
from samlad.journal.who import Who


def waits(seen: Gathered, actor: str, who: Who) -> list[Wait]:
    """What SSR waits for from an actor, as far as the reader may know it. Those who answer get the form's address."""
    found = [*of_adoption(seen, actor), *of_plans(seen, actor, who)]
    if speaks_for(who, actor):
        found += of_staff(seen, actor)
    if who.actor == actor or keeps(who):
        found += of_decisions(seen, actor)
    return found


def of_adoption(seen: Gathered, actor: str) -> Iterator[Wait]:
    """What the actor is to decide on."""
    for one in seen.asked:
        for place in one.standings:
            if place.actor.code == actor and place.waits:
                planned = place.receiver.planned_on
                said = {"body": place.receiver.planned_body, "day": date_format(planned, "j F Y") if planned else ""}
                yield Wait(
                    "adoption",
                    _("Decide on %(document)s") % {"document": one.name},
                    to("receiver", place.receiver.pk, on=seen.on),
                    seen.day,
                    due=place.reply_by,
                    note=_("Planned: %(body)s %(day)s") % said if planned else place.stage_text,
                    calm=seen.day <= place.receiver.sent_on + NORMAL,
                )


def of_plans(seen: Gathered, actor: str, who: Who) -> Iterator[Wait]:
    """Proposals that can be made, a stance to take, follow-ups."""
    answers = speaks_for(who, actor) and seen.on is None
    for one in seen.open_plans:
        if one.state == PlanState.DRAFTING:
            yield from _proposals(seen, one, actor, answers)
        for silent in seen.silent.get(one.year, ()):
            if silent.actor == actor:
                what = _("Take a stance on the annual plan %(year)d") % {"year": one.year}
                chief = answers and ("chief" in who.roles or keeps(who))
                url = to("plan_stance", one.year, actor) if chief else to("plan_stances", one.year, on=seen.on)
                yield Wait("plans", what, url, seen.day, due=one.reply_by, note=_("By the chief, in chefsgruppen"))
        for view in seen.activities[one.year]:
            if view.activity.responsible_id == actor:
                yield from _follow_ups(seen, view, answers)


def _proposals(seen: Gathered, one: PlanYear, actor: str, answers: bool) -> Iterator[Wait]:
    """That proposals are asked for, until the actor has made one or the day has passed."""
    mine = any(view.activity.proposed_by_id == actor for view in seen.activities[one.year])
    if mine or (one.proposals_by is not None and one.proposals_by < seen.day):
        return
    what = _("Propose activities for the annual plan %(year)d") % {"year": one.year}
    url = to("activity_new", one.year) if answers else to("plan", one.year, on=seen.on)
    yield Wait("plans", what, url, seen.day, due=one.proposals_by, calm=True)


def _follow_ups(seen: Gathered, view: ActivityView, answers: bool) -> Iterator[Wait]:
    for quarter in view.standing.missing:
        said = {"quarter": quarter, "year": view.year, "activity": view.activity.title}
        url = to("activity_follow_up", view.activity.pk, quarter)
        yield Wait(
            "plans",
            _("Follow up quarter %(quarter)d %(year)d: %(activity)s") % said,
            url if answers else to("activity", view.activity.pk, on=seen.on),
            seen.day,
            due=quarter_days(view.year, quarter)[1] + FOLLOWED_UP,
        )


def of_staff(seen: Gathered, actor: str) -> Iterator[Wait]:
    """Secondments to answer, months to report."""
    for one in lent.waiting(seen.on, actor):
        seat = one.secondment.seat
        if one.month is None:
            what = _("Answer the proposed secondment: %(seat)s") % {"seat": seat}
            yield Wait("lent", what, to("secondment", one.secondment.pk, on=seen.on), seen.day)
            continue
        month = one.month.strftime("%Y-%m")
        what = _("Report the own cost of %(month)s: %(seat)s") % {
            "month": date_format(one.month, "F Y"),
            "seat": seat,
        }
        url = to("month_report", one.secondment.pk, month) if seen.on is None else to("lent_actor", actor, on=seen.on)
        yield Wait("lent", what, url, seen.day, due=last_of(one.month) + timedelta(days=30))


def of_decisions(seen: Gathered, actor: str) -> Iterator[Wait]:
    """Decisions of the bodies that the actor is to carry out."""
    names = {one.pk: seen.bodies[one.body_id].name for one in seen.meetings}
    for one in seen.decisions:
        if one.responsible_id == actor and one.state == DecisionState.OPEN and one.meeting_id in names:
            said = {"body": names[one.meeting_id], "number": one.number, "text": one.text[:100]}
            what = _("Decision %(number)s, %(body)s: %(text)s") % said
            yield Wait("bodies", what, to("meeting_decision", one.pk, on=seen.on), seen.day, due=one.due)


@dataclass(frozen=True)
class Lent:
    """Somebody an actor lends, without what it costs: that is the lender's own."""

    secondment: Secondment
    state: str
    last: date


def lends(seen: Gathered, actor: str, who: Who) -> list[Lent]:
    """Whom an actor lends now or is to lend; what is only proposed is for those who speak for it."""
    found = []
    for row in seen.secondments:
        state = state_of(row, seen.day)
        shown = state in ("agreed", "running") or (state == "proposed" and speaks_for(who, actor))
        if row.lender_id == actor and shown:
            found.append(Lent(row, str(STATES[state]), last_in(row)))
    return found


@dataclass(frozen=True)
class Place:
    """A place in a body, with its next meeting."""

    body: Body
    seat: str
    chair: bool
    meeting: Meeting | None
    url: str


def places(seen: Gathered, actor: str, who: Who) -> list[Place]:
    """Where an actor sits, with the next meeting of each and its address, where the reader may go there."""
    mine = {one.body_id for one in seen.members if one.actor_id == who.actor}
    found = []
    for one in seen.members:
        body = seen.bodies.get(one.body_id)
        if one.actor_id == actor and body is not None:
            coming = next((it for it in seen.coming if it.body_id == body.pk), None)
            may = keeps(who) or body.readers == Openness.PARTIES or body.pk in mine
            url = to("meeting", coming.pk, on=seen.on) if coming and may else ""
            found.append(Place(body, one.seat, one.chair, coming, url))
    return sorted(found, key=lambda place: place.body.name)


def activities(seen: Gathered, actor: str) -> list[tuple[ActivityView, bool]]:
    """What an actor is responsible for (True) or takes part in, in the plans that are not closed."""
    found = []
    for one in seen.open_plans:
        for view in seen.activities[one.year]:
            in_plan = view.activity.state == ActivityState.IN_PLAN
            mine = view.activity.responsible_id == actor
            if in_plan and (mine or actor in view.activity.participants):
                found.append((view, mine))
    return sorted(found, key=lambda pair: (-pair[0].year, not pair[1], pair[0].activity.first_day))
