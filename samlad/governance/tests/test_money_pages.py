"""The money's pages from an empty year to frozen fees; bad input is told and stays; any day can be seen again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samlad.governance.models import Budget, BudgetLine, FeeRun, OthersShare
from samlad.governance.money import demo, queries
from samlad.registers.models import Area, Change, Population
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody
from tests.governance_money import BOARD, PEOPLE, a_budget, frozen, inhabitants

pytestmark = pytest.mark.django_db
ROOT = "/governance/money/"
YEAR = 2024
URL = f"{ROOT}{YEAR}/"
BUDGET = {
    "year": str(YEAR), "total": "1 000 000", "cap": "1,50", "what_is_cut": "nothing", "unit": "1", "state": "proposed",
    "due_days": "30", "vat": "O",
}  # fmt: skip


def test_from_nothing_to_frozen_fees(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    inhabitants(YEAR)
    key = str(uuid4())
    for _twice in range(2):
        assert client.post(f"{ROOT}new/", BUDGET | {"id": key}).status_code == 302
    assert client.post(f"{URL}lines/new/", {"code": "10", "text": "Personal", "amount": "900 000"}).status_code == 302
    shares = {f"share-{BOARD}": "62,5", "share-polisregion-stockholm": "37.5", "reason": "Mötet", "seen": ""}
    assert client.post(f"{URL}shares/", shares).status_code == 302
    new = {"id": str(uuid4())}
    for _twice in range(2):
        assert client.post(f"{URL}fees/new/", new)["location"] == f"{URL}fees/1/"
    decided = {"id": str(FeeRun.objects.get().pk), "decision_text": "Mötet i september"}
    assert client.post(f"{URL}fees/1/decide/", decided).status_code == 302
    assert client.post(f"{URL}fees/1/freeze/", {"reason": "Debiteras"}).status_code == 302
    assert FeeRun.objects.get().state == "frozen"
    page = client.get(URL).content.decode()
    assert "900\u00a0000" in page and "Mötet" in page
    fees = queries.fees_of("nacka", YEAR)
    assert fees is not None and fees.fee.amount == 148_500


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"total": "mycket"}, "total"),
        ({"total": "-1"}, "total"),
        ({"total": "1.005"}, "total"),
        ({"total": "10.50"}, "total"),
        ({"year": "1999"}, "year"),
        ({"cap": ""}, "cap"),
        ({"state": "decided"}, "decided"),
    ],
)
def test_bad_terms_are_told_at_their_field(
    everybody: Everybody, client: Client, told: dict[str, str], field: str
) -> None:
    client.force_login(everybody.secretariat.person)
    answer = client.post(f"{ROOT}new/", BUDGET | told)
    assert answer.status_code in (409, 422)
    assert field in answer.context["form"].errors
    assert not Budget.objects.exists()


def test_a_table_that_is_not_a_hundred_is_refused_and_stays_as_typed(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    a_budget(everybody, YEAR)
    seen = client.get(f"{URL}shares/").context["form"].initial["seen"]
    told = {f"share-{BOARD}": "62,4", "share-polisregion-stockholm": "37.5", "reason": "Mötet", "seen": seen}
    answer = client.post(f"{URL}shares/", told)
    page = answer.content.decode()
    assert answer.status_code == 409 and "99,9 %" in page and 'value="62,4"' in page
    colleague = told | {f"share-{BOARD}": "62,5", "seen": "another"}
    assert client.post(f"{URL}shares/", colleague).status_code == 409


def test_the_table_as_it_was_and_who_was_taken_away(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    a_budget(everybody, YEAR)
    Change.objects.update(at=Change.objects.latest("at").at - timedelta(days=3))
    seen = client.get(f"{URL}shares/").context["form"].initial["seen"]
    told = {f"share-{BOARD}": "100", "reason": "Polisen betalar inte", "seen": seen}
    assert client.post(f"{URL}shares/", told).status_code == 302
    assert OthersShare.objects.count() == 1
    then = client.get(f"{URL}shares/", {"on": str(today() - timedelta(days=1))})
    assert dict(then.context["rows"])["Polisregion Stockholm"] == "37,5"
    assert "Polisen betalar inte" in client.get(URL).content.decode()
    assert client.get(URL, {"on": str(today() - timedelta(days=9))}).status_code == 404


def test_what_is_missing_stands_on_the_page_that_computes(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    a_budget(everybody, YEAR)
    page = client.get(f"{URL}fees/new/")
    assert len(page.context["computed"].problems) == 4
    assert client.post(f"{URL}fees/new/", {"id": str(uuid4())}).status_code == 409
    inhabitants(YEAR, edition="SCB")
    inhabitants(YEAR, edition="SCB, preliminär")
    page = client.get(f"{URL}fees/new/", {"start_edition": "SCB, preliminär"})
    assert page.context["computed"].problems == () and "preliminär" in page.content.decode()


def test_a_line_with_bookings_stays(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    a_budget(everybody, YEAR)
    client.post(f"{URL}lines/new/", {"code": "10", "text": "Personal", "amount": "1"})
    line = BudgetLine.objects.get()
    booked = {"line": str(line.pk), "day": "2024-02-01", "amount": "-12,50", "text": "Åter"}
    assert client.post(f"{URL}outcome/new/", booked).status_code == 302
    assert client.post(f"{URL}outcome/new/", booked | {"day": str(today() + timedelta(days=1))}).status_code == 422
    assert client.post(f"{URL}lines/{line.pk}/remove/", {"reason": "Fel"}).status_code == 409
    view = queries.outcome(YEAR)
    assert view is not None and view.spent == Decimal("-12.50")
    booking = queries.outcomes(view.budget)[0]
    assert client.post(f"{URL}outcome/{booking.pk}/remove/", {"reason": "Fel"}).status_code == 302
    assert client.post(f"{URL}lines/{line.pk}/remove/", {"reason": "Fel"}).status_code == 302


def test_another_budgets_line_is_not_here(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    held = a_budget(everybody, YEAR)
    a_budget(everybody, YEAR + 1)
    line = BudgetLine.objects.create(budget=held, code="10", text="Personal", amount=Decimal(1))
    assert client.get(f"{ROOT}{YEAR + 1}/lines/{line.pk}/").status_code == 404
    assert client.get(f"{ROOT}99999999999999999999/").status_code == 404
    assert client.get(f"{URL}fees/7/").status_code == 404


def test_a_reader_sees_the_money_and_changes_none_of_it(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    client.force_login(everybody.duty_officer.person)
    page: Any = client.get(ROOT).content.decode()
    assert "148\u00a0500" in page and f"{ROOT}new/" not in page
    assert client.get(f"{ROOT}parties/").status_code == 404


def test_the_demonstration_is_made_once_and_says_that_it_is_made_up(everybody: Everybody, client: Client) -> None:
    for code, people in PEOPLE.items():
        Area.objects.create(code=code, name=code, kind="municipality")
        Population.objects.create(area_id=code, on_date="2017-12-31", edition="SCB", figure=people)
    demo.remember()
    demo.remember()
    year = today().year
    assert [held.year for held in queries.budgets()] == [year + 1, year]
    run = FeeRun.objects.get()
    assert run.state == "frozen" and all(fee.people_edition in ("", demo.MADE_UP) for fee in queries.fees(run))
    client.force_login(everybody.secretariat.person)
    for page in ("", f"{year}/", f"{year}/fees/1/", f"{year}/outcome/", f"{year + 1}/fees/new/", f"{year}/what-if/"):
        assert client.get(ROOT + page).status_code == 200, page
