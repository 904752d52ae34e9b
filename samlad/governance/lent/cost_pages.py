"""What lent staff costs in a year: sums per month and actor, and every report behind them, to take along."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lent import queries
from samlad.governance.lent.months import first_of
from samlad.governance.lent.rules import COST_STATES, cost_state, sees_amounts
from samlad.governance.lent.words import kronor
from samlad.governance.lists import Column, Listing
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.pages import on_day, page
from samlad.governance.rules import keeps, reader_or_404, speaker_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today

WHAT: Final = {"lent": _("Lent staff"), "pool": pgettext_lazy("of coordinators on call", "The RSK pool")}
"""What the joint budget pays for here."""
YEARS: Final = 6


class Report(msgspec.Struct, frozen=True):
    """A report with what it is of."""

    row: MonthCost
    of: Secondment
    lender: str


@require_safe
def lent_costs(request: Request) -> HttpResponse:
    """GET /governance/lent/costs/: what is certified, per month and lender, in a year (?year=). The secretariat sees
    all, others their own actor's."""
    reader_or_404(request.who)
    speaker_or_404(request.who, request.who.actor)
    on, short = on_day(request), queries.names()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == len("2026") and asked.isascii() else (on or today()).year
    cost = queries.cost(year, on)
    seen = [line for line in cost.lines if sees_amounts(request.who, line.actor)]
    lines = tuple(sorted(seen, key=lambda line: line.month, reverse=True))
    cost = queries.YearCost(year, lines)
    found = _sums(lines, request, short, year)
    reports = _reports(request, short, year, on)
    if (file := found.file() or reports.file()) is not None:
        return file
    shown = {
        "list": found,
        "reports": reports,
        "year": year,
        "years": range(first_of(today()).year + 1, first_of(today()).year - YEARS, -1),
        "sums": [(str(WHAT["lent"]), kronor(cost.lent)), (str(WHAT["pool"]), kronor(cost.pool))],
        "total": kronor(cost.total),
        "seen_on": True,
    }
    return page(request, "governance/lent_costs.html", shown, on=on)


def _sums(
    lines: Iterable[queries.CostLine], request: Request, short: dict[str, str], year: int
) -> Listing[queries.CostLine]:
    return Listing(
        [
            Column[queries.CostLine]("month", _("Month"), lambda line: line.month.strftime("%Y-%m"), choice=True),
            Column("actor", _("Actor"), lambda line: short.get(line.actor, line.actor), choice=True),
            Column(
                "what",
                pgettext_lazy("of a cost", "What for"),
                lambda line: line.what,
                text=lambda line: WHAT.get(line.what, ""),
                choice=True,
            ),
            Column("amount", _("Amount"), lambda line: line.amount, text=lambda line: kronor(line.amount), number=True),
        ],
        lines,
        request.GET,
        name=f"utlanad-personal-{year}",
        empty=_("Nothing has been certified for this year yet."),
    )


def _reports(request: Request, short: dict[str, str], year: int, on: date | None) -> Listing[Report]:
    """Every report for a year's months, with corrections, certified or not."""
    of = {row.pk: row for row in queries.secondments(on) if sees_amounts(request.who, row.lender_id)}
    rows = [row for row in record.rows(MonthCost, on) if row.month.year == year and row.secondment_id in of]
    found = [
        Report(row, of[row.secondment_id], short.get(of[row.secondment_id].lender_id, "")) for row in reversed(rows)
    ]
    columns: list[Column[Any]] = [
        Column(
            "month", _("Month"), lambda one: one.row.month.strftime("%Y-%m"), choice=True,
            link=lambda one: reverse("month_cost", args=[one.row.pk]),
        ),
        Column("seat", _("Function"), lambda one: one.of.seat, choice=True),
        Column("lender", _("Lender"), lambda one: one.lender, choice=True, hidden=not keeps(request.who)),
        Column("correction", _("Correction"), lambda one: one.row.corrects_id is not None),
        Column(
            "amount", _("Own cost"), lambda one: one.row.amount, text=lambda one: kronor(one.row.amount), number=True
        ),
        Column("consists_of", _("What it consists of"), lambda one: one.row.consists_of, hidden=True),
        Column(
            "state", pgettext_lazy("own cost", "State"), lambda one: cost_state(one.row), choice=True,
            text=lambda one: COST_STATES[cost_state(one.row)],
        ),
        Column("reported", pgettext_lazy("own cost", "Reported"), lambda one: one.row.reported_at, hidden=True),
        Column("certified", pgettext_lazy("own cost", "Certified"), lambda one: one.row.certified_at, hidden=True),
        Column("paid", pgettext_lazy("own cost", "Paid"), lambda one: one.row.paid_on),
    ]  # fmt: skip
    return Listing(
        columns, found, request.GET, name=f"sjalvkostnad-{year}", key="reports",
        empty=_("Nothing has been reported for this year yet."),
    )  # fmt: skip
