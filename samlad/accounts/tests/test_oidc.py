"""Sign-in by a real OpenID provider (idpyoidc's, in a process of its own)."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from samlad.accounts import invitations
from samlad.accounts.identities import link
from samlad.accounts.models import ExternalId, ProviderState
from samlad.accounts.tests.conftest import (
    LOA2,
    LOA3,
    ORG,
    ORG_CLAIM,
    Idp,
    Known,
    down,
    led_to,
    oidc_provider,
    sign_in_at,
)
from samlad.journal.who import SYSTEM
from samlad.registers.models import Person, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast

BEGIN = "/sign-in/with/nacka/"


def linked(person: Person, idp: Idp, name: str = "tib") -> None:
    link(person, idp.url, f"{name}@{ORG}", SYSTEM)


def back(client: Client, location: str) -> Any:
    """Our page that the provider leads back to."""
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(client: Client, name: str = "tib", path: str = BEGIN, **changed: str) -> Any:
    """All the way there and back."""
    status, location, page = sign_in_at(led_to(client, path), name, **changed)
    assert status == 303, page
    return back(client, location)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_signs_in_whoever_the_provider_vouches_for(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    answer = signed_in(client, path=f"{BEGIN}?next=/raise/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/raise/")
    assert who(client) == cast.duty_officer.person.key
    assert client.get("/raise/").status_code == 200
    assert ExternalId.objects.get().used_at is not None


def test_asks_for_the_level_with_state_nonce_and_pkce(db: None, by_oidc: Idp) -> None:
    client = Client()
    first, second = (parse_qs(urlsplit(led_to(client, BEGIN)).query) for _turn in range(2))
    assert first["acr_values"] == [LOA3]
    assert '"acr": {"essential": true' in first["claims"][0] and ORG_CLAIM in first["claims"][0]
    assert (first["response_type"], first["code_challenge_method"]) == (["code"], ["S256"])
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43 and first[name] != second[name]


@pytest.mark.parametrize("level", [LOA2, "urn:something", ""])
def test_too_low_a_level_signs_nobody_in(cast: Cast, by_oidc: Idp, level: str) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client(headers={"accept-language": "en"})
    answer = signed_in(client, level=level)
    assert answer.status_code == 403
    assert "lower level of assurance" in answer.content.decode()
    assert who(client) is None


def test_unknown_identity_is_shown_and_makes_nothing(cast: Cast, by_oidc: Idp) -> None:
    people = Person.objects.count()
    client = Client(headers={"accept-language": "en"})
    answer = signed_in(client, "nobody")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert f"nobody@{ORG}" in page and by_oidc.url in page and "invited" in page
    assert (Person.objects.count(), ExternalId.objects.count(), who(client)) == (people, 0, None)


def test_never_matched_by_name_or_address(cast: Cast, by_oidc: Idp) -> None:
    Person.objects.filter(pk=cast.duty_officer.person.pk).update(
        username="nobody", email=f"nobody@{ORG}", name="Anybody"
    )
    client = Client()
    assert signed_in(client, "nobody").status_code == 403
    assert who(client) is None


def test_without_a_seat_at_the_providers_actors(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.liaison.person, by_oidc)  # sits at Södertälje
    client = Client(headers={"accept-language": "en"})
    answer = signed_in(client)
    assert answer.status_code == 403 and "no role now" in answer.content.decode()
    assert who(client) is None


def test_ended_seat(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    signed_in(client)
    assert client.get("/raise/").status_code == 200
    Seat.objects.filter(person=cast.duty_officer.person).update(valid_to=today())
    assert client.get("/raise/").status_code == 403
    assert signed_in(Client()).status_code == 403


def test_account_that_may_not_sign_in(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    Person.objects.filter(pk=cast.duty_officer.person.pk).update(is_active=False)
    client = Client()
    assert signed_in(client).status_code == 403
    assert who(client) is None


def test_session_speaks_for_the_providers_actors_only(cast: Cast, by_oidc: Idp) -> None:
    person = cast.duty_officer.person
    Seat.objects.create(person=person, actor_id="sodertalje", role="tib", valid_from=today())
    linked(person, by_oidc)
    client = Client()
    signed_in(client)
    assert client.post("/seat/", {"seat": "sodertalje"}).status_code == 404
    assert client.get("/raise/").context["request"].who.actor == "nacka"


def test_lent_by_one_of_the_providers_actors(cast: Cast, by_oidc: Idp) -> None:
    person = cast.duty_officer.person
    days = {"valid_from": today(), "valid_to": today() + timedelta(days=7)}
    Seat.objects.create(person=person, actor_id="sodertalje", role="liaison", lender_id="nacka", **days)
    linked(person, by_oidc)
    client = Client()
    signed_in(client)
    assert client.post("/seat/", {"seat": "sodertalje"}).status_code == 302


def test_answer_is_used_once(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    _status, location, _page = sign_in_at(led_to(client, BEGIN), "tib")
    assert back(client, location).status_code == 302
    client.logout()
    assert back(client, location).status_code == 403
    assert who(client) is None


def test_answer_in_somebody_elses_browser(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    _status, location, _page = sign_in_at(led_to(Client(), BEGIN), "tib")
    victim = Client()
    led_to(victim, BEGIN)
    assert back(victim, location).status_code == 403
    assert who(victim) is None


def test_code_of_another_sign_in(cast: Cast, by_oidc: Idp) -> None:
    """A code that was stolen and put behind another state: PKCE's verifier is not the one it was given for."""
    linked(cast.duty_officer.person, by_oidc)
    _status, stolen, _page = sign_in_at(led_to(Client(), BEGIN), "tib")
    attacker = Client()
    own = parse_qs(urlsplit(led_to(attacker, BEGIN)).query)["state"][0]
    assert back(attacker, re.sub(r"state=[^&]*", f"state={own}", stolen)).status_code == 403
    assert who(attacker) is None


