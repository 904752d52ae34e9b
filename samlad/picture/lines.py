"""Lines to those who may not read a report (konsekvensrad): "Road 222 closed until 18:00".

A line is an entry of its own, for all participants, stored in the same instant as the report. The report refers to it,
never the other way: whoever has the line has nothing that leads to the report.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from samlad.base.ids import follows
from samlad.journal import read
from samlad.journal.entries import ConsequenceTold, Draft, Refs
from samlad.journal.operations import NotHere
from samlad.journal.who import Who


class Line(msgspec.Struct, frozen=True):
    """What to tell the others. `before`: the line that the report before this one refers to, if any.

    The same words again let that one stand. Others take its place, and no words at all end it.
    """

    text: str = ""
    until: datetime | None = None
    before: UUID | None = None


def line_of(operation: UUID, who: Who, report: UUID) -> tuple[UUID, ConsequenceTold] | None:
    """The line that a report refers to; None where it has none."""
    for id in read.entry(operation, who, report).refs.answers:
        try:
            told = read.entry(operation, who, id).payload
        except NotHere:
            continue
        if isinstance(told, ConsequenceTold):
            return id, told
    return None


def to_tell(operation: UUID, by: Who, line: Line, report: UUID, as_of: datetime) -> tuple[list[Draft], Refs]:
    """What to store before a report, and what the report then refers to.

    The id of a new line follows from the report's, so that sending twice tells once.
    """
    before = told_before(operation, by, line.before)
    if before and (before.text, before.until) == (line.text, line.until):
        return [], Refs(answers=(line.before,) if line.before else ())
    if not line.text:
        if line.before == follows(report):  # sent again
            return [], Refs(answers=(follows(report),))
        if before is None or (before.until and before.until <= as_of):
            return [], Refs()
        told = ConsequenceTold(before.text, as_of)  # over since the moment that the report describes
    else:
        told = ConsequenceTold(line.text, line.until)
    # As a correction it can be told also after the operation has been closed.
    refs = Refs(corrects=(line.before,)) if before and line.before else Refs()
    draft = Draft(operation, told, id=follows(report), refs=refs)
    return [draft], Refs(answers=(draft.id,))


def told_before(operation: UUID, by: Who, id: UUID | None) -> ConsequenceTold | None:
    """The line with this id."""
    if id is None:
        return None
    told = read.entry(operation, by, id).payload
    return told if isinstance(told, ConsequenceTold) else None
