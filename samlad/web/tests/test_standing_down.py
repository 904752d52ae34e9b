"""Standing down: the closing picture and the closing of the operation, together, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from samlad.activation.actions import acknowledge
from samlad.base.ids import new_id
from samlad.base.refused import Unavailable
from samlad.journal.queries import basics
from samlad.journal.read import position
from samlad.picture.queries import picture
from samlad.registers.tests.cast import Cast, Member
from samlad.web import standing_down
from samlad.web.tests.scene import report, snow

ClientFor = Callable[[Member], Client]


def form(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    told = {"reason": "Snön har slutat.", "closing_text": "Vägarna är öppna.", "understood": "on"}
    return {"id": str(new_id())} | told | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    for name, member in cast.members().items():
        address = f"/operations/{snow(cast, what=name)}/standing-down/"
        client = client_for(member)
        got = client.get(address).status_code, client.post(address, form()).status_code
        assert got == ((200, 302) if name in ("rsk", "picture_lead") else (404, 404)), name


def test_open_matters_are_shown(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    acknowledge(by=cast.rsk.who, operation=operation, affected="yes")
    report(cast.liaison.who, operation)
    html = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    assert "Har inte svarat på larmet (1)</dt><dd>Polisen</dd>" in html
    assert "Har inte rapporterat (3)</dt><dd>Nacka, Länsstyrelsen, Polisen</dd>" in html


def test_it_publishes_and_closes(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/standing-down/", form())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/operations/{operation}/")
    edition = picture(operation, cast.liaison.who).edition
    assert edition and edition.closing and edition.payload.assessment == "Vägarna är öppna."
    state = basics(operation, cast.liaison.who)
    assert state.closed_at and state.closed_reason == "Snön har slutat."
    page = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    assert "Händelsen avslutades" in page and 'name="reason"' not in page


def test_sent_again_it_is_done_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, sent = client_for(cast.rsk), form()
    client.post(f"/operations/{operation}/standing-down/", sent)
    before = position(operation, cast.rsk.who)
    assert client.post(f"/operations/{operation}/standing-down/", sent).status_code == 302
    assert position(operation, cast.rsk.who) == before


@pytest.mark.parametrize("field", ["reason", "closing_text", "understood"])
def test_what_is_missing_is_told_and_the_text_kept(cast: Cast, client_for: ClientFor, field: str) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/standing-down/", form(**{field: ""}))
    html = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{field}_error"' in html
    assert ("Snön har slutat." in html) == (field != "reason")
    assert basics(operation, cast.rsk.who).closed_at is None and not picture(operation, cast.rsk.who).edition


def test_interrupted_between_the_two_it_goes_on_where_it_stopped(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, sent = snow(cast), form()
    client = client_for(cast.rsk)

    def unavailable(**_told: Any) -> None:
        raise Unavailable("Disken är full.")

    with monkeypatch.context() as patch:
        patch.setattr(standing_down, "close", unavailable)
        answer = client.post(f"/operations/{operation}/standing-down/", sent)
    html = answer.content.decode()
    assert answer.status_code == 503 and "Disken är full." in html and "Snön har slutat." in html
    assert "Det som återstår är att avsluta" in html
    assert client.post(f"/operations/{operation}/standing-down/", sent).status_code == 302
    assert len(picture(operation, cast.rsk.who).editions) == 1 and basics(operation, cast.rsk.who).closed_at


def test_the_convening_duty_officer_is_told_who_can(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, convening="nacka")
    address = f"/operations/{operation}/standing-down/"
    client = client_for(cast.duty_officer)
    html = client.get(address).content.decode()
    assert "be någon av dem att göra det" in html and 'name="reason"' not in html
    assert client.post(address, form()).status_code == 409
    assert not basics(operation, cast.rsk.who).closed_at
