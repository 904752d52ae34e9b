"""Pressing the green button: an operation begins, and those who assess are called in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.activation.asking import Asking, ask, asks, call_everybody
from samlad.activation.entries import Raised
from samlad.activation.entries.trigger import AlsoRaised
from samlad.activation.queries import activation
from samlad.activation.rules import check_can_raise
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append, saving
from samlad.journal.entries import Draft, Opened, Participant, Receipt, Refs
from samlad.journal.operations import get
from samlad.journal.queries import basics
from samlad.journal.who import Who

Kind = Literal["disturbance", "ordinary", "planned", "exercise"]
LONGEST_TITLE = 160


def raise_operation(
    *,
    by: Who,
    what: str,
    where: str,
    participants: Sequence[Participant],
    observers: Sequence[str] = (),
    kind: Kind = "disturbance",
    areas: Sequence[str] = (),
    operation: UUID | None = None,
    occurred_at: datetime | None = None,
    convening: str = "",
    replayed: bool = False,
) -> UUID:
    """Press the green button: an operation exists from now on, and those who assess it are called.

    `operation` is made by the client, so that a second press of the same form is the same operation. Raises Refused
    for those without a duty role, where what or where is missing, and for a form that was sent before with other words.
    """
    check_can_raise(by)
    what, where = told(what, where)
    id = operation or new_id()
    if raised_before(id, by, what, where, kind):
        return id
    opened = Opened(
        title=title_of(what, where),
        operation_kind=kind,
        participants=tuple(participants),
        observers=tuple(observers),
        convening=convening,
        replayed=replayed,
    )
    open_and_ask(id, opened, Raised(what, where, tuple(areas)), by, occurred_at)
    return id


def open_and_ask(id: UUID, opened: Opened, raised: Raised, by: Who, occurred_at: datetime | None = None) -> None:
    """The two first entries, and the call to those who assess: all of it or nothing.

    The alert has the id of the entry `raised`. Where nobody can assess, everybody is called at once, which is a third
    entry. The entries' ids follow from the operation's, so that sending twice is one operation.
    """
    drafts = [
        Draft(id, opened, id=id, occurred_at=occurred_at),
        Draft(id, raised, id=follows(id), occurred_at=occurred_at, refs=Refs(answers=(id,))),
    ]
    if opened.replayed or opened.operation_kind == "ordinary":  # nothing has happened that anybody must be called to
        append(*drafts, by=by)
        return
    asking = Asking(id, follows(id), opened, raised, by.actor)
    to = asks(asking)
    with saving(), transaction.atomic():
        if to:
            append(*drafts, by=by)
            ask(asking, to)
        else:
            append(*drafts, Draft(id, call_everybody(asking), id=asking.everybody), by=by)


def join(*, by: Who, operation: UUID, what: str, where: str, id: UUID) -> Receipt:
    """Say that one's own alarm is about the same matter as an operation that is there: one's actor is reached by it.

    Raises Refused for those without a duty role and where the operation is closed, NotHere where it may not be read.
    """
    check_can_raise(by)
    what, where = told(what, where)
    if sent := read.receipt(operation, by, id):
        return sent
    if get(operation, by).closed_at:
        raise Refused(_("The operation is closed. Raise the alarm on its own."))
    trigger = activation(operation, by).trigger
    refs = Refs(answers=(trigger.id,)) if trigger else Refs()
    return append(Draft(operation, AlsoRaised(what, where), id=id, refs=refs), by=by)[0]


def title_of(what: str, where: str) -> str:
    """What an operation is called: one line, and not a whole message."""
    line = " ".join(f"{what}, {where}".split())
    return line if len(line) <= LONGEST_TITLE * 2 else line[:LONGEST_TITLE].rstrip() + " …"


def told(what: str, where: str) -> tuple[str, str]:
    """What and where, without space around them. Raises Refused where one is missing."""
    what, where = what.strip(), where.strip()
    if not what:
        raise Refused(_("Say in a few words what has happened."), field="what")
    if not where:
        raise Refused(_("Say where. “Unknown” is an answer too."), field="where")
    return what, where


def raised_before(id: UUID, by: Who, what: str, where: str, kind: str) -> bool:
    """Whether this author has already raised this very alarm. Raises Refused when the same form said something else.

    Compared by its words: the parties may have changed since.
    """
    if read.receipt(id, by, id) is None:
        return False
    before, trigger = basics(id, by), activation(id, by).trigger
    if trigger and (trigger.what, trigger.where, before.kind) == (what, where, kind):
        return True
    sentence = _("This form has already raised the alarm “%(title)s”. To raise another, open a new form.")
    raise Refused(sentence % {"title": before.title})
