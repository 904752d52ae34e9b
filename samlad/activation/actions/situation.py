"""Mode and levels, and standing down."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.activation.entries import LEVELS, LevelsSet, Mode
from samlad.activation.entries.situation import NeedsLeftOpen, OpenNeed
from samlad.activation.fold import Activation
from samlad.activation.queries import activation
from samlad.activation.rules import check_can_lead
from samlad.activation.waking import tell_over
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append, saving
from samlad.journal.entries import Closed, Draft, Expectation, Receipt
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.notify import alerts


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
    if not sent:
        check_decided(state, mode, ordered, reason)
    expects = Expectation(("activation.levels_set",), state.levels_seq) if replaces else None
    draft = Draft(operation, LevelsSet(mode, ordered, reason.strip()), id=id or new_id(), expects=expects)
    return append(draft, by=by)[0]


def check_decided(state: Activation, mode: Mode, levels: tuple[str, ...], reason: str) -> None:
    """Refuse a change without a reason, and what changes nothing and says nothing."""
    if reason.strip():
        return
    if (mode, levels) == (state.mode, state.levels):
        raise Refused(_("Mode and levels are as they were. Change something, or say why they stay."), field="reason")
    raise Refused(_("Say why. It is a decision that others read later."), field="reason")


def stand_down(
    *, by: Who, operation: UUID, reason: str, needs: Sequence[OpenNeed] = (), id: UUID | None = None
) -> Receipt:
    """Close the operation, with what is left to do. The closing picture is published before, by the picture room.

    Nobody is called to it any more, and those who were are told that it is over. Raises Refused.
    """
    id, state = id or new_id(), basics(operation, by)
    if not read.receipt(operation, by, id):
        check_can_lead(by, state)
    if not reason.strip():
        raise Refused(_("Say why the operation can be closed."), field="reason")
    for need in needs:
        check_need(need, state.participants)
    drafts = [Draft(operation, Closed(reason.strip()), id=id)]
    if needs:
        drafts.insert(0, Draft(operation, NeedsLeftOpen(tuple(needs)), id=follows(id, "needs")))
    with saving(), transaction.atomic():
        receipt = append(*drafts, by=by)[-1]
        alerts.withdraw_all(operation)
        if not receipt.repeated and not state.replayed:
            tell_over(id, operation, state, reason.strip())
    return receipt


def check_need(need: OpenNeed, taking_part: Collection[str]) -> None:
    """Refuse a need that nobody could follow up."""
    if not need.what.strip():
        raise Refused(_("Say what is still to be done."))
    if need.owner not in taking_part:
        raise Refused(_("A need is owned by an actor that takes part."))
    try:
        date.fromisoformat(need.due)
    except ValueError:
        raise Refused(_("Say until which day.")) from None
