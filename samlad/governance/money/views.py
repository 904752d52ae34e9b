"""What the joint function costs, as pages: all years, and one year with its lines and fees."""

from datetime import date
from decimal import Decimal

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lists import Column, Listing
from samlad.governance.models import Budget, BudgetLine, FeeRun, Forecast, OthersShare
from samlad.governance.money import queries
from samlad.governance.money.models import BudgetState, RunState
from samlad.governance.money.queries import LineView, YearView
from samlad.governance.money.words import money
from samlad.governance.pages import on_day, page
from samlad.governance.rules import reader_or_404
from samlad.registers.history import ChangeView
from samlad.registers.http import Request
from samlad.registers.queries import actors_ever

BADGES = {BudgetState.DECIDED: "active", RunState.FROZEN: "strong", RunState.DECIDED: "active"}


class Row(msgspec.Struct, frozen=True):
    """A year as the list of years shows it."""

    view: YearView
    run: FeeRun | None


@require_safe
def money_years(request: Request) -> HttpResponse:
    """GET /governance/money/: every year's budget against its outcome."""
    reader_or_404(request.who)
    on = on_day(request)
    views = [view for held in queries.budgets(on) if (view := queries.outcome(held.year, on))]
    rows = [Row(view, queries.holds(queries.runs(view.budget, on))) for view in views]
    listed = Listing(year_columns(), rows, request.GET, name="budget", empty=_("No budget has been recorded yet."))
    if file := listed.file():
        return file
    shown = {
        "list": listed,
        "flags": queries.flags(on),
        "bars": [Bars(view) for view in views[:5]],
        "own": own_fees(request.who.actor, [view.budget for view in views], on),
        "seen_on": True,
    }
    changes = record.changes(Budget, *[view.budget.pk for view in views])
    return page(request, "governance/money.html", shown, on=on, changes=changes)


def own_fees(actor: str, held: list[Budget], on: date | None) -> list[tuple[int, queries.FeeOf]]:
    """What the reader's own actor pays each year."""
    return [(one.year, fee) for one in held if (fee := queries.fees_of(actor, one.year, on))]


class Bars:
    """A year drawn: budget, spent and expected as parts of the widest."""

    def __init__(self, view: YearView) -> None:
        self.year, self.view = view.budget.year, view
        self.widest = max(view.budget.total, view.spent, view.expected, queries.ONE)
        self.bars = [
            ("budget", _("Budget"), view.budget.total, self._width(view.budget.total)),
            ("spent", pgettext_lazy("budget", "Outcome"), view.spent, self._width(view.spent)),
            ("forecast", _("Forecast"), view.expected, self._width(view.expected)),
        ][: 3 if view.foreseen else 2]

    def _width(self, amount: Decimal) -> int:
        return max(0, int(amount * 1000 / self.widest))


def year_columns() -> list[Column[Row]]:
    """The columns of the list of years."""
    return [
        Column(
            "year",
            _("Year"),
            lambda row: row.view.budget.year,
            link=lambda row: reverse("money_year", args=(row.view.budget.year,)),
        ),
        Column("total", _("Total, SEK"), lambda row: row.view.budget.total, text=_total, number=True),
        Column(
            "spent", _("Outcome, SEK"), lambda row: row.view.spent, text=lambda row: money(row.view.spent), number=True
        ),
        Column(
            "expected",
            _("Forecast, SEK"),
            lambda row: row.view.expected if row.view.foreseen else None,
            text=lambda row: money(row.view.expected) if row.view.foreseen else "–",
            number=True,
        ),
        Column(
            "state",
            _("Budget"),
            lambda row: row.view.budget.get_state_display(),
            badge=lambda row: BADGES.get(BudgetState(row.view.budget.state), "new"),
        ),
        Column(
            "fees",
            _("Fees"),
            lambda row: row.run.get_state_display() if row.run else "",
            text=lambda row: row.run.get_state_display() if row.run else _("not computed"),
            badge=lambda row: BADGES.get(RunState(row.run.state), "new") if row.run else "",
        ),
        Column("cut", _("Not financed, SEK"), _not_financed, text=lambda row: money(_not_financed(row)), number=True),
    ]


def _total(row: Row) -> str:
    return money(row.view.budget.total)


def _not_financed(row: Row) -> Decimal | None:
    return row.run.not_financed if row.run else None


@require_safe
def money_year(request: Request, year: int) -> HttpResponse:
    """GET /governance/money/<year>/: the budget, its lines, the others' table and the fees of a year."""
    reader_or_404(request.who)
    on = on_day(request)
    queries.budget_or_404(year, on)
    view = queries.outcome(year, on)
    assert view is not None
    listed = Listing(line_columns(year), view.lines, request.GET, name=f"budget-{year}", key="lines")
    if file := listed.file():
        return file
    held, shares = view.budget, queries.shares(view.budget, on)
    runs = queries.runs(held, on)
    run = queries.holds(runs)
    names = {actor.code: actor.name for actor in actors_ever()}
    shown = {
        "year": year,
        "view": view,
        "budget": held,
        "list": listed,
        "runs": runs,
        "run": run,
        "own": queries.fees_of(request.who.actor, year, on),
        "shares": sorted((share.percent, names.get(code, code)) for code, share in shares.items())[::-1],
        "shares_sum": sum((share.percent for share in shares.values()), queries.ZERO),
        "changed_since": run is not None and changed_since(run, held),
        "decision": queries.decision_words(held, on),
        "issuer": names.get(held.issuer_id or "", ""),
        "bars": Bars(view),
        "seen_on": True,
    }
    return page(request, "governance/money_year.html", shown, on=on, changes=changes_of(view, runs))


def changed_since(run: FeeRun, held: Budget) -> bool:
    """Whether the budget's terms are others than those the fees were computed by."""
    return any(getattr(run, name) != getattr(held, name) for name in ("total", "cap", "what_is_cut", "unit"))


def changes_of(view: YearView, runs: list[FeeRun]) -> list[ChangeView]:
    """The history of a year: its terms, lines, forecasts, table and fees, those that are gone too."""
    own = queries.ever(BudgetLine, "budget", {str(view.budget.pk)})
    found = [
        *record.changes(Budget, view.budget.pk),
        *record.changes(BudgetLine, *own),
        *record.changes(Forecast, *queries.ever(Forecast, "line", own)),
        *record.changes(OthersShare, *queries.ever(OthersShare, "budget", {str(view.budget.pk)})),
        *record.changes(FeeRun, *[run.pk for run in runs]),
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def line_columns(year: int) -> list[Column[LineView]]:
    """The columns of a year's lines."""
    return [
        Column(
            "code",
            _("Code"),
            lambda row: row.line.code,
            link=lambda row: reverse("money_line", args=(year, row.line.pk)),
        ),
        Column("text", pgettext_lazy("budget", "What for"), lambda row: row.line.text),
        Column(
            "amount",
            _("Budget, SEK"),
            lambda row: row.line.amount,
            text=lambda row: money(row.line.amount),
            number=True,
        ),
        Column("spent", _("Outcome, SEK"), lambda row: row.spent, text=lambda row: money(row.spent), number=True),
        Column("left", _("Left, SEK"), lambda row: row.left, text=lambda row: money(row.left), number=True),
        Column(
            "forecast",
            _("Forecast, SEK"),
            lambda row: row.forecast,
            text=lambda row: money(row.forecast) or "–",
            number=True,
        ),
        Column("forecast_day", _("Forecast of"), lambda row: row.forecast_day, hidden=True),
    ]
