"""Invoices: against UBL's schema and the rules on sums and VAT; what is missing is told, nothing is made up."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from django.test import Client
from lxml import etree
from msgspec import structs
from pypdf import PdfReader

from samlad.base.ids import new_id
from samlad.governance.models import BillingParty, Budget
from samlad.governance.money import actions, invoices
from samlad.governance.money.models import Vat
from samlad.registers.models import ActorVersion, Population
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody
from tests.governance_money import BOARD, a_budget, billable, frozen, inhabitants

YEAR = 2024
URL = f"/governance/money/{YEAR}/fees/1/"
SELLER = BillingParty(
    legal_name="Påhittade myndigheten & Co", org_number="202100-2247", endpoint_scheme="0007", endpoint_id="2021002247",
    bankgiro="5050-1055", vat_number="SE202100224701", street="Gatan 1", city="Staden", postal_code="111 11",
)  # fmt: skip
BUYER = BillingParty(
    legal_name="Påhittade kommun",
    org_number="212000-0167",
    endpoint_scheme="0007",
    endpoint_id="2120000167",
    reference="REF",
)


def draft(vat: Vat = Vat.OUTSIDE, amount: str = "49716.50", replaces: str = "") -> invoices.Draft:
    """An invoice of an amount."""
    return invoices.Draft(
        number="2024-1-0182", issued=date(2024, 1, 15), due_days=30, period=(date(2024, 1, 1), date(2024, 12, 31)),
        seller=SELLER, buyer=BUYER, item="Avgift 2024", note="Not", amount=Decimal(amount), vat=vat,
        vat_reason="" if vat == Vat.STANDARD else "Utanför momsens tillämpningsområde", replaces=replaces,
    )  # fmt: skip


def test_the_schema_is_as_oasis_made_it() -> None:
    folder = invoices.SCHEMA.parents[1]
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 14
    for line in lines:
        digest, name = line.split()
        assert sha256((folder / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("vat", list(Vat))
@pytest.mark.parametrize("amount", ["0.01", "0.02", "49716.50", "999999999999.99"])
def test_an_invoice_holds_to_the_schema_and_the_rules(vat: Vat, amount: str) -> None:
    made = invoices.invoice(draft(vat, amount, "2024-0-0182"))
    assert invoices.broken(made) == []
    assert invoices.broken(etree.fromstring(invoices.as_file(made))) == []
    assert invoices.as_file(made) == invoices.as_file(invoices.invoice(draft(vat, amount, "2024-0-0182")))


def test_what_xml_cannot_hold_is_a_space() -> None:
    made = invoices.invoice(structs.replace(draft(), item="Avgift\x0b\ud800 <2024> & mer"))
    assert invoices.broken(made) == []
    assert made.findtext(".//{*}Item/{*}Name") == "Avgift   <2024> & mer"
    assert b"&lt;2024&gt; &amp; mer" in invoices.as_file(made)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b'<cbc:PayableAmount currencyID="SEK">49716.50', b'<cbc:PayableAmount currencyID="SEK">49716.51', "BR-CO-16"),
        (b'<cbc:TaxExclusiveAmount currencyID="SEK">4', b'<cbc:TaxExclusiveAmount currencyID="SEK">5', "BR-CO-13"),
        (b"<cbc:BuyerReference>REF</cbc:BuyerReference>", b"", "PEPPOL-EN16931-R003"),
        (b"poacc:billing:01:1.0", b"poacc:billing:02:1.0", "PEPPOL-EN16931-R001"),
    ],
)
def test_what_breaks_a_rule_is_told(old: bytes, new: bytes, rule: str) -> None:
    content = invoices.as_file(invoices.invoice(draft()))
    assert old in content
    assert rule in invoices.broken(etree.fromstring(content.replace(old, new)))


def test_what_breaks_the_schema_is_told() -> None:
    made = invoices.invoice(draft())
    made.find("{*}IssueDate").text = "15/1"
    assert "IssueDate" in invoices.broken(made)[0]


@pytest.mark.django_db
def test_what_is_missing_is_told_and_no_invoice_is_made(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    client.force_login(everybody.secretariat.person)
    page = client.get(f"{URL}invoices/")
    assert page.context["ready"] == [] and len(page.context["lacking"]) == 4
    assert client.get(f"{URL}invoices.zip").status_code == 404
    billable(everybody)
    assert [one.fee.actor_id for one in client.get(f"{URL}invoices/").context["ready"]] == ["nacka"]
    answer = client.get(f"{URL}invoices/nacka.xml", {"issued": "2024-01-15"})
    tree = etree.fromstring(answer.content)
    assert tree.findtext("{*}LegalMonetaryTotal/{*}PayableAmount") == "148500.00"
    assert tree.findtext("{*}DueDate") == "2024-02-14"
    assert client.get(f"{URL}invoices/sodertalje.xml").status_code == 404
    with zipfile.ZipFile(io.BytesIO(client.get(f"{URL}invoices.zip").content)) as packed:
        assert packed.namelist() == ["2024-1-0182.xml"]


@pytest.mark.django_db
def test_a_correction_charges_the_difference(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    held = a_budget(everybody, YEAR)
    frozen(held, everybody)
    billable(everybody)
    Population.objects.filter(area="0182", on_date=date(2023, 6, 30)).update(figure=100_000)
    run = actions.compute_fees(held, by=everybody.secretariat.who, note="Rättad siffra")
    run.decision_text = "Mötet"
    actions.decide_fees(run, by=everybody.secretariat.who)
    actions.freeze_fees(run, by=everybody.secretariat.who)
    client.force_login(everybody.registrar.person)
    tree = etree.fromstring(client.get(f"/governance/money/{YEAR}/fees/2/invoices/nacka.xml").content)
    assert tree.findtext("{*}LegalMonetaryTotal/{*}PayableAmount") == "1500.00"
    assert tree.findtext("{*}BillingReference/{*}InvoiceDocumentReference/{*}ID") == "2024-1-0182"


@pytest.mark.django_db
def test_an_actor_fills_in_its_own_and_bad_numbers_are_refused(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.registrar.person)
    url = "/governance/money/parties/nacka/"
    for wrong in ({"org_number": "212000-0168"}, {"endpoint_id": "123"}, {"endpoint_scheme": "7", "endpoint_id": "1"}):
        assert client.post(url, wrong).status_code == 422
    assert client.post(url, {"org_number": "2120000167", "legal_name": "Nacka kommun"}).status_code == 302
    assert BillingParty.objects.get(actor="nacka").org_number == "212000-0167"
    assert client.get("/governance/money/parties/sodertalje/").status_code == 404
    assert client.get("/governance/money/parties/ingen/").status_code == 404


@pytest.mark.django_db
def test_statements_say_figures_days_and_the_formula(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    client.force_login(everybody.observer.person)
    content = client.get(f"{URL}nacka.pdf").content
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    for word in (
        "148 500",
        "110 000",
        "2023-12-31",
        "99 000",
        "2023-06-30",
        "Mötet i september",
        "1,50 kr per invånare",
    ):
        assert word in text, word
    assert b"pdfuaid" in content
    assert len(PdfReader(io.BytesIO(client.get(f"{URL}statements.pdf").content)).pages) == 4
    with zipfile.ZipFile(io.BytesIO(client.get(f"{URL}statements.zip").content)) as packed:
        assert len(packed.namelist()) == 4
    assert client.get(f"{URL}ingen.pdf").status_code == 404


@pytest.mark.django_db
def test_there_is_no_issuer_until_one_is_chosen(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    billable(everybody)
    Budget.objects.update(issuer=None)
    client.force_login(everybody.secretariat.person)
    assert client.get(f"{URL}invoices/").context["ready"] == []
    assert BOARD


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "igår"])
def test_an_odd_day_is_today(day: str, everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    billable(everybody)
    client.force_login(everybody.secretariat.person)
    answer = client.get(f"{URL}invoices/nacka.xml", {"issued": day})
    assert f"<cbc:IssueDate>{today()}<" in answer.content.decode()


@pytest.mark.django_db
def test_who_pays_no_more_by_a_correction_has_all_of_it_back(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    held = a_budget(everybody, YEAR)
    frozen(held, everybody)
    billable(everybody)
    ActorVersion.objects.filter(actor="sodertalje").update(valid_to=date(YEAR, 1, 1))
    actions.compute_fees(held, by=everybody.secretariat.who, note="Var ingen part")
    client.force_login(everybody.secretariat.person)
    page = client.get(f"/governance/money/{YEAR}/fees/2/invoices/")
    back = {charge.fee.actor_id: charge.amount for charge, _why in page.context["lacking"] if charge.amount < 0}
    assert back["sodertalje"] == -135_000 and "ska ha pengar tillbaka" in page.content.decode()


@pytest.mark.django_db
def test_numbers_that_peppol_refuses_are_refused_at_once(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.registrar.person)
    address = "/governance/money/parties/nacka/"
    wrong = {"bankgiro": "12", "plusgiro": "x1", "vat_number": "SE12", "iban": "1234"}
    answer = client.post(address, {"id": new_id(), **wrong})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == set(wrong)
    right = {
        "bankgiro": "5050-1055", "plusgiro": "1-8", "vat_number": "SE 202100 224701",
        "iban": "SE45 5000 0000 0583 9825 7466",
    }  # fmt: skip
    assert client.post(address, {"id": new_id(), **right}).status_code == 302
    assert BillingParty.objects.get(actor="nacka").vat_number == "SE202100224701"


@pytest.mark.django_db
def test_terms_that_are_changed_after_the_fees_were_frozen_are_told(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    held = a_budget(everybody, YEAR)
    frozen(held, everybody)
    billable(everybody)
    client.force_login(everybody.secretariat.person)
    assert client.get(f"{URL}invoices/").context["terms_changed_at"] is None
    held = Budget.objects.get(pk=held.pk)
    held.due_days += 10
    actions.save_budget(held, by=everybody.secretariat.who, reason="annan betalningstid")
    page = client.get(f"{URL}invoices/")
    assert page.context["terms_changed_at"] is not None
    assert "Villkoren för fakturorna ändrades efter att avgifterna låstes" in page.content.decode()
