"""What those who lead do about actors that have not answered: call again, call by hand, name a stand-in."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.activation.asked import calls_of
from samlad.activation.calling_fold import CallOut
from samlad.activation.entries import Affected
from samlad.activation.entries.calling import CalledByHand, CallResent, StandInNamed
from samlad.activation.rules import check_can_assess
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append, saving
from samlad.journal.entries import Draft, Receipt, Refs
from samlad.journal.operations import NotHere
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.notify import alerts


def resend(*, by: Who, operation: UUID, call: UUID, actors: Sequence[str], id: UUID) -> Receipt:
    """Call those of these actors once more that have not answered, from the start of their people's ways.

    Raises Refused, and NotHere for a call that is not there.
    """
    if sent := read.receipt(operation, by, id):
        return sent
    found = open_call(by, operation, call)
    states = [(code, found.actors[code]) for code in actors if code in found.actors]
    waiting = tuple(code for code, one in states if one.reached_at is None and not one.withdrawn)
    if not waiting:
        raise Refused(_("All of these have answered. Nobody is called again."))
    check_goes_on(call)
    with saving(), transaction.atomic():
        receipt = append(draft(operation, CallResent(call, waiting), id, call), by=by)[0]
        alerts.resend(call, waiting)
    return receipt


def called_by_hand(
    *,
    by: Who,
    operation: UUID,
    call: UUID,
    actor: str,
    reached: bool,
    spoke_with: str = "",
    affected: Affected | Literal[""] = "",
    attends: str = "",
    note: str = "",
    id: UUID,
) -> Receipt:
    """Say that one has telephoned an actor. Who was got hold of is reached, and is not called any more."""
    if sent := read.receipt(operation, by, id):
        return sent
    of_actor(open_call(by, operation, call), actor)
    told = CalledByHand(
        call, actor, reached, spoke_with.strip(), note.strip(), affected if reached else "",
        attends.strip() if reached else "",
    )  # fmt: skip
    with saving(), transaction.atomic():
        receipt = append(draft(operation, told, id, call), by=by)[0]
        if reached:
            alerts.answered(call, actor)
    return receipt


def name_stand_in(
    *,
    by: Who,
    operation: UUID,
    call: UUID,
    actor: str,
    person: str = "",
    role: str = "",
    name: str = "",
    reason: str = "",
    id: UUID,
) -> Receipt:
    """Name somebody who stands in for an actor's people. Who is in the register (`person`) is called at once; anybody
    else is named, for whoever calls by hand."""
    if sent := read.receipt(operation, by, id):
        return sent
    of_actor(open_call(by, operation, call), actor)
    if not person and not name.strip():
        raise Refused(_("Choose a person, or write who it is."), field="name")
    if person:
        check_goes_on(call)
    told = StandInNamed(call, actor, person, name.strip(), reason.strip())
    with saving(), transaction.atomic():
        receipt = append(draft(operation, told, id, call), by=by)[0]
        if person:
            alerts.add_person(call, actor, person, role)
    return receipt


def open_call(by: Who, operation: UUID, call: UUID) -> CallOut:
    """A call in which something can still be done. Raises Refused and NotHere."""
    found = calls_of(operation, by).calls.get(call)
    if found is None:
        raise NotHere
    check_can_assess(by, basics(operation, by))
    if found.withdrawn_at:
        raise Refused(_("The call has been withdrawn."))
    return found


def check_goes_on(call: UUID) -> None:
    """Refuse to promise calls that would not be made."""
    if not alerts.goes_on(call):
        raise Refused(_("The time of this call is over, and nobody is called by it any more. Call out anew."))


def of_actor(call: CallOut, actor: str) -> None:
    """Raises NotHere where an actor is not in a call."""
    if actor not in call.actors:
        raise NotHere


def draft(operation: UUID, payload: CallResent | CalledByHand | StandInNamed, id: UUID, call: UUID) -> Draft:
    """An entry about a call."""
    return Draft(operation, payload, id=id, refs=Refs(answers=(call,)))
