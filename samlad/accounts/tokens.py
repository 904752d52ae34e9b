"""Tokens in links: random, shown once, kept as a digest only. Whoever reads the database can use none of them."""

import re
import secrets
from hashlib import sha256
from typing import Final

LENGTH: Final = 32  # bytes
SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> tuple[str, str]:
    """A token for a link, and the digest that is stored."""
    token = secrets.token_urlsafe(LENGTH)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The digest of a token; an empty text for what can't be one. A token has 256 random bits: no salt is needed."""
    return sha256(token.encode()).hexdigest() if SHAPE.fullmatch(token) else ""
