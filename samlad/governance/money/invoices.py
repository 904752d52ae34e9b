"""An invoice as Peppol BIS Billing 3 (UBL 2.1), and checking one: the schema of OASIS, and the rules on sums and VAT.

A fee is one line of one piece. Rules are named as EN 16931 and Peppol name them. Nothing from outside is read here (for
that there is defusedxml): an invoice is built, checked as it was built, and written.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from lxml import etree
from lxml.builder import ElementMaker

from samlad.governance.models import BillingParty
from samlad.governance.money.models import Vat

SCHEMA: Final = Path(__file__).resolve().parent / "ubl" / "maindoc" / "UBL-Invoice-2.1.xsd"
UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
NS: Final = {
    None: f"{UBL}Invoice-2",
    "cac": f"{UBL}CommonAggregateComponents-2",
    "cbc": f"{UBL}CommonBasicComponents-2",
}
FIND: Final = {"i": NS[None], "cac": NS["cac"], "cbc": NS["cbc"]}
CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
ORG_SCHEME: Final = "0007"
CREDIT_TRANSFER: Final = "30"
PERCENTS: Final = {Vat.OUTSIDE: None, Vat.EXEMPT: Decimal(0), Vat.STANDARD: Decimal(25)}
ORE: Final = Decimal("0.01")

Element = Any  # lxml has no types


def _add(element: Element, text: str) -> None:
    """Put a text in an element; what does not print, and XML cannot hold, is a space."""
    element.text = "".join(letter if letter.isprintable() else " " for letter in text)


cac = ElementMaker(namespace=NS["cac"], nsmap=NS)
cbc = ElementMaker(namespace=NS["cbc"], nsmap=NS, typemap={str: _add})
root = ElementMaker(namespace=NS[None], nsmap=NS)


class Draft(msgspec.Struct, frozen=True):
    """What an invoice says. `amount` is without VAT; `period`: the days it is for."""

    number: str
    issued: date
    due_days: int
    period: tuple[date, date]
    seller: BillingParty
    buyer: BillingParty
    item: str
    note: str
    amount: Decimal
    vat: Vat
    vat_reason: str
    replaces: str = ""

    @property
    def vat_amount(self) -> Decimal:
        """VAT in kronor and öre."""
        return (self.amount * (PERCENTS[self.vat] or 0) / 100).quantize(ORE, ROUND_HALF_UP)


def as_file(made: Element) -> bytes:
    """An invoice as a file."""
    return bytes(etree.tostring(made, xml_declaration=True, encoding="UTF-8"))


def invoice(draft: Draft) -> Element:
    """An invoice."""
    head = [
        cbc.CustomizationID(CUSTOMIZATION),
        cbc.ProfileID(PROFILE),
        cbc.ID(draft.number),
        cbc.IssueDate(draft.issued.isoformat()),
        cbc.DueDate((draft.issued + timedelta(days=draft.due_days)).isoformat()),
        cbc.InvoiceTypeCode("380"),
        cbc.Note(draft.note),
        cbc.DocumentCurrencyCode("SEK"),
        cbc.BuyerReference(draft.buyer.reference),
        cac.InvoicePeriod(*(maker(day.isoformat()) for maker, day in zip(SPAN, draft.period, strict=True))),
    ]
    if draft.replaces:
        head.append(cac.BillingReference(cac.InvoiceDocumentReference(cbc.ID(draft.replaces))))
    made = root.Invoice(
        *head,
        cac.AccountingSupplierParty(party(draft.seller, seller_of=draft)),
        cac.AccountingCustomerParty(party(draft.buyer)),
        payment(draft),
        tax_total(draft),
        totals(draft),
        line(draft),
    )
    etree.indent(made)
    return made


SPAN: Final = (cbc.StartDate, cbc.EndDate)


def party(told: BillingParty, seller_of: Draft | None = None) -> Element:
    """A seller or buyer. A seller outside VAT has no VAT number on the invoice (BR-O-02)."""
    address = [
        cbc.StreetName(told.street) if told.street else None,
        cbc.CityName(told.city) if told.city else None,
        cbc.PostalZone(told.postal_code) if told.postal_code else None,
        cac.Country(cbc.IdentificationCode("SE")),
    ]
    parts = [
        cbc.EndpointID(told.endpoint_id, schemeID=told.endpoint_scheme),
        cac.PartyName(cbc.Name(told.legal_name)),
        cac.PostalAddress(*[part for part in address if part is not None]),
    ]
    if seller_of is not None and seller_of.vat != Vat.OUTSIDE:
        parts.append(cac.PartyTaxScheme(cbc.CompanyID(told.vat_number), scheme()))
    number = told.org_number.replace("-", "")
    parts.append(
        cac.PartyLegalEntity(cbc.RegistrationName(told.legal_name), cbc.CompanyID(number, schemeID=ORG_SCHEME))
    )
    return cac.Party(*parts)


def payment(draft: Draft) -> Element:
    """How it is paid: bankgiro, plusgiro or IBAN, in that order."""
    seller = draft.seller
    if seller.bankgiro or seller.plusgiro:
        account = (seller.bankgiro or seller.plusgiro).replace("-", "").replace(" ", "")
        branch = "SE:BANKGIRO" if seller.bankgiro else "SE:PLUSGIRO"
        payee = cac.PayeeFinancialAccount(cbc.ID(account), cac.FinancialInstitutionBranch(cbc.ID(branch)))
    else:
        payee = cac.PayeeFinancialAccount(cbc.ID(seller.iban.replace(" ", "")))
    return cac.PaymentMeans(cbc.PaymentMeansCode(CREDIT_TRANSFER), cbc.PaymentID(draft.number), payee)


def scheme() -> Element:
    """The tax that is meant."""
    return cac.TaxScheme(cbc.ID("VAT"))


def money(maker: Any, amount: Decimal) -> Element:
    """An amount in kronor with two decimals."""
    return maker(f"{amount:.2f}", currencyID="SEK")


def tax_total(draft: Draft) -> Element:
    """VAT of the whole, by its one category."""
    percent = PERCENTS[draft.vat]
    category = [cbc.ID(draft.vat.value)]
    if percent is not None:
        category.append(cbc.Percent(str(percent)))
    if draft.vat == Vat.OUTSIDE:
        category.append(cbc.TaxExemptionReasonCode("VATEX-EU-O"))
    if draft.vat != Vat.STANDARD:
        category.append(cbc.TaxExemptionReason(draft.vat_reason))
    return cac.TaxTotal(
        money(cbc.TaxAmount, draft.vat_amount),
        cac.TaxSubtotal(
            money(cbc.TaxableAmount, draft.amount),
            money(cbc.TaxAmount, draft.vat_amount),
            cac.TaxCategory(*category, scheme()),
        ),
    )


def totals(draft: Draft) -> Element:
    """The sums."""
    whole = draft.amount + draft.vat_amount
    return cac.LegalMonetaryTotal(
        money(cbc.LineExtensionAmount, draft.amount),
        money(cbc.TaxExclusiveAmount, draft.amount),
        money(cbc.TaxInclusiveAmount, whole),
        money(cbc.PayableAmount, whole),
    )


def line(draft: Draft) -> Element:
    """The one line."""
    percent = PERCENTS[draft.vat]
    category = [cbc.ID(draft.vat.value), *([] if percent is None else [cbc.Percent(str(percent))]), scheme()]
    return cac.InvoiceLine(
        cbc.ID("1"),
        cbc.InvoicedQuantity("1", unitCode="C62"),
        money(cbc.LineExtensionAmount, draft.amount),
        cac.Item(cbc.Name(draft.item), cac.ClassifiedTaxCategory(*category)),
        cac.Price(money(cbc.PriceAmount, draft.amount)),
    )


@cache
def schema() -> etree.XMLSchema:
    """UBL 2.1's schema, read once: a tenth of a second."""
    return etree.XMLSchema(file=str(SCHEMA))


