"""A published picture as a document: what stands in it, what is new since the one before, who had not reported.

The page, the preview and the PDF are made from the same document, so that they cannot say different things.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from samlad.journal.fold import Basics
from samlad.picture.diff import Piece, words
from samlad.picture.entries import BLOCKS, Block, Published, Statement, Status

WORST_FIRST = ("black", "red", "yellow", "green", "unstated")


class Item(msgspec.Struct, frozen=True):
    """A statement with its mark; `pieces` shows what was changed in it, word by word."""

    statement: Statement
    name: str  # the actor's; empty for the compiler's own words
    conveyor: str = ""
    mark: Literal["", "new", "changed"] = ""
    pieces: tuple[Piece, ...] = ()
    report: UUID | None = None  # only where the reader may read it


class Part(msgspec.Struct, frozen=True):
    """A block with its statements, and those of the version before that are no longer in it."""

    block: Block
    items: tuple[Item, ...]
    gone: tuple[Item, ...]


class StatusRow(msgspec.Struct, frozen=True):
    """An actor's status in the picture, and what it was in the version before (None: had not reported)."""

    actor: str
    name: str
    status: Status
    as_of: datetime
    before: Status | None
    is_new: bool
    conveyor: str = ""
    report: UUID | None = None


class Document(msgspec.Struct, frozen=True):
    """Everything that a picture says, in the order in which it says it."""

    published: Published
    closing: bool
    at: datetime
    by: str
    before: Published | None
    parts: tuple[Part, ...]
    statuses: tuple[StatusRow, ...]
    not_reported: tuple[str, ...]
    assessment: tuple[Piece, ...]
    outlook: tuple[Piece, ...]

    @property
    def news(self) -> int:
        """How many statements are new, changed or gone since the version before."""
        return sum(len(part.gone) + sum(bool(item.mark) for item in part.items) for part in self.parts)


def document(
    published: Published,
    before: Published | None,
    basics: Basics,
    *,
    at: datetime,
    by: str,
    closing: bool = False,
    readable: Collection[UUID] = (),
) -> Document:
    """The document of an edition. `before` is the version before it, `by` who published, `readable` the reports that
    the reader may open."""
    return Document(
        published=published,
        closing=closing,
        at=at,
        by=by,
        before=before,
        parts=tuple(parts(published, before, basics, readable)),
        statuses=statuses(published, before, basics, readable),
        not_reported=tuple(basics.short(code) for code in published.not_reported),
        assessment=tuple(words(before.assessment if before else published.assessment, published.assessment)),
        outlook=tuple(words(before.outlook if before else published.outlook, published.outlook)),
    )


def parts(published: Published, before: Published | None, basics: Basics, readable: Collection[UUID]) -> Iterable[Part]:
    """The blocks that hold something now or held something before."""
    kept = {one.id for one in published.statements}
    was = before.statements if before else ()
    old_ids = {one.id for one in was}
    for block in BLOCKS:
        left = [one for one in was if one.block == block and one.id not in kept]
        items = []
        for one in (statement for statement in published.statements if statement.block == block):
            if before is None or one.id in old_ids:
                items.append(item(one, basics, readable))
            else:
                items.append(marked(one, left, basics, readable))
        gone = tuple(item(one, basics, readable) for one in left)
        if items or gone:
            yield Part(block, tuple(items), gone)


def item(statement: Statement, basics: Basics, readable: Collection[UUID]) -> Item:
    """A statement that stands as it stood."""
    return Item(
        statement,
        basics.short(statement.actor) if statement.actor else "",
        basics.short(statement.conveyed_by) if statement.conveyed_by else "",
        report=statement.report if statement.report in readable else None,
    )


def marked(statement: Statement, left: list[Statement], basics: Basics, readable: Collection[UUID]) -> Item:
    """A statement that was not there before: changed where one of the same actor is gone, which is then used up."""
    plain = item(statement, basics, readable)
    for one in left:
        if one.actor == statement.actor:
            left.remove(one)
            if one.text == statement.text:
                return plain
            return msgspec.structs.replace(plain, mark="changed", pieces=tuple(words(one.text, statement.text)))
    return msgspec.structs.replace(plain, mark="new")


def statuses(
    published: Published, before: Published | None, basics: Basics, readable: Collection[UUID]
) -> tuple[StatusRow, ...]:
    """Each actor's status, the worst first, then in the participants' order."""
    was = {one.actor: one.status for one in before.reported} if before else {}
    place = {code: number for number, code in enumerate(basics.participants)}
    ordered = sorted(
        published.reported, key=lambda one: (WORST_FIRST.index(one.status), place.get(one.actor, len(place)))
    )
    return tuple(
        StatusRow(
            one.actor,
            basics.short(one.actor),
            one.status,
            one.as_of,
            was.get(one.actor),
            before is not None and one.actor not in was,
            basics.short(one.conveyed_by) if one.conveyed_by else "",
            one.report if one.report in readable else None,
        )
        for one in ordered
    )
