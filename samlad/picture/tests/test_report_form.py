"""Writing a report: prefilled, in two minutes, and nothing that was typed is ever lost."""

from datetime import timedelta

import pytest

from samlad.base.clock import STOCKHOLM, now
from samlad.base.refused import Unavailable
from samlad.journal import read
from samlad.picture import actions
from samlad.picture.entries import Figure, ReportFiled
from samlad.picture.forms import minute
from samlad.picture.queries import all_reports, picture
from samlad.picture.tests.scene import BOARD, TO_BOARD, ClientFor, chosen, close, filed, form, page, snow
from samlad.registers.tests.cast import Cast

TEXTS = {
    "consequences": "Vägarna är stängda.\nBussarna står.",
    "measures": "Plogar.",
    "forecast_24h": "Värre.",
    "forecast_72h": "Bättre.",
    "needs": "Bandvagn.",
    "offers": "Tält.",
    "communication": "Webben.",
    "event": "Snö.",
    "resources": "Tre plogbilar.",
}


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/reports/new/"
    expected = {"observer": (404, 404), "stranger": (404, 404), "administrator": (404, 404)}
    for name, member in cast.members().items():
        client = client_for(member)
        got = client.get(address).status_code, client.post(address, form(consequences="Snö.")).status_code
        assert got == expected.get(name, (200, 302)), name


def test_all_that_is_typed_is_filed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    sent = form(
        **TEXTS,
        status="red",
        source="Egen driftcentral",
        confidence="likely",
        **{"figures-0-label": "Kunder utan ström", "figures-0-value": "4 200,5", "figures-0-unit": "kunder"},
        **{"figures-1-label": "Skadade", "figures-1-value": "3", "figures-1-cumulative": "on"},
    )
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", sent)
    assert answer.status_code == 302 and answer.headers["Location"] == f"/operations/{operation}/reports/{sent['id']}/"
    told = picture(operation, cast.rsk.who).reports["sodertalje"].current.payload
    assert {name: getattr(told, name) for name in TEXTS} == TEXTS
    assert (told.status, told.source, told.confidence, told.conveyed_by) == ("red", "Egen driftcentral", "likely", "")
    assert [(it.label, str(it.value), it.cumulative) for it in told.figures] == [
        ("Kunder utan ström", "4200.5", False),
        ("Skadade", "3", True),
    ]
    assert abs(told.as_of - now()) < timedelta(minutes=5)


