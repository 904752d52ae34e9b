"""Canonical JSON (RFC 8785): one text for one value, so that a digest means something."""

from hashlib import sha256
from typing import Any

import msgspec
import rfc8785


def encode(value: Any) -> bytes:
    """The canonical UTF-8 text of a struct or plain value. Raises ValueError for what JSON can't hold exactly."""
    try:
        return rfc8785.dumps(msgspec.to_builtins(value))
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise ValueError(str(error)) from error


def digest(text: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return sha256(text).hexdigest()
