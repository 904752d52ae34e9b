"""What the program has done in a call, told in the journal: only that is believed."""

from itertools import groupby
from typing import Final

from django.db import transaction

from samlad.activation.entries.calling import CallingTold, Line, Step
from samlad.base.ids import follows
from samlad.journal.append import append
from samlad.journal.entries import Draft, Refs
from samlad.journal.models import Operation
from samlad.journal.who import SYSTEM
from samlad.notify.call_models import Happening

AT_ONCE: Final = 500  # lines in one entry


def tell_calling() -> bool:
    """Put what happened since the last time into the journal of each operation, in order. Whether there was any.

    Together with the mark that it has been told, in one transaction: told once, and nothing is left out. What happened
    in an operation that is closed by then is told too.
    """
    with transaction.atomic():
        waiting = Happening.objects.filter(told=False).select_related("alert").order_by("id")
        some = list(waiting.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
        if not some:
            return False
        known = set(Operation.objects.filter(pk__in={one.alert.operation for one in some}).values_list("pk", flat=True))
        by_alert = groupby(
            sorted(some, key=lambda one: (one.alert.asked_at, one.alert_id, one.pk)), lambda one: one.alert
        )
        drafts = []
        for alert, happened in by_alert:
            lines = list(happened)
            if alert.operation in known:
                told = CallingTold(alert.pk, tuple(_line(one) for one in lines))
                id = follows(alert.pk, f"told {lines[0].pk}")
                drafts.append(Draft(alert.operation, told, id=id, refs=Refs(answers=(alert.pk,))))
        if drafts:
            append(*drafts, by=SYSTEM)
        Happening.objects.filter(pk__in=[one.pk for one in some]).update(told=True)
        return True


def _line(one: Happening) -> Line:
    what: Step = one.what  # type: ignore[assignment]
    return Line(one.at, one.actor, what, one.person, one.role, one.channel, one.trouble)
