"""The operation's front page: what each of the cast sees, now and at any earlier moment."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from samlad.activation.actions import acknowledge
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.entries import OWN
from samlad.registers.tests.cast import Cast, Member
from samlad.web.front_page import regions
from samlad.web.tests.scene import report, snow

ClientFor = Callable[[Member], Client]


def page(client_for: ClientFor, member: Member, operation: object, query: str = "") -> str:
    answer = client_for(member).get(f"/operations/{operation}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(html: str) -> str:
    """What a page shows, without its one-time tokens."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|url="/live/[^"]*"|name="id" value="[^"]*"',
        "",
        html.split("<main")[1],
    )


def test_everybody_who_takes_part_sees_who_is_reached_and_who_is_not(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    acknowledge(by=cast.liaison.who, operation=operation, affected="yes")
    for member in (cast.duty_officer, cast.rsk, cast.liaison, cast.picture_lead, cast.observer):
        html = page(client_for, member, operation)
        row = html.split('id="actor-sodertalje"')[1].split("</tr>")[0]
        assert "Berörd" in row
        row = html.split('id="actor-polisregion-stockholm"')[1].split("</tr>")[0]
        assert "Ej nådd" in row
        row = html.split('id="actor-nacka"')[1].split("</tr>")[0]
        assert "Nådd" in row  # it raised the alarm


def test_strangers_and_administrators_find_nothing(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for member in (cast.stranger, cast.administrator):
        missing = client_for(member).get(f"/operations/{operation}/")
        nonsense = client_for(member).get(f"/operations/{uuid4()}/")
        assert missing.status_code == nonsense.status_code == 404
        assert len(missing.content) == len(nonsense.content)


def test_an_own_report_shows_that_an_actor_is_reached(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation, "red")
    row = page(client_for, cast.rsk, operation).split('id="actor-sodertalje"')[1].split("</tr>")[0]
    assert "Röd" in row and "Ej nådd" not in row and "Snö på vägarna." in row


def test_a_conveyed_report_does_not(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    conveyed = {"actor": "sodertalje"}
    with pytest.raises(Refused, match="lämnat uppgifterna"):
        report(cast.rsk.who, operation, **conveyed)
    row = page(client_for, cast.rsk, operation).split('id="actor-sodertalje"')[1].split("</tr>")[0]
    assert "Ej nådd" in row


def test_what_one_may_not_read_changes_nothing_on_the_page(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    before = shown(page(client_for, cast.duty_officer, operation))
    report(cast.liaison.who, operation, "black", "Bara för oss", audience=OWN)
    assert shown(page(client_for, cast.duty_officer, operation)) == before
    assert "Bara för oss" in page(client_for, cast.liaison, operation)


def test_an_earlier_moment_is_shown_as_it_was(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation, "yellow")
    then = read.position(operation, cast.rsk.who)
    report(cast.liaison.who, operation, "black")
    assert "is-black" in page(client_for, cast.rsk, operation) or "status-black" in page(
        client_for, cast.rsk, operation
    )
    earlier = page(client_for, cast.rsk, operation, f"?at={then}")
    row = earlier.split('id="actor-sodertalje"')[1].split("</tr>")[0]
    assert "Gul" in row and "Svart" not in row
    assert "samlad-live" not in earlier  # the past does not move


@pytest.mark.parametrize("at", ["0", "-1", "99999", "abc", "", "1e3", "²"])
def test_a_senseless_moment_is_now(cast: Cast, client_for: ClientFor, at: str) -> None:
    operation = snow(cast)
    assert "ÖVNING" in page(client_for, cast.rsk, operation, f"?at={at}")


def test_the_stream_sends_what_the_page_shows(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation, "red")
    html = page(client_for, cast.rsk, operation)
    with translation.override("sv"):
        sent = regions(operation, cast.rsk.who, {}, read.position(operation, cast.rsk.who))
    assert len(sent) > len(cast.members()) - 3
    for region in sent.values():
        assert str(region) in html


def test_no_live_region_holds_a_form(cast: Cast) -> None:
    operation = snow(cast)
    for region in regions(operation, cast.rsk.who, {}, read.position(operation, cast.rsk.who)).values():
        assert not any(tag in region for tag in ("<form", "<input", "<textarea", "<button"))


def test_ten_more_reports_cost_no_more_queries(
    cast: Cast, client_for: ClientFor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    operation = snow(cast)
    client = client_for(cast.rsk)
    client.get(f"/operations/{operation}/")
    for number in range(10):
        report(cast.liaison.who, operation, "yellow", f"Läge {number}")
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        client.get(f"/operations/{operation}/")
