"""The list of reports: newest first, filtered, in pages, and as JSON; as fast for many as for few."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlad.picture.entries import Figure
from samlad.picture.tests.scene import TO_BOARD, ClientFor, filed, page, snow
from samlad.registers.tests.cast import Cast


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/reports/"
    for name, member in cast.members().items():
        missing = name in ("stranger", "administrator")
        assert client_for(member).get(address).status_code == (404 if missing else 200), name


def test_newest_first_with_what_changed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=20, consequences="Snö.", status="yellow")
    filed(cast.liaison.who, operation, consequences="Mer snö.", status="red")
    filed(cast.rsk.who, operation, actor="nacka", consequences="Ringde.", source="TiB")
    html = page(client_for(cast.observer), f"/operations/{operation}/reports/")
    assert html.index("Ringde.") < html.index("Mer snö.") < html.index(">Snö.")
    assert "Röd från gul · Ändrat: konsekvenser" in html and "förmedlat av Länsstyrelsen" in html
    assert "3 lägesrapporter" in html


def test_filters(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, consequences="Snö.", status="red")
    filed(cast.duty_officer.who, operation, consequences="Is.", status="green")
    client, address = client_for(cast.rsk), f"/operations/{operation}/reports/"
    assert "Is." not in page(client, address + "?actor=sodertalje") and "Snö." in page(client, address + "?status=red")
    assert "Ingen lägesrapport passar urvalet." in page(client, address + "?status=black")
    for nonsense in ("?before=x", "?before=-1", "?before=99999999999", "?status=%00", "?actor=ingen"):
        assert client.get(address + nonsense).status_code == 200


def test_empty(cast: Cast, client_for: ClientFor) -> None:
    assert "Inga lägesrapporter ännu." in page(client_for(cast.rsk), f"/operations/{snow(cast)}/reports/")


@pytest.fixture
def many(cast: Cast) -> Any:
    """An operation with 250 reports."""
    operation = snow(cast)
    for number in range(250):
        filed(cast.liaison.who, operation, minutes=250 - number, consequences=f"Rapport {number}.")
    return operation


def test_pages_of_a_hundred(cast: Cast, client_for: ClientFor, many: Any) -> None:
    client, address = client_for(cast.rsk), f"/operations/{many}/reports/"
    seen, query = [], ""
    for _page in range(3):
        html = page(client, address + query)
        seen += [number for number in range(250) if f"Rapport {number}." in html]
        query = html.split('rel="next"')[0].rsplit('href="', 1)[-1].rstrip('" ') if 'rel="next"' in html else ""
    assert sorted(seen) == list(range(250)) and not query
    back = html.split('rel="prev"')[0].rsplit('href="', 1)[-1].rstrip('" ')
    assert "Rapport 149." in page(client, address + back)


def test_json_is_the_same_query(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    figure = Figure("Kunder", 4200)  # type: ignore[arg-type]
    filed(cast.liaison.who, operation, consequences="Snö.", status="red", figures=(figure,))
    filed(cast.duty_officer.who, operation, consequences="Is.", status="green")
    answer = client_for(cast.observer).get(f"/operations/{operation}/reports/?format=json&status=red")
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert told["count"] == 1 and told["next"] is None and told["exercise"] is True
    (one,) = told["reports"]
    assert (one["actor"], one["name"], one["status"], one["consequences"]) == (
        "sodertalje", "Södertälje kommun", "red", "Snö.",
    )  # fmt: skip
    assert one["figures"][0]["label"] == "Kunder" and one["audience"] == "all"


@pytest.mark.parametrize("address", ["?", "?format=json"])
def test_ten_more_reports_cost_no_more_queries(cast: Cast, client_for: ClientFor, address: str) -> None:
    operation = snow(cast)
    client = client_for(cast.rsk)
    counts = []
    for _time in range(2):
        for _number in range(10):
            filed(cast.liaison.who, operation, consequences="Snö.", audience=TO_BOARD)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/operations/{operation}/reports/{address}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_as_it_was(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, consequences="Snö.")
    filed(cast.liaison.who, operation, consequences="Mer snö.")
    client = client_for(cast.rsk)
    then = page(client, f"/operations/{operation}/reports/?at=2")
    assert "Snö." in then and "Mer snö." not in then and "/reports/new/" not in then
    assert client.get(f"/operations/{operation}/reports/?at=2&format=json").json()["count"] == 1
