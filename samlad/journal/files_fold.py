"""Which files go with which entries. Pure."""

from uuid import UUID

import msgspec

from samlad.journal.entries import Entry, FileAttached


class Attached(msgspec.Struct, frozen=True):
    """A file as pages show it: the id of the entry that tells of it. Its name is blank where it is marked."""

    id: UUID
    name: str
    media_type: str
    size: int
    examined: bool


Files = dict[UUID, tuple[Attached, ...]]  # by the entry that they go with


class Attachments(msgspec.Struct, frozen=True):
    """All files that a reader may read."""

    of: Files = {}


def apply(state: Attachments, entry: Entry) -> Attachments:
    """The files after one more entry."""
    match entry.payload:
        case FileAttached() as told:
            one = Attached(entry.id, told.name, told.media_type, told.size, told.examined)
            return Attachments({**state.of, told.entry: (*state.of.get(told.entry, ()), one)})
        case _:
            return state
