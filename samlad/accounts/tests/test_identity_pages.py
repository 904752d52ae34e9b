"""One's own identities, a person's for administrators, and the page of the identity providers."""

import pytest
from django.test import Client

from samlad.accounts.federation_state import ask
from samlad.accounts.identities import link, unlink
from samlad.accounts.models import ExternalId
from samlad.accounts.tests.conftest import ORG, Idp, Known, down, led_to, oidc_provider, saml_provider, sign_in_at
from samlad.accounts.tests.test_oidc import BEGIN, back
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.registers.history import changes_of
from samlad.registers.tests.cast import Cast


@pytest.fixture
def client(cast: Cast) -> Client:
    """Nacka's duty officer, signed in with a passkey."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(cast.duty_officer.person)
    return browser


@pytest.fixture
def admin(cast: Cast) -> Client:
    """The system's administrator."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(cast.administrator.person)
    return browser


def test_connect_by_showing_both(cast: Cast, by_oidc: Idp, client: Client) -> None:
    assert "Nacka kommun" in client.get("/account/identities/").content.decode()
    page = client.post("/account/identities/new/", {"provider": "nacka"}).content.decode()
    assert f"{BEGIN}?anew=1" in page
    _status, location, _page = sign_in_at(led_to(client, f"{BEGIN}?anew=1"), "tib")
    answer = back(client, location)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/identities/")
    identity = ExternalId.objects.get()
    assert (identity.person, identity.subject) == (cast.duty_officer.person, f"tib@{ORG}")
    assert f"tib@{ORG}" in client.get("/account/identities/").content.decode()
    assert changes_of("people", cast.duty_officer.person.key)
    assert client.post(f"/account/identities/{identity.pk}/end/").status_code == 302
    assert not ExternalId.objects.exists()


def test_only_who_asked_is_connected(cast: Cast, by_oidc: Idp, client: Client) -> None:
    """Coming back from a provider while signed in connects nothing that was not asked for here."""
    _status, location, _page = sign_in_at(led_to(client, BEGIN), "tib")
    assert back(client, location).status_code == 403
    assert not ExternalId.objects.exists()


def test_connecting_what_is_somebody_elses(cast: Cast, by_oidc: Idp, client: Client) -> None:
    link(cast.rsk.person, by_oidc.url, f"tib@{ORG}", SYSTEM)
    client.post("/account/identities/new/", {"provider": "nacka"})
    _status, location, _page = sign_in_at(led_to(client, f"{BEGIN}?anew=1"), "tib")
    assert back(client, location).status_code == 403
    assert ExternalId.objects.get().person == cast.rsk.person


def test_connecting_without_a_seat_there(cast: Cast, by_oidc: Idp) -> None:
    other = Client()
    other.force_login(cast.liaison.person)
    other.post("/account/identities/new/", {"provider": "nacka"})
    _status, location, _page = sign_in_at(led_to(other, f"{BEGIN}?anew=1"), "tib")
    assert back(other, location).status_code == 403
    assert not ExternalId.objects.exists()


def test_ones_own_only(cast: Cast, by_oidc: Idp, client: Client) -> None:
    others = link(cast.rsk.person, by_oidc.url, f"rsk@{ORG}", SYSTEM)
    assert client.post(f"/account/identities/{others.pk}/end/").status_code == 404
    assert ExternalId.objects.exists()


def test_administrator_gives_and_takes_away(cast: Cast, by_oidc: Idp, admin: Client, client: Client) -> None:
    path = f"/registers/people/{cast.duty_officer.person.key}/identities/"
    given = {"issuer": by_oidc.url, "subject": f"tib@{ORG}", "reason": "ringde och uppgav den"}
    assert client.post(path, given).status_code == 404
    assert admin.post(path, given).status_code == 302
    identity = ExternalId.objects.get()
    assert (identity.person, identity.added_by) == (cast.duty_officer.person, cast.administrator.person.key)
    assert f"tib@{ORG}" in admin.get(path).content.decode()
    other = f"/registers/people/{cast.rsk.person.key}/identities/"
    taken = admin.post(other, given)
    assert taken.status_code == 409 and f"tib@{ORG}" in taken.content.decode()
    assert client.post(f"{path}{identity.pk}/end/").status_code == 404
    assert admin.post(f"{other}{identity.pk}/end/").status_code == 404
    assert admin.post(f"{path}{identity.pk}/end/").status_code == 302
    assert not ExternalId.objects.exists()
    assert len(changes_of("people", cast.duty_officer.person.key)) == 2


@pytest.mark.parametrize("subject", ["", " ", "x" * 256, "a\nb", "a\0b"])
def test_identities_that_are_none(cast: Cast, by_oidc: Idp, admin: Client, subject: str) -> None:
    path = f"/registers/people/{cast.duty_officer.person.key}/identities/"
    assert admin.post(path, {"issuer": by_oidc.url, "subject": subject}).status_code in (409, 422)
    assert admin.post(path, {"issuer": "https://other.example", "subject": "a"}).status_code == 422


def test_link_and_unlink(cast: Cast) -> None:
    person = cast.duty_officer.person
    first = link(person, "https://idp.example", "a", SYSTEM)
    assert link(person, "https://idp.example", "a", SYSTEM) == first
    assert link(person, "https://idp.example", "A", SYSTEM) != first
    with pytest.raises(Refused):
        link(cast.rsk.person, "https://idp.example", "a", SYSTEM)
    unlink(first, SYSTEM)
    told = str(changes_of("people", person.key))
    assert "idp.example" in told and "a (" not in told, "everybody reads the history; an identity may be a number"
    assert link(cast.rsk.person, "https://idp.example", "a", SYSTEM)


def test_page_of_providers(cast: Cast, oidc: Idp, saml: Idp, known: Known, admin: Client, client: Client) -> None:
    file = str(saml.setup.parent / "idp.xml")
    known(oidc_provider(oidc.url, actors=("nacka", "nowhere")), saml_provider(file))
    assert client.get("/providers/").status_code == 404
    page = admin.get("/providers/").content.decode()
    for word in (
        "http://testserver/sign-in/with/nacka/answer/",
        "http://testserver/sign-in/with/lst/metadata.xml",
        "These actors are not in the register: nowhere",
        "ask its operator for new metadata",  # the certificate ends in twenty days
        "not asked yet",
        f"{saml.url}/metadata",
    ):
        assert word in page, word
    for provider in ("nacka", "lst"):
        assert admin.post("/providers/", {"provider": provider}).status_code == 302
    assert admin.get("/providers/").content.decode().count("answers,") == 2
    assert admin.post("/providers/", {"provider": "x"}).status_code == 404


@pytest.mark.parametrize("kind", ["oidc", "saml"])
def test_asking_whether_a_provider_answers(db: None, oidc: Idp, saml: Idp, known: Known, kind: str) -> None:
    file = str(saml.setup.parent / "idp.xml")
    idp, provider = (oidc, oidc_provider(oidc.url)) if kind == "oidc" else (saml, saml_provider(file))
    known(provider)
    assert ask(provider)
    with down(idp):
        assert not ask(provider)
        assert not ask(provider)
    assert ask(provider)
