"""Identifiers: UUIDv7 (RFC 9562), so that what was made later sorts later."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7, as the standard library's type."""
    return uuid_utils.compat.uuid7()


def follows(id: UUID) -> UUID:
    """A second id made from a first, for an entry that always comes with another."""
    return UUID(int=id.int ^ 1)
