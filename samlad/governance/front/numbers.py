"""Governance in figures: how far each document has come, the plans, the money, who is lent from where, what is next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samlad.governance.adoption.standing import Sums
from samlad.governance.bodies.models import MeetingState
from samlad.governance.bodies.queries import day_of
from samlad.governance.front.gathered import Gathered
from samlad.governance.front.waits import to
from samlad.governance.lent import balance
from samlad.governance.lent import queries as lent
from samlad.governance.lent.words import CATEGORIES
from samlad.governance.lent.words import decimal as plain
from samlad.governance.models import Meeting, PlanYear
from samlad.governance.money import queries as money
from samlad.governance.money.queries import YearView
from samlad.governance.money.words import kronor
from samlad.governance.plan.queries import sums_of

AHEAD = 5
"""So many meetings are shown."""


@dataclass(frozen=True)
class Adoption:
    """A version that is out, or was in the last year."""

    name: str
    url: str
    sums: Sums
    sent_on: date


def adoptions(seen: Gathered) -> list[Adoption]:
    """What is still waited for; else the latest that was sent out."""
    shown = [one for one in seen.asked if not one.sums.all_in] or seen.asked[:1]
    return [
        Adoption(one.name, to("dispatch", one.dispatch.pk, on=seen.on), one.sums, one.dispatch.sent_on) for one in shown
    ]


@dataclass(frozen=True)
class Plan:
    """A year's plan: its activities by state, those in no state, and how many are only proposed."""

    year: PlanYear
    url: str
    planned: int
    proposed: int
    by_state: list[tuple[str, int]]
    unreported: int
    late: int


def plans(seen: Gathered, words: dict[str, str]) -> list[Plan]:
    """The plans that are not closed, earliest first; `words`: what each state is called."""
    found = []
    for one in seen.open_plans:
        views = seen.activities[one.year]
        sums = sums_of(views)
        states = [(text, getattr(sums, code)) for code, text in words.items()]
        found.append(
            Plan(
                year=one,
                url=to("plan", one.year, on=seen.on),
                planned=sums.planned,
                proposed=sum(view.activity.state == "proposed" for view in views),
                by_state=[(text, count) for text, count in states if count],
                unreported=sums.unreported if sums.reported else 0,
                late=sums.late,
            )
        )
    return found


@dataclass(frozen=True)
class Money:
    """A year's budget with what has been spent, and how far its fees have come."""

    view: YearView
    url: str
    run: str

    @property
    def spent(self) -> str:
        """What has been spent."""
        return kronor(self.view.spent)

    @property
    def budget(self) -> str:
        """What there is to spend."""
        return kronor(self.view.budget.total)

    @property
    def expected(self) -> str:
        """What the whole year is expected to cost."""
        return kronor(self.view.expected)

    @property
    def percent(self) -> int | None:
        """How much of the budget is spent, in whole percent; None where there is nothing to spend."""
        total = self.view.budget.total
        return int(self.view.spent * 100 / total) if total > Decimal(0) else None


def economy(seen: Gathered) -> Money | None:
    """The money of this year; None where there is no budget for it."""
    view = money.outcome(seen.day.year, seen.on)
    run = seen.runs.get(seen.day.year)
    url = to("money_year", seen.day.year, on=seen.on) if view else ""
    return Money(view, url, str(run.get_state_display()) if run else "") if view else None


@dataclass(frozen=True)
class Category:
    """Who is lent from a category this month: full-time equivalents, and "full", "partly" or "empty"."""

    name: str
    equivalents: str
    state: str


def staff(seen: Gathered) -> list[Category]:
    """The balance of the three categories now."""
    month = seen.day.replace(day=1)
    found = balance.cells(lent.stays(seen.secondments), month, month)
    return [
        Category(str(CATEGORIES[kind]), plain(found[kind][0].equivalents), found[kind][0].state)
        for kind in balance.WANTED
    ]


@dataclass(frozen=True)
class Next:
    """A meeting to come: how many items, how many of them with papers."""

    meeting: Meeting
    body: str
    url: str
    items: int
    with_papers: int
    called: bool


def meetings(seen: Gathered) -> list[Next]:
    """The next meetings of all bodies, with how far their agendas have come."""
    found = []
    for one in sorted(seen.coming, key=day_of)[:AHEAD]:
        items = [item for item in seen.items if item.meeting_id == one.pk]
        found.append(
            Next(
                meeting=one,
                body=seen.bodies[one.body_id].name,
                url=to("meeting", one.pk, on=seen.on),
                items=len(items),
                with_papers=sum(item.pk in seen.with_papers for item in items),
                called=one.state == MeetingState.CALLED,
            )
        )
    return found
