"""A draft made ready for the table, outside the writer: encoded, digested, checked for what can't be stored."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.base import canonical
from samlad.base.refused import Refused
from samlad.journal import kinds
from samlad.journal.entries import NO_REFS, Draft, Expectation, Opened
from samlad.journal.who import Who

LONGEST: Final = 500_000  # bytes of one canonical payload


class Prepared(msgspec.Struct, frozen=True):
    """A draft with its stored texts; everything but its place, its time of recording and its hash."""

    operation: UUID
    id: UUID
    kind: str
    version: int
    payload: str
    digest: str
    author: str
    actor: str
    role: str
    occurred_at: str  # empty: when it is recorded
    audience: str
    marking: str
    refs: str
    after_close: bool
    opened: Opened | None
    expects: Expectation | None


def prepare(draft: Draft, by: Who) -> Prepared:
    """Encode and check one draft. Raises Refused for what can't be stored, KindError for an unregistered payload."""
    kind = kinds.of(draft.payload)
    try:
        text = canonical.encode(draft.payload)
        marking = canonical.encode(draft.marking).decode() if draft.marking else ""
        refs = "" if draft.refs == NO_REFS else canonical.encode(draft.refs).decode()
    except ValueError:
        raise Refused(_("The text holds characters that cannot be stored. Remove them and send again.")) from None
    if len(text) > LONGEST:
        raise Refused(_("The text is too long to be one entry. Divide it into several."))
    actor = by.actor if draft.actor is None else draft.actor
    return Prepared(
        operation=draft.operation,
        id=draft.id,
        kind=kind.name,
        version=kind.version,
        payload=text.decode(),
        digest=canonical.digest(text),
        author=by.person,
        actor=actor,
        role=",".join(sorted(by.roles)),
        occurred_at=moment(draft.occurred_at) if draft.occurred_at else "",
        audience=draft.audience.text(by.actor),
        marking=marking,
        refs=refs,
        after_close=kind.after_close or bool(draft.refs.corrects),
        opened=draft.payload if isinstance(draft.payload, Opened) else None,
        expects=draft.expects,
    )


def moment(at: datetime) -> str:
    """RFC 3339 with the offset it came with, to the microsecond. A moment without an offset is taken as UTC."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.isoformat(timespec="microseconds")
