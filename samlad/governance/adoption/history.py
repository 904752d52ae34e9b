"""What has been changed about a dispatch or a recipient, also what was taken away."""

from collections.abc import Sequence

from samlad.governance import record
from samlad.governance.adoption.queries import Asked
from samlad.governance.adoption.standing import Standing
from samlad.governance.models import AdoptionDecision, Dispatch, Receiver
from samlad.registers.history import ChangeView
from samlad.registers.models import Change


def decisions_ever(receivers: Sequence[Receiver]) -> list[str]:
    """The keys of every decision that was recorded for some recipients, also of those taken away."""
    keys = [str(one.pk) for one in receivers]
    added = Change.objects.filter(register=record.register(AdoptionDecision), after__receiver__in=keys)
    return list(added.order_by().values_list("object_key", flat=True).distinct())


def of_receiver(one: Standing) -> tuple[ChangeView, ...]:
    """The history of one recipient and its decisions, latest first."""
    decided = record.changes(AdoptionDecision, *decisions_ever([one.receiver]))
    return latest_first(decided, record.changes(Receiver, one.receiver.pk))


def of_dispatch(found: Asked) -> tuple[ChangeView, ...]:
    """The history of a dispatch and of all decisions on it, latest first."""
    decided = record.changes(AdoptionDecision, *decisions_ever([one.receiver for one in found.standings]))
    return latest_first(decided, record.changes(Dispatch, found.dispatch.pk))


def latest_first(*histories: Sequence[ChangeView]) -> tuple[ChangeView, ...]:
    """Several histories as one."""
    every = [change for history in histories for change in history]
    return tuple(sorted(every, key=lambda change: change.at, reverse=True))