def test_answer_of_another_issuer(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    _status, location, _page = sign_in_at(led_to(client, BEGIN), "tib")
    mixed = re.sub(r"iss=[^&]*", "iss=https%3A%2F%2Fother.example", location)
    assert back(client, mixed).status_code == 403


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied&state=x", "?state=%00&code=%00"])
def test_answers_out_of_the_blue(db: None, by_oidc: Idp, query: str) -> None:
    assert Client().get(f"{BEGIN}answer/{query}").status_code == 403


def test_person_who_stops_at_the_provider(db: None, by_oidc: Idp) -> None:
    client = Client(headers={"accept-language": "en"})
    state = parse_qs(urlsplit(led_to(client, BEGIN)).query)["state"][0]
    answer = client.get(f"{BEGIN}answer/?error=access_denied&state={state}&iss={by_oidc.url}")
    assert answer.status_code == 403 and "stopped" in answer.content.decode()


def test_claim_of_another_organisation(cast: Cast, oidc: Idp, known: Known) -> None:
    known(oidc_provider(oidc.url, scope="5566778899"))
    linked(cast.duty_officer.person, oidc)
    client = Client()
    assert signed_in(client).status_code == 403
    assert who(client) is None


def test_provider_that_is_down(cast: Cast, by_oidc: Idp) -> None:
    client = Client(headers={"accept-language": "en"})
    with down(by_oidc):
        answer = client.get(BEGIN)
        assert answer.status_code == 503
        page = answer.content.decode()
        assert "does not answer" in page and "/sign-in/" in page
        assert ProviderState.objects.get().failing_since is not None
        assert "Nacka kommun does not answer" in client.get("/sign-in/").content.decode()
    led_to(client, BEGIN)
    assert "does not answer" not in client.get("/sign-in/").content.decode()


def test_provider_that_goes_down_half_way(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    _status, location, _page = sign_in_at(led_to(client, BEGIN), "tib")
    with down(by_oidc):
        assert back(client, location).status_code == 503
    assert who(client) is None


def test_wrong_secret(cast: Cast, oidc: Idp, known: Known) -> None:
    known(oidc_provider(oidc.url, secret="another word that is long enough for a key"))
    linked(cast.duty_officer.person, oidc)
    client = Client()
    assert signed_in(client).status_code == 403
    assert who(client) is None


def test_allauths_own_pages_are_not_there(db: None, by_oidc: Idp) -> None:
    for path in ("/oidc/nacka/login/", "/accounts/oidc/nacka/login/", "/saml/nacka/login/", "/accounts/social/signup/"):
        assert Client().get(path).status_code in (302, 404)  # 302: to the sign-in page, as for any address
        assert "/sign-in/" in Client().get(path).headers.get("Location", "/sign-in/")


def test_unknown_provider(db: None, by_oidc: Idp) -> None:
    assert Client().get("/sign-in/with/nobody/").status_code == 404
    assert Client().get(f"{BEGIN}metadata.xml").status_code == 404
    assert Client().post(f"{BEGIN}acs/", {"SAMLResponse": "x"}).status_code == 404


def test_invited_by_showing_who_one_is(cast: Cast, by_oidc: Idp) -> None:
    """The link in the invitation, then the organisation's sign-in, then one's name: known from then on."""
    wanted = invitations.Wanted("ny@nacka.example", "nacka", ("liaison",))
    made = invitations.invite(wanted, by=cast.administrator.who)
    path = urlsplit(made.link).path
    client = Client()
    assert BEGIN in client.get(path).content.decode()
    answer = signed_in(client, "nobody", path=f"{BEGIN}?next={path}")
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert f"nobody@{ORG}" in client.get(path).content.decode()
    assert client.post(path, {"name": "TiB-ersättare Nacka"}).headers["Location"] == "/"
    person = Person.objects.get(name="TiB-ersättare Nacka")
    assert who(client) == person.key
    assert str(ExternalId.objects.get(person=person)) == f"nobody@{ORG} ({by_oidc.url})"
    again = Client()
    assert signed_in(again, "nobody").status_code == 302


def test_confirming_who_one_is_keeps_the_session(cast: Cast, by_oidc: Idp) -> None:
    """Before something dangerous: signing in anew at the provider, which must really have asked."""
    linked(cast.duty_officer.person, by_oidc)
    client = Client()
    signed_in(client)
    session = client.session.session_key
    assert parse_qs(urlsplit(led_to(client, f"{BEGIN}?anew=1")).query)["prompt"] == ["login"]
    answer = signed_in(client, path=f"{BEGIN}?anew=1&next=/account/identities/")
    assert answer.headers["Location"] == "/account/identities/"
    assert client.session.session_key == session
    assert client.get("/account/identities/").status_code == 200


def test_leads_nowhere_else_afterwards(cast: Cast, by_oidc: Idp) -> None:
    linked(cast.duty_officer.person, by_oidc)
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert signed_in(Client(), path=f"{BEGIN}?next={elsewhere}").headers["Location"] == "/"
