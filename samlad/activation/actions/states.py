"""An actor's own mode and the national state: set with a reason. Of what is live in a table, of an exercise in it."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samlad.activation.entries.situation import NationalStateSet, OwnModeSet, Readiness
from samlad.activation.models import ActorMode, NationalState
from samlad.activation.queries import convening
from samlad.activation.rules import check_can_set_national, check_can_set_own
from samlad.activation.states import played
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import gate, read
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.registers.queries import parties, today

AHEAD: Final = timedelta(minutes=10)  # how much a device's clock may be ahead of the server's
UNCHANGED: Final = _("That is what holds already. Nothing has been changed.")


def set_own_mode(
    *, by: Who, mode: str, reason: str, since: datetime, operation: UUID | None = None, id: UUID | None = None
) -> bool:
    """Set the mode of one's own actor; empty for its ordinary mode. With `operation`: in that exercise only.

    Raises Refused for those who may not, without a reason, and where nothing would change.
    """
    if operation and read.receipt(operation, by, id):
        return True
    check_can_set_own(by, basics(operation, by) if operation else None)
    mode, reason = " ".join(mode.split()), reason.strip()
    check_told(reason, since)
    if operation:
        before = played(operation, by).modes.get(by.actor)
        if mode == (before.what if before else ""):
            raise Refused(UNCHANGED, field="mode")
        append(Draft(operation, OwnModeSet(mode, since, reason), id=id or new_id()), by=by)
        return True
    gate.check(mode, reason)
    with transaction.atomic():
        latest = ActorMode.objects.select_for_update().filter(actor=by.actor).first()
        if mode == (latest.mode if latest else ""):
            raise Refused(UNCHANGED, field="mode")
        ActorMode.objects.create(actor_id=by.actor, mode=mode, since=since, reason=reason, set_by=by.person)
    return True


def set_national_state(
    *,
    by: Who,
    state: Readiness,
    reason: str,
    source: str,
    since: datetime,
    operation: UUID | None = None,
    id: UUID | None = None,
) -> bool:
    """Enter the national state, with where it was read. With `operation`: in that exercise only.

    Raises Refused for those who may not, without a reason or a source, and where nothing would change.
    """
    if operation and read.receipt(operation, by, id):
        return True
    check_can_set_national(by, basics(operation, by) if operation else None, convening(parties(today())))
    reason, source = reason.strip(), source.strip()
    check_told(reason, since)
    if not source:
        raise Refused(_("Say where it was read, or who told it."), field="source")
    if operation:
        before = played(operation, by).readiness
        if state == before:
            raise Refused(UNCHANGED, field="state")
        append(Draft(operation, NationalStateSet(state, since, reason, source), id=id or new_id()), by=by)
        return True
    gate.check(reason, source)
    with transaction.atomic():
        latest = NationalState.objects.select_for_update().first()
        if state == (latest.state if latest else "normal"):
            raise Refused(UNCHANGED, field="state")
        NationalState.objects.create(
            state=state, since=since, reason=reason, source=source, actor=by.actor, set_by=by.person
        )
    return True


def check_told(reason: str, since: datetime) -> None:
    """Refuse a setting without a reason, and one that has not begun."""
    if not reason:
        raise Refused(_("Say why. It stands in the history."), field="reason")
    if since > now() + AHEAD:
        raise Refused(_("The time has not come yet. Set it when it holds."), field="since")
