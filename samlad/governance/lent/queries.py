"""What pages, the front and the report ask of lent staff: as it is, or as it was at the end of a day (`on`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from samlad.governance import record
from samlad.governance.lent import balance as reckoning
from samlad.governance.lent.months import ZERO, between, first_of, last_of, later, part_of_month
from samlad.governance.lent.rules import SOON, cost_state, is_agreed, last_in, state_of
from samlad.governance.models import MonthCost, PoolBasis, Secondment
from samlad.registers.models import ActorVersion
from samlad.registers.queries import actors_ever, person_names, today

AHEAD = 12
"""Months that are looked at ahead, and back."""


class CostLine(msgspec.Struct, frozen=True):
    """What is certified for a month and an actor. `what` is "lent" (own cost of lent staff) or "pool" (RSK)."""

    actor: str
    month: date
    what: str
    amount: Decimal


class YearCost(msgspec.Struct, frozen=True):
    """What lent staff and the pool have cost the joint budget in a year: what is certified, by the month it is for.

    For the secretariat, and each lender its own: with one person lent, a lender's sum is what that person costs, and so
    is what the whole sum grows by from one day to the next. Others are told roughly (`words.about`).
    """

    year: int
    lines: tuple[CostLine, ...]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def lent(self) -> Decimal:
        """Own cost of lent staff."""
        return sum((line.amount for line in self.lines if line.what == "lent"), ZERO)

    @property
    def pool(self) -> Decimal:
        """Compensation of the pool."""
        return sum((line.amount for line in self.lines if line.what == "pool"), ZERO)

    def of(self, actor: str) -> Decimal:
        """What goes to an actor."""
        return sum((line.amount for line in self.lines if line.actor == actor), ZERO)


class Month(msgspec.Struct, frozen=True):
    """A month of a secondment. `amount` is the sum of what is certified, None where nothing is; `agreed` what the
    agreed monthly amount gives for its days, None where none is agreed. `rows`: reports and corrections in order."""

    month: date
    rows: tuple[MonthCost, ...]
    agreed: Decimal | None
    over: bool

    @property
    def amount(self) -> Decimal | None:
        """What is certified."""
        certified = [row.amount for row in self.rows if row.certified_at is not None]
        return sum(certified, ZERO) if certified else None

    @property
    def open(self) -> MonthCost | None:
        """What is reported and not certified."""
        return next((row for row in self.rows if row.certified_at is None), None)

    @property
    def difference(self) -> Decimal | None:
        """How much more, or less, than agreed it cost."""
        return self.amount - self.agreed if self.amount is not None and self.agreed is not None else None

    @property
    def state(self) -> str:
        """One of rules.COST_STATES, "missing" for a month that is over with no report, "" for one that is not."""
        if self.open is not None:
            return cost_state(self.open)
        if self.rows:
            return "paid" if all(row.paid_on for row in self.rows) else "certified"
        return "missing" if self.over else ""


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits for somebody. `what`: "proposal", "report" (for the lender), "certify", "pay" (for the
    secretariat); `month` is None for proposals."""

    what: str
    secondment: Secondment
    month: date | None = None
    cost: UUID | None = None
    correction: bool = False


def names() -> dict[str, str]:
    """Short names of all actors, by code."""
    return {actor.code: actor.short for actor in actors_ever()}


def persons(rows: Iterable[Secondment]) -> dict[str, str]:
    """The names of those who are lent, by key."""
    return person_names({row.person_id for row in rows if row.person_id})


def secondments(on: date | None = None) -> list[Secondment]:
    """All of them, in the order in which they begin."""
    return record.rows(Secondment, on)


def lent_by(actor: str, on: date | None = None) -> list[Secondment]:
    """Those whom an actor lends, has lent, or is asked to."""
    return record.rows(Secondment, on, lender_id=actor)


def stays(rows: Iterable[Secondment]) -> list[reckoning.Stay]:
    """The days of agreed secondments, by the lender's category on each."""
    return [stay for found in stays_by_row(rows).values() for stay in found]


def stays_by_row(rows: Iterable[Secondment]) -> dict[UUID, list[reckoning.Stay]]:
    """The same for each secondment: split where the lender's category changes. Before an actor's first version, and
    after its last, the nearest one's category holds. One query."""
    versions: dict[str, list[ActorVersion]] = defaultdict(list)
    for version in ActorVersion.objects.order_by("actor", "valid_from"):
        versions[version.actor_id].append(version)
    return {row.pk: list(_split(row, versions[row.lender_id])) for row in rows}


