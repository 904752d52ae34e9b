"""Statements and invoices of a set of fees, as files; and what is missing for those that can't be invoiced."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lists import attached
from samlad.governance.models import BillingParty, Budget, FeeRun
from samlad.governance.money import billing, invoices, queries, statements
from samlad.governance.money.billing import Charge
from samlad.governance.money.forms import FIRST_YEAR, LAST_YEAR
from samlad.governance.money.models import Vat
from samlad.governance.pages import page
from samlad.governance.rules import keeper_or_404, reader_or_404, speaks_for
from samlad.registers.http import Request
from samlad.registers.models import Change
from samlad.registers.queries import today

ON_INVOICES: Final = ("issuer", "due_days", "vat", "vat_reason")
PDF, XML, ZIP = "application/pdf", "application/xml", "application/zip"


def whole_of(held: Budget, run: FeeRun) -> statements.Whole:
    """What the statements of a set of fees share."""
    corrected = queries.corrected(run)
    before = {fee.actor_id: fee.amount for fee in corrected[1]} if corrected else {}
    return statements.Whole(held, run, queries.fees(run), queries.decision_words(run), before)


@require_safe
def money_statement(request: Request, year: int, number: int, code: str) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/<code>.pdf: an actor's fee and how it came about."""
    reader_or_404(request.who)
    held, run = queries.run_or_404(year, number)
    whole = whole_of(held, run)
    fee = next((fee for fee in whole.fees if fee.actor_id == code), None)
    if fee is None:
        raise Http404
    return attached(statements.as_pdf(whole, [fee]), PDF, f"{statements.file_name(whole, fee)}.pdf")


@require_safe
def money_statements(request: Request, year: int, number: int, form: str) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/statements.<pdf or zip>: those of all actors."""
    reader_or_404(request.who)
    held, run = queries.run_or_404(year, number)
    whole = whole_of(held, run)
    if form == "zip":
        return attached(statements.as_zip(whole), ZIP, f"statements-{year}-{number}.zip")
    return attached(statements.as_pdf(whole, whole.fees), PDF, f"statements-{year}-{number}.pdf")


def charges_of(held: Budget, run: FeeRun) -> list[Charge]:
    """What each is charged by a set of fees."""
    parties = {party.actor_id: party for party in BillingParty.objects.all()}
    return billing.charges(held, run, queries.fees(run), queries.corrected(run), parties)


@require_safe
def money_invoices(request: Request, year: int, number: int) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/invoices/: who can be invoiced, and what is missing for the others."""
    keeper_or_404(request.who)
    held, run = queries.run_or_404(year, number)
    parties = {party.actor_id: party for party in BillingParty.objects.all()}
    general = billing.general(held, run, parties)
    found = charges_of(held, run)
    shown = {
        "year": year,
        "budget": held,
        "run": run,
        "general": general,
        "ready": [charge for charge in found if not charge.missing],
        "lacking": [(charge, charge.missing[len(general) :]) for charge in found if len(charge.missing) > len(general)],
        "waiting": [charge for charge in found if len(charge.missing) == len(general)] if general else [],
        "ready_sum": sum((charge.amount for charge in found if not charge.missing), queries.ZERO),
        "issued": issued(request),
        "terms_changed_at": terms_changed_at(held, run),
    }
    return page(request, "governance/money_invoices.html", shown)


def terms_changed_at(held: Budget, run: FeeRun) -> datetime | None:
    """When the terms that stand on the invoices were last changed after the fees were frozen: an invoice that has been
    sent has the same number and other terms. None: never."""
    of_run = Change.objects.filter(register=record.register(FeeRun), object_key=str(run.pk), after__state="frozen")
    frozen = of_run.order_by("at").first()
    if frozen is None:
        return None
    since = Change.objects.filter(register=record.register(Budget), object_key=str(held.pk), at__gt=frozen.at)
    for change in since.order_by("-at"):
        before, after = change.before or {}, change.after or {}
        if any(before.get(name) not in (None, "", after.get(name)) for name in ON_INVOICES):
            return change.at
    return None


def issued(request: Request) -> date:
    """The day that stands on the invoices: as asked for, else today."""
    try:
        asked = date.fromisoformat(request.GET.get("issued", ""))
    except ValueError:
        return today()
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else today()


def made(held: Budget, charge: Charge, on: date) -> bytes:
    """An invoice file that has been checked. Raises ValueError where it breaks a rule."""
    parties = {
        party.actor_id: party for party in BillingParty.objects.filter(actor__in=[charge.fee.actor_id, held.issuer_id])
    }
    label = _("Fee %(year)s, the joint function of Samverkan Stockholmsregionen") % {"year": held.year}
    tree = invoices.invoice(
        invoices.Draft(
            number=charge.number,
            issued=on,
            due_days=held.due_days,
            period=(date(held.year, 1, 1), date(held.year, 12, 31)),
            seller=parties[held.issuer_id or ""],
            buyer=parties[charge.fee.actor_id],
            item=label,
            note=_("Statement with all figures: %(number)s") % {"number": charge.number},
            amount=charge.amount,
            vat=Vat(held.vat),
            vat_reason=held.vat_reason,
            replaces=charge.replaces,
        )
    )
    if wrong := invoices.broken(tree):
        raise ValueError("; ".join(wrong))
    return invoices.as_file(tree)


@require_safe
def money_invoice(request: Request, year: int, number: int, code: str) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/invoices/<code>.xml: an actor's invoice, for it and the keepers."""
    held, run = queries.run_or_404(year, number)
    charge = next((one for one in charges_of(held, run) if one.fee.actor_id == code), None)
    if charge is None or charge.missing or not speaks_for(request.who, code):
        raise Http404
    return attached(made(held, charge, issued(request)), XML, f"{charge.number}.xml")


@require_safe
def money_invoices_zip(request: Request, year: int, number: int) -> HttpResponse:
    """GET /governance/money/<year>/fees/<number>/invoices.zip: those of all who can be invoiced."""
    keeper_or_404(request.who)
    held, run = queries.run_or_404(year, number)
    ready = [charge for charge in charges_of(held, run) if not charge.missing]
    if not ready:
        raise Http404
    return attached(packed(held, ready, issued(request)), ZIP, f"invoices-{year}-{number}.zip")


def packed(held: Budget, ready: Sequence[Charge], on: date) -> bytes:
    """Invoices in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for charge in ready:
            box.writestr(zipfile.ZipInfo(f"{charge.number}.xml", statements.ZIP_DAY), made(held, charge, on))
    return out.getvalue()
