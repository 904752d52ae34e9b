"""The first assessment and what follows from it: levels, call-out, and the end of asking. One append, or nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.activation.assessing_fold import Assessing
from samlad.activation.calling_out import assessing, with_times
from samlad.activation.entries import LEVELS, LevelsSet
from samlad.activation.entries.calling import CalledOut, CallWithdrawn
from samlad.activation.entries.trigger import OUTCOMES, Assessed
from samlad.activation.fold import Activation
from samlad.activation.queries import activation
from samlad.activation.rules import check_can_assess
from samlad.activation.waking import wake
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append, saving
from samlad.journal.entries import Draft, Expectation, Receipt, Refs
from samlad.journal.operations import get
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.notify import alerts
from samlad.notify.call_models import Call

NEEDED = {
    "conference": frozenset({"samordnande"}),
    "conference_both": frozenset({"samordnande", "inriktande"}),
    "staff": frozenset({"samordnande", "inriktande"}),
}
"""The levels that an outcome brings into work."""


def assess(
    *,
    by: Who,
    operation: UUID,
    told: Assessed,
    call: CalledOut | None = None,
    replaces: UUID | None = None,
    id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Receipt:
    """Say what is known of the matter and what is done about it, and call out whom it says.

    `call` has its actors and words; its times and bridge are filled in here. `replaces`: the assessment that stood on
    the page; another one needs its grounds. Raises Refused, also where a colleague assessed a moment ago, and
    NotHere.
    """
    id = id or new_id()
    if sent := sent_before(operation, by, id, told):
        return sent
    get(operation, by)
    found = basics(operation, by)
    check_can_assess(by, found)
    state, situation = assessing(operation, by), activation(operation, by)
    check_assessment(told, call, state, replaces)
    called = with_times(call) if call else None
    drafts = [first_draft(operation, told, state, id, occurred_at)]
    if levels := levels_after(told, situation):
        drafts.append(Draft(operation, levels, id=follows(id, "levels"), occurred_at=occurred_at))
    if called:
        refs = Refs(answers=(id,))
        drafts.append(Draft(operation, called, id=follows(id, "call"), occurred_at=occurred_at, refs=refs))
    with saving(), transaction.atomic():
        receipt = append(*drafts, by=by)[0]
        if receipt.repeated:
            return receipt
        end_asking(state)
        if called:
            call_anew(state, called)
            wake(follows(id, "call"), operation, called, found.exercise)
    return receipt


def first_draft(operation: UUID, told: Assessed, state: Assessing, id: UUID, occurred_at: datetime | None) -> Draft:
    """The assessment itself: in place of the latest, or the answer to the alarm. Nobody shall have made one since."""
    latest = state.latest
    refs = Refs(replaces=(latest.id,)) if latest else Refs(answers=(state.alert,)) if state.alert else Refs()
    expects = Expectation(("activation.assessed",), latest.seq if latest else 0)
    return Draft(operation, told, id=id, occurred_at=occurred_at, refs=refs, expects=expects)


def sent_before(operation: UUID, by: Who, id: UUID, told: Assessed) -> Receipt | None:
    """The receipt of this very assessment. Raises Refused where the form was sent before and said something else."""
    sent = read.receipt(operation, by, id)
    if sent and read.entry(operation, by, id).payload != told:
        raise Refused(_("This form has been sent already, and said something else. Open the page again."))
    return sent


def check_assessment(told: Assessed, call: CalledOut | None, state: Assessing, replaces: UUID | None) -> None:
    """Refuse what can't be decided so."""
    if told.outcome not in OUTCOMES:
        raise Refused(_("Choose what it comes to."), field="outcome")
    latest = state.latest
    if (latest.id if latest else None) != replaces:
        raise Refused(_("A colleague made an assessment a moment ago. Look at it, and send again if yours is to hold."))
    if latest and not told.grounds.strip():
        raise Refused(_("Say why the assessment is changed, or more actors are called."), field="grounds")
    if call is None:
        return
    if not call.actors:
        raise Refused(_("Nobody would be called. Choose who is to be called."), field="audience")
    if not call.subject.strip():
        raise Refused(_("Write a subject."), field="subject")
    if not call.text.strip():
        raise Refused(_("Write what is told."), field="text")


def levels_after(told: Assessed, situation: Activation) -> LevelsSet | None:
    """Mode and levels where the outcome brings in more than work already."""
    needed = NEEDED.get(told.outcome)
    if needed is None or (situation.mode == "activated" and needed <= set(situation.levels)):
        return None
    levels = tuple(level for level in LEVELS if level in needed or level in situation.levels)
    return LevelsSet("activated", levels, told.grounds)


def end_asking(state: Assessing) -> None:
    """Nobody is asked for the assessment any more."""
    if state.alert is not None:
        for actor in Call.objects.filter(alert=state.alert, answered_at=None).values_list("actor", flat=True):
            alerts.answered(state.alert, actor)


def call_anew(state: Assessing, called: CalledOut) -> None:
    """An earlier call that has not been answered ends for those that are called anew: one call rings at a time."""
    if called.purpose == "call_out":
        for call in state.calls:
            again = set(call.actors) & set(called.actors)
            if again and call.purpose == "call_out" and call.withdrawn_at is None:
                alerts.withdraw(call.id, again)


def withdraw_call(*, by: Who, operation: UUID, call: UUID, reason: str, id: UUID | None = None) -> Receipt:
    """Withdraw a call-out: what waits is never sent. Raises Refused without a reason, and where there is none such."""
    id = id or new_id()
    if sent := read.receipt(operation, by, id):
        return sent
    get(operation, by)
    check_can_assess(by, basics(operation, by))
    if not reason.strip():
        raise Refused(_("Say why the call is withdrawn."), field="reason")
    found = next((one for one in assessing(operation, by).calls if one.id == call), None)
    if found is None:
        raise Refused(_("There is no such call in this operation."))
    if found.withdrawn_at is not None:
        raise Refused(_("The call has been withdrawn already."))
    with saving(), transaction.atomic():
        gone = CallWithdrawn(call, reason.strip())
        receipt = append(Draft(operation, gone, id=id, refs=Refs(answers=(call,))), by=by)[0]
        alerts.withdraw(call)
    return receipt
