"""What the journal's tests share: two kinds of entries of their own, a few readers, an open operation."""

from typing import Any
from uuid import UUID

import msgspec

from samlad.base.ids import new_id
from samlad.journal import kinds, read
from samlad.journal.append import append
from samlad.journal.entries import Closed, Draft, Opened, Participant, Receipt
from samlad.journal.folds import Fold
from samlad.journal.kinds import Kind
from samlad.journal.models import StoredEntry
from samlad.journal.who import SYSTEM, Who


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody said something."""

    text: str
    number: float = 0


class Settled(msgspec.Struct, frozen=True):
    """An open matter has been closed."""

    text: str


SAID = Kind(
    payload=Said,
    name="tests.said",
    shown="journal/entries/blank.html",
    seen_by="Whoever the test says.",
    shreds="The text.",
    texts=("text",),
)
KINDS = (SAID, msgspec.structs.replace(SAID, payload=Settled, name="tests.settled", after_close=True))
kinds.register(KINDS)

NACKA = Who("1" * 32, "nacka", frozenset({"tib"}), "TiB Nacka")
SOLNA = Who("2" * 32, "solna", frozenset({"liaison"}), "Samverkansperson Solna")
CHIEF = Who("3" * 32, "solna", frozenset({"chief"}), "Chef Solna")
RSK = Who("4" * 32, "lansstyrelsen", frozenset({"rsk"}), "RSK")
OBSERVER = Who("5" * 32, "msb", frozenset({"observer"}), "Observatör")
STRANGER = Who("6" * 32, "gotland", frozenset({"tib"}), "TiB Gotland")
ADMINISTRATOR = Who("7" * 32, "nacka", frozenset({"administrator"}), "Administratör")
READERS = (NACKA, SOLNA, CHIEF, RSK, OBSERVER)

OPENED = Opened(
    title="Snow",
    operation_kind="disturbance",
    participants=(Participant("nacka", "Nacka kommun", "Nacka"), Participant("solna", "Solna stad", "Solna")),
    observers=("msb",),
)


def opened(by: Who = RSK, what: Opened = OPENED) -> UUID:
    """A new operation."""
    operation = new_id()
    append(Draft(operation, what), by=by)
    return operation


def closed(by: Who = RSK) -> UUID:
    """An operation that has been closed."""
    operation = opened(by)
    close(operation, by)
    return operation


def close(operation: UUID, by: Who = RSK) -> None:
    """Close an operation."""
    append(Draft(operation, Closed("Over")), by=by)


def say(operation: UUID, text: str = "Snow", *, by: Who = NACKA, **more: Any) -> Receipt:
    """Append one entry; `more` goes into the draft."""
    return append(Draft(operation, Said(text), **more), by=by)[0]


def texts(operation: UUID, who: Who = SYSTEM, **how: Any) -> list[str]:
    """What has been said, as a reader reads it."""
    entries = read.entries(operation, who, **how)
    return [entry.payload.text for _number, entry in entries if isinstance(entry.payload, Said)]


def rows(operation: UUID) -> list[StoredEntry]:
    """What lies on disk."""
    return list(StoredEntry.objects.filter(operation_id=operation).order_by("seq"))


class Heard(msgspec.Struct, frozen=True):
    """A state that remembers everything in its order, so that a mistake shows."""

    ids: tuple[UUID, ...] = ()
    texts: tuple[str, ...] = ()


def hear(state: Heard, entry: Any) -> Heard:
    """The state after one more entry."""
    said = (entry.payload.text,) if isinstance(entry.payload, Said) else ()
    return Heard((*state.ids, entry.id), state.texts + said)


HEARD = Fold("tests.heard", Heard(), hear)
