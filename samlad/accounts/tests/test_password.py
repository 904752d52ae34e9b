"""Changing one's own password."""

import pytest
from django.test import Client

from samlad.accounts.tests.people import PASSWORD, give_password, with_password
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
HERE = "/account/password/"
NEW = "fyra ord utan samband"


@pytest.fixture
def person(cast: Cast) -> Person:
    return with_password(cast.rsk.person)


@pytest.fixture
def client(person: Person) -> Client:
    browser = Client()
    give_password(browser, person)
    return browser


def test_it_signs_out_everywhere_else(client: Client, person: Person) -> None:
    other = Client()
    give_password(other, person)
    answer = client.post(HERE, {"password": PASSWORD, "new_password": NEW})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").content.decode().count('class="badge own"') == 1
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_old_one_is_needed(client: Client, person: Person) -> None:
    answer = client.post(HERE, {"password": "fel", "new_password": NEW})
    assert answer.status_code == 422
    assert "Lösenordet stämmer inte" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["", "kort", "password12345", "rsk rsk rsk", "x" * 300])
def test_a_weak_one_is_refused(client: Client, person: Person, weak: str) -> None:
    assert client.post(HERE, {"password": PASSWORD, "new_password": weak}).status_code in (409, 422)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_guessing_the_old_one_is_limited(client: Client) -> None:
    answers = [client.post(HERE, {"password": "fel", "new_password": NEW}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_who_has_none_sets_the_first(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.liaison.person)
    assert 'name="password"' not in client.get(HERE).content.decode()
    assert client.post(HERE, {"new_password": NEW}).status_code == 302
    cast.liaison.person.refresh_from_db()
    assert cast.liaison.person.check_password(NEW)
