"""After the password: a code from the app, or a recovery code."""

import pytest
from django.test import Client

from samlad.accounts.factors import new_recovery_codes
from samlad.accounts.models import Attempt, Cached, Method
from samlad.accounts.tests.people import code, give_password, with_codes
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
HERE = "/sign-in/code/"


@pytest.fixture
def person(cast: Cast) -> Person:
    return with_codes(cast.rsk.person)


def test_password_and_code_lead_where_one_was_going(client: Client, person: Person) -> None:
    assert give_password(client, person, "/registers/areas/") == HERE
    assert client.get("/registers/").status_code == 302, "not signed in yet"
    assert "Ett steg till" in client.get(HERE).content.decode()
    answer = client.post(HERE, {"code": code()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/registers/areas/")
    assert client.get("/registers/areas/").status_code == 200
    assert Attempt.objects.get(whole=True).method == Method.CODE


def test_spaces_in_a_code_do_not_matter(client: Client, person: Person) -> None:
    give_password(client, person)
    shown = code()
    assert client.post(HERE, {"code": f" {shown[:3]} {shown[3:]}"}).status_code == 302


def test_a_wrong_code_is_told(client: Client, person: Person) -> None:
    give_password(client, person)
    answer = client.post(HERE, {"code": "000000"})
    assert answer.status_code == 422
    assert "Koden stämmer inte" in answer.content.decode()
    assert client.get("/registers/").status_code == 302


@pytest.mark.parametrize("typed", ["", "abc", "١٢٣٤٥٦", "\x00", "9" * 20])
def test_what_is_no_code_is_refused(client: Client, person: Person, typed: str) -> None:
    give_password(client, person)
    assert client.post(HERE, {"code": typed}).status_code == 422


def test_a_code_works_once(client: Client, person: Person) -> None:
    give_password(client, person)
    used = code()
    client.post(HERE, {"code": used})
    other = Client()
    give_password(other, person)
    assert other.post(HERE, {"code": used}).status_code == 422


def test_not_even_when_its_half_minute_is_over(client: Client, person: Person) -> None:
    give_password(client, person)
    used = code()
    client.post(HERE, {"code": used})
    Cached.objects.filter(cache_key__contains="allauth").delete()  # as allauth does after thirty seconds
    other = Client()
    give_password(other, person)
    assert other.post(HERE, {"code": used}).status_code == 422


def test_a_recovery_code_works_once(client: Client, person: Person) -> None:
    codes = new_recovery_codes(person)
    for _turn in range(2):
        assert len(codes) == 10
    give_password(client, person)
    assert client.post(HERE, {"code": codes[3]}).status_code == 302
    other = Client()
    give_password(other, person)
    assert other.post(HERE, {"code": codes[3]}).status_code == 422
    assert other.post(HERE, {"code": codes[4]}).status_code == 302


def test_without_the_first_step_there_is_no_second(client: Client, person: Person) -> None:
    for answer in (client.get(HERE), client.post(HERE, {"code": code()})):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("credential", ["", "null", "[]", "{}", '{"id": 1, "response": []}', "[" * 5000, "\x00"])
def test_a_passkey_that_is_none_is_refused(client: Client, person: Person, credential: str) -> None:
    give_password(client, person)
    assert client.post(HERE, {"credential": credential}).status_code == 400


def test_the_secret_lies_encrypted(person: Person) -> None:
    stored = person.authenticator_set.get().data["secret"]  # type: ignore[attr-defined]
    assert "JBSWY3DP" not in stored
