"""Sessions that speak for some of somebody's seats only, and what they must not lead to: the others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samlad.accounts.tests.conftest import Idp, Known, oidc_provider
from samlad.accounts.tests.people import with_password
from samlad.accounts.tests.test_break_glass import broken
from samlad.accounts.tests.test_oidc import BEGIN, linked, signed_in
from samlad.registers.models import Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast

ASKED = "Bekräfta att det är du"
WAYS = ("/account/passkeys/new/", "/account/codes/", "/account/password/")


def roles(client: Client) -> Any:
    return client.get("/privacy/").context["request"].who.roles


@pytest.mark.parametrize("path", WAYS)
def test_a_providers_session_makes_no_way_in_to_seats_elsewhere(cast: Cast, by_oidc: Idp, path: str) -> None:
    """Whoever has broken into the provider would sign in past it and speak for the other actor."""
    person = cast.duty_officer.person
    linked(person, by_oidc)
    client = Client()
    signed_in(client, path=f"{BEGIN}?anew=1")
    assert client.get(path).status_code == 200
    Seat.objects.create(person=person, actor_id="sodertalje", role="tib", valid_from=today())
    for answer in (client.get(path), client.post(path, {})):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")
    assert client.post("/account/identities/new/", {"provider": "nacka"}).status_code == 302


def test_a_lent_person_speaks_in_the_lent_role_only(cast: Cast, by_oidc: Idp) -> None:
    person = cast.duty_officer.person
    days = {"valid_from": today(), "valid_to": today() + timedelta(days=7)}
    Seat.objects.create(person=person, actor_id="sodertalje", role="liaison", lender_id="nacka", **days)
    Seat.objects.create(person=person, actor_id="sodertalje", role="chief", valid_from=today())
    linked(person, by_oidc)
    client = Client()
    signed_in(client)
    client.post("/seat/", {"seat": "sodertalje"})
    assert roles(client) == {"liaison"}


def test_a_broken_glass_gives_the_named_seats_only(cast: Cast, oidc: Idp, known: Known) -> None:
    known(oidc_provider(oidc.url, local="emergency"))
    person = cast.duty_officer.person
    Seat.objects.filter(person=person).update(emergency=True)
    Seat.objects.create(person=person, actor_id="nacka", role="chief", valid_from=today())
    client = Client()
    client.force_login(person)
    assert broken(client).status_code == 302
    assert roles(client) == {"tib"}


def test_a_provider_that_asked_nobody_confirms_nothing(cast: Cast, by_oidc: Idp) -> None:
    person = with_password(cast.duty_officer.person)
    linked(person, by_oidc)
    client = Client()
    signed_in(client)
    assert ASKED in client.get("/account/password/").content.decode()
    signed_in(client)
    assert ASKED in client.get("/account/password/").content.decode()
    signed_in(client, path=f"{BEGIN}?anew=1")
    assert ASKED not in client.get("/account/password/").content.decode()
