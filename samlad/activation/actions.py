"""What can be done in activation. Each is one function, says who does it, and leaves an entry."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.activation.entries import LEVELS, Acknowledged, Affected, LevelsSet, Mode, Raised
from samlad.activation.queries import activation
from samlad.activation.rules import check_can_acknowledge, check_can_lead, check_can_raise
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append
from samlad.journal.entries import Closed, Draft, Expectation, Opened, Participant, Receipt, Refs
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


def acknowledge(
    *,
    by: Who,
    operation: UUID,
    affected: Affected,
    note: str = "",
    id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Receipt:
    """Answer the call for one's actor: reached, and affected, not affected or unclear. Raises Refused."""
    if not read.receipt(operation, by, id):  # what is sent again has been allowed once; append compares the content
        check_can_acknowledge(by, basics(operation, by))
    draft = Draft(operation, Acknowledged(affected, note.strip()), id=id or new_id(), occurred_at=occurred_at)
    return append(draft, by=by)[0]


def set_levels(
    *,
    by: Who,
    operation: UUID,
    mode: Mode,
    levels: Sequence[str],
    reason: str = "",
    replaces: UUID | None = None,
    id: UUID | None = None,
) -> Receipt:
    """Set the mode and the levels that work together now.

    `replaces` is the entry that had set them when the page was fetched; if somebody else has set them since, it is
    Refused, so that nobody undoes unseen what a colleague decided.
    """
    sent = read.receipt(operation, by, id)
    if not sent:
        check_can_lead(by, basics(operation, by))
    if unknown := set(levels) - set(LEVELS):
        raise Refused(_("Unknown level: %(level)s") % {"level": ", ".join(sorted(unknown))}, field="levels")
    ordered = tuple(level for level in LEVELS if level in levels)
    state = activation(operation, by)
    if not sent and replaces and replaces != state.levels_id:
        raise Refused(_("Somebody else changed the mode or the levels a moment ago. Look at them and send again."))
    expects = Expectation(("activation.levels_set",), state.levels_seq) if replaces else None
    draft = Draft(operation, LevelsSet(mode, ordered, reason.strip()), id=id or new_id(), expects=expects)
    return append(draft, by=by)[0]


def stand_down(*, by: Who, operation: UUID, reason: str, id: UUID | None = None) -> Receipt:
    """Close the operation. The closing picture is published before, by the picture room. Raises Refused."""
    if not read.receipt(operation, by, id):
        check_can_lead(by, basics(operation, by))
    if not reason.strip():
        raise Refused(_("Say why the operation can be closed."), field="reason")
    return append(Draft(operation, Closed(reason.strip()), id=id or new_id()), by=by)[0]
