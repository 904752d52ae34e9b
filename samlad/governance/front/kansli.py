"""What waits, as the secretariat sees it: for itself and for the actors. A row for each matter, not for each actor."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.governance.bodies.models import DecisionState, MeetingState
from samlad.governance.bodies.queries import day_of
from samlad.governance.front.gathered import Gathered
from samlad.governance.front.waits import Wait, some_of, to
from samlad.governance.lent import balance
from samlad.governance.lent import queries as lent
from samlad.governance.lent.months import last_of
from samlad.governance.lent.rules import last_in
from samlad.governance.lent.words import CATEGORIES
from samlad.governance.models import Meeting, PlanYear
from samlad.governance.money import figures
from samlad.governance.money import queries as money
from samlad.governance.money.models import BudgetState, Cut, RunState
from samlad.governance.money.rules import problems
from samlad.governance.money.words import kronor
from samlad.governance.plan.figures import quarter_days
from samlad.governance.plan.models import ActivityState, PlanState

NORMAL: Final = timedelta(days=335)
"""An adoption takes 8 to 11 months (domain.md 6): until then nobody is late, whatever day was wished for."""
FOLLOWED_UP: Final = timedelta(days=10)
"""So long after a quarter its follow-up is done."""
CALLED_BEFORE: Final = timedelta(days=14)
"""So long before a meeting its call is missed."""
MOST: Final = 6
"""So many decisions are listed one by one; the others are counted."""


def waits(seen: Gathered) -> list[Wait]:
    """All of it."""
    return [*of_adoption(seen), *of_plans(seen), *of_money(seen), *of_staff(seen), *of_meetings(seen)]


def of_adoption(seen: Gathered) -> Iterator[Wait]:
    """Who has not answered what is out for adoption."""
    for one in seen.asked:
        waiting = [place for place in one.standings if place.waits]
        if waiting:
            planned = sum(1 for place in waiting if place.receiver.planned_on)
            said = {"document": one.name, "some": len(waiting), "all": one.sums.of}
            yield Wait(
                "adoption",
                _("%(document)s: %(some)d of %(all)d have not decided") % said,
                to("dispatch", one.dispatch.pk, on=seen.on),
                seen.day,
                who=some_of([place.actor.short for place in waiting]),
                names=[place.actor.short for place in waiting],
                due=one.dispatch.reply_by,
                note=ngettext("%d has a planned day", "%d have a planned day", planned) % planned if planned else "",
                calm=seen.day <= one.dispatch.sent_on + NORMAL,
            )


def of_plans(seen: Gathered) -> Iterator[Wait]:
    """Proposals, stances, presentations, follow-ups, reports."""
    for one in seen.open_plans:
        if one.state == PlanState.DRAFTING:
            yield from _proposals(seen, one)
        elif one.state == PlanState.PROPOSED:
            yield from _stances(seen, one)
        else:
            yield from _carried_out(seen, one)


def _proposals(seen: Gathered, one: PlanYear) -> Iterator[Wait]:
    count = sum(view.activity.state == ActivityState.PROPOSED for view in seen.activities[one.year])
    if count:
        what = ngettext(
            "Annual plan %(year)d: %(count)d proposal to decide on",
            "Annual plan %(year)d: %(count)d proposals to decide on",
            count,
        ) % {"year": one.year, "count": count}
        url = to("plan_activities", one.year, on=seen.on)
        yield Wait("plans", what, url, seen.day, who=_("The secretariat"), due=one.proposals_by)


def _stances(seen: Gathered, one: PlanYear) -> Iterator[Wait]:
    silent = seen.silent[one.year]
    if silent:
        what = ngettext(
            "Annual plan %(year)d: %(count)d stance is missing",
            "Annual plan %(year)d: %(count)d stances are missing",
            len(silent),
        ) % {"year": one.year, "count": len(silent)}
        names = [seen.short(view.actor) for view in silent]
        url = to("plan_stances", one.year, on=seen.on)
        yield Wait("plans", what, url, seen.day, who=some_of(names), names=names, due=one.reply_by)
    else:
        what = _("Annual plan %(year)d: all have answered, to be decided") % {"year": one.year}
        yield Wait("plans", what, to("plan", one.year, on=seen.on), seen.day, who=_("Chefsgruppen"), due=one.reply_by)


def _carried_out(seen: Gathered, one: PlanYear) -> Iterator[Wait]:
    url, planned = to("plan", one.year, on=seen.on), seen.activities[one.year]
    if one.state == PlanState.DECIDED:
        what = _("Annual plan %(year)d: decided, to be presented to Regionala rådet") % {"year": one.year}
        yield Wait("plans", what, url, seen.day, who=_("The secretariat"))
    missing = [(view, quarter) for view in planned for quarter in view.standing.missing]
    if missing:
        what = ngettext(
            "Annual plan %(year)d: %(count)d follow-up is missing",
            "Annual plan %(year)d: %(count)d follow-ups are missing",
            len(missing),
        ) % {"year": one.year, "count": len(missing)}
        names = list(dict.fromkeys(view.responsible for view, _quarter in missing))
        due = min(quarter_days(one.year, quarter)[1] for _view, quarter in missing) + FOLLOWED_UP
        yield Wait("plans", what, url, seen.day, who=some_of(names), names=names, due=due)
    late = [view for view in planned if view.standing.late]
    if late:
        what = ngettext(
            "Annual plan %(year)d: %(count)d activity is past its last day",
            "Annual plan %(year)d: %(count)d activities are past their last day",
            len(late),
        ) % {"year": one.year, "count": len(late)}
        names = list(dict.fromkeys(view.responsible for view in late))
        due = min(view.activity.last_day for view in late)
        yield Wait("plans", what, url, seen.day, who=some_of(names), names=names, due=due)
    if one.year < seen.day.year:
        what = _("Annual report %(year)d: to be made final, and the year closed") % {"year": one.year}
        yield Wait("plans", what, to("annual_report", one.year, on=seen.on), seen.day, who=_("The secretariat"))


def of_money(seen: Gathered) -> Iterator[Wait]:
    """What is to be decided, what the cap cuts, what figures are missing, what is to be charged."""
    for held in sorted(seen.budgets, key=lambda one: one.year):
        year, run = held.year, seen.runs.get(held.year)
        url, day = to("money_year", year, on=seen.on), seen.day
        if held.state == BudgetState.PROPOSED:
            yield Wait("money", _("Budget %(year)d: to be decided") % {"year": year}, url, day, who=_("Chefsgruppen"))
        if run is None:
            if year >= day.year and seen.on is None:  # whose population is known has no history
                yield from _no_fees(year, day, url)
            continue
        fees = to("money_fees", year, run.number, on=seen.on)
        if run.state == RunState.PROPOSED:
            what = _("Fees %(year)d: computed, to be decided") % {"year": year}
            yield Wait("money", what, fees, day, who=_("Chefsgruppen"), due=date(year, 1, 1))
            if run.not_financed and run.what_is_cut != Cut.REDUCE:
                said = {"year": year, "amount": kronor(run.not_financed)}
                what = _("Fees %(year)d: the cap leaves %(amount)s that nobody pays") % said
                yield Wait("money", what, fees, day, who=_("Chefsgruppen"))
        elif run.state == RunState.DECIDED:
            what = _("Fees %(year)d: decided, to be frozen and charged") % {"year": year}
            yield Wait("money", what, fees, day, who=_("The secretariat"))


def _no_fees(year: int, day: date, url: str) -> Iterator[Wait]:
    held = money.budget(year)
    shares = {code: share.percent for code, share in money.shares(held).items()} if held else {}
    lacking = problems(figures.basis(year, shares))
    what = _("Fees %(year)d: to be computed") % {"year": year}
    if lacking:
        what = ngettext(
            "Fees %(year)d: %(count)d figure is missing",
            "Fees %(year)d: %(count)d figures are missing",
            len(lacking),
        ) % {"year": year, "count": len(lacking)}
    note = lacking[0].sentence if lacking else ""
    yield Wait("money", what, url, day, who=_("The secretariat"), note=note, due=date(year, 1, 1))


def of_staff(seen: Gathered) -> Iterator[Wait]:
    """Gaps in the categories, who leaves soon, months to certify and to pay."""
    for gap in balance.gaps(lent.stays(seen.secondments), seen.day, seen.day + timedelta(days=365)):
        said = {
            "category": CATEGORIES[gap.category],
            "day": date_format(gap.first, "j F Y"),
            "last": date_format(gap.last, "j F Y"),
        }
        if gap.first <= seen.day:
            what = (
                _("Nobody from %(category)s now") if gap.lasts else _("Nobody from %(category)s until %(last)s")
            ) % said
        else:
            what = (
                _("Nobody from %(category)s from %(day)s")
                if gap.lasts
                else _("Nobody from %(category)s %(day)s–%(last)s")
            )
            what %= said
        url = to("lent", on=seen.on)
        yield Wait("lent", what, url, seen.day, who=_("The secretariat"), due=gap.first, calm=True)
    for row in lent.ending(seen.on, seen.secondments):
        said = {"seat": row.seat, "actor": seen.short(row.lender_id)}
        what, url = _("%(seat)s, lent by %(actor)s: ends") % said, to("secondment", row.pk, on=seen.on)
        yield Wait("lent", what, url, seen.day, who=_("The secretariat"), due=last_in(row), calm=True)
    yield from _lent_waiting(seen)


def _lent_waiting(seen: Gathered) -> Iterator[Wait]:
    texts: dict[str, Callable[[int], str]] = {
        "proposal": lambda n: ngettext("%d proposed secondment to answer", "%d proposed secondments to answer", n),
        "certify": lambda n: ngettext("%d month to certify", "%d months to certify", n),
        "pay": lambda n: ngettext("%d certified month to pay", "%d certified months to pay", n),
    }
    for kind, words in texts.items():
        found = [one for one in seen.lent_waiting if one.what == kind]
        if found:
            names = list(dict.fromkeys(seen.short(one.secondment.lender_id) for one in found))
            # A month's own cost is asked for when the month is over: it becomes late a month after.
            due = min((last_of(one.month) + timedelta(days=30) for one in found if one.month), default=None)
            yield Wait(
                "lent", words(len(found)) % len(found), to("lent", on=seen.on), seen.day, who=_("The secretariat"),
                note=_("Lent by %(actors)s") % {"actors": some_of(names)}, due=due,
            )  # fmt: skip


def of_meetings(seen: Gathered) -> Iterator[Wait]:
    """Calls to be sent, minutes to be adjusted, decisions that are not done in time."""
    coming = {one.pk for one in seen.coming}
    for one in seen.meetings:
        said = {"body": seen.bodies[one.body_id].name, "day": date_format(day_of(one), "j F")}
        url, day, kansli = to("meeting", one.pk, on=seen.on), seen.day, _("The secretariat")
        if one.pk in coming and one.state == MeetingState.PLANNED and day_of(one) - day <= CALLED_BEFORE:
            what = _("%(body)s %(day)s: no call has been sent") % said
            yield Wait("bodies", what, url, day, who=kansli, due=day_of(one))
        elif one.pk not in coming and one.state in (MeetingState.PLANNED, MeetingState.CALLED):
            what = _("%(body)s %(day)s: was it held?") % said
            yield Wait("bodies", what, url, day, who=kansli, due=day_of(one))
        elif one.state == MeetingState.HELD and one.adjusted_on is None and _has_agenda(seen, one):
            what = _("%(body)s %(day)s: minutes to be adjusted") % said
            yield Wait("bodies", what, url, day, who=kansli)
    yield from of_decisions(seen)


def _has_agenda(seen: Gathered, one: Meeting) -> bool:
    """Whether there is anything to take minutes of."""
    return any(item.meeting_id == one.pk for item in seen.items)


def of_decisions(seen: Gathered) -> Iterator[Wait]:
    """Decisions that should have been carried out, the oldest first."""
    open_ones = [one for one in seen.decisions if one.state == DecisionState.OPEN and one.due and one.due < seen.day]
    late = sorted(open_ones, key=lambda one: str(one.due))
    bodies = {one.pk: seen.bodies[one.body_id].name for one in seen.meetings}
    for one in late[:MOST]:
        said = {"body": bodies.get(one.meeting_id, ""), "number": one.number, "text": one.text[:100]}
        what, url = _("Decision %(number)s, %(body)s: %(text)s") % said, to("meeting_decision", one.pk, on=seen.on)
        who = seen.short(one.responsible_id) if one.responsible_id else _("Nobody")
        yield Wait("bodies", what, url, seen.day, who=who, due=one.due)
    if more := late[MOST:]:
        what = ngettext("%d more decision that is not done", "%d more decisions that are not done", len(more))
        yield Wait("bodies", what % len(more), to("meeting_decisions", on=seen.on), seen.day, due=more[0].due)