def test_it_is_filled_from_the_actors_last_report(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    figure = Figure("Kunder utan ström", 4200)  # type: ignore[arg-type]
    filed(cast.liaison.who, operation, consequences="Vägen är <stängd>.", source="SOS", status="red", figures=(figure,))
    filed(cast.duty_officer.who, operation, consequences="Något annat.")
    html = page(client_for(cast.liaison), f"/operations/{operation}/reports/new/")
    assert "Vägen är &lt;stängd&gt;.</textarea>" in html and "Något annat." not in html
    assert chosen(html, "status") == ["red"]
    assert 'value="Kunder utan ström"' in html and "4200" not in html


def test_bad_input_says_why_and_keeps_what_was_typed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    sent = form(
        status="lila", audience="actors", consequences="Behåll mig", as_of="i går", **{"figures-0-value": "många"}
    )
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422 and "Behåll mig</textarea>" in html
    assert "Välj minst en aktör" in html and 'value="många"' in html and f'value="{sent["id"]}"' in html
    assert not all_reports(operation, cast.rsk.who)


def test_a_bad_figure_alone_is_told_at_the_top(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    sent = form(consequences="Snö.", **{"figures-0-value": "12"})
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", sent)
    assert answer.status_code == 422
    assert "Något bland siffrorna" in answer.content.decode() and "Ange vad siffran avser." in answer.content.decode()


def test_the_same_figure_twice(cast: Cast, client_for: ClientFor) -> None:
    rows = {f"figures-{row}-{name}": value for row in (0, 1) for name, value in (("label", "Döda"), ("value", "1"))}
    address = f"/operations/{snow(cast)}/reports/new/"
    answer = client_for(cast.liaison).post(address, form(consequences="Snö.", **rows))
    assert answer.status_code == 422 and "Uppgiften finns redan." in answer.content.decode()


def test_a_moment_that_has_not_come_is_refused_at_its_field(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    sent = form(consequences="Snö.", as_of=minute(now() + timedelta(hours=3)))
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", sent)
    assert answer.status_code == 409 and "har inte kommit än" not in answer.content.decode().split("id_as_of")[0]
    assert "som inte har kommit än" in answer.content.decode()


def test_an_earlier_moment_is_on_the_clock_in_stockholm(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    earlier = (now() - timedelta(hours=5)).replace(second=0, microsecond=0)
    sent = form(consequences="Snö.", as_of=minute(earlier), as_of_shown=minute(now()))
    client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", sent)
    told = picture(operation, cast.rsk.who).reports["sodertalje"].current.payload
    assert told.as_of == earlier and minute(told.as_of) == earlier.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")


def test_a_changed_status_asks_for_a_word_but_does_not_insist(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, status="green")
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/"
    answer = client.post(address, form(status="red"))
    assert answer.status_code == 422 and 'name="without_text"' in answer.content.decode()
    assert client.post(address, form(status="red", without_text="on")).status_code == 302
    assert client.post(address, form(status="yellow", needs="Bandvagn")).status_code == 302


def test_sent_twice_is_filed_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address, sent = client_for(cast.liaison), f"/operations/{operation}/reports/new/", form(consequences="Snö.")
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"] and len(all_reports(operation, cast.rsk.who)) == 1


def test_edited_after_it_was_sent_is_not_lost(cast: Cast, client_for: ClientFor) -> None:
    """The answer to the first sending never came back; the person edits and sends again."""
    operation = snow(cast)
    client, address, sent = client_for(cast.liaison), f"/operations/{operation}/reports/new/", form(consequences="Snö.")
    client.post(address, sent)
    answer = client.post(address, sent | {"consequences": "Mer snö."})
    html = answer.content.decode()
    assert answer.status_code == 409 and "Mer snö.</textarea>" in html and f'name="id" value="{sent["id"]}"' not in html
    assert client.post(address, form(consequences="Mer snö.")).status_code == 302


def test_what_cannot_be_saved_stays_in_the_form(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**told: object) -> None:
        raise Unavailable("Disken är full.")

    monkeypatch.setattr(actions, "file_report", full)
    answer = client_for(cast.liaison).post(f"/operations/{snow(cast)}/reports/new/", form(consequences="Behåll mig"))
    assert answer.status_code == 503
    assert "Disken är full." in answer.content.decode() and "Behåll mig</textarea>" in answer.content.decode()


def test_conveying_needs_a_source_and_says_whose_it_is(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.rsk.who, operation, consequences="Vårt eget.")
    client, address = client_for(cast.rsk), f"/operations/{operation}/reports/new/?actor=nacka"
    html = page(client, address)
    assert "Förmedlad lägesbild: Nacka" in html and "Vårt eget." not in html
    assert client.post(address, form(consequences="Ringde.")).status_code == 422
    assert client.post(address, form(consequences="Ringde.", source="TiB, telefon")).status_code == 302
    told = picture(operation, cast.liaison.who).reports["nacka"].current
    assert (told.payload.conveyed_by, told.payload.source, told.actor) == (
        "lansstyrelsen-stockholm",
        "TiB, telefon",
        "nacka",
    )


def test_conveying_for_nobody_is_not_there(cast: Cast, client_for: ClientFor) -> None:
    assert client_for(cast.rsk).get(f"/operations/{snow(cast)}/reports/new/?actor=ingen").status_code == 404


def test_named_readers_and_who_they_are_in_words(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    assert "Bara min egen aktör (Södertälje)" in page(client, f"/operations/{operation}/reports/new/")
    sent = form(consequences="Inte för alla.", audience="actors", readers=["nacka"])
    answer = client.post(f"/operations/{operation}/reports/new/", sent, follow=True)
    assert "Läskrets: bara Nacka, Södertälje." in answer.content.decode()
    entry = read.entry(operation, cast.duty_officer.who, next(iter(all_reports(operation, cast.duty_officer.who))))
    assert entry.audience == "actors:nacka,sodertalje"


def test_the_next_report_is_not_wider_than_the_last_by_itself(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, consequences="Inte för alla.", audience=TO_BOARD)
    html = page(client_for(cast.liaison), f"/operations/{operation}/reports/new/")
    assert (chosen(html, "audience"), chosen(html, "readers")) == (["actors"], [BOARD])


def test_after_closing_only_corrections(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/"
    close(cast, operation)
    assert client.get(address).status_code == 409
    answer = client.post(address, form(consequences="Behåll mig"))
    assert answer.status_code == 409 and "Behåll mig</textarea>" in answer.content.decode()


def test_a_status_alone_is_a_report(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    assert client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", form()).status_code == 302
    told = picture(operation, cast.rsk.who).reports["sodertalje"].current.payload
    assert isinstance(told, ReportFiled) and told.status == "yellow"


def test_an_id_that_is_none_is_made_anew(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.liaison).post(f"/operations/{snow(cast)}/reports/new/", form(id="x", needs="Behåll mig"))
    html = answer.content.decode()
    assert answer.status_code == 422 and "Behåll mig" in html and 'name="id" value="x"' not in html
