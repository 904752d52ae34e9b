"""What is done about adoption: sending out, adding a recipient, telling it, recording what is planned and decided."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance import papers, record
from samlad.governance.adoption import letters, rules
from samlad.governance.adoption.recipients import default_emails, default_function
from samlad.governance.models import AdoptionDecision, AdoptionLetter, Dispatch, Paper, Receiver, VersionStep
from samlad.governance.rules import check_keeps, check_speaks_for
from samlad.journal.files import Held
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.queries import actor_view, parties


@one_change
def send_out(dispatch: Dispatch, *, by: Who, seen: str = "", reason: str = "") -> bool:
    """Save a dispatch; a new one is addressed to the parties of the day on which it is sent. Letters are apart."""
    check_keeps(by)
    rules.check_dispatch(dispatch)
    new = dispatch._state.adding
    changed = record.save(dispatch, by=by, seen=seen, reason=reason, new=new)
    if new and changed:
        for party in parties(dispatch.sent_on):
            record.save(addressed(dispatch, party.code, dispatch.sent_on), by=by, new=True)
        _note_out(dispatch, by)
    return changed


def addressed(dispatch: Dispatch, actor: str, sent_on: date) -> Receiver:
    """A recipient as it is proposed: its registrar's function and addresses. Not saved."""
    return Receiver(
        id=uuid5(dispatch.pk, actor), dispatch=dispatch, actor_id=actor, sent_on=sent_on,
        function=default_function(), emails=default_emails(actor),
    )  # fmt: skip


def _note_out(dispatch: Dispatch, by: Who) -> None:
    """The version's status is "out for adoption" from the day on which it is sent, where it was not yet."""
    steps = [step for step in record.rows(VersionStep, version_id=dispatch.version_id) if step.on <= dispatch.sent_on]
    if not any(step.status in ("out", "in_force") for step in steps):
        step = VersionStep(
            id=uuid5(dispatch.pk, "out"), version_id=dispatch.version_id, status="out", on=dispatch.sent_on
        )
        record.save(step, by=by, new=True)


@one_change
def save_receiver(receiver: Receiver, *, by: Who, seen: str = "", reason: str = "") -> bool:
    """Save who receives at an actor; a new one has to be a party on the day it is sent to it."""
    check_keeps(by)
    dispatch = Dispatch.objects.get(pk=receiver.dispatch_id)
    rules.check_receiver(receiver, dispatch)
    new = receiver._state.adding
    if new and actor_view(receiver.actor_id, receiver.sent_on) is None:
        raise Refused(_("The actor is no party on the day on which it is sent."), field="actor")
    if new and Receiver.objects.filter(dispatch=dispatch, actor=receiver.actor_id).exclude(pk=receiver.pk).exists():
        raise Refused(_("It has already been sent to this actor."), field="actor")
    return record.save(receiver, by=by, seen=seen, reason=reason, new=new)


@one_change
def save_plans(receiver: Receiver, *, by: Who, seen: str = "", reason: str = "") -> bool:
    """Save what is known ahead: the actor's own reference number, who prepares, who is to decide and when."""
    check_speaks_for(by, receiver.actor_id)
    rules.check_receiver(receiver, Dispatch.objects.get(pk=receiver.dispatch_id))
    return record.save(receiver, by=by, seen=seen, reason=reason)


@one_change
def decide(decision: AdoptionDecision, held: Sequence[Held] = (), *, by: Who, seen: str = "", reason: str = "") -> bool:
    """Record what an actor decided, with its extract of the minutes; or correct a record. History keeps what it was."""
    receiver = Receiver.objects.get(pk=decision.receiver_id)
    check_speaks_for(by, receiver.actor_id)
    rules.check_decision(decision, Dispatch.objects.get(pk=receiver.dispatch_id))
    new = decision._state.adding
    if new:
        decision.on_behalf = rules.on_behalf(by, receiver.actor_id)
        stored = AdoptionDecision.objects.filter(pk=decision.pk).first()
        decision.recorded_at = stored.recorded_at if stored else decision.recorded_at
    changed = record.save(decision, by=by, seen=seen, reason=reason, new=new)
    kept = papers.keep(held, of=decision.pk, by=by) if held else []
    return changed or bool(kept)


@one_change
def decide_from(decision: AdoptionDecision, paper: Paper, *, by: Who) -> bool:
    """Record a decision that was read from a file and confirmed by a person; the file goes with it from now on."""
    decision.read_from = paper
    changed = decide(decision, by=by)
    return keep_with(paper, decision.pk, by) or changed


@one_change
def plan_from(receiver: Receiver, paper: Paper, *, by: Who, seen: str = "") -> bool:
    """Record what a proposal to decide tells of who is to decide; the file goes with the recipient from now on."""
    changed = save_plans(receiver, by=by, seen=seen)
    return keep_with(paper, receiver.pk, by) or changed


def keep_with(paper: Paper, of: UUID, by: Who) -> bool:
    """Let a file that was read go with what it was confirmed for, for all parties to read."""
    paper.of, paper.readers, paper.title = of, "parties", paper.name
    return record.save(paper, by=by)


@one_change
def take_back(decision: AdoptionDecision, *, by: Who, reason: str) -> bool:
    """Delete a decision that never was; that it stood here, and why it went, stays in the history."""
    receiver = Receiver.objects.get(pk=decision.receiver_id)
    check_speaks_for(by, receiver.actor_id)
    if not reason.strip():
        raise Refused(_("Write why it is taken away."), field="reason")
    return record.remove(decision, by=by, reason=reason)


@one_change
def take_back_dispatch(dispatch: Dispatch, *, by: Who, reason: str) -> bool:
    """Delete a dispatch that was made by mistake, with its recipients; not once a decision on it is recorded."""
    check_keeps(by)
    receivers = record.rows(Receiver, dispatch_id=dispatch.pk)
    for receiver in receivers:
        _forget(receiver, by, reason)
    for step in record.rows(VersionStep, pk=uuid5(dispatch.pk, "out")):
        record.remove(step, by=by, reason=reason)
    return record.remove(dispatch, by=by, reason=reason)


@one_change
def take_back_receiver(receiver: Receiver, *, by: Who, reason: str) -> bool:
    """Delete a recipient that was added by mistake; not once a decision of it is recorded."""
    check_keeps(by)
    return _forget(receiver, by, reason)


def _forget(receiver: Receiver, by: Who, reason: str) -> bool:
    if record.rows(AdoptionDecision, receiver_id=receiver.pk):
        raise Refused(_("A decision has been recorded. It has to be taken away first."))
    for letter in record.rows(AdoptionLetter, receiver_id=receiver.pk):
        record.remove(letter, by=by, reason=reason)
    for paper in record.rows(Paper, of=receiver.pk):
        papers.take_away(paper, by=by, reason=reason)
    return record.remove(receiver, by=by, reason=reason)


@one_change
def write_to(dispatch: Dispatch, receivers: Sequence[UUID], *, by: Who) -> int:
    """Put a letter to each of some recipients into the queue; how many could be. One that had it gets it once more."""
    check_keeps(by)
    return sum(letters.send(dispatch, receiver, by) for receiver in record.rows(Receiver, dispatch_id=dispatch.pk)
               if receiver.pk in set(receivers))  # fmt: skip
