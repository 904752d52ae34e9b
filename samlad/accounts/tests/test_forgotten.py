"""A forgotten password: a link by mail, once, within half an hour."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client

from samlad.accounts.tests.people import code, give_password, with_codes, with_password
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
HERE = "/sign-in/forgotten/"
NEW = "fyra ord utan samband"


@pytest.fixture
def person(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Person:
    settings.EMAIL_HOST, settings.SAMLAD_URL = "mail.example", "https://samlad.example"

    def at_once(do: Callable[[], None]) -> None:
        do()

    monkeypatch.setattr("samlad.accounts.mail.later", at_once)
    return with_password(cast.rsk.person)


def link(client: Client, person: Person) -> str:
    client.post(HERE, {"email": person.email.upper()})
    found = re.search(r"https://samlad\.example(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_link_leads_to_a_new_password(client: Client, person: Person) -> None:
    where = link(client, person)
    assert "Välj ett nytt lösenord" in client.get(where).content.decode()
    assert client.post(where, {"new_password": NEW}).headers["Location"] == "/sign-in/"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_it_works_once(client: Client, person: Person) -> None:
    where = link(client, person)
    client.post(where, {"new_password": NEW})
    assert client.get(where).status_code == client.post(where, {"new_password": NEW + "!"}).status_code == 404


def test_it_is_too_old_after_half_an_hour(client: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    where = link(client, person)
    real = PasswordResetTokenGenerator._num_seconds
    monkeypatch.setattr(PasswordResetTokenGenerator, "_num_seconds", lambda self, at: real(self, at) + 1801)
    assert client.get(where).status_code == 404


def test_the_answer_is_the_same_for_an_address_nobody_has(client: Client, person: Person) -> None:
    answers = [client.post(HERE, {"email": email}) for email in (person.email, "ingen@nowhere.example")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({re.sub(r'value="\w{64}"', "", answer.content.decode()) for answer in answers}) == 1
    assert len(mail.outbox) == 1


def test_who_has_no_password_here_gets_no_link(client: Client, person: Person, cast: Cast) -> None:
    client.post(HERE, {"email": cast.liaison.person.email})
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client.post(HERE, {"email": person.email})
    assert not mail.outbox


def test_the_second_factor_is_still_asked_for(client: Client, person: Person) -> None:
    with_codes(person)
    client.post(link(client, person), {"new_password": NEW})
    answer = client.post("/sign-in/", {"username": "rsk", "password": NEW})
    assert answer.headers["Location"] == "/sign-in/code/"
    assert client.post("/sign-in/code/", {"code": code()}).status_code == 302


def test_it_signs_out_everywhere(client: Client, person: Person) -> None:
    other = Client()
    give_password(other, person)
    client.post(link(client, person), {"new_password": NEW})
    assert other.get("/account/").status_code == 302


def test_a_weak_one_is_refused(client: Client, person: Person) -> None:
    assert client.post(link(client, person), {"new_password": "kort"}).status_code == 409


@pytest.mark.parametrize("key", ["0" * 32, "x", "-"])
def test_a_link_that_was_never_sent(client: Client, person: Person, key: str) -> None:
    for path in (f"{HERE}{key}/abc-def/", f"{HERE}{person.key}/abc-def/"):
        assert client.get(path).status_code == 404


def test_asking_is_limited(client: Client, person: Person) -> None:
    answers = [client.post(HERE, {"email": person.email}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_where_no_mail_leaves_the_house_it_says_so(client: Client, cast: Cast) -> None:
    assert "Härifrån skickas ingen e-post" in client.get(HERE).content.decode()


def test_the_mail_is_not_in_the_outbox_that_others_read(client: Client, person: Person, cast: Cast) -> None:
    where = link(client, person)
    client.force_login(cast.administrator.person)
    assert where not in client.get("/outbox/").content.decode()
