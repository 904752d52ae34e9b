"""How often somebody may try."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from samlad.accounts import limits
from samlad.accounts.models import Attempt
from samlad.accounts.tests.people import PASSWORD, code, give_password, with_codes, with_password
from samlad.base.clock import now
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast: Cast) -> Person:
    return with_password(cast.rsk.person)


def attempt(client: Client, address: str = "192.0.2.1", password: str = "fel", name: str = "rsk") -> int:
    typed = {"username": name, "password": password}
    return client.post("/sign-in/", typed, REMOTE_ADDR=address).status_code


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time pass for what has been tried."""

    def passed(time: timedelta) -> None:
        for row in Attempt.objects.all():
            Attempt.objects.filter(pk=row.pk).update(at=row.at - time)

    return passed


def test_five_wrong_ones_and_then_not_even_the_right_one(
    client: Client, person: Person, later: Callable[[timedelta], None]
) -> None:
    assert [attempt(client) for _ in range(6)] == [422] * 5 + [429]
    assert attempt(client, password=PASSWORD) == 429
    later(timedelta(minutes=5))
    assert attempt(client, password=PASSWORD) == 302


def test_it_says_when_to_try_again(client: Client, person: Person) -> None:
    for _ in range(5):
        attempt(client)
    answer = client.post("/sign-in/", {"username": "rsk", "password": "fel"}, REMOTE_ADDR="192.0.2.1")
    assert "För många försök. Försök igen klockan" in answer.content.decode()
    assert 280 < int(answer.headers["Retry-After"]) <= 300


def test_trying_on_does_not_make_it_longer(client: Client, person: Person, later: Callable[[timedelta], None]) -> None:
    for _ in range(5):
        attempt(client)
    later(timedelta(minutes=4))
    attempt(client)
    later(timedelta(minutes=1))
    assert attempt(client, password=PASSWORD) == 302


def test_a_name_nobody_has_is_limited_in_the_same_way(client: Client, person: Person) -> None:
    assert [attempt(client, name="ingen") for _ in range(6)] == [422] * 5 + [429]


def test_the_right_one_begins_the_count_anew(client: Client, person: Person) -> None:
    for _ in range(4):
        attempt(client)
    assert attempt(client, password=PASSWORD) == 302
    assert [attempt(Client()) for _ in range(5)] == [422] * 5


def test_hammering_a_name_from_elsewhere_keeps_its_owner_out_of_no_place_they_are_known(person: Person) -> None:
    assert attempt(Client(), "192.0.2.7", PASSWORD) == 302
    tried = [attempt(Client(), f"198.51.100.{number}") for number in range(40)]
    assert tried.count(422) == limits.NAME.failures and tried[-1] == 429
    assert attempt(Client(), "203.0.113.5", PASSWORD) == 429, "a place where nobody knows them"
    assert attempt(Client(), "192.0.2.7", PASSWORD) == 302


def test_an_address_that_tries_many_names_is_limited(person: Person) -> None:
    tried = [attempt(Client(), "198.51.100.1", name=f"person{number}") for number in range(35)]
    assert tried.count(422) == limits.ADDRESS.failures and tried[-1] == 429
    assert attempt(Client(), "192.0.2.7", PASSWORD) == 302


def test_an_ipv6_network_is_one_address(client: Client, person: Person) -> None:
    tried = [attempt(client, f"2001:db8:0:1::{number:x}") for number in range(6)]
    assert tried[-1] == 429
    assert attempt(client, "2001:db8:0:2::1") == 422


def test_a_header_from_the_client_is_not_its_address(client: Client, person: Person) -> None:
    for number in range(6):
        typed = {"username": "rsk", "password": "fel"}
        answer = client.post("/sign-in/", typed, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == 429


def test_codes_are_limited(client: Client, cast: Cast) -> None:
    person = with_codes(cast.rsk.person)
    give_password(client, person)
    answers = [client.post("/sign-in/code/", {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.post("/sign-in/code/", {"code": code()}).status_code == 429


def test_passkeys_are_not(client: Client, person: Person) -> None:
    for _ in range(5):
        attempt(client, "127.0.0.1")
    assert client.get("/sign-in/passkey/").status_code == 200
    assert {client.post("/sign-in/passkey/", {"credential": "{}"}).status_code for _ in range(40)} == {400}
    assert attempt(client, "127.0.0.1", name="admin") == 422, "wrong passkeys count for no address"


def test_the_sentence_tells_clock_and_wait() -> None:
    moment: datetime = now() + timedelta(minutes=4, seconds=30)
    assert "5 min" in limits.TooMany(moment).sentence
