"""Signing in and out, with a password and by the demo's buttons."""

from typing import Any

import pytest
from django.test import Client

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
