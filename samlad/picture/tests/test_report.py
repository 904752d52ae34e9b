"""One report, and one actor's reports through time."""

from decimal import Decimal
from typing import Any

import pytest

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.actions import shred
from samlad.picture.entries import Figure
from samlad.picture.tests.scene import ClientFor, filed, page, snow
from samlad.registers.tests.cast import Cast


def test_everything_it_holds(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    told: dict[str, Any] = {
        "consequences": "Snö.",
        "forecast_24h": "Värre.",
        "source": "SOS",
        "confidence": "likely",
        "offers": "Tält.",
    }
    report = filed(cast.liaison.who, operation, **told)
    html = page(client_for(cast.observer), f"/operations/{operation}/reports/{report}/")
    for text in ("Snö.", "Värre.", "SOS", "Troligt", "Tält.", "Samverkansperson Södertälje", "alla deltagande aktörer"):
        assert text in html
    assert "?corrects=" not in html


def test_what_changed_word_by_word_and_without(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=9, consequences="Tio bussar står.", needs="Bandvagn.")
    report = filed(cast.liaison.who, operation, consequences="Tolv bussar står.")
    client, address = client_for(cast.rsk), f"/operations/{operation}/reports/{report}/"
    html = page(client, address)
    assert "<del>Tio</del>" in html and "<ins>Tolv</ins>" in html and "<del>Bandvagn.</del>" in html
    plain = page(client, address + "?changes=off")
    assert "<del>" not in plain and "Bandvagn." not in plain and "Tolv bussar står." in plain


def test_text_is_never_markup(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=9, consequences="<b>ett</b>")
    report = filed(cast.liaison.who, operation, consequences="<script>alert(1)</script>")
    html = page(client_for(cast.rsk), f"/operations/{operation}/reports/{report}/")
    assert "<script>alert" not in html and "<b>ett" not in html and "&lt;script&gt;" in html


def test_what_is_not_a_report_is_not_here(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    opened = read.entries(operation, cast.rsk.who)[0][1].id
    for id in (opened, new_id()):
        assert client_for(cast.rsk).get(f"/operations/{operation}/reports/{id}/").status_code == 404


def test_later_than_the_moment_shown_is_not_here(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first, second = (filed(cast.liaison.who, operation, consequences=text) for text in ("Ett.", "Två."))
    client = client_for(cast.rsk)
    assert client.get(f"/operations/{operation}/reports/{first}/?at=2").status_code == 200
    assert client.get(f"/operations/{operation}/reports/{second}/?at=2").status_code == 404


def test_a_shredded_report_says_so(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.liaison.who, operation, consequences="En persons namn.")
    shred(by=cast.rsk.who, operation=operation, entries=[report], ground="GDPR 17")
    client = client_for(cast.rsk)
    html = page(client, f"/operations/{operation}/reports/{report}/")
    assert "är gallrat" in html and "En persons namn." not in html
    assert "En persons namn." not in page(client, f"/operations/{operation}/reports/")


def test_an_actors_reports_through_time(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=30, consequences="Snö.", status="yellow")
    filed(cast.liaison.who, operation, consequences="Mer snö.", status="red")
    filed(cast.duty_officer.who, operation, consequences="Is.")
    client = client_for(cast.rsk)
    html = page(client, f"/operations/{operation}/actors/sodertalje/")
    assert "Södertälje kommun" in html and "Is." not in html and "Röd från gul" in html
    assert "?actor=sodertalje" in html and "Förmedla lägesrapport" in html
    assert "Skriv lägesrapport" in page(client_for(cast.liaison), f"/operations/{operation}/actors/sodertalje/")
    assert "har inte rapporterat" in page(client, f"/operations/{operation}/actors/polisregion-stockholm/")
    assert client.get(f"/operations/{operation}/actors/ingen/").status_code == 404
    assert client_for(cast.stranger).get(f"/operations/{operation}/actors/sodertalje/").status_code == 404


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_figure_that_could_not_be_compared_is_refused(cast: Cast, value: str) -> None:
    with pytest.raises(Refused, match="vanligt tal"):
        filed(cast.liaison.who, snow(cast), figures=(Figure("Utan el", Decimal(value)),))
