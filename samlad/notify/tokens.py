"""The link by which somebody answers without signing in: short enough for an SMS, signed, and good while the alert is.

It says who was asked in which call and nothing else; whoever has it can answer that call and do nothing more. That it
is used once is judged by `Recipient.answered_at`, that it has expired by `Alert.until`, so both can be told apart.
"""

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from django.conf import settings
from django.core.signing import b62_decode, b62_encode
from django.utils.crypto import salted_hmac

from samlad.notify.call_models import Recipient

SALT: Final = "samlad.notify.tokens"
SIGNED: Final = 16  # characters of the signature: 96 bits
MOST: Final = 40
LINK: Final = re.compile(r"(https?://\S+?/a/)[\w.-]+")


def token(recipient: int) -> str:
    """The token of a recipient."""
    name = b62_encode(recipient)
    return f"{name}.{_signature(name, settings.SECRET_KEY)}"


def link(recipient: Recipient) -> str:
    """The address somebody answers at."""
    return f"{settings.SAMLAD_URL}/a/{token(recipient.pk)}"


def code() -> str:
    """What somebody answers with by SMS: four digits that do not begin with a zero."""
    return str(1000 + secrets.randbelow(9000))


def without_links(text: str) -> str:
    """A message as others may see it: without the end of the links by which its recipient answers or confirms."""
    return LINK.sub(lambda found: found[1] + "…", text)


def link_in(text: str) -> str:
    """Where a message leads: to where it is answered, else by its last link; empty where it has none."""
    found = LINK.search(text)
    links = re.findall(r"https?://\S+", text)
    return found[0] if found else links[-1] if links else ""


def read(text: str) -> Recipient | None:
    """Whose link it is; None for what we have not signed. Expired and used ones are still somebody's."""
    name, _dot, signature = text.partition(".")
    if len(text) > MOST or not name.isalnum() or not name.isascii():
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(compare_digest(_signature(name, key).encode(), signature.encode()) for key in keys):
        return None
    return Recipient.objects.select_related("call__alert").filter(pk=b62_decode(name)).first()


def _signature(name: str, key: str) -> str:
    digest = salted_hmac(SALT, name, secret=key, algorithm=sha256().name).digest()
    return urlsafe_b64encode(digest).decode()[:SIGNED]
