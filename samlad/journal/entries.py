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

    def text(self, author_actor: str) -> str:
        """The form that is stored, hashed and compared: `all`, `public`, `own:nacka`, `actors:nacka,solna`,
        `level:inriktande`.

        Whoever writes to named actors is one of them.
        """
        if self.to == "own":
            return f"own:{author_actor}"
        if self.to == "actors":
            return "actors:" + ",".join(sorted({*self.actors, author_actor}))
        if self.to == "level":
            return f"level:{self.level}"
        return self.to


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
    """One thing said, asked, decided or sent. `payload` is None once it has been shredded.

    `seq` is the operation's own order and is never shown: a reader's numbering counts what that reader may read.
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
        seen_by="All participants and observers: that something was shredded is no secret, what it was is gone.",
        shreds="Nothing: it is the record of the shredding itself.",
        after_close=True,
    ),
)
