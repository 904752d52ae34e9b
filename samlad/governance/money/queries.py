"""What others ask about the money: budgets, fees, outcome. Rows as they are, or as they were on a day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec
from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM
from samlad.governance import record
from samlad.governance.models import (
    Budget,
    BudgetLine,
    Fee,
    FeeRun,
    Forecast,
    Meeting,
    MeetingDecision,
    OthersShare,
    Outcome,
)
from samlad.governance.money.models import Cut, RunState
from samlad.governance.record import row, rows
from samlad.registers.models import Change

ZERO, ONE = Decimal(0), Decimal(1)


class LineView(msgspec.Struct, frozen=True):
    """A budget line with what it has become. `forecast` None: nobody has made one."""

    line: BudgetLine
    spent: Decimal
    forecast: Decimal | None
    forecast_day: date | None = None

    @property
    def left(self) -> Decimal:
        """What is left of the line; below zero when more than it has been spent."""
        return self.line.amount - self.spent

    @property
    def expected(self) -> Decimal:
        """What the whole year is expected to cost: the forecast, else the budget."""
        return self.line.amount if self.forecast is None else self.forecast


class YearView(msgspec.Struct, frozen=True):
    """A year: its budget, lines, and sums."""

    budget: Budget
    lines: tuple[LineView, ...]

    @property
    def lines_sum(self) -> Decimal:
        """What the lines sum to; it ought to be the budget's total."""
        return sum((line.line.amount for line in self.lines), ZERO)

    @property
    def unplaced(self) -> Decimal:
        """What of the total no line has; below zero when lines have more than there is."""
        return self.budget.total - self.lines_sum

    @property
    def spent(self) -> Decimal:
        """What has been spent, all lines."""
        return sum((line.spent for line in self.lines), ZERO)

    @property
    def expected(self) -> Decimal:
        """What the whole year is expected to cost."""
        return sum((line.expected for line in self.lines), ZERO)

    @property
    def foreseen(self) -> bool:
        """Whether anybody has made a forecast."""
        return any(line.forecast is not None for line in self.lines)


class FeeOf(msgspec.Struct, frozen=True):
    """What an actor pays a year, by the fees that hold now, and how far those have come."""

    fee: Fee
    run: FeeRun


class Flag(msgspec.Struct, frozen=True):
    """Something about a year that chefsgruppen must be told: "cut" with what nobody finances, or "not_decided"."""

    year: int
    what: str
    amount: Decimal
    run: FeeRun


def budgets(on: date | None = None) -> list[Budget]:
    """All years, the latest first."""
    return rows(Budget, on)


def budget(year: int, on: date | None = None) -> Budget | None:
    """A year's budget."""
    return next(iter(rows(Budget, on, year=year)), None)


def budget_or_404(year: int, on: date | None = None) -> Budget:
    """A year's budget, for views."""
    found = budget(year, on)
    if found is None:
        raise Http404
    return found


def lines(held: Budget, on: date | None = None) -> list[BudgetLine]:
    """What a budget is for."""
    return rows(BudgetLine, on, budget_id=held.pk)


def shares(held: Budget, on: date | None = None) -> dict[str, OthersShare]:
    """The table of the others' half, by actor."""
    return {share.actor_id: share for share in rows(OthersShare, on, budget_id=held.pk)}


def runs(held: Budget, on: date | None = None) -> list[FeeRun]:
    """The fees that have been computed for a year, the latest first."""
    return sorted(rows(FeeRun, on, budget_id=held.pk), key=lambda run: -run.number)


def holds(found: Iterable[FeeRun]) -> FeeRun | None:
    """The fees that hold: the latest that are decided or frozen, else the latest proposed."""
    latest = sorted(found, key=lambda run: -run.number)
    settled = [run for run in latest if run.state != RunState.PROPOSED]
    return next(iter(settled or latest), None)


def run_or_404(year: int, number: int, on: date | None = None) -> tuple[Budget, FeeRun]:
    """A year's budget and one of its sets of fees, for views."""
    held = budget_or_404(year, on)
    found = next((run for run in runs(held, on) if run.number == number), None)
    if found is None:
        raise Http404
    return held, found


