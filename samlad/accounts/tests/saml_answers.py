"""Answers of the real SAML provider: asked for, sent on, and changed on the way."""

import base64
from collections.abc import Callable
from typing import Any

from django.test import Client
from lxml import etree

from samlad.accounts.identities import link
from samlad.accounts.tests.conftest import ORG, Idp, fields_of, led_to, sign_in_at
from samlad.journal.who import SYSTEM
from samlad.registers.models import Person

BEGIN = "/sign-in/with/lst/"
Change = Callable[[Any], Any]


def linked(person: Person, idp: Idp, name: str = "rsk") -> None:
    link(person, f"{idp.url}/metadata", f"{name}@{ORG}", SYSTEM)


def answer_for(client: Client, name: str = "rsk", **changed: str) -> dict[str, str]:
    """The provider's genuine answer to a request of this browser's: the fields that its page posts to us."""
    status, _location, page = sign_in_at(led_to(client, BEGIN), name, **changed)
    assert status == 200, page
    return fields_of(page)


def sent(client: Client, fields: dict[str, str]) -> Any:
    """Posted to us by the provider's page, and taken one step on by ours."""
    first = client.post(f"{BEGIN}acs/", {name: fields[name] for name in ("SAMLResponse", "RelayState")})
    assert first.status_code == 200
    return client.post(f"{BEGIN}finish/", fields_of(first.content.decode()))


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def changed(fields: dict[str, str], change: Change) -> dict[str, str]:
    """An answer that somebody has changed on the way."""
    root = etree.fromstring(base64.b64decode(fields["SAMLResponse"]))
    root = change(root)
    text = root if isinstance(root, bytes) else etree.tostring(root)
    return {**fields, "SAMLResponse": base64.b64encode(text).decode()}
