"""The pages of lent staff: what each reader sees, and what is sent by forms."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from samlad.base.ids import new_id
from samlad.governance.lent import actions
from samlad.governance.lent.forms import Kronor
from samlad.governance.lent.months import first_of, later
from samlad.governance.lent.words import decimal, kronor
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.tests.test_lent_secondments import agreed, reported
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

AMOUNT, SHOWN = "45231.50", "45\N{NO-BREAK SPACE}231,50"


def test_amounts_are_for_the_lender_and_the_secretariat(everybody: Everybody, client: Client) -> None:
    row = agreed(everybody, monthly_amount=Decimal(AMOUNT), person=everybody.duty_officer.person)
    cost = reported(row, AMOUNT, everybody.registrar)
    actions.certify(cost.pk, by=everybody.secretariat.who)
    for member, sees in (
        (everybody.registrar, True), (everybody.actor_administrator, True), (everybody.secretariat, True),
        (everybody.duty_officer, False), (everybody.chief, False), (everybody.liaison, False), (everybody.rsk, False),
    ):  # fmt: skip
        client.force_login(member.person)
        page = client.get(f"/governance/lent/{row.pk}/")
        assert page.status_code == 200 and ("80 %" in page.content.decode())
        assert (SHOWN in page.content.decode()) is sees, member
        for address in (f"/governance/lent/costs/{cost.pk}/", "/governance/lent/actors/nacka/"):
            assert client.get(address).status_code == (200 if sees else 404), address
        costs = client.get(f"/governance/lent/costs/?year={cost.month.year}&format=json")
        lines = json.loads(costs.content) if costs.status_code == 200 else []
        assert (lines == [] or lines[0]["amount"] == AMOUNT) and bool(lines) is sees


def test_names_are_for_those_who_read_people(everybody: Everybody, client: Client) -> None:
    row = agreed(everybody, person=everybody.duty_officer.person)
    for member, sees in ((everybody.liaison, True), (everybody.registrar, True), (everybody.secretariat, True)):
        client.force_login(member.person)
        assert ("TiB Nacka" in client.get(f"/governance/lent/{row.pk}/").content.decode()) is sees


def test_a_registrar_of_another_actor_sees_no_name(everybody: Everybody, client: Client) -> None:
    row = agreed(everybody, person=everybody.duty_officer.person)
    Secondment.objects.filter(pk=row.pk).update(lender="sodertalje")
    client.force_login(everybody.registrar.person)
    for address in ("/governance/lent/", f"/governance/lent/{row.pk}/", "/governance/lent/?format=csv"):
        page = client.get(address)
        assert page.status_code == 200 and "TiB Nacka" not in page.content.decode()


def test_from_proposal_to_payment_by_forms(everybody: Everybody, client: Client) -> None:
    month = later(first_of(today()), -1)
    client.force_login(everybody.registrar.person)
    told = {
        "id": str(new_id()), "lender": "nacka", "seat": "Handläggare", "first_day": month.isoformat(),
        "last_day": (month + timedelta(days=300)).isoformat(), "share": "50", "monthly_amount": "30 000,00 kr",
    }  # fmt: skip
    wrong = client.post("/governance/lent/new/", told | {"share": "140", "last_day": "2014-01-01"})
    assert wrong.status_code == 422 and "30 000,00 kr" in wrong.content.decode()
    assert client.post("/governance/lent/new/", told).status_code == 302
    row = Secondment.objects.get()
    assert row.monthly_amount == 30000 and row.person_id is None
    client.force_login(everybody.secretariat.person)
    said = {"side": "kansli", "answer": "agree", "reason": ""}
    assert client.post(f"/governance/lent/{row.pk}/answer/", said).status_code == 302
    assert client.post(f"/governance/lent/{row.pk}/answer/", said).status_code in (409, 422)
    client.force_login(everybody.registrar.person)
    report = {"id": str(new_id()), "right": "29 987,50", "consists_of": "Lön", "note": ""}
    address = f"/governance/lent/{row.pk}/months/{month:%Y-%m}/"
    assert client.post(address, report | {"right": "-5"}).status_code == 422
    assert client.post(address, report).status_code == 302 and client.post(address, report).status_code == 302
    cost = MonthCost.objects.get()
    assert cost.amount == Decimal("29987.50")
    assert client.post(f"/governance/lent/costs/{cost.pk}/", {"decision": "certify"}).status_code == 404
    client.force_login(everybody.secretariat.person)
    decide = f"/governance/lent/costs/{cost.pk}/"
    assert client.post(decide, {"decision": "return", "reason": ""}).status_code == 409
    assert client.post(decide, {"decision": "certify"}).status_code == 302
    assert client.post(decide, {"paid_on": (today() + timedelta(days=1)).isoformat()}).status_code == 409
    assert client.post(decide, {"paid_on": today().isoformat()}).status_code == 302
    assert MonthCost.objects.get().paid_on == today()


def test_the_first_page(everybody: Everybody, client: Client) -> None:
    agreed(everybody, last=today() + timedelta(days=30))
    client.force_login(everybody.secretariat.person)
    page = client.get("/governance/lent/").content.decode()
    assert page.count("<svg") >= 1 and "Handläggare" in page
    yesterday = today() - timedelta(days=1)
    then = client.get(f"/governance/lent/?on={yesterday}")
    assert then.status_code == 200 and "Handläggare" not in then.content.decode()
    for format_ in ("csv", "xlsx", "json"):
        assert client.get(f"/governance/lent/?format={format_}").status_code == 200


@pytest.mark.parametrize("address", ["months/2026-13/", "months/x/", "months/1999-01/"])
def test_months_that_are_none(everybody: Everybody, client: Client, address: str) -> None:
    row = agreed(everybody)
    client.force_login(everybody.registrar.person)
    if "1999" in address:
        told = {"right": "1", "consists_of": "Lön"}
        assert client.post(f"/governance/lent/{row.pk}/{address}", told).status_code == 409
    else:
        assert client.get(f"/governance/lent/{row.pk}/{address}").status_code == 404


def test_amounts_as_they_are_written() -> None:
    assert kronor(Decimal("-1234567.5")) == "−1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,50\N{NO-BREAK SPACE}kr"
    assert [decimal(Decimal(one)) for one in ("1.00", "0.50", "10.25", "100")] == ["1", "0,5", "10,25", "100"]
    with override("sv"):
        field = Kronor()
        for typed in ("45 231,50", "45231.50", "45\N{NO-BREAK SPACE}231,50 kr", "45231:50"):
            assert field.clean(typed) == Decimal(AMOUNT)
