"""Own cost of a month: the lender reports it; the secretariat certifies or returns it, and notes when it was paid."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samlad.governance import papers, record
from samlad.governance.lent import actions, queries
from samlad.governance.lent.forms import CostForm, DecideForm, PaidForm
from samlad.governance.lent.months import ZERO, month_from
from samlad.governance.lent.rules import COST_STATES, cost_state, is_agreed, sees_amounts
from samlad.governance.lent.secondment_pages import found_or_404
from samlad.governance.lent.words import kronor, month_words
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.pages import READ_OR_WRITE, changing, on_day
from samlad.governance.rules import keeps, speaker_or_404
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.queries import person_names


@READ_OR_WRITE
def month_report(request: Request, secondment: UUID, month: str) -> HttpResponse:
    """GET, POST /governance/lent/<secondment>/months/<2026-01>/: report a month, or correct what is certified."""
    row, of = found_or_404(secondment), month_from(month)
    speaker_or_404(request.who, row.lender_id)
    if of is None or not is_agreed(row):
        raise Http404
    every = record.rows(MonthCost, secondment_id=row.pk, month=of)
    certified = sum((one.amount for one in every if one.certified_at), ZERO)
    waits = next((one for one in every if one.certified_at is None), None)
    instance = waits or MonthCost(secondment=row, month=of)
    initial = _already(row, of, certified, waits)
    form = CostForm(request.POST or None, request.FILES or None, instance=instance, initial=initial)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        cost, right = form.row(), Decimal(form.cleaned_data["right"])
        return actions.report(cost, right=right, by=request.who, seen=form.cleaned_data["seen"], held=held)

    agreed = next((kronor(one.agreed) for one in queries.months_of(row, costs=every) if one.month == of), "")
    shown: dict[str, Any] = {
        "row": row,
        "lender": queries.names().get(row.lender_id, row.lender_id),
        "words": month_words(of),
        "certified": kronor(certified) if any(one.certified_at for one in every) else "",
        "returned": waits if waits is not None and waits.returned_at else None,
        "agreed": agreed,
        "button": _("Send to the secretariat"),
    }
    title = _("Own cost of %(month)s") % {"month": month_words(of)}
    back = reverse("secondment", args=[row.pk])
    return changing(request, form, do, title=title, back=back, template="governance/lent_month.html", **shown)


def _already(row: Secondment, month: date, certified: Decimal, waits: MonthCost | None) -> dict[str, Any]:
    """What the form begins with: what is there, or what the month before consisted of."""
    if waits is not None:
        return {"right": certified + waits.amount}
    if certified:
        return {"right": certified}
    before = [one for one in record.rows(MonthCost, secondment_id=row.pk) if one.month < month and not one.corrects_id]
    return {"consists_of": before[-1].consists_of} if before else {}


@READ_OR_WRITE
def month_cost(request: Request, cost: UUID) -> HttpResponse:
    """GET, POST /governance/lent/costs/<cost>/: a report; the secretariat certifies, returns, or notes it as paid."""
    on = on_day(request)
    row = record.row(MonthCost, cost, on)
    of = record.row(Secondment, row.secondment_id, on) if row is not None else None
    if row is None or of is None or not sees_amounts(request.who, of.lender_id):
        raise Http404
    if request.method == "POST" and not keeps(request.who):
        raise Http404
    form, shown = _next_form(request, row), _shown(row, of, request.who, on)
    title = _("Own cost of %(month)s") % {"month": month_words(row.month)}
    return changing(
        request, form, lambda: _decided(request, form, row), title=title, template="governance/lent_cost.html",
        back=reverse("month_cost", args=[row.pk]), **shown,
    )  # fmt: skip


def _shown(row: MonthCost, of: Secondment, who: Who, on: date | None) -> dict[str, Any]:
    """What the page of a report shows."""
    every = record.rows(MonthCost, on, secondment_id=of.pk, month=row.month)
    names = person_names({row.reported_by, row.certified_by, row.returned_by})
    state = cost_state(row)
    return {
        "row": row,
        "of": of,
        "lender": queries.names().get(of.lender_id, of.lender_id),
        "month_title": month_words(row.month),
        "slug": row.month.strftime("%Y-%m"),
        "amount": kronor(row.amount),
        "state": COST_STATES[state],
        "code": state,
        "others": [(one, kronor(one.amount), COST_STATES[cost_state(one)]) for one in every if one.pk != row.pk],
        "whole": kronor(sum((one.amount for one in every if one.certified_at), ZERO)) if len(every) > 1 else "",
        "agreed": next((kronor(one.agreed) for one in queries.months_of(of, on, every) if one.month == row.month), ""),
        "reported_by": names.get(row.reported_by, ""),
        "certified_by": names.get(row.certified_by, ""),
        "returned_by": names.get(row.returned_by, ""),
        "papers": papers.papers_of([row.pk], who, on)[row.pk],
        "decides": keeps(who) and on is None and state in ("waits", "certified"),
        "own": row.reported_by == who.person,
        "corrects": on is None and state in ("certified", "paid"),
        "on": on,
        "changes": record.changes(MonthCost, row.pk),
        "seen_on": True,
    }


def _next_form(request: Request, row: MonthCost) -> DecideForm | PaidForm:
    """What comes next for a report: a decision, or the day it was paid."""
    made = DecideForm if row.certified_at is None else PaidForm
    form = made(request.POST or None)
    form.initial["seen"] = record.seen(row)
    return form


def _decided(request: Request, form: DecideForm | PaidForm, row: MonthCost) -> bool:
    said, who = form.cleaned_data, request.who
    if "paid_on" in said:
        return actions.pay(row.pk, day=said["paid_on"], by=who, seen=said["seen"])
    if said["decision"] == "certify":
        return actions.certify(row.pk, by=who, seen=said["seen"])
    return actions.give_back(row.pk, reason=said["reason"], by=who, seen=said["seen"])
