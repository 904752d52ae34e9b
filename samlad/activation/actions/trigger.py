"""Pressing the green button."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.activation.entries import Raised
from samlad.activation.queries import activation
from samlad.activation.rules import check_can_raise
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append
from samlad.journal.entries import Draft, Opened, Participant, Refs
from samlad.journal.queries import basics
from samlad.journal.who import Who


def raise_operation(
    *,
    by: Who,
    what: str,
    where: str,
    participants: Sequence[Participant],
    observers: Sequence[str] = (),
    kind: Literal["disturbance", "ordinary", "planned", "exercise"] = "disturbance",
    areas: Sequence[str] = (),
    operation: UUID | None = None,
    occurred_at: datetime | None = None,
    convening: str = "",
    replayed: bool = False,
) -> UUID:
    """Press the green button: an operation exists from now on and its participants are called.

    `operation` is made by the client, so that a second press of the same form is the same operation. Raises Refused
    for those without a duty role, where what or where is missing, and for a form that was sent before with other words.
    """
    check_can_raise(by)
    what, where = told(what, where)
    id = operation or new_id()
    if raised_before(id, by, what, where, kind):
        return id
    opened = Opened(
        title=f"{what}, {where}",
        operation_kind=kind,
        participants=tuple(participants),
        observers=tuple(observers),
        convening=convening,
        replayed=replayed,
    )
    # The entries' ids follow from the operation's, so that sending twice is one operation.
    append(
        Draft(id, opened, id=id, occurred_at=occurred_at),
        Draft(id, Raised(what, where, tuple(areas)), id=follows(id), occurred_at=occurred_at, refs=Refs(answers=(id,))),
        by=by,
    )
    return id


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
