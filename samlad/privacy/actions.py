"""Deciding how long personal data is kept, and carrying it out."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.base.clock import now
from samlad.base.personal import Holding
from samlad.base.refused import Refused
from samlad.journal.actions import shred
from samlad.journal.followers import Every, going_on
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.who import SYSTEM, Who
from samlad.privacy.holdings import HOLDINGS
from samlad.privacy.models import RetentionDecision, RetentionRun
from samlad.privacy.queries import Key, Period, decided, known, period, shreddable
from samlad.privacy.rules import check_can_decide

log = logging.getLogger(__name__)
EVERY: Final = timedelta(hours=1)
AT_ONCE: Final = 500  # entries shredded in one transaction
LONGEST: Final = 365 * 200  # days


def decide(*, by: Who, what: str, days: int | None, ground: str, exercises: bool = False) -> bool:
    """Decide that a holding or a kind of entry is kept for `days` (None: until further notice).

    Raises Refused for others than administrators, for something unknown, and without a ground.
    """
    check_can_decide(by)
    if not known(what):
        raise Refused(gettext_lazy("There is nothing by that name to decide about."))
    if not ground.strip():
        raise Refused(gettext_lazy("State the ground: which decision on disposal this follows."), field="ground")
    if days is not None and not 0 < days <= LONGEST:
        raise Refused(gettext_lazy("State a number of days from 1 to 73,000."), field="days")
    RetentionDecision.objects.create(
        what=what, exercises=exercises, days=days, ground=ground.strip(), by=by.person, at=now()
    )
    return True


def carry_out(moment: datetime) -> int:
    """Remove everything whose time is over at a moment (aware). Returns how much; each removal is noted.

    What can't be removed is logged, and does not keep the rest.
    """
    decisions = decided()
    removed = 0
    for own in HOLDINGS:
        with going_on(f"{own.name} could not be removed"):
            removed += remove_old(own, moment, decisions)
    for kind in shreddable():
        with going_on(f"entries of kind {kind.name} could not be shredded"):
            removed += shred_kind(kind.name, moment, decisions)
    return removed


def remove_old(own: Holding, moment: datetime, decisions: dict[Key, Period]) -> int:
    """Remove what a holding has kept long enough."""
    days = period(own.name, known=decisions).days
    if own.remove is None or days is None:
        return 0
    before = moment - timedelta(days=days)
    count = 0
    while some := own.remove(before):
        count += some
    return noted(own.name, moment, before, count)


def noted(what: str, moment: datetime, before: datetime, count: int) -> int:
    """Remember that something was removed."""
    if count:
        RetentionRun.objects.create(what=what, at=moment, before=before, removed=count)
        log.info("removed %s of %s from before %s", count, what, before)
    return count


def shred_kind(kind: str, moment: datetime, decisions: dict[Key, Period]) -> int:
    """Shred the entries of a kind in operations that closed long enough ago. The chains stay whole."""
    count = 0
    for exercise in (False, True):
        kept = period(kind, exercises=exercise, known=decisions)
        if kept.days is None:
            continue
        before = moment - timedelta(days=kept.days)
        closed = Operation.objects.filter(closed_at__lt=before, exercise=exercise).values_list("id", flat=True)
        shredded = 0
        for operation in closed:
            with going_on(f"entries of kind {kind} in operation {operation} could not be shredded"):
                shredded += shred_in(operation, kind, kept)
        count += noted(kind, moment, before, shredded)
    return count


def shred_in(operation: UUID, kind: str, kept: Period) -> int:
    """Shred the entries of a kind in one operation, some at a time."""
    count = 0
    with translation.override("sv"):
        ground = _("Kept for %(days)d days: %(ground)s") % {"days": kept.days or 0, "ground": kept.ground}
    while True:
        left = StoredEntry.objects.filter(operation_id=operation, kind=kind, payload__isnull=False)
        ids = list(left.values_list("entry_id", flat=True)[:AT_ONCE])
        if not ids:
            return count
        shred(by=SYSTEM, operation=operation, entries=ids, ground=ground)
        count += len(ids)


carry_out_retention: Final = Every(EVERY, carry_out)
"""The worker's pump that removes what has been kept long enough, once an hour."""