def fees(run: FeeRun, on: date | None = None) -> list[Fee]:
    """All actors' fees of a set."""
    return rows(Fee, on, run_id=run.pk)


def fees_of(actor: str, year: int, on: date | None = None) -> FeeOf | None:
    """What an actor pays a year; None where nothing has been computed, or where it does not pay."""
    held = budget(year, on)
    run = holds(runs(held, on)) if held else None
    if run is None:
        return None
    fee = next((fee for fee in fees(run, on) if fee.actor_id == actor), None)
    return FeeOf(fee, run) if fee else None


def outcome(year: int, on: date | None = None) -> YearView | None:
    """A year's budget lines with what has been spent and what is expected. None where the year has no budget."""
    held = budget(year, on)
    if held is None:
        return None
    own = lines(held, on)
    spent, expected = _spent(own, on), _expected(own, on)
    views = []
    for line in own:
        forecast = expected.get(line.pk)
        views.append(
            LineView(
                line,
                spent.get(line.pk, ZERO),
                forecast.amount if forecast else None,
                forecast.day if forecast else None,
            )
        )
    return YearView(held, tuple(views))


def outcomes(held: Budget, on: date | None = None) -> list[Outcome]:
    """What a year's budget has paid, as booked."""
    keys = {line.pk for line in lines(held, on)}
    return [one for one in rows(Outcome, on) if one.line_id in keys]


def _spent(own: Iterable[BudgetLine], on: date | None) -> Mapping[object, Decimal]:
    keys, found = {line.pk for line in own}, dict[object, Decimal]()
    for one in rows(Outcome, on):
        if one.line_id in keys:
            found[one.line_id] = found.get(one.line_id, ZERO) + one.amount
    return found


def _expected(own: Iterable[BudgetLine], on: date | None) -> Mapping[object, Forecast]:
    keys = {line.pk for line in own}
    return {one.line_id: one for one in sorted(rows(Forecast, on), key=lambda one: one.day) if one.line_id in keys}


def flags(on: date | None = None) -> list[Flag]:
    """What chefsgruppen must be told or decide about the money, the latest year first."""
    found = []
    for held in budgets(on):
        run = holds(runs(held, on))
        if run is None:
            continue
        if run.not_financed and run.what_is_cut != Cut.REDUCE and run.state == RunState.PROPOSED:
            found.append(Flag(held.year, "cut", run.not_financed, run))
        if run.state == RunState.PROPOSED:
            found.append(Flag(held.year, "not_decided", run.total, run))
    return found


def line(key: object, held: Budget, on: date | None = None) -> BudgetLine:
    """A line of a budget, for views: raises Http404 where it is of another."""
    found = row(BudgetLine, key, on)  # type: ignore[arg-type]
    if found is None or found.budget_id != held.pk:
        raise Http404
    return found


def corrected(run: FeeRun, on: date | None = None) -> tuple[FeeRun, list[Fee]] | None:
    """The fees that a correction corrects; None where it is none."""
    found = row(FeeRun, run.corrects_id, on) if run.corrects_id else None
    return (found, fees(found, on)) if found else None


def decision_words(held: Budget | FeeRun, on: date | None = None) -> str:
    """By which decision a budget or its fees hold: the meeting's day and the decision's number, or as written."""
    decision = row(MeetingDecision, held.decided_id, on) if held.decided_id else None
    if decision is None:
        return held.decision_text
    meeting = row(Meeting, decision.meeting_id, on)
    day = meeting.starts.astimezone(STOCKHOLM).date().isoformat() if meeting else ""
    return ", ".join(filter(None, (_("chefsgruppen %(day)s") % {"day": day}, decision.number, held.decision_text)))


def ever(model: type[Model], field: str, owners: Collection[str]) -> set[str]:
    """The keys of all rows of a table that belong to some others, or did before they were taken away."""
    changed = Change.objects.filter(register=record.register(model)).values_list("object_key", "before", "after")
    return {key for key, *states in changed if any(state and state.get(field) in owners for state in states)}
