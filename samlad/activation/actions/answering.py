"""Answering a call: from the alarm page, by a link or an SMS or a key without signing in, and what came too late."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from django.db import transaction

from samlad.activation.asked import Asked
from samlad.activation.entries import Affected
from samlad.activation.entries.calling import Answered, AnswerNoted, Way
from samlad.activation.rules import check_can_acknowledge
from samlad.base.ids import follows, new_id
from samlad.base.refused import NotKept
from samlad.journal import read
from samlad.journal.append import append, saving
from samlad.journal.entries import ALL, Audience, Draft, Receipt, Refs
from samlad.journal.operations import NotHere
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.notify import alerts

Outcome = Literal["answered", "again", "late", "withdrawn", "closed"]
Why = Literal["again", "other_person", "late", "withdrawn", "closed", "garbled"]
LONGEST_NOTED = 200


def acknowledge(
    *,
    by: Who,
    operation: UUID,
    affected: Affected,
    note: str = "",
    attends: str = "",
    option: str = "",
    id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Receipt:
    """Answer for one's actor, on the alarm page: reached, and affected, not affected or unclear; and who attends.

    It answers every call that waits for the actor: nobody there is called any more. Raises Refused.
    """
    if not read.receipt(operation, by, id):  # what is sent again has been allowed once; append compares the content
        check_can_acknowledge(by, basics(operation, by))
    told = Answered(affected, note.strip(), attends.strip(), "page", None, option)
    draft = Draft(operation, told, id=id or new_id(), occurred_at=occurred_at)
    with saving(), transaction.atomic():
        receipt = append(draft, by=by)[0]
        if not receipt.repeated:  # what has been called since is not answered by a form that is sent again
            alerts.answered_all(operation, by.actor)
    return receipt


def answer_call(*, by: Who, asked: Asked, told: Answered, id: UUID) -> Outcome:
    """Answer a call that somebody got, for the actor it asked. An answer that changes nothing is noted, with why.

    `id` is made by what was pressed, so that sending twice is answering once. Raises Refused for a text that may not
    be here, and Unavailable.
    """
    if was_entered(asked.operation, id):
        return "answered"
    if asked.why_not:
        note_answer(by=by, asked=asked, why=asked.why_not, way=told.way, text=told.option or told.affected)
        return asked.why_not
    again = asked.said_already(told)
    with saving(), transaction.atomic():
        if again:
            note_answer(by=by, asked=asked, why="again", way=told.way, text=told.option or told.affected)
        else:
            refs = Refs(answers=(asked.call,))
            append(Draft(asked.operation, told, id=id, actor=asked.actor, refs=refs), by=by)
        alerts.answered(asked.call, asked.actor, asked.recipient)
    return "again" if again else "answered"


def note_answer(*, by: Who, asked: Asked, why: Why, way: Way, text: str = "", which: str = "") -> bool:
    """Enter an answer that changes nothing, and why. The same from the same person is entered once; `which` tells
    several apart. Whether it was new. A text that may not be here is left out."""
    id = follows(asked.call, f"noted {asked.recipient} {by.person} {why} {text} {which}")
    if was_entered(asked.operation, id):
        return False
    told = AnswerNoted(asked.call, asked.actor, why, way, by.person, " ".join(text.split())[:LONGEST_NOTED])
    # What somebody wrote who did not know how to answer may be anything: it is for their actor and for who called.
    audience = Audience("actors", (asked.actor, asked.by)) if why == "garbled" else ALL
    draft = Draft(asked.operation, told, id=id, actor=asked.actor, audience=audience, refs=Refs(answers=(asked.call,)))
    try:
        append(draft, by=by)
    except NotKept:
        append(msgspec.structs.replace(draft, payload=msgspec.structs.replace(told, text="")), by=by)
    return True


def was_entered(operation: UUID, id: UUID) -> bool:
    """Whether there is an entry with this id."""
    try:
        read.entry(operation, SYSTEM, id)
    except NotHere:
        return False
    return True
