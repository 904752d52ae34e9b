"""Confirming who one is before something dangerous."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from samlad.accounts.tests.authenticator import Key
from samlad.accounts.tests.people import PASSWORD, SECRET, code, with_codes, with_password
from samlad.accounts.tests.test_passkeys import make, options
from samlad.registers.models import Person, Seat
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
RECORDS = "account_authentication_methods"


@pytest.fixture
def admin(cast: Cast) -> Client:
    """An administrator who signed in with a password more than ten minutes ago."""
    with_password(cast.administrator.person)
    return long_ago(cast.administrator.person)


def long_ago(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    forget(client)
    return client


def forget(client: Client) -> None:
    """Let the sign-in and what was confirmed be eleven minutes old."""
    kept = client.session
    kept[RECORDS] = [record | {"at": record["at"] - 660} for record in kept[RECORDS]]
    kept.save()


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_page_is_reached_once_confirmed(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    page = admin.get(here).content.decode()
    assert "Bekräfta att det är du" in page and 'name="new' not in page
    answer = admin.post(here, hidden(page) | {"confirm-password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    assert "Bekräfta" not in admin.get(here).content.decode()
    forget(admin)
    assert "Bekräfta att det är du" in admin.get(here).content.decode()


def test_what_was_posted_is_done_once_confirmed(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    asked = admin.post(here, {"password": "ett nytt långt ord"})
    assert "Bekräfta att det är du" in asked.content.decode()
    cast.rsk.person.refresh_from_db()
    assert not cast.rsk.person.has_usable_password()
    answer = admin.post(here, hidden(asked.content.decode()) | {"confirm-password": PASSWORD})
    assert answer.status_code == 302
    cast.rsk.person.refresh_from_db()
    assert cast.rsk.person.check_password("ett nytt långt ord")


def test_a_wrong_answer_does_nothing_and_keeps_what_was_sent(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    answer = admin.post(here, {"password": "ett nytt långt ord", "confirm-password": "fel"})
    assert answer.status_code == 422
    assert hidden(answer.content.decode())["password"] == "ett nytt långt ord"
    cast.rsk.person.refresh_from_db()
    assert not cast.rsk.person.has_usable_password()


def test_guessing_is_limited(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    answers = [admin.post(here, {"confirm-password": "fel"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert admin.post(here, {"confirm-password": PASSWORD}).status_code == 429


def test_who_may_not_is_not_even_asked(cast: Cast) -> None:
    client = long_ago(cast.liaison.person)
    for path in (f"/registers/people/{cast.rsk.person.key}/password/", f"/registers/people/{'0' * 32}/password/"):
        assert {client.get(path).status_code, client.post(path, {"password": "x" * 20}).status_code} == {404}


def test_only_giving_administration_is_asked_about(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/seats/new/"
    seat = {"actor": "nacka", "valid_from": "2026-01-01", "reason": "behövs"}
    assert admin.post(here, seat | {"role": "chief"}).status_code == 302
    asked = admin.post(here, seat | {"role": "administrator"})
    assert "Bekräfta att det är du" in asked.content.decode()
    assert not Seat.objects.filter(person=cast.rsk.person, role="administrator").exists()
    admin.post(here, hidden(asked.content.decode()) | {"confirm-password": PASSWORD})
    assert Seat.objects.filter(person=cast.rsk.person, role="administrator").exists()


def test_a_passkey_confirms(cast: Cast) -> None:
    person, key = cast.administrator.person, Key()
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    make(client, key)
    forget(client)
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    page = client.get(here)
    used = json.dumps(key.use(options(page)))
    forged = used.replace(key.handle, "AAAA").replace('"signature": "', '"signature": "AA')
    assert client.post(here, {"confirm-credential": forged, "confirm-fetched": "1"}).status_code == 400
    used = json.dumps(key.use(options(client.get(here))))
    assert client.post(here, {"confirm-credential": used, "confirm-fetched": "1"}).status_code == 302
    assert "Bekräfta" not in client.get(here).content.decode()


def test_a_code_confirms_where_there_is_no_password(cast: Cast) -> None:
    person = with_codes(cast.administrator.person)
    person.set_unusable_password()
    person.save()
    client = long_ago(person)
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    assert 'name="confirm-code"' in client.get(here).content.decode()
    assert client.post(here, {"confirm-code": "000000", "confirm-fetched": "1"}).status_code == 422
    assert client.post(here, {"confirm-code": code(SECRET), "confirm-fetched": "1"}).status_code == 302


def test_in_the_demo_the_password_is_told(admin: Client, cast: Cast, settings: Any) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    assert "samlad-demo" not in admin.get(here).content.decode()
    settings.DEMO = True
    assert "samlad-demo" in admin.get(here).content.decode()


@pytest.mark.parametrize("path", ["passkeys/new/", "codes/", "password/"])
def test_changing_ones_own_factors_is_confirmed(admin: Client, path: str) -> None:
    assert "Bekräfta att det är du" in admin.get(f"/account/{path}").content.decode()


def test_the_same_code_in_two_windows_is_no_fault(admin: Client, cast: Cast) -> None:
    here = f"/registers/people/{cast.rsk.person.key}/password/"
    typed = {"confirm-password": PASSWORD, "confirm-fetched": "1"}
    assert [admin.post(here, typed).status_code for _ in range(2)] == [302, 422], "the second is an empty form"


def test_who_takes_long_over_the_codes_need_not_begin_again(admin: Client) -> None:
    here = "/account/codes/"
    admin.post(here, {"confirm-password": PASSWORD, "confirm-fetched": "1"})
    admin.get(here)
    secret = admin.session["mfa.totp.secret"]
    forget(admin)
    asked = admin.post(here, {"code": code(secret)}).content.decode()
    assert "Bekräfta att det är du" in asked
    answer = admin.post(here, hidden(asked) | {"confirm-password": PASSWORD})
    assert answer.headers["Location"] == "/account/recovery-codes/"
