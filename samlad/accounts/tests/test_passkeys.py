"""Passkeys: made, used as the only step and as the second, named, removed; and none that does not verify."""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from samlad.accounts.models import Attempt, Method
from samlad.accounts.tests.authenticator import PRESENT, Key
from samlad.accounts.tests.people import give_password, with_password
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW, HERE, CODE = "/account/passkeys/new/", "/sign-in/passkey/", "/sign-in/code/"


def browser() -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def person(cast: Cast, settings: Any) -> Person:
    settings.SAMLAD_SIGN_IN = "strong"
    return with_password(cast.rsk.person)


def options(page: Any) -> dict[str, Any]:
    """What the page tells the browser."""
    found = re.search(r'<script type="application/json">(.*?)</script>', page.content.decode(), re.S)
    assert found, page.content.decode()
    told: dict[str, Any] = json.loads(found[1])
    return told


def make(client: Client, key: Key, name: str = "Nyckeln i kassaskåpet", **how: Any) -> Any:
    credential = json.dumps(key.make(options(client.get(NEW)), **how))
    return client.post(NEW, {"name": name, "credential": credential})


@pytest.fixture
def key(person: Person) -> Key:
    """A passkey that RSK has made."""
    one, client = Key(), browser()
    client.force_login(person)
    assert make(client, one).status_code == 302
    return one


def sign_in(client: Client, key: Key, **how: Any) -> Any:
    told = client.get(HERE).json()
    return client.post(HERE, {"credential": json.dumps(key.use(told, **how)), "next": "/registers/areas/"})


def test_a_passkey_is_all_one_needs(person: Person, key: Key) -> None:
    client = browser()
    answer = sign_in(client, key)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/registers/areas/")
    assert client.get("/registers/areas/").status_code == 200, "strong by itself"
    assert Attempt.objects.get(whole=True).method == Method.PASSKEY


def test_it_asks_for_a_passkey_that_is_found_without_a_name_and_for_the_user(person: Person) -> None:
    client = browser()
    client.force_login(person)
    told = options(client.get(NEW))["publicKey"]
    chosen = told["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    asked = browser().get(HERE).json()["publicKey"]
    assert asked["userVerification"] == "required" and not asked.get("allowCredentials")


def test_made_in_a_weak_session_it_makes_it_strong(person: Person) -> None:
    client = browser()
    assert give_password(client, person, "/registers/") == "/registers/"
    assert client.get("/registers/").headers["Location"].startswith("/account/set-up/")
    assert make(client, Key()).headers["Location"] == "/account/recovery-codes/"
    assert client.get("/registers/").status_code == 200


def test_it_is_the_second_step_after_a_password(person: Person, key: Key) -> None:
    client = browser()
    assert give_password(client, person) == CODE
    used = key.use(options(client.get(CODE)))
    assert client.post(CODE, {"credential": json.dumps(used)}).headers["Location"] == "/registers/"
    assert client.get("/registers/").status_code == 200


def test_somebody_elses_passkey_is_no_second_step(person: Person, key: Key, cast: Cast) -> None:
    other, client = Key(b"another person's passkey, longer"), browser()
    client.force_login(cast.picture_lead.person)
    make(client, other)
    client = browser()
    give_password(client, person)
    used = other.use(options(client.get(CODE)))
    assert client.post(CODE, {"credential": json.dumps(used)}).status_code == 400


@pytest.mark.parametrize(
    "how",
    [
        {"flags": PRESENT},
        {"flags": PRESENT & 0},
        {"origin": "https://elsewhere.example"},
        {"handle": "AAAA"},
        {"handle": "%%"},
    ],
    ids=["user not verified", "nobody there", "another site", "nobody's", "no handle"],
)
def test_what_does_not_verify_signs_nobody_in(person: Person, key: Key, how: dict[str, Any]) -> None:
    client = browser()
    answer = sign_in(client, key, **how)
    assert answer.status_code == 400
    assert "Passnyckeln godtogs inte" in answer.content.decode()
    assert client.get("/registers/").status_code == 302


def test_a_forged_signature_signs_nobody_in(person: Person, key: Key) -> None:
    forger = Key(key.id)
    forger.handle = key.handle
    assert sign_in(browser(), forger).status_code == 400


def test_an_answer_is_worth_something_once(person: Person, key: Key) -> None:
    client = browser()
    credential = json.dumps(key.use(client.get(HERE).json()))
    assert client.post(HERE, {"credential": credential}).status_code == 302
    client.post("/sign-out/")
    assert client.post(HERE, {"credential": credential}).status_code == 400
    client.get(HERE)
    assert client.post(HERE, {"credential": credential}).status_code == 400


def test_a_closed_account_is_not_signed_in(person: Person, key: Key) -> None:
    Person.objects.update(is_active=False)
    client = browser()
    sign_in(client, key)
    assert client.get("/registers/").status_code == 302


@pytest.mark.parametrize("how", [{"flags": PRESENT}, {"origin": "https://elsewhere.example"}])
def test_one_that_does_not_verify_is_not_kept(person: Person, how: dict[str, Any]) -> None:
    client = browser()
    client.force_login(person)
    assert make(client, Key(), **how).status_code == 400
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential", ["", "null", "[]", "{}", '"\\u0000"', '{"id": 1}', '{"response": {"userHandle": "AA"}}', "[" * 5000]
)
def test_nonsense_is_refused(person: Person, key: Key, credential: str) -> None:
    client = browser()
    client.get(HERE)
    assert client.post(HERE, {"credential": credential}).status_code == 400
    client.force_login(person)
    client.get(NEW)
    assert client.post(NEW, {"credential": credential}).status_code in (400, 422)


def test_it_is_renamed_and_removed_by_its_owner_only(person: Person, key: Key, cast: Cast, settings: Any) -> None:
    factor = Authenticator.objects.get(type="webauthn")
    where = f"/account/passkeys/{factor.pk}/"
    other, client = browser(), browser()
    other.force_login(cast.picture_lead.person)
    assert {other.get(where).status_code, other.post(where, {"remove": "1"}).status_code} == {404}
    client.force_login(person)
    assert client.post(where, {"name": ""}).status_code == 422
    client.post(where, {"name": "Min telefon"})
    assert "Min telefon" in client.get("/account/").content.decode()
    refused = client.post(where, {"remove": "1"})
    assert refused.status_code == 409 and "allt du har att logga in med" in refused.content.decode()
    assert make(client, Key(b"one more passkey of the same one")).status_code == 302
    assert client.post(where, {"remove": "1"}).status_code == 302
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_passkeys_are_not_offered_where_the_address_is_a_number(person: Person) -> None:
    assert "Logga in med passnyckel" in browser().get("/sign-in/").content.decode()
    assert "Logga in med passnyckel" not in Client(SERVER_NAME="127.0.0.1").get("/sign-in/").content.decode()


def test_making_one_stands_in_the_history(person: Person, key: Key, cast: Cast) -> None:
    client = browser()
    client.force_login(cast.administrator.person)
    assert "Passnyckel" in client.get(f"/registers/people/{person.key}/").content.decode()
