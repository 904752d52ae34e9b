"""What if: everything stands in the address, nothing is kept, bad input is told and stays."""

import pytest
from django.test import Client

from samlad.governance.models import Fee
from samlad.registers.models import Change
from samlad.registers.tests.cast import Everybody
from tests.governance_money import a_budget, frozen, inhabitants

pytestmark = pytest.mark.django_db
YEAR = 2024
URL = f"/governance/money/{YEAR}/what-if/"


def rows(client: Client, **query: str) -> dict[str, dict[str, object]]:
    """The fees of an address, by actor."""
    return {row["code"]: row for row in client.get(URL, query | {"format": "json"}).json()}


def test_another_total_cap_and_a_new_municipality_beside_those_that_hold(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    frozen(a_budget(everybody, YEAR), everybody)
    client.force_login(everybody.registrar.person)
    before = (Fee.objects.count(), Change.objects.count())
    told = rows(client, total="2 000 000", cap="100", new_name="Nybyn", new_people="10 000")
    assert told["nacka"]["amount"] == "500000" and told["nacka"]["difference"] == "351500.00"
    assert told["new-municipality"]["amount"] == "45455"
    assert client.get(URL, {"total": "2 000 000"}).status_code == 200
    assert (Fee.objects.count(), Change.objects.count()) == before


@pytest.mark.parametrize(
    "query",
    [
        {"total": "x"},
        {"total": "-1"},
        {"total": "1.50", "unit": "1"},
        {"cap": "1e999999"},
        {"total": "NaN"},
        {"total": "99999999999999999999"},
        {"what_is_cut": "other"},
        {"figures_of": "0"},
        {"new_name": "Nybyn"},
        {"new_name": "Nybyn", "new_people": "1.5"},
    ],
)
def test_bad_input_is_told_and_stays(everybody: Everybody, client: Client, query: dict[str, str]) -> None:
    inhabitants(YEAR)
    a_budget(everybody, YEAR)
    client.force_login(everybody.observer.person)
    answer = client.get(URL, query)
    assert answer.status_code == 422
    for name, value in query.items():
        if name not in ("what_is_cut", "unit"):
            assert f'name="{name}" value="{value}"' in answer.content.decode()


def test_figures_that_are_missing_are_listed(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    a_budget(everybody, YEAR)
    client.force_login(everybody.observer.person)
    page = client.get(URL, {"figures_of": "2020"}).content.decode()
    assert "2019-06-30" in page
    assert "population/new" not in page
