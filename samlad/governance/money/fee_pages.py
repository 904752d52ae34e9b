"""A year's fees, as pages: compute them, see them, decide them, freeze them."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.base.answers import attempt, status
from samlad.governance import record
from samlad.governance.lists import Listing
from samlad.governance.models import Budget, Fee, FeeRun
from samlad.governance.money import actions, computed, queries
from samlad.governance.money.budget_pages import year_url
from samlad.governance.money.fee_lists import FeeRow, fee_columns, fee_rows
from samlad.governance.money.figures import editions, is_preliminary
from samlad.governance.money.forms import DecideForm, ReasonForm, RunForm
from samlad.governance.money.models import RunState
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, reader_or_404
from samlad.registers.http import Request


def run_url(year: int, number: int) -> str:
    """Where a set of fees is."""
    return reverse("money_fees", args=(year, number))


@READ_OR_WRITE
def money_fees_new(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/fees/new/: see what the fees would be or what is missing, and keep them as proposed."""
    keeper_or_404(request.who)
    held = queries.budget_or_404(year)
    asked = request.POST or request.GET
    chosen = {name: asked.get(name, "")[:80] for name in ("start_edition", "cap_edition")}
    form = RunForm(request.POST or None, initial={"id": uuid4(), **chosen})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        run = attempt(
            form,
            lambda: actions.compute_fees(held, by=request.who, note=told["note"], key=told["id"], **chosen),
        )
        if run:
            messages.success(request, _("The fees have been computed and are proposed."))
            return redirect(run_url(year, run.number))
    first, second = chosen.values()
    now = computed.compute(held, queries.shares(held), start_edition=first, cap_edition=second)
    shown = {
        "year": year,
        "budget": held,
        "form": form,
        "computed": now,
        "figures": figure_lines(now),
        "start_editions": editions(now.basis, now.basis.start_days),
        "cap_editions": editions(now.basis, (now.basis.cap_day,)),
        "chosen": chosen,
        "frozen": any(run.state == RunState.FROZEN for run in queries.runs(held)),
        "back": year_url(year),
    }
    return page(request, "governance/money_fees_new.html", shown, code=status(form))


def figure_lines(now: computed.Computed) -> list[tuple[str, str, str]]:
    """Which figures the fees go by: how many of which day and edition, or that one is preliminary."""
    counts: dict[tuple[str, str, bool], int] = {}
    for payer in now.basis.towns:
        for figure in (payer.start, payer.cap):
            if figure is not None:
                key = (figure.on.isoformat(), figure.edition, figure.preliminary)
                counts[key] = counts.get(key, 0) + 1
    marked = " (" + _("preliminary") + ")"
    return [
        (day, edition + (marked if preliminary else ""), str(number))
        for (day, edition, preliminary), number in sorted(counts.items())
    ]


@require_safe
def money_fees(request: Request, year: int, number: int) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/: what each pays, and what the cap cut."""
    reader_or_404(request.who)
    on = on_day(request)
    held, run = queries.run_or_404(year, number, on)
    fees = queries.fees(run, on)
    corrected = next((one for one in queries.runs(held, on) if one.pk == run.corrects_id), None)
    earlier = {fee.actor_id: fee.amount for fee in queries.fees(corrected, on)} if corrected else {}

    def link(row: FeeRow) -> str:
        return reverse("money_statement", args=(year, number, row.fee.actor_id))

    columns = fee_columns(link, compared=corrected is not None, cut=bool(run.cut), added=any(fee.added for fee in fees))
    listed = Listing(columns, fee_rows(fees, earlier), request.GET, name=f"fees-{year}-{number}")
    if file := listed.file():
        return file
    shown = {
        "year": year,
        "budget": held,
        "run": run,
        "list": listed,
        "charged": sum((fee.amount for fee in fees), queries.ZERO),
        "capped": sorted((fee for fee in fees if fee.cut), key=lambda fee: -fee.cut),
        "decision": queries.decision_words(run, on),
        "corrected": corrected,
        "differs": computed.differs(run, fees),
        "preliminary": sorted({edition for fee in fees for edition in preliminary_editions(fee)}),
        "latest": run.pk == getattr(queries.holds(queries.runs(held, on)), "pk", None),
        "seen_on": True,
    }
    return page(request, "governance/money_fees.html", shown, on=on, changes=record.changes(FeeRun, run.pk))


def preliminary_editions(fee: Fee) -> list[str]:
    """The editions a fee goes by that say that they are preliminary."""
    both = (fee.people_edition, fee.cap_people_edition)
    return [edition for edition in both if is_preliminary(edition)]


@READ_OR_WRITE
def money_fees_decide(request: Request, year: int, number: int) -> HttpResponse:
    """/governance/money/<year>/fees/<number>/decide/: by which decision of chefsgruppen the fees hold."""
    keeper_or_404(request.who)
    row = _stored(year, number)
    form = DecideForm(request.POST or None, instance=row)

    def do() -> bool:
        return actions.decide_fees(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    title = _("Decide the fees of %(year)s") % {"year": year}
    return changing(request, form, do, title=title, back=run_url(year, number))


@READ_OR_WRITE
def money_fees_freeze(request: Request, year: int, number: int) -> HttpResponse:
    """/governance/money/<year>/fees/<number>/freeze/: from now on they are what is charged."""
    keeper_or_404(request.who)
    row = _stored(year, number)
    form = ReasonForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.freeze_fees(row, by=request.who, reason=form.cleaned_data["reason"]),
        title=_("Freeze the fees of %(year)s") % {"year": year},
        back=run_url(year, number),
        about=_("Frozen fees are what is charged. They are never changed: a correction is a new set of fees."),
        button=_("Freeze them"),
    )


def _stored(year: int, number: int) -> FeeRun:
    return get_object_or_404(FeeRun, budget=get_object_or_404(Budget, year=year), number=number)
