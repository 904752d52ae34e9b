"""A draft made ready for the table, outside the writer: encoded, digested, checked for what can't be stored."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.base import canonical
from samlad.base.refused import Refused
from samlad.journal import gate, kinds
from samlad.journal.entries import NO_REFS, Draft, Expectation, Opened
from samlad.journal.who import Who

LONGEST: Final = 500_000  # bytes of one canonical payload
LONGEST_NAME: Final = 60  # characters of an author's key or an actor's code, as the table has them
BAD_CHARACTERS = _("The text holds characters that cannot be stored. Remove them and send again.")


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
    """Encode and check one draft.

    Raises Refused for what can't be stored, NotKept for what may not be here (see gate.py); KindError, a fault in the
    program, for a payload of an unregistered kind and for one that could be stored but never read again.
    """
    kind = kinds.of(draft.payload)
    gate.check(draft.payload, draft.marking, operation=draft.operation)
    if draft.marking and not kind.texts:
        raise Refused(_("Such an entry has no text to keep secret, and can't be marked."))
    try:
        text = canonical.encode(draft.payload)
        marking = canonical.encode(draft.marking).decode() if draft.marking else ""
        refs = "" if draft.refs == NO_REFS else canonical.encode(draft.refs).decode()
    except ValueError:
        raise Refused(BAD_CHARACTERS) from None
    if len(text) > LONGEST:
        raise Refused(_("The text is too long to be one entry. Divide it into several."))
    kinds.check_readable(kind, text)
    return checked(
        Prepared(
            operation=draft.operation,
            id=draft.id,
            kind=kind.name,
            version=kind.version,
            payload=text.decode(),
            digest=canonical.digest(text),
            author=by.person,
            actor=by.actor if draft.actor is None else draft.actor,
            role=",".join(sorted(by.roles)),
            occurred_at=moment(draft.occurred_at) if draft.occurred_at else "",
            audience=draft.audience.text(by.actor),
            marking=marking,
            refs=refs,
            after_close=kind.after_close or bool(draft.refs.corrects),
            opened=draft.payload if isinstance(draft.payload, Opened) else None,
            expects=draft.expects,
        )
    )


def checked(draft: Prepared) -> Prepared:
    """The same draft. Raises Refused where one of the short texts can't be stored: it would fail in the writer, where
    it would take others with it."""
    for text in (draft.author, draft.actor, draft.role, draft.audience):
        if "\0" in text or not encodable(text):
            raise Refused(BAD_CHARACTERS)
    if max(len(draft.author), len(draft.actor)) > LONGEST_NAME:
        raise Refused(_("The name of the author or of the actor is too long to be stored."))
    return draft


def encodable(text: str) -> bool:
    """Whether a text is free of half characters (lone surrogates)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def moment(at: datetime) -> str:
    """RFC 3339 with the offset it came with, to the microsecond. A moment without an offset is taken as UTC."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.isoformat(timespec="microseconds")
