"""A wall shows what a call-out adds up to: who is reached, whom to call by hand, what does not work. No names."""

from collections.abc import Callable

import pytest
from django.test import Client

from samlad.activation.tests.calls import call_out, happened, operation_of
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast, Member, make_everybody
from samlad.web import wall_page

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member | Person], Client]


def test_the_sum_of_the_latest_call(client_for: ClientFor) -> None:
    everybody = make_everybody()
    call = call_out(everybody)
    key = everybody.duty_officer.person.key
    happened(call, "nacka", ("failed", key, "sms", "unreachable"), ("by_hand", "", "", ""), at=900)
    html = client_for(everybody.wall).get(f"/wall/{operation_of(call)}/").content.decode()
    assert "RING FÖR HAND" in html and "Kanalen ”sms” fungerar inte" in html and 'id="calling-summary"' in html
    assert "TiB Nacka" not in html and "<form" not in html


def test_the_whole_board_on_a_wall(client_for: ClientFor) -> None:
    everybody = make_everybody()
    call = call_out(everybody)
    happened(call, "nacka", ("handed", everybody.duty_officer.person.key, "sms", ""))
    address = f"/wall/{operation_of(call)}/calling/"
    html = client_for(everybody.wall).get(address).content.decode()
    assert 'id="call-nacka"' in html and "TiB Nacka" not in html and "RAPS 12" in html and "/actors/" not in html
    assert client_for(everybody.rsk).get(address).status_code == 404
    found = wall_page.board_regions(operation_of(call), everybody.rsk.who, {}, 99)
    assert "call-nacka" in found and not [name for name, it in found.items() if "<a " in it]


def test_the_stream_has_the_same(cast: Cast) -> None:
    call = call_out(cast)
    found = wall_page.regions(operation_of(call), cast.rsk.who, {}, 99)
    assert {"calling-summary", "calling-hand", "calling-down"} <= found.keys()
    assert not [name for name, html in found.items() if "<a " in html]


def test_who_was_not_called_is_not_missed_on_the_front_page(cast: Cast, client_for: ClientFor) -> None:
    operation = operation_of(call_out(cast, actors=("sodertalje",)))
    html = client_for(cast.rsk).get(f"/operations/{operation}/").content.decode()
    rows = {code: html.split(f'id="actor-{code}"')[1].split("</tr>")[0] for code in ("sodertalje", "nacka")}
    rows["polis"] = html.split('id="actor-polisregion-stockholm"')[1].split("</tr>")[0]
    assert "Ej nådd" in rows["sodertalje"] and "Ej nådd" not in rows["polis"] and "Nådd" in rows["nacka"]
