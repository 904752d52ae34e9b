"""Who can be invoiced, and what is missing for those who cannot. Nothing is ever made up."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec
from django.utils.translation import gettext as _

from samlad.governance.models import BillingParty, Budget, Fee, FeeRun
from samlad.governance.money.models import RunState, Vat


class Charge(msgspec.Struct, frozen=True):
    """What an actor is charged by a set of fees: its fee, or, of a correction, how much more it is than before.

    `missing`: what must be known first, a sentence each; empty: it can be invoiced. `replaces`: the invoice corrected.
    """

    fee: Fee
    number: str
    amount: Decimal
    missing: tuple[str, ...] = ()
    replaces: str = ""


def invoice_number(year: int, run: FeeRun, fee: Fee) -> str:
    """What an invoice is called: the year, which set of fees, the actor."""
    return f"{year}-{run.number}-{fee.area or fee.actor_id}"


def charges(
    held: Budget,
    run: FeeRun,
    fees: Iterable[Fee],
    corrected: tuple[FeeRun, Iterable[Fee]] | None,
    parties: dict[str, BillingParty],
) -> list[Charge]:
    """What each is charged, and what is missing."""
    before = {fee.actor_id: fee for fee in corrected[1]} if corrected else {}
    whole, own = general(held, run, parties), {fee.actor_id: fee for fee in fees}
    found = []
    # Who paid by the fees that are corrected, and does not by these, has all of it back.
    gone = {code: fee for code, fee in before.items() if code not in own}
    for code, fee in (own | gone).items():
        earlier = before.get(code)
        amount = (fee.amount if code in own else 0) - (earlier.amount if earlier else Decimal(0))
        replaces = invoice_number(held.year, corrected[0], earlier) if corrected and earlier else ""
        missing = (*whole, *of_buyer(fee, amount, parties.get(fee.actor_id), held))
        found.append(Charge(fee, invoice_number(held.year, run, fee), amount, missing, replaces))
    return found


def general(held: Budget, run: FeeRun, parties: dict[str, BillingParty]) -> list[str]:
    """What is missing for any invoice at all: of the fees, the issuer, VAT."""
    found = []
    if run.state != RunState.FROZEN:
        found.append(_("The fees are not frozen yet."))
    if not held.issuer_id:
        return [*found, _("Nobody has been chosen to invoice.")]
    issuer = parties.get(held.issuer_id) or BillingParty()
    lacks = [label for label, value in needed(issuer) if not value]
    if not (issuer.bankgiro or issuer.plusgiro or issuer.iban):
        lacks.append(_("bankgiro, plusgiro or IBAN"))
    if held.vat != Vat.OUTSIDE and not issuer.vat_number:
        lacks.append(_("VAT number"))
    if lacks:
        found.append(_("Of the one that invoices is missing: %(what)s.") % {"what": ", ".join(lacks)})
    if held.vat != Vat.STANDARD and not held.vat_reason:
        found.append(_("The budget does not say why there is no VAT."))
    return found


def needed(party: BillingParty) -> list[tuple[str, str]]:
    """What Peppol demands of any party: what it is called, and what it is."""
    return [
        (_("name of the legal person"), party.legal_name),
        (_("organisation number"), party.org_number),
        (_("Peppol address"), party.endpoint_id),
    ]


def of_buyer(fee: Fee, amount: Decimal, buyer: BillingParty | None, held: Budget) -> list[str]:
    """Why an actor cannot be invoiced."""
    if fee.actor_id == held.issuer_id:
        return [_("It is the one that invoices.")]
    if amount == 0:
        return [_("It has nothing to pay.")]
    if amount < 0:
        return [_("It is to have money back: the issuer makes a credit note.")]
    party = buyer or BillingParty()
    lacks = [label for label, value in (*needed(party), (_("reference code"), party.reference)) if not value]
    return [_("Missing: %(what)s.") % {"what": ", ".join(lacks)}] if lacks else []
