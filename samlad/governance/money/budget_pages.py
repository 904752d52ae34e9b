"""Changing a year's budget: its terms, its lines, the table of the others' half."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from samlad.governance import record
from samlad.governance.models import Budget, BudgetLine, OthersShare
from samlad.governance.money import actions, queries, rules
from samlad.governance.money.figures import MUNICIPALITY, party_day
from samlad.governance.money.forms import BudgetForm, LineForm, ReasonForm, SharesForm
from samlad.governance.money.words import percent
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404
from samlad.registers.http import Request
from samlad.registers.queries import parties, today


def year_url(year: int) -> str:
    """Where a year is."""
    return reverse("money_year", args=(year,))


@READ_OR_WRITE
def money_budget_new(request: Request) -> HttpResponse:
    """/governance/money/new/: a budget for another year, with the terms of the last one."""
    keeper_or_404(request.who)
    last = next(iter(queries.budgets()), None)
    kept = ("cap", "what_is_cut", "unit", "issuer_id", "due_days", "vat", "vat_reason")
    first = {name.removesuffix("_id"): getattr(last, name) for name in kept} if last else {}
    initial = {**first, "year": last.year + 1 if last else today().year + 1}
    form = BudgetForm(request.POST or None, initial=initial)

    def do() -> bool:
        return actions.save_budget(form.row(), by=request.who, new=True)

    return changing(
        request,
        form,
        do,
        title=_("New budget"),
        back=reverse("money"),
        done=lambda: year_url(form.cleaned_data["year"]),
    )


@READ_OR_WRITE
def money_budget_edit(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/edit/: the terms of a year."""
    keeper_or_404(request.who)
    held = get_object_or_404(Budget, year=year)
    form = BudgetForm(request.POST or None, instance=held)

    def do() -> bool:
        return actions.save_budget(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    return changing(request, form, do, title=_("Budget %(year)s") % {"year": year}, back=year_url(year))


@READ_OR_WRITE
def money_line_new(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/lines/new/: another line."""
    keeper_or_404(request.who)
    held = get_object_or_404(Budget, year=year)
    form = LineForm(request.POST or None)

    def do() -> bool:
        row = form.row()
        row.budget_id = held.pk
        return actions.save_line(row, by=request.who, new=True)

    return changing(request, form, do, title=_("New budget line, %(year)s") % {"year": year}, back=year_url(year))


@READ_OR_WRITE
def money_line(request: Request, year: int, line: UUID) -> HttpResponse:
    """/governance/money/<year>/lines/<line>/: a line with what has been booked on it; the secretariat changes it."""
    reader_or_404(request.who)
    on = on_day(request)
    held = queries.budget_or_404(year, on)
    row = queries.line(line, held, on)
    if request.method == "GET" and "edit" not in request.GET:
        booked = [one for one in queries.outcomes(held, on) if one.line_id == row.pk]
        view = next(one for one in queries.outcome(year, on).lines if one.line.pk == row.pk)  # type: ignore[union-attr]
        shown = {"year": year, "view": view, "line": row, "booked": booked, "seen_on": True}
        return page(request, "governance/money_line.html", shown, on=on, changes=record.changes(BudgetLine, row.pk))
    keeper_or_404(request.who)
    form = LineForm(request.POST or None, instance=get_object_or_404(BudgetLine, pk=line))

    def do() -> bool:
        return actions.save_line(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    return changing(request, form, do, title=_("Budget line"), back=reverse("money_line", args=(year, line)))


@READ_OR_WRITE
def money_line_remove(request: Request, year: int, line: UUID) -> HttpResponse:
    """/governance/money/<year>/lines/<line>/remove/: take a line away."""
    keeper_or_404(request.who)
    row = queries.line(line, queries.budget_or_404(year))
    form = ReasonForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.remove_line(row, by=request.who, reason=form.cleaned_data["reason"]),
        title=_("Take away the line %(line)s") % {"line": row},
        back=reverse("money_line", args=(year, line)),
        done=lambda: year_url(year),
        button=_("Take it away"),
    )


@READ_OR_WRITE
def money_shares(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/shares/: the table of the others' half."""
    reader_or_404(request.who)
    on = on_day(request)
    held = queries.budget_or_404(year, on)
    there = queries.shares(held, on)
    payers = {actor.code: actor.name for actor in parties(party_day(year)) if actor.category != MUNICIPALITY}
    percents = {code: share.percent for code, share in there.items()}
    form = SharesForm(
        request.POST or None,
        payers=payers | {code: code for code in there if code not in payers},
        there=percents,
        initial={"seen": actions.shares_stamp(there.values())},
    )
    if request.method == "POST":
        keeper_or_404(request.who)

    def do() -> bool:
        told = form.cleaned_data
        return actions.save_shares(held, form.percents(), by=request.who, reason=told["reason"], seen=told["seen"])

    return changing(
        request,
        form,
        do,
        title=_("The others' half, %(year)s") % {"year": year},
        back=year_url(year),
        template="governance/money_shares.html",
        sum_now=percent(sum(percents.values(), Decimal(0))),
        off=rules.shares_problem(percents.values()),
        year=year,
        budget=held,
        rows=[(payers.get(code, code), percent(value)) for code, value in percents.items()],
        may=keeps(request.who) and on is None,
        on=on,
        seen_on=True,
        changes=record.changes(OthersShare, *queries.ever(OthersShare, "budget", {str(held.pk)})),
    )
