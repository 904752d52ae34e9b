"""Passkeys: allauth's WebAuthn, which always asks for user verification, behind a few functions that never throw."""

import json
import logging
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.request import split_domain_port

from samlad.registers.models import Person

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def possible(request: HttpRequest) -> bool:
    """Whether the address the program is reached at can have passkeys: a name, not a number."""
    try:
        ip_address(split_domain_port(request.get_host())[0].strip("[]"))
    except ValueError:
        return True
    return False


def options_for_sign_in(person: Person | None = None) -> dict[str, Any]:
    """What a browser needs to use a passkey: anybody's, or one of this person's. Kept in the session until used."""
    return cast(dict[str, Any], auth.begin_authentication(person))


def options_for_new(person: Person) -> dict[str, Any]:
    """What a browser needs to make a passkey: one that is found without a user name, behind a fingerprint or PIN."""
    return cast(dict[str, Any], auth.begin_registration(person, True))


def used(credential: str, person: Person | None = None) -> Authenticator | None:
    """The passkey that a browser has used, whoever's it is or this person's; None when it can't be verified."""
    return _tried(lambda: _used(_parsed(credential), person))


def _used(credential: dict[str, Any], person: Person | None) -> Authenticator:
    auth.parse_authentication_response(credential)
    whose = person or auth.extract_user_from_response(_clean(credential))
    return auth.complete_authentication(whose, credential)


def made(credential: str, person: Person, name: str) -> Authenticator | None:
    """Save the passkey that a browser has made; None when it can't be verified."""
    checked = _tried(lambda: _made(_parsed(credential)))
    return auth.WebAuthn.add(person, name, checked).instance if checked is not None else None


def _made(credential: dict[str, Any]) -> dict[str, Any]:
    auth.parse_registration_response(credential)
    if not auth.complete_registration(credential).is_user_verified():
        raise ValueError("the user was not verified")
    return credential


def _parsed(credential: str) -> dict[str, Any]:
    found = json.loads(credential)
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _clean(credential: dict[str, Any]) -> dict[str, Any]:
    """The same; a database is not asked for a person with a NUL in their key."""
    handle = auth.websafe_decode(credential["response"]["userHandle"])
    if not handle.isalnum():
        raise ValueError("not a key of ours")
    return credential


def _tried(do: Callable[[], Result]) -> Result | None:
    """What comes from a browser can be anything: whatever does not verify is one and the same no."""
    try:
        return do()
    except (
        ValidationError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        InvalidSignature,
        UnsupportedAlgorithm,
    ) as wrong:
        logger.info("a passkey was not accepted: %s", type(wrong).__name__)
        return None
