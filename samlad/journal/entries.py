"""What an entry is, and the kinds that the journal itself owns. No Django here."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from samlad.base.ids import new_id
from samlad.journal.kinds import Kind, Moment


class Audience(msgspec.Struct, frozen=True):
    """Who may read an entry (design, section 5). Share with all participants unless there is a reason not to."""

    to: Literal["all", "actors", "level", "own", "public"] = "all"
    actors: tuple[str, ...] = ()
    level: str = ""
    stored: str = ""  # exactly this text, where somebody else's audience is used again

    def text(self, author_actor: str) -> str:
        """The form that is stored, hashed and compared: `all`, `public`, `own:nacka`, `actors:nacka,solna`,
        `level:inriktande`.

        Whoever writes to named actors is one of them.
        """
        if self.stored:
            return self.stored
        if self.to == "own":
            return f"own:{author_actor}"
        if self.to == "actors":
            return "actors:" + ",".join(sorted({*self.actors, author_actor}))
        if self.to == "level":
            return f"level:{self.level}"
        return self.to


def exactly(text: str) -> Audience:
    """The audience that is stored as this text, whoever writes."""
    to, _, whom = text.partition(":")
    known: Any = to if to in ("all", "actors", "level", "own", "public") else "own"
    named = tuple(whom.split(",")) if to == "actors" else ()
    return Audience(known, named, whom if to == "level" else "", stored=text)


ALL = Audience("all")
OWN = Audience("own")


class Marking(msgspec.Struct, frozen=True, omit_defaults=True):
    """A warning that a disclosure must be examined (OSL 5:5): its ground, who decided, when. Not a class."""

    ground: str
    decided_by: str
    decided_at: Moment


class Refs(msgspec.Struct, frozen=True, omit_defaults=True):
    """Ids of other entries of the same operation that this one answers, corrects, replaces or takes from."""

    answers: tuple[UUID, ...] = ()
    corrects: tuple[UUID, ...] = ()
    replaces: tuple[UUID, ...] = ()
    takes: tuple[UUID, ...] = ()


NO_REFS = Refs()


class Expectation(msgspec.Struct, frozen=True):
    """What must still hold when the entry is stored: nobody has added an entry of these kinds after `after` (a seq).

    How two people who did the same thing at the same moment are told, instead of one overwriting the other.
    """

    kinds: tuple[str, ...]
    after: int


class Draft(msgspec.Struct, frozen=True):
    """An entry before it has a place in the journal. Whoever writes makes the id, so that sending twice is safe."""

    operation: UUID
    payload: msgspec.Struct
    id: UUID = msgspec.field(default_factory=new_id)
    audience: Audience = ALL
    actor: str | None = None  # on whose behalf; None: the author's own
    occurred_at: datetime | None = None  # as told by the device; None: when it is recorded
    marking: Marking | None = None
    refs: Refs = NO_REFS
    expects: Expectation | None = None


class Receipt(msgspec.Struct, frozen=True):
    """That an entry is on disk: `repeated` when it already was."""

    id: UUID
    seq: int
    hash: str
    recorded_at: datetime
    repeated: bool = False


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One thing said, asked, decided or sent, as one reader has it. `payload` is None once it has been shredded, or
    `withdrawn`: this reader could read it once and no longer may. Where it is marked the payload's texts are blank; the
    whole of it is had by opening it (`read.opened`).

    `seq` is the operation's own order and is never shown: a reader's numbering counts what that reader may read.
    `audience` is the one under which it came to the reader; what became of it is told by later entries.
    """

    operation: UUID
    seq: int
    id: UUID
    kind: str
    version: int
    payload: Any
    author: str
    actor: str
    role: str
    occurred_at: datetime
    recorded_at: datetime
    audience: str
    marking: Marking | None
    refs: Refs
    digest: str
    hash: str
    withdrawn: bool = False


