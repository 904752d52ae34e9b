"""The real provider's token, changed on the way: what allauth's own check would let through."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client

from samlad.accounts import federation_oidc
from samlad.accounts.identity import NotProven
from samlad.accounts.tests.conftest import LOA3, ORG, SECRET, Idp, Known, oidc_provider
from samlad.accounts.tests.test_oidc import linked, signed_in, who
from samlad.registers.tests.cast import Cast

Change = Callable[[str], str]


def claims_of(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def other_claims(**changed: Any) -> Change:
    """The token with other claims under the signature it had."""

    def change(token: str) -> str:
        head, _body, signature = token.split(".")
        return ".".join([head, part({**claims_of(token), **changed}), signature])

    return change


def resigned(**changed: Any) -> Change:
    """The token signed by somebody else, who names the provider's key."""

    def change(token: str) -> str:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        named = {"kid": jwt.get_unverified_header(token)["kid"]}
        return jwt.encode({**claims_of(token), **changed}, key, algorithm="RS256", headers=named)

    return change


def unsigned(token: str) -> str:
    return f"{part({'alg': 'none'})}.{token.split('.')[1]}."


def by_secret(token: str) -> str:
    """Signed with the word that we share with the provider, or that it leaked."""
    return jwt.encode(claims_of(token), SECRET, algorithm="HS256")


@pytest.fixture
def tampered(monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """What the provider answers is changed before we see it."""
    real = federation_oidc._tokens

    def with_change(change: Change) -> None:
        def tokens(*given: Any) -> dict[str, Any]:
            answered = real(*given)
            return {**answered, "id_token": change(answered["id_token"])}

        monkeypatch.setattr(federation_oidc, "_tokens", tokens)

    return with_change


@pytest.mark.parametrize(
    "change",
    [
        other_claims(more="claims"),
        other_claims(**{"https://id.oidc.se/claim/orgAffiliation": f"rsk@{ORG}"}),
        resigned(),
        unsigned,
        by_secret,
        lambda token: token[:-4] + "AAAA",
        lambda token: "",
        lambda token: "a.b.c",
        lambda token: token.split(".")[1],
    ],
)
def test_token_that_the_provider_has_not_signed(
    cast: Cast, by_oidc: Idp, tampered: Callable[[Change], None], change: Change
) -> None:
    linked(cast.duty_officer.person, by_oidc)
    linked(cast.rsk.person, by_oidc, "rsk")
    tampered(change)
    client = Client()
    assert signed_in(client).status_code == 403
    assert who(client) is None


@pytest.fixture
def provider_key(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A provider whose key is in the test's hands: what a real one would have to sign to be refused."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    monkeypatch.setattr(federation_oidc, "_key", lambda *given: key.public_key())
    return key


def checked(idp: Idp, key: Any, **changed: Any) -> dict[str, Any]:
    at = int(time.time())
    claims = {
        "iss": idp.url, "sub": "s", "aud": "samlad", "iat": at, "exp": at + 300, "nonce": "n", "acr": LOA3,
    }  # fmt: skip
    given = {name: value for name, value in {**claims, **changed}.items() if value is not None}
    token = jwt.encode(given, key, algorithm="RS256", headers={"kid": "k"})
    pending = {"nonce": "n", "started": time.time(), "fresh": changed.get("auth_time") is not None}
    return federation_oidc.checked(oidc_provider(idp.url), {}, token, "access", pending)


def test_token_as_it_should_be(oidc: Idp, provider_key: Any) -> None:
    assert checked(oidc, provider_key)["sub"] == "s"
    assert checked(oidc, provider_key, aud=["samlad", "other"], azp="samlad")["sub"] == "s"
    assert checked(oidc, provider_key, auth_time=int(time.time()))["sub"] == "s"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"aud": ["samlad", "other"]},
        {"aud": ["samlad", "other"], "azp": "other"},
        {"azp": "other"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 1_000_000_000},
        {"iat": None},
        {"nonce": "m"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "nonsense"},
        {"auth_time": 1_000_000_000},
        {"nbf": 4_000_000_000},
    ],
)
def test_token_for_something_else(oidc: Idp, provider_key: Any, changed: dict[str, Any]) -> None:
    with pytest.raises(NotProven):
        checked(oidc, provider_key, **changed)


def test_signs_in_with_a_key_of_our_own(cast: Cast, oidc: Idp, known: Known) -> None:
    """private_key_jwt: refused by this provider, which holds no key of ours, but asked for in the right way."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    pem = key.private_bytes(*form).decode()
    provider = oidc_provider(oidc.url, key=pem, secret="")
    claims = jwt.decode(federation_oidc._assertion(provider), key.public_key(), algorithms=["RS256"], audience=oidc.url)
    assert (claims["iss"], claims["sub"]) == ("samlad", "samlad")
    known(provider)
    client = Client()
    assert signed_in(client).status_code == 403


def test_discovery_of_another_issuer(db: None, oidc: Idp, known: Known) -> None:
    known(oidc_provider(f"{oidc.url}/", hosts=(oidc.url,)))
    assert Client().get("/sign-in/with/nacka/").status_code == 403


def test_only_the_providers_own_hosts_are_asked(db: None, oidc: Idp, known: Known) -> None:
    known(oidc_provider(oidc.url, hosts=("https://idp.example.se",)))
    assert Client().get("/sign-in/with/nacka/").status_code == 503
