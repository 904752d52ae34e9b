"""How sure the program is of who is signed in."""

from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from samlad.registers.models import Person

VOUCHED: Final = frozenset({"federation", "wall"})
"""Ways to be signed in that are strong by themselves: an identity provider at the level required, a wall's token."""


def strong(request: HttpRequest, person: Person | None = None) -> bool:
    """Whether this session is strong: a passkey, a password and a second factor, or vouched for. No query.

    `person`: somebody who has not been signed in yet (default: who is). Only what this session has shown counts.
    """
    records = get_authentication_records(request, person or request.user)
    methods = {record.get("method") for record in records}
    if methods & VOUCHED or any(record.get("passwordless") for record in records):
        return True
    return {"password", "mfa"} <= methods


def strong_enough(request: HttpRequest) -> bool:
    """Whether this session is as strong as this installation demands. No query."""
    return settings.SAMLAD_SIGN_IN != "strong" or strong(request)


def left_behind(request: HttpRequest) -> bool:
    """Whether a session is too weak although its owner has a second factor: one that it has never shown.

    Whoever has stolen a password and signed in before its owner set up a factor must not set up one of their own. A
    query, but only in sessions that are too weak.
    """
    if strong_enough(request):
        return False
    shown = any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
    return not shown and is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def vouch(request: HttpRequest, person: Person, how: str, **facts: str) -> None:
    """Record that something other than our own factors says who this is: `how` is one of VOUCHED.

    For a federation: call it before allauth performs the login, once the level of assurance has been checked. `facts`
    (issuer, level) stand in the session beside it.
    """
    if how not in VOUCHED:
        raise ValueError(how)
    record_authentication(request, person, method=how, **facts)
