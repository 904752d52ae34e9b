"""Identifiers: UUIDv7 (RFC 9562), so that what was made later sorts later."""

from hashlib import sha256
from typing import Final
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7, as the standard library's type."""
    return uuid_utils.compat.uuid7()


CHOSEN: Final = (1 << 80) - 1 - (0xF << 76) - (0b11 << 62)
"""The bits of a UUIDv7 that are neither its time nor what says that it is one."""


def follows(id: UUID, which: str = "") -> UUID:
    """A second id made from a first, for an entry that always comes with another: of the same millisecond. `which`
    tells several apart.

    One way only. Who may read the second must not learn the id of the first from it.
    """
    made = int.from_bytes(sha256(id.bytes + which.encode()).digest()[:16])
    return UUID(int=(id.int & ~CHOSEN) | (made & CHOSEN))
