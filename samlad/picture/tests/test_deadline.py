"""When the next reports are wanted."""

from datetime import timedelta

import pytest

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.picture.forms import minute
from samlad.picture.queries import picture
from samlad.picture.tests.scene import ClientFor, close, page, snow
from samlad.registers.tests.cast import Cast


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/deadline/"
    for name, member in cast.members().items():
        may, client = name in ("rsk", "picture_lead"), client_for(member)
        assert client.get(address).status_code == (200 if may else 404), name
        assert client.post(address, {"id": str(new_id()), "minutes": "30"}).status_code == (302 if may else 404), name


def test_in_half_an_hour_at_a_time_and_not_at_all(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address = client_for(cast.rsk), f"/operations/{operation}/deadline/"
    client.post(address, {"id": str(new_id()), "minutes": "30", "note": "Ta med siffror."})
    deadline = picture(operation, cast.liaison.who).deadline
    assert deadline and deadline.note == "Ta med siffror."
    assert timedelta(minutes=28) < deadline.at - now() <= timedelta(minutes=30)
    at = (now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    client.post(address, {"id": str(new_id()), "at": minute(at)})
    deadline = picture(operation, cast.liaison.who).deadline
    assert deadline and deadline.at == at
    assert "Ta bort tiden" in page(client, f"/operations/{operation}/desk/")
    client.post(address, {"id": str(new_id()), "at": minute(at), "clear": "1"})
    assert picture(operation, cast.liaison.who).deadline is None


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({}, 422, "Ange när lägesrapporterna önskas."),
        ({"at": "i morgon"}, 422, "Behåll mig"),
        ({"at": "2020-01-01T12:00"}, 409, "Tiden har redan passerat."),
        ({"minutes": "-5"}, 422, "Behåll mig"),
    ],
)
def test_bad_input(cast: Cast, client_for: ClientFor, typed: dict[str, str], status: int, sentence: str) -> None:
    address = f"/operations/{snow(cast)}/deadline/"
    answer = client_for(cast.rsk).post(address, {"id": str(new_id()), "note": "Behåll mig"} | typed)
    assert (
        answer.status_code == status and sentence in answer.content.decode() and "Behåll mig" in answer.content.decode()
    )


def test_after_closing(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    close(cast, operation)
    assert client_for(cast.rsk).post(f"/operations/{operation}/deadline/", {"minutes": "30"}).status_code == 409
