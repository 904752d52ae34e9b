"""Sign-in by an OpenID provider, as the Swedish OpenID Connect profile has it.

Authorization code with PKCE, state and nonce. allauth asks for the code and exchanges it. Its check of the identity
token does not look at the signature, the nonce, the level or whom else the token is for; all that is done here.
"""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import new as new_hash
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest

from samlad.accounts.federation import Provider, safe
from samlad.accounts.identity import CANCELLED, SILENT, WRONG, NotProven, Proven, proven, use_once
from samlad.base.outside import NotFetched, Session

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by the provider's own key. `none`, and keys that we share with it, are not among them."""
NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEPT: Final = 300.0  # seconds that a provider's own description and keys are used before they are asked for again
CLOCKS: Final = 60  # seconds that two clocks may differ
OLDEST: Final = 600  # seconds since the token was made
ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_kept: dict[str, tuple[float, Any]] = {}


def described(provider: Provider, *, anew: bool = False) -> dict[str, Any]:
    """What the provider says of itself (discovery). Raises NotProven."""
    address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    told = _fetched(provider, address, anew=anew)
    if told.get("issuer") != provider.issuer:
        raise NotProven(WRONG, "discovery of another issuer")
    for name in NEEDED:
        if not isinstance(told.get(name), str) or not safe(told[name]):
            raise NotProven(WRONG, f"discovery without {name}")
    return told


def begin(
    request: HttpRequest, provider: Provider, back: str, state: str, *, fresh: bool
) -> tuple[str, dict[str, Any]]:
    """Where to send the browser, and what to remember until it comes back. Raises NotProven."""
    told = described(provider)
    pkce = generate_code_challenge()
    nonce = token_urlsafe(32)
    token_claims: dict[str, Any] = {"acr": {"essential": True, "values": list(provider.levels)}}
    if provider.person != "sub":
        token_claims[provider.person] = {"essential": True}
    extra = {
        "nonce": nonce,
        "acr_values": " ".join(provider.levels),
        "claims": json.dumps({"id_token": token_claims}),
        "code_challenge": pkce["code_challenge"].decode(),
        "code_challenge_method": "S256",
        "ui_locales": getattr(request, "LANGUAGE_CODE", "sv"),
    }
    if fresh:
        extra |= {"prompt": "login"}
    client = _client(request, provider, told, back)
    client.state = state
    address = client.get_redirect_url(told["authorization_endpoint"], provider.scopes, extra)
    return address, {"nonce": nonce, "verifier": pkce["code_verifier"], "started": time.time(), "fresh": fresh}


def prove(request: HttpRequest, provider: Provider, back: str, pending: dict[str, Any]) -> Proven:
    """Who it is, according to the provider's answer in this request. Raises NotProven."""
    given, told = request.GET, described(provider)
    if given.get("iss", provider.issuer if not _says_who(told) else "") != provider.issuer:
        raise NotProven(WRONG, "answer of another issuer")
    if "error" in given:
        cancelled = given["error"] == "access_denied"
        raise NotProven(CANCELLED if cancelled else WRONG, f"provider answered {given['error'][:40]}")
    tokens = _tokens(request, provider, told, back, given.get("code", ""), pending["verifier"])
    claims = checked(provider, told, tokens.get("id_token", ""), tokens["access_token"], pending)
    subject = claims.get(provider.person) or _from_userinfo(provider, told, claims["sub"], tokens["access_token"])
    level = claims.get("acr")
    found = proven(provider, provider.issuer, subject, level if isinstance(level, str) else "")
    use_once(provider.issuer, pending["nonce"], datetime.now(UTC) + timedelta(hours=1))
    return found


def _says_who(told: dict[str, Any]) -> bool:
    """Whether the provider has promised to name itself in its answers (RFC 9207)."""
    return told.get("authorization_response_iss_parameter_supported") is True


