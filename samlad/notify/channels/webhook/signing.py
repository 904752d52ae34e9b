"""The secret that an address's owner and we share, and the signature made with it."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

from samlad.notify.channel_config import Section
from samlad.notify.channels.kept_keys import kept

FILE: Final = "webhook_key"


def shared_secret(section: Section, address: str) -> str:
    """The secret that an address's owner checks signatures with: one for each address, shown where it was added."""
    ours = section.secret or kept(FILE, lambda: secrets.token_urlsafe(48))
    return hmac.new(ours.encode(), address.encode(), sha256).hexdigest()


def signature(secret: str, body: bytes, at: int) -> str:
    """`t=SECONDS,v1=HEX`: an HMAC-SHA256 over the time, a dot and the body. `at`: seconds since 1970."""
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, sha256).hexdigest()}"