def _split(row: Secondment, held: list[ActorVersion]) -> Iterator[reckoning.Stay]:
    if not is_agreed(row):
        return
    begin, end = row.first_day, last_in(row)
    ends = [version.valid_from - reckoning.DAY for version in held[1:]] + [date.max]
    for place, (version, last) in enumerate(zip(held, ends, strict=False)):
        first, last_day = max(begin, version.valid_from) if place else begin, min(end, last)
        if first <= last_day:
            yield reckoning.Stay(reckoning.kind_of(version.category), first, last_day, row.share)


def balance(on: date | None = None) -> dict[str, tuple[reckoning.Cell, ...]]:
    """The categories month by month, a year back and a year ahead."""
    month = first_of(on or today())
    return reckoning.cells(stays(secondments(on)), later(month, -AHEAD), later(month, AHEAD))


def gaps(until: date | None = None, on: date | None = None) -> tuple[reckoning.Gap, ...]:
    """Which of the three categories has nobody on which days, from today (or `on`) until a day, a year unless told."""
    day = on or today()
    return reckoning.gaps(stays(secondments(on)), day, until or last_of(later(first_of(day), AHEAD)))


def ending(on: date | None = None, rows: Iterable[Secondment] | None = None) -> list[Secondment]:
    """Secondments that run and end within 90 days, the first to end first."""
    day = on or today()
    found = [row for row in (secondments(on) if rows is None else rows) if state_of(row, day) == "running"]
    return sorted((row for row in found if last_in(row) - day <= SOON), key=last_in)


def months_of(row: Secondment, on: date | None = None, costs: Iterable[MonthCost] | None = None) -> list[Month]:
    """The months of a secondment that have begun, with what is reported for each."""
    day = on or today()
    reported: dict[date, list[MonthCost]] = defaultdict(list)
    for cost in record.rows(MonthCost, on, secondment_id=row.pk) if costs is None else costs:
        reported[cost.month].append(cost)
    if not is_agreed(row):
        return []
    last = last_in(row)
    return [
        Month(
            month,
            tuple(reported[month]),
            None if row.monthly_amount is None else part_of_month(row.monthly_amount, month, row.first_day, last),
            min(last_of(month), last) < day,
        )
        for month in between(row.first_day, min(last, day))
    ]


def cost(year: int, on: date | None = None) -> YearCost:
    """What is certified for the months of a year: own cost of lent staff per month and lender, and the pool."""
    sums: dict[tuple[str, date, str], Decimal] = defaultdict(lambda: ZERO)
    lenders = {row.pk: row.lender_id for row in secondments(on)}
    for row in record.rows(MonthCost, on):
        if row.certified_at is not None and row.month.year == year:
            sums[lenders[row.secondment_id], row.month, "lent"] += row.amount
    for basis in record.rows(PoolBasis, on):
        if basis.month.year == year:
            sums[basis.actor_id, basis.month, "pool"] += basis.amount
    return YearCost(year, tuple(CostLine(*key, amount) for key, amount in sorted(sums.items())))


def waiting(on: date | None = None, actor: str = "") -> list[Waiting]:
    """What waits: for the secretariat, or, with an actor, for that lender to answer or report."""
    found: list[Waiting] = []
    costs: dict[UUID, list[MonthCost]] = defaultdict(list)
    for one in record.rows(MonthCost, on):
        costs[one.secondment_id].append(one)
    for row in lent_by(actor, on) if actor else secondments(on):
        open_side = row.lender_agreed_at if actor else row.kansli_agreed_at
        if row.declined_at is None and open_side is None:
            found.append(Waiting("proposal", row))
        for month in months_of(row, on, costs[row.pk]):
            found.extend(_of_month(row, month, bool(actor)))
    return found


def _of_month(row: Secondment, month: Month, lender: bool) -> list[Waiting]:
    """What of a month waits for the lender, or for the secretariat."""
    if lender:
        return [Waiting("report", row, month.month)] if month.state in ("missing", "returned") else []
    steps = {"waits": "certify", "certified": "pay"}
    return [
        Waiting(steps[state], row, month.month, one.pk, one.corrects_id is not None)
        for one in month.rows
        if (state := cost_state(one)) in steps
    ]