def broken(tree: Element) -> list[str]:
    """What is wrong with an invoice: against the schema, then against the rules on sums and VAT. None: nothing."""
    if not schema().validate(tree):
        return [f"{error.line}: {error.message}" for error in schema().error_log]
    return [name for name, holds in rules(tree) if not holds]


def rules(tree: Element) -> list[tuple[str, bool]]:
    """The business rules that are checked here, and whether each holds."""

    def text(path: str) -> str:
        return str(tree.findtext(path, "", FIND))

    def amount(path: str) -> Decimal:
        return sum((Decimal(found.text or "0") for found in tree.iterfind(path, FIND)), Decimal(0))

    total, tax = "cac:LegalMonetaryTotal/cbc:", "cac:TaxTotal/cac:TaxSubtotal/"
    net, vat = amount(f"{total}TaxExclusiveAmount"), amount("cac:TaxTotal/cbc:TaxAmount")
    category, whole = text(f"{tax}cac:TaxCategory/cbc:ID"), amount(f"{total}TaxInclusiveAmount")
    seller = "cac:AccountingSupplierParty/cac:Party/"
    outside = category == Vat.OUTSIDE
    return [
        ("BR-CO-10", amount("cac:InvoiceLine/cbc:LineExtensionAmount") == amount(f"{total}LineExtensionAmount")),
        ("BR-CO-13", amount(f"{total}LineExtensionAmount") == net),
        ("BR-CO-14", amount(f"{tax}cbc:TaxAmount") == vat),
        ("BR-CO-15", net + vat == whole),
        ("BR-CO-16", amount(f"{total}PayableAmount") == whole),
        ("BR-CO-25", bool(text("cbc:DueDate"))),
        ("BR-O-02", not outside or tree.find(f"{seller}cac:PartyTaxScheme", FIND) is None),
        ("BR-O-05", not outside or tree.find("cac:InvoiceLine/cac:Item/*/cbc:Percent", FIND) is None),
        ("BR-O-08", not outside or amount(f"{tax}cbc:TaxableAmount") == net),
        ("BR-O-09", not outside or vat == 0),
        ("BR-O-10", category == Vat.STANDARD or bool(text(f"{tax}cac:TaxCategory/cbc:TaxExemptionReason"))),
        ("PEPPOL-EN16931-R001", text("cbc:ProfileID") == PROFILE),
        ("PEPPOL-EN16931-R003", bool(text("cbc:BuyerReference"))),
        ("PEPPOL-EN16931-R010", bool(text("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID"))),
        ("PEPPOL-EN16931-R020", bool(text(f"{seller}cbc:EndpointID"))),
        ("PEPPOL-EN16931-R120", amount("cac:InvoiceLine/cac:Price/cbc:PriceAmount") == net),
    ]
