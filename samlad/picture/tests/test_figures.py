"""Figures over time: a revision shows both values, silence is silence and never zero."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.picture.entries import Figure
from samlad.picture.tables import DAY, HOUR, columns
from samlad.picture.tests.scene import ClientFor, filed, page, snow
from samlad.registers.tests.cast import Cast

MONDAY = datetime(2026, 1, 12, 12, tzinfo=STOCKHOLM)


def cases(value: int) -> tuple[Figure, ...]:
    """A cumulative figure."""
    return (Figure("Fall totalt", Decimal(value), "fall", True),)


def test_revisions_and_silence_by_day(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, replayed=True)
    for day, value in ((0, 100), (1, 106), (3, 103)):
        filed(cast.liaison.who, operation, as_of=MONDAY + timedelta(days=day), figures=cases(value))
    filed(cast.duty_officer.who, operation, as_of=MONDAY + timedelta(days=1), consequences="Inga siffror i dag.")
    filed(cast.duty_officer.who, operation, as_of=MONDAY + timedelta(days=3), figures=cases(0))
    html = page(client_for(cast.observer), f"/operations/{operation}/figures/")
    assert "1 revidering i tabellen." in html and "<del>106</del> reviderat" in html and ">103</a>" in html
    assert html.count("ingen rapport</td>") == 1 + 2  # Södertälje on day 2; Nacka on days 0 and 2
    assert html.count('class="untold"') == 1 and html.count(">0</a>") == 1
    assert "12/1" in html and "15/1" in html and "Länsstyrelsen" in html.split("aldrig lämnat den här siffran:")[1]


def test_a_correction_shows_both(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, replayed=True)
    plain = Figure("Inneliggande", Decimal(12))
    wrong = filed(cast.liaison.who, operation, as_of=MONDAY, figures=(plain,))
    client = client_for(cast.liaison)
    sent = {
        "id": "01a201c2-4feb-74d1-8241-8dad829c7b72", "status": "yellow", "audience": "all", "figures-TOTAL_FORMS": "1",
        "figures-INITIAL_FORMS": "1", "figures-0-label": "Inneliggande", "figures-0-value": "21",
    }  # fmt: skip
    assert client.post(f"/operations/{operation}/reports/new/?corrects={wrong}", sent).status_code == 302
    assert "<del>12</del> reviderat" in page(client, f"/operations/{operation}/figures/")


def test_many_days_in_pages(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, replayed=True)
    for day in (0, 39):
        filed(cast.liaison.who, operation, as_of=MONDAY + timedelta(days=day), figures=cases(day + 1))
    client, address = client_for(cast.rsk), f"/operations/{operation}/figures/"
    html, seen = page(client, address), 0
    while 'class="button small" href="?figure=' in html and "← Tidigare" in html:
        seen += html.count("ingen rapport</td>")
        query = html.split("← Tidigare")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        html = page(client, address + query)
    assert seen + html.count("ingen rapport</td>") >= 38 and ">1</a>" in html and "Senare" in html
    for nonsense in ("?until=x", "?figure=ingen", "?until=2026-01-13", "?until=0001-01-01T00:00:00%2B00:00"):
        assert client.get(address + nonsense).status_code == 200


def test_who_gets_what_and_empty(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/figures/"
    for name, member in cast.members().items():
        status = 404 if name in ("stranger", "administrator") else 200
        assert client_for(member).get(address).status_code == status, name
    assert "Ingen lägesrapport har siffror ännu." in page(client_for(cast.rsk), address)


MOMENTS = st.integers(0, 10 * 365 * 24).map(lambda hours: (MONDAY + timedelta(hours=hours)).astimezone(STOCKHOLM))


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), st.sampled_from([DAY, HOUR]))
def test_columns_are_every_day_or_hour_once(first: datetime, length: timedelta, step: timedelta) -> None:
    """Also over the nights when the clock is changed."""
    found = columns(first, first + length, step, STOCKHOLM, 10_000)
    assert found == tuple(sorted(set(found))) and found[0] <= first < found[0] + 2 * step
    assert all(later.replace(tzinfo=None) - at.replace(tzinfo=None) == step for at, later in pairwise(found))