def checked(
    provider: Provider, told: dict[str, Any], token: str, access: str, pending: dict[str, Any]
) -> dict[str, Any]:
    """The claims of an identity token that is signed by the provider, for us, now, for this very sign-in.

    Raises NotProven.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg", "")
        if algorithm not in ALGORITHMS:
            raise NotProven(WRONG, f"token signed by {str(algorithm)[:20]}")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(provider, told, header),
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCKS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise NotProven(WRONG, f"token refused ({type(error).__name__})") from error
    _check_purpose(provider, claims, pending)
    if "at_hash" in claims and not hmac.compare_digest(str(claims["at_hash"]), _half_hash(access, algorithm)):
        raise NotProven(WRONG, "access token of another answer")
    return claims


def _check_purpose(provider: Provider, claims: dict[str, Any], pending: dict[str, Any]) -> None:
    """That the token is for us alone, for this sign-in, and new. Raises NotProven."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", provider.client_id if not several else None) != provider.client_id:
        raise NotProven(WRONG, "token for another client")
    if not hmac.compare_digest(str(claims["nonce"]), pending["nonce"]):
        raise NotProven(WRONG, "token of another sign-in")
    if claims["iat"] < time.time() - OLDEST:
        raise NotProven(WRONG, "token too old")
    if pending.get("fresh") and not _number(claims.get("auth_time")) >= pending["started"] - CLOCKS:
        raise NotProven(WRONG, "not signed in anew")


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _half_hash(text: str, algorithm: str) -> str:
    digest = new_hash("sha512" if algorithm == "EdDSA" else f"sha{algorithm[2:]}", text.encode()).digest()
    return urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def _key(provider: Provider, told: dict[str, Any], header: dict[str, Any]) -> Any:
    """The provider's public key that the token says it is signed with; asked for anew when it is not kept."""
    for anew in (False, True):
        keys = _fetched(provider, told["jwks_uri"], anew=anew).get("keys", [])
        usable = [key for key in keys if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
        named = [key for key in usable if key.get("kid") == header.get("kid")] if "kid" in header else usable
        if len(named) == 1:
            return jwt.PyJWK(named[0], algorithm=header["alg"])
    raise NotProven(WRONG, "token signed by an unknown key")


def _client(request: HttpRequest, provider: Provider, told: dict[str, Any], back: str) -> OAuth2Client:
    """allauth's client, which authenticates with our secret, or with our key where there is one."""
    methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    basic = not provider.key and "client_secret_post" not in methods
    secret = "" if provider.key else provider.secret
    return OAuth2Client(request, provider.client_id, secret, "POST", told["token_endpoint"], back, basic_auth=basic)


def _tokens(
    request: HttpRequest, provider: Provider, told: dict[str, Any], back: str, code: str, verifier: str
) -> dict[str, Any]:
    """What the provider gives for the code. Raises NotProven."""
    extra = {}
    if provider.key:
        extra = {"client_assertion_type": ASSERTION, "client_assertion": _assertion(provider)}
    try:
        answered = _client(request, provider, told, back).get_access_token(code, verifier, extra)
    except NotFetched as error:
        raise NotProven(SILENT, str(error), silent=True) from error
    except (OAuth2Error, ValueError, KeyError) as error:
        raise NotProven(WRONG, "no tokens for the code") from error
    if not isinstance(answered, dict):
        raise NotProven(WRONG, "no tokens for the code")
    return answered


def _assertion(provider: Provider) -> str:
    """Our own proof of who asks, signed with our key (private_key_jwt)."""
    at = int(time.time())
    claims = {"iss": provider.client_id, "sub": provider.client_id, "aud": provider.issuer, "jti": token_urlsafe(16)}
    algorithm = "ES256" if "BEGIN EC" in provider.key else "RS256"
    return jwt.encode({**claims, "iat": at, "exp": at + 60}, provider.key, algorithm=algorithm)


def _from_userinfo(provider: Provider, told: dict[str, Any], sub: str, access: str) -> object:
    """The claim that names the person, where it is not in the token. Raises NotProven."""
    address = told.get("userinfo_endpoint")
    if provider.person == "sub" or not isinstance(address, str):
        return None
    try:
        with Session(provider.hosts) as session:
            answered = session.get(address, headers={"Authorization": f"Bearer {access}"})
            answered.raise_for_status()
            told_of = answered.json()
    except (NotFetched, ValueError) as error:
        raise NotProven(SILENT, str(error), silent=True) from error
    if not isinstance(told_of, dict) or told_of.get("sub") != sub:
        raise NotProven(WRONG, "userinfo of somebody else")
    return told_of.get(provider.person)


def _fetched(provider: Provider, address: str, *, anew: bool = False) -> dict[str, Any]:
    """A JSON document of the provider's, kept for a while. Raises NotProven."""
    at, kept = _kept.get(address, (0.0, None))
    if kept is not None and not anew and time.monotonic() - at < KEPT:
        return dict(kept)
    try:
        with Session(provider.hosts) as session:
            answered = session.get(address)
            answered.raise_for_status()
            told = answered.json()
    except (NotFetched, ValueError) as error:
        _kept.pop(address, None)
        raise NotProven(SILENT, f"{urlsplit(address).hostname}: {error}", silent=True) from error
    if not isinstance(told, dict):
        raise NotProven(WRONG, "no JSON object where one was expected")
    _kept[address] = (time.monotonic(), told)
    return told