class Participant(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor expected to take part, named as it was named on the day."""

    code: str
    name: str
    short: str
    category: str = "other"
    area: str = ""


class Opened(msgspec.Struct, frozen=True, omit_defaults=True):
    """An operation begins: what it is called, which kind it is and who takes part. Always its first entry."""

    title: str
    operation_kind: Literal["disturbance", "ordinary", "planned", "exercise"]
    participants: tuple[Participant, ...]
    observers: tuple[str, ...] = ()  # actors that may read without being expected to answer
    convening: str = ""  # the actor that convenes the others, and whose duty officer leads until somebody else does
    replayed: bool = False  # recorded elsewhere and read in: its clock is that of its entries


class Closed(msgspec.Struct, frozen=True):
    """An operation ends. After it come only corrections and the closing of open matters."""

    reason: str


class Shredded(msgspec.Struct, frozen=True):
    """The payloads of some entries have been blanked for ever; their headers and digests stay and the chain holds."""

    entries: tuple[UUID, ...]
    ground: str


class Widened(msgspec.Struct, frozen=True, omit_defaults=True):
    """More may read an entry from here on. Addressed to the new audience: whoever could not read the entry before gets
    it right after this one, in their own numbering."""

    entry: UUID
    audience: str  # the stored text of the new audience, which holds all of the old one
    reason: str = ""
    reexamined: bool = False  # of a marked entry: the disclosure has been examined again (OSL 10)


class Narrowed(msgspec.Struct, frozen=True):
    """Fewer may read an entry from here on. Addressed to those who could: they know of it, and may have read it."""

    entry: UUID
    audience: str  # the stored text of the new audience, which is within the old one
    reason: str


class MarkingChanged(msgspec.Struct, frozen=True):
    """An entry has been marked, marked otherwise, or its marking taken away. Addressed to those who may read it."""

    entry: UUID
    marking: Marking | None
    reason: str


class ConsequenceTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """What those must know who may not read an entry ("Road 222 closed until 18:00"). It refers to nothing: the entry
    it was written for refers to it."""

    text: str
    until: Moment | None = None


class PointerLeft(msgspec.Struct, frozen=True, omit_defaults=True):
    """There is information that may not be here: about what, who has it, and how it is fetched (hänvisning)."""

    what: str
    owner: str
    how: str


class FileAttached(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file goes with an entry, for the same readers. Its bytes lie beside the journal, found by this entry's id and
    checked by `digest`; they are deleted when this entry is shredded."""

    entry: UUID
    name: str
    media_type: str
    size: int  # bytes
    digest: str  # SHA-256 of the bytes, in hex
    examined: bool = True  # False: what it shows could not be read by the program, such as a photo or a scanned page


KINDS = (
    Kind(
        payload=Opened,
        name="journal.opened",
        shown="journal/entries/opened.html",
        seen_by="All participants and observers.",
        shreds="Nothing: it holds names of authorities, not of people.",
    ),
    Kind(
        payload=Closed,
        name="journal.closed",
        shown="journal/entries/closed.html",
        seen_by="All participants and observers.",
        shreds="The reason, if it names a person.",
    ),
    Kind(
        payload=Shredded,
        name="journal.shredded",
        shown="journal/entries/shredded.html",
        seen_by="Those who could read what was shredded: that it was there remains.",
        shreds="Nothing: it is the record of the shredding itself.",
        after_close=True,
    ),
    Kind(
        payload=Widened,
        name="journal.audience_widened",
        shown="journal/entries/audience_widened.html",
        seen_by="Those who may read the entry from then on.",
        shreds="Nothing: without it nobody would know who may read the entry. The form asks for no names.",
        after_close=True,
    ),
    Kind(
        payload=Narrowed,
        name="journal.audience_narrowed",
        shown="journal/entries/audience_narrowed.html",
        seen_by="Those who could read the entry until then.",
        shreds="Nothing: without it the entry would be open again. The form asks for no names.",
        after_close=True,
    ),
    Kind(
        payload=MarkingChanged,
        name="journal.marking_changed",
        shown="journal/entries/marking_changed.html",
        seen_by="Those who may read the entry.",
        shreds="Nothing: it is the record of a decision. The form asks for no names.",
        after_close=True,
    ),
    Kind(
        payload=ConsequenceTold,
        name="journal.consequence_told",
        shown="journal/entries/consequence_told.html",
        seen_by="All participants and observers: it is for those who may not read the entry behind it.",
        shreds="The text, if it names a person.",
    ),
    Kind(
        payload=PointerLeft,
        name="journal.pointer_left",
        shown="journal/entries/pointer_left.html",
        seen_by="All participants and observers, unless the author names actors or keeps it within the own actor.",
        shreds="All texts, if they name a person.",
        texts=("what", "owner", "how"),
        after_close=True,
    ),
    Kind(
        payload=FileAttached,
        name="journal.file_attached",
        shown="journal/entries/file_attached.html",
        seen_by="Those who may read the entry that it goes with.",
        shreds="The name; the file itself is deleted.",
        texts=("name",),
    ),
)
