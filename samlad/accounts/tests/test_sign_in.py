"""Signing in and out, with a password and by the demo's buttons."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client

from samlad.accounts.models import Attempt
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "snow over the county"


@pytest.fixture
def person(cast: Cast) -> Person:
    cast.rsk.person.set_password(PASSWORD)
    cast.rsk.person.save()
    return cast.rsk.person


def test_right_password_goes_where_one_was_going(client: Client, person: Person) -> None:
    answer = client.get("/registers/areas/")
    assert answer.headers["Location"] == "/sign-in/?next=/registers/areas/"
    typed = {"username": "rsk", "password": PASSWORD, "next": "/registers/areas/"}
    answer = client.post("/sign-in/", typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/registers/areas/")
    assert client.get("/registers/areas/").status_code == 200


def test_wrong_password_is_told_and_the_username_kept(client: Client, person: Person) -> None:
    answer = client.post("/sign-in/", {"username": "rsk", "password": "wrong"})
    assert answer.status_code == 422
    assert 'value="rsk"' in answer.content.decode()


def test_never_on_to_another_site(client: Client, person: Person) -> None:
    typed = {"username": "rsk", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", typed).headers["Location"] == "/"


def test_who_may_not_sign_in_does_not(client: Client, person: Person) -> None:
    Person.objects.update(is_active=False)
    assert client.post("/sign-in/", {"username": "rsk", "password": PASSWORD}).status_code == 422


def test_sign_out_is_posted(client: Client, person: Person) -> None:
    client.force_login(person)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/registers/").status_code == 302


def test_the_demos_buttons_are_the_demos_only(client: Client, cast: Cast, settings: Any) -> None:
    key = cast.rsk.person.key
    assert key not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"person": key}).status_code == 404
    settings.DEMO = True
    assert key in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"person": key}).status_code == 302
    assert client.get("/registers/").status_code == 200


def test_the_demo_signs_in_nobody_with_a_real_address(client: Client, cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    Person.objects.filter(key=cast.rsk.person.key).update(email="rsk@region.se")
    assert cast.rsk.person.key not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"person": cast.rsk.person.key}).status_code == 404


def test_the_language_is_chosen_without_signing_in(client: Client, db: None) -> None:
    assert "Logga in" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert "Sign in" in client.get("/sign-in/").content.decode()


def test_a_name_that_nobody_has_a_wrong_password_and_a_closed_account_look_the_same(
    client: Client, person: Person
) -> None:
    def answer(username: str) -> tuple[int, str]:
        found = client.post("/sign-in/", {"username": username, "password": "fel"})
        return found.status_code, found.content.decode().replace(f'value="{username}"', "").split("<main")[1]

    Person.objects.filter(username="admin").update(is_active=False)
    one, other, closed = (answer(name) for name in ("rsk", "ingen", "admin"))
    assert strip_tokens(one) == strip_tokens(other) == strip_tokens(closed)


def strip_tokens(answer: tuple[int, str]) -> tuple[int, str]:
    return answer[0], re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer[1])


def test_an_unknown_name_costs_as_much_work_as_a_known_one(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    client.post("/sign-in/", {"username": "rsk", "password": "fel"})
    known = len(hashed)
    client.post("/sign-in/", {"username": "ingen", "password": "fel"})
    assert known == len(hashed) - known == 1


def test_what_was_typed_is_never_logged(client: Client, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/sign-in/", {"username": "mitt lösenord", "password": "hemligt ord"})
    assert 'sign_in_refused address="127.0.0.1" method=password' in caplog.text
    assert "lösenord" not in caplog.text and "hemligt" not in caplog.text
    stored = " ".join(str(value) for row in Attempt.objects.values_list() for value in row)
    assert "lösenord" not in stored


def test_the_sign_in_page_writes_nothing(client: Client, db: None) -> None:
    client.get("/sign-in/")
    assert not Session.objects.exists()
