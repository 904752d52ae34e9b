"""The desk: reports side by side, taken in with their source, edited, replaced, removed; nothing typed is lost."""

from typing import Any
from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.base.refused import Unavailable
from samlad.picture import actions
from samlad.picture.fold import Taken
from samlad.picture.queries import picture
from samlad.picture.tests.scene import ClientFor, close, filed, page, snow, taken
from samlad.registers.tests.cast import Cast


def statement(**changes: Any) -> dict[str, Any]:
    """A statement as a browser sends it."""
    return {"id": str(new_id()), "block": "consequences", "text": "Vägarna är stängda."} | changes


def working(cast: Cast, operation: UUID) -> list[Taken]:
    """The working version."""
    return list(picture(operation, cast.rsk.who).statements.values())


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for name, member in cast.members().items():
        may, client = name in ("rsk", "picture_lead"), client_for(member)
        assert client.get(f"/operations/{operation}/desk/").status_code == (200 if may else 404), name
        posted = client.post(f"/operations/{operation}/desk/statements/", statement())
        assert posted.status_code == (302 if may else 404), name


def test_side_by_side_by_block(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, consequences="Snö.", forecast_24h="Värre.", source="SOS", status="red")
    filed(cast.rsk.who, operation, actor="nacka", consequences="Is.", source="TiB, telefon")
    client = client_for(cast.picture_lead)
    html = page(client, f"/operations/{operation}/desk/")
    assert "Snö." in html and "Is." in html and "Värre." not in html
    assert "Egen uppgift" in html and "av Länsstyrelsen" in html and "källa: TiB, telefon" in html
    assert "2 aktörer har inte rapporterat" in html and "Polisen" in html
    html = page(client, f"/operations/{operation}/desk/?block=forecast")
    assert "24 timmar: Värre." in html and ">Snö.</p>" not in html
    assert page(client, f"/operations/{operation}/desk/?block=x&edit=y&at=z")


def test_taken_in_with_its_source_and_back_to_the_same_place(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.rsk.who, operation, actor="nacka", forecast_24h="Värre.", source="TiB, telefon")
    client, sent = client_for(cast.picture_lead), statement(block="forecast", text="Redigerat.", report=report)
    for _time in range(2):
        answer = client.post(f"/operations/{operation}/desk/statements/", sent)
        assert answer.headers["Location"] == (
            f"/operations/{operation}/desk/?block=forecast&done={sent['id']}#statement-{sent['id']}"
        )
    (one,) = working(cast, operation)
    told = one.payload
    assert (told.text, told.actor, told.report, told.source, told.conveyed_by) == (
        "Redigerat.", "nacka", report, "TiB, telefon", "lansstyrelsen-stockholm",
    )  # fmt: skip
    assert "Intagen" in page(client, answer.headers["Location"])


def test_ones_own_words(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client_for(cast.rsk).post(f"/operations/{operation}/desk/statements/", statement(block="event", open="needs"))
    (one,) = working(cast, operation)
    assert (one.payload.block, one.payload.actor) == ("event", "")
    assert "Egna ord" in page(client_for(cast.rsk), f"/operations/{operation}/desk/")


def test_edited_in_its_place_and_removed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first, _second = (taken(cast.rsk.who, operation, text) for text in ("Ett.", "Två."))
    client = client_for(cast.picture_lead)
    assert "Ett.</textarea>" in page(client, f"/operations/{operation}/desk/?edit={first}")
    client.post(f"/operations/{operation}/desk/statements/", statement(text="Ett, ändrat.", replaces=first))
    assert [one.payload.text for one in working(cast, operation)] == ["Ett, ändrat.", "Två."]
    drop = f"/operations/{operation}/desk/statements/{working(cast, operation)[0].id}/drop/"
    assert client.post(drop, {"id": str(new_id()), "block": "consequences"}).status_code == 302
    assert [one.payload.text for one in working(cast, operation)] == ["Två."]
    assert client.post(drop, {"id": str(new_id())}).status_code == 409


def test_two_who_edit_the_same(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = taken(cast.rsk.who, operation, "Ett.")
    address = f"/operations/{operation}/desk/statements/"
    assert client_for(cast.rsk).post(address, statement(text="Min.", replaces=first)).status_code == 302
    answer = client_for(cast.picture_lead).post(address, statement(text="Behåll mig.", replaces=first))
    assert answer.status_code == 409 and "Behåll mig.</textarea>" in answer.content.decode()
    assert [one.payload.text for one in working(cast, operation)] == ["Min."]


@pytest.mark.parametrize(("changes", "status"), [({"text": "  "}, 422), ({"id": "x"}, 422), ({"block": "x"}, 422)])
def test_bad_input(cast: Cast, client_for: ClientFor, changes: dict[str, str], status: int) -> None:
    operation = snow(cast)
    report = filed(cast.liaison.who, operation, consequences="Snö.")
    answer = client_for(cast.rsk).post(f"/operations/{operation}/desk/statements/", statement(report=report) | changes)
    assert answer.status_code == status and 'role="alert"' in answer.content.decode()
    assert changes.get("text", "Vägarna är stängda.") in answer.content.decode()


def test_a_statement_from_what_is_no_report(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/desk/statements/", statement(report=new_id()))
    assert answer.status_code == 404


def test_what_cannot_be_saved_stays(cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**told: object) -> None:
        raise Unavailable("Disken är full.")

    monkeypatch.setattr(actions, "take_statement", full)
    answer = client_for(cast.rsk).post(f"/operations/{snow(cast)}/desk/statements/", statement(text="Behåll mig."))
    assert answer.status_code == 503 and "Behåll mig.</textarea>" in answer.content.decode()


def test_a_newer_report_is_marked_and_can_take_the_place(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.liaison.who, operation, minutes=30, consequences="Snö.", needs="Bandvagn.")
    first = taken(cast.rsk.who, operation, "Snö.", report)
    client, address = client_for(cast.picture_lead), f"/operations/{operation}/desk/"
    filed(cast.liaison.who, operation, minutes=20, consequences="Snö.", needs="Två bandvagnar.")
    html = page(client, address)
    assert "Ny lägesrapport har kommit" not in html and "Intagen" in html  # repeated word for word
    newer = filed(cast.liaison.who, operation, consequences="Mycket mer snö.")
    html = page(client, address)
    assert "Ny lägesrapport har kommit" in html and f'name="replaces" value="{first}"' in html
    client.post(address + "statements/", statement(text="Mycket mer snö.", report=newer, replaces=first))
    assert [one.payload.report for one in working(cast, operation)] == [newer]
    assert "Ny lägesrapport har kommit" not in page(client, address)


def test_closed_and_as_it_was_can_be_read_only(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    taken(cast.rsk.who, operation, "Ett.")
    taken(cast.rsk.who, operation, "Två.")
    client, address = client_for(cast.rsk), f"/operations/{operation}/desk/"
    then = page(client, address + "?at=2")
    assert "Ett." in then and "Två." not in then and "<textarea" not in then
    close(cast, operation)
    html = page(client, address)
    assert "Händelsen är avslutad." in html and "Två." in html and "<textarea" not in html
    answer = client.post(address + "statements/", statement(text="För sent."))
    assert answer.status_code == 409
