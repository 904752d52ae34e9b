"""Ids that follow from what they name, so that playing or reading the same thing again adds nothing."""

from hashlib import sha256
from uuid import UUID

VERSION_8 = 0x8 << 76
VARIANT = 0x2 << 62
FREE = (1 << 128) - 1 - (0xF << 76) - (0x3 << 62)


def derived_id(operation: UUID, text: str) -> UUID:
    """A UUIDv8 (RFC 9562: of one's own making) from an operation's id and a text; the same each time."""
    digest = sha256(operation.bytes + text.encode("utf-8", "surrogatepass")).digest()
    return UUID(int=int.from_bytes(digest[:16]) & FREE | VERSION_8 | VARIANT)
