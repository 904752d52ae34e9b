"""The statements of the published picture, each with whence it is as far as everybody may know."""

from uuid import UUID

import msgspec

from samlad.journal import read
from samlad.journal.operations import NotHere
from samlad.journal.who import NOBODY
from samlad.picture.entries import BLOCKS, Statement
from samlad.picture.fold import Picture


def for_all(statement: Statement, operation: UUID) -> Statement:
    """A statement as everybody gets it. The compiler has chosen its words; the source that its report names goes along
    where all may read that report and it is not marked."""
    if statement.report is None or not statement.source:
        return statement
    try:
        told = read.entry(operation, NOBODY, statement.report)
    except NotHere:
        return msgspec.structs.replace(statement, source="")
    open_to_all = told.payload is not None and told.marking is None
    return statement if open_to_all else msgspec.structs.replace(statement, source="")


def compiled(state: Picture, operation: UUID) -> tuple[Statement, ...]:
    """The statements of the working version as they would be published, by block."""
    statements = (
        Statement(
            taken.id,
            taken.payload.block,
            taken.payload.text,
            taken.payload.actor,
            taken.payload.report,
            taken.payload.as_of,
            taken.payload.source,
            taken.payload.conveyed_by,
        )
        for taken in state.statements.values()
    )
    found = (for_all(one, operation) for one in statements)
    return tuple(sorted(found, key=lambda statement: BLOCKS.index(statement.block)))
