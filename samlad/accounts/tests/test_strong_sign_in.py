"""Where sign-in must be strong, a password alone leads nowhere but to where it is made so."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from samlad.accounts.invitations import Wanted, invite
from samlad.accounts.tests.authenticator import Key
from samlad.accounts.tests.people import code, give_password, with_codes, with_password
from samlad.accounts.tests.test_passkeys import make, sign_in
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast: Cast, settings: Any) -> Person:
    settings.SAMLAD_SIGN_IN = "strong"
    return with_password(cast.rsk.person)


def test_a_password_alone_leads_to_setting_up(client: Client, person: Person) -> None:
    give_password(client, person)
    answer = client.get("/registers/areas/?q=1")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/account/set-up/?next=%2Fregisters%2Fareas%2F%3Fq%3D1",
    )
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Skapa en passnyckel" in page and "Inte nu" not in page


@pytest.mark.parametrize("path", ["/", "/account/", "/outbox/", "/account/sessions/end/", "/registers/people/"])
def test_nothing_else_is_reached(client: Client, person: Person, path: str) -> None:
    give_password(client, person)
    assert client.get(path).headers["Location"].startswith("/account/set-up/")


def test_what_is_sent_is_refused_so_that_the_form_keeps_it(client: Client, person: Person) -> None:
    give_password(client, person)
    answer = client.post("/raise/", {"what": "Storm"})
    assert answer.status_code == 403
    assert "Ställ in din inloggning" in answer.content.decode()
    assert client.post("/sign-out/").status_code == 302


def test_codes_set_up_in_the_session_make_it_strong(client: Client, person: Person) -> None:
    give_password(client, person)
    client.get("/account/set-up/?next=/registers/areas/")
    page = client.get("/account/codes/")
    secret = client.session["mfa.totp.secret"]
    assert f"{secret[:4]} {secret[4:8]}" in page.content.decode()
    answer = client.post("/account/codes/", {"code": code(secret)})
    assert answer.headers["Location"] == "/account/recovery-codes/"
    assert client.get("/registers/").status_code == 200
    shown = client.post("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", shown)) == 10 and 'href="/registers/areas/"' in shown


def test_a_stolen_password_sets_up_nothing_once_its_owner_has(person: Person) -> None:
    thief, owner = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    give_password(thief, person)
    assert thief.get("/account/passkeys/new/").status_code == 200
    give_password(owner, person)
    make(owner, Key())
    for path in ("/account/passkeys/new/", "/account/set-up/", "/registers/"):
        assert thief.get(path).headers["Location"].startswith("/sign-in/")
    assert owner.get("/registers/").status_code == 200


def test_password_and_code_are_strong(client: Client, person: Person) -> None:
    with_codes(person)
    give_password(client, person)
    client.post("/sign-in/code/", {"code": code()})
    assert client.get("/registers/").status_code == 200


def test_a_password_is_enough_where_that_is_said(client: Client, person: Person, settings: Any) -> None:
    settings.SAMLAD_SIGN_IN = "password"
    give_password(client, person)
    assert client.get("/registers/").status_code == 200
    assert "Inte nu" in client.get("/account/set-up/").content.decode()


def test_ordinary_pages_cost_no_query_for_it(client: Client, person: Person, django_assert_num_queries: Any) -> None:
    client.force_login(person)
    client.get("/account/set-up/")
    with django_assert_num_queries(4):  # the session, the person, the seats, the modes
        client.get("/language/")


@pytest.fixture
def guest(cast: Cast, settings: Any) -> Client:
    """Somebody new who has just accepted an invitation."""
    settings.SAMLAD_SIGN_IN = "strong"
    wanted = Wanted("ny@nacka.example", "nacka", ("chief",), "Chef Nacka")
    link = invite(wanted, by=cast.administrator.who).link
    client = Client(SERVER_NAME="localhost")
    answer = client.post(urlsplit(link).path, {"name": "Chef Nacka"})
    assert answer.headers["Location"] == "/account/set-up/"
    return client


def test_who_is_invited_makes_a_passkey_and_is_in(guest: Client) -> None:
    assert guest.get("/registers/").headers["Location"].startswith("/account/set-up/")
    key = Key()
    assert make(guest, key).headers["Location"] == "/account/recovery-codes/"
    assert guest.get("/registers/").status_code == 200
    other = Client(SERVER_NAME="localhost")
    assert sign_in(other, key).status_code == 302
    assert other.get("/registers/").status_code == 200


def test_who_is_invited_chooses_a_password_and_then_codes(guest: Client) -> None:
    assert "Välj ett lösenord först" in guest.get("/account/set-up/").content.decode()
    answer = guest.post("/account/password/", {"new_password": "fyra ord utan samband"})
    assert answer.headers["Location"] == "/account/set-up/"
    assert guest.get("/registers/").status_code == 302, "a password alone is not enough"
    guest.get("/account/codes/")
    guest.post("/account/codes/", {"code": code(guest.session["mfa.totp.secret"])})
    assert guest.get("/registers/").status_code == 200


def test_an_invitation_alone_is_nothing_after_an_hour(guest: Client) -> None:
    kept = guest.session
    records = "account_authentication_methods"
    kept[records] = [record | {"at": record["at"] - 3601} for record in kept[records]]
    kept.save()
    page = guest.get("/account/passkeys/new/").content.decode()
    assert "Du har ingen passnyckel och inget lösenord här" in page
