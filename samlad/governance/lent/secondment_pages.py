"""A secondment: read it, propose, change, answer, break off."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import papers, record
from samlad.governance.lent import actions, queries
from samlad.governance.lent.forms import AnswerForm, BreakOffForm, SecondmentForm
from samlad.governance.lent.rules import (
    COST_STATES,
    STATES,
    is_agreed,
    last_in,
    open_sides,
    sees_amounts,
    sees_person,
    state_of,
)
from samlad.governance.lent.words import CATEGORIES, kronor, month_words
from samlad.governance.lent.words import STATES as MONTH_STATES
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import KEEPING, keeps, reader_or_404, speaker_or_404, speaks_for
from samlad.registers.http import Request
from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, person_names, today


def found_or_404(key: UUID) -> Secondment:
    """A secondment. Raises Http404."""
    found = record.row(Secondment, key)
    if found is None:
        raise Http404
    return found


@require_safe
def secondment(request: Request, secondment: UUID) -> HttpResponse:
    """GET /governance/lent/<secondment>/: who lends whom, when, how much; its months for those who see amounts."""
    reader_or_404(request.who)
    on = on_day(request)
    row = record.row(Secondment, secondment, on)
    if row is None:
        raise Http404
    who, day, short = request.who, on or today(), queries.names()
    amounts = sees_amounts(who, row.lender_id)
    costs = record.rows(MonthCost, on, secondment_id=row.pk)
    months = queries.months_of(row, on, costs) if amounts else []
    state = state_of(row, day)
    shown = {
        "row": row,
        "state": STATES[state],
        "running": state == "running",
        "lender": short.get(row.lender_id, row.lender_id),
        "categories": [CATEGORIES[kind] for kind in sorted({stay.category for stay in queries.stays([row])})],
        "person": queries.persons([row]).get(row.person_id or "", "") if sees_person(who, row.lender_id) else "",
        "sees_person": sees_person(who, row.lender_id),
        "last_in": last_in(row),
        "amounts": amounts,
        "monthly": kronor(row.monthly_amount),
        "months": [_month(one) for one in reversed(months)],
        "sums": _sums(months),
        "papers": papers.papers_of([row.pk], who, on)[row.pk],
        "sides": open_sides(who, row) if on is None else (),
        "names": person_names({row.proposed_by, row.lender_agreed_by, row.kansli_agreed_by}) if amounts else {},
        "may_change": on is None and (keeps(who) if is_agreed(row) else speaks_for(who, row.lender_id)),
        "may_break_off": on is None and amounts and state in ("agreed", "running"),
        "may_report": on is None and amounts,
        "without_role": on is None and keeps(who) and state == "running" and _without_role(row),
        "seen_on": True,
    }
    changes = record.changes(Secondment, row.pk) if amounts else ()
    return page(request, "governance/lent_secondment.html", shown, on=on, changes=changes)


def _without_role(row: Secondment) -> bool:
    """Whether whoever is lent has been named and has no role in the secretariat here, which is given as a loan."""
    held = Seat.objects.filter(holds_on(today()), person=row.person_id, role__in=KEEPING)
    return row.person_id is not None and not held.exists()


def _month(one: queries.Month) -> dict[str, object]:
    """A month as the page shows it."""
    return {
        "month": one.month,
        "slug": one.month.strftime("%Y-%m"),
        "words": month_words(one.month),
        "amount": kronor(one.amount),
        "agreed": kronor(one.agreed),
        "difference": kronor(one.difference),
        "state": {**COST_STATES, **MONTH_STATES}.get(one.state, ""),
        "code": one.state,
        "rows": [(row, kronor(row.amount)) for row in one.rows],
        "to_report": one.state in ("missing", "returned", ""),
    }


def _sums(months: list[queries.Month]) -> list[tuple[int, str]]:
    """What is certified for each year, the latest first."""
    years = sorted({one.month.year for one in months if one.amount is not None}, reverse=True)
    return [
        (year, kronor(sum(one.amount for one in months if one.amount is not None and one.month.year == year)))  # type: ignore[arg-type]
        for year in years
    ]


@READ_OR_WRITE
def secondment_new(request: Request) -> HttpResponse:
    """GET, POST /governance/lent/new/: propose a secondment, for the secretariat and lenders."""
    speaker_or_404(request.who, request.who.actor)
    form = SecondmentForm(request.POST or None, request.FILES or None, who=request.who)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        return actions.propose(form.row(), by=request.who, held=held)

    about = _("The other side is asked to answer. Nothing holds before both have agreed.")
    return changing(
        request, form, do, title=_("Propose a secondment"), back=reverse("lent"), about=about, button=_("Propose"),
        done=lambda: reverse("secondment", args=[form.row().pk]),
    )  # fmt: skip


@READ_OR_WRITE
def secondment_edit(request: Request, secondment: UUID) -> HttpResponse:
    """GET, POST /governance/lent/<secondment>/edit/: change a proposal, or, for the secretariat, what is agreed."""
    row = found_or_404(secondment)
    speaker_or_404(request.who, row.lender_id)
    if is_agreed(row) and not keeps(request.who):
        raise Http404
    form = SecondmentForm(request.POST or None, request.FILES or None, instance=row, who=request.who)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        seen = form.cleaned_data["seen"]
        return actions.change(form.row(), by=request.who, reason=form.why, seen=seen, held=held)

    title = _("Change the secondment")
    return changing(request, form, do, title=title, back=reverse("secondment", args=[row.pk]))


@READ_OR_WRITE
def secondment_answer(request: Request, secondment: UUID) -> HttpResponse:
    """GET, POST /governance/lent/<secondment>/answer/: yes or no to a proposal."""
    row = found_or_404(secondment)
    sides = open_sides(request.who, row)
    if not speaks_for(request.who, row.lender_id):
        raise Http404
    lender = queries.names().get(row.lender_id, row.lender_id)
    labels = {"lender": lender, "kansli": str(_("The coordination secretariat"))}
    form = AnswerForm(
        request.POST or None, sides=[(side, labels[side]) for side in sides or ("lender", "kansli")],
        initial={"seen": record.seen(row)},
    )  # fmt: skip

    def do() -> bool:
        said = form.cleaned_data
        return actions.answer(
            row.pk, side=said["side"], agree=said["answer"] == "agree", reason=said["reason"], by=request.who,
            seen=said["seen"],
        )  # fmt: skip

    title = _("Answer: %(seat)s, %(lender)s") % {"seat": row.seat, "lender": lender}
    terms = [f"{row.first_day.isoformat()} – {row.last_day.isoformat()}", f"{row.share} %"]
    if row.monthly_amount is not None:
        terms.append(str(_("%(amount)s per month") % {"amount": kronor(row.monthly_amount)}))
    about = ", ".join(terms)
    return changing(request, form, do, title=title, back=reverse("secondment", args=[row.pk]), about=about)


@READ_OR_WRITE
def secondment_break_off(request: Request, secondment: UUID) -> HttpResponse:
    """GET, POST /governance/lent/<secondment>/break-off/: end it before its last day."""
    row = found_or_404(secondment)
    speaker_or_404(request.who, row.lender_id)
    form = BreakOffForm(request.POST or None, initial={"last_day": today()})

    def do() -> bool:
        said = form.cleaned_data
        return actions.break_off(row.pk, last_day=said["last_day"], reason=said["reason"], by=request.who)

    about = _("Its last day is now %(day)s.") % {"day": last_in(row).isoformat()}
    return changing(
        request, form, do, title=_("Break off the secondment"), back=reverse("secondment", args=[row.pk]), about=about
    )
