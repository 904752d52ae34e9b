"""What is a proper record of adoption. Each function refuses with a sentence, at the field where it can be mended."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.adoption.models import AdoptionDecision, Dispatch, Outcome, Receiver
from samlad.governance.rules import keeps
from samlad.journal.who import Who
from samlad.registers.queries import today


def check_dispatch(dispatch: Dispatch) -> None:
    """Refuse days that can't be."""
    if dispatch.reply_by <= dispatch.sent_on:
        raise Refused(_("The reply date has to be after the day on which it is sent."), field="reply_by")


def check_receiver(receiver: Receiver, dispatch: Dispatch) -> None:
    """Refuse days that can't be."""
    if receiver.sent_on < dispatch.sent_on:
        raise Refused(_("It can't have been sent to one before it was sent out."), field="sent_on")
    if receiver.reply_by and receiver.reply_by <= receiver.sent_on:
        raise Refused(_("The reply date has to be after the day on which it is sent."), field="reply_by")
    check_past(receiver.prepared_on, "prepared_on")


def check_decision(decision: AdoptionDecision, dispatch: Dispatch) -> None:
    """Refuse a condition that is not told or does not belong, and days that contradict each other or have not come."""
    if decision.outcome == Outcome.CONDITION and not decision.condition.strip():
        raise Refused(_("Write the condition word for word, as it stands in the decision."), field="condition")
    if decision.outcome != Outcome.CONDITION and decision.condition.strip():
        raise Refused(_("A condition is only recorded with the outcome adopted with a condition."), field="outcome")
    check_past(decision.decided_on, "decided_on")
    if decision.decided_on < dispatch.sent_on:
        sentence = _("It was sent out on %(day)s. A decision can't be older than that.")
        raise Refused(sentence % {"day": dispatch.sent_on.isoformat()}, field="decided_on")
    if decision.prepared_on and decision.prepared_on > decision.decided_on:
        raise Refused(_("It can't be prepared after it was decided."), field="prepared_on")
    for name in ("adjusted_on", "final_on"):
        day: date | None = getattr(decision, name)
        check_past(day, name)
        if day and day < decision.decided_on:
            raise Refused(_("This day can't be before the decision."), field=name)


def check_past(day: date | None, field: str) -> None:
    """Refuse a day that has not come."""
    if day and day > today():
        raise Refused(_("This day has not come yet."), field=field)


def on_behalf(by: Who, actor: str) -> bool:
    """Whether it is recorded for an actor by the secretariat, from what has come by letter."""
    return keeps(by) and by.actor != actor
