"""What the program has done in a call, told in the journal: only that is believed."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from django.db import transaction

from samlad.activation.entries.calling import CallingTold, Line, Step
from samlad.activation.entries.trigger import AssessmentAsked
from samlad.base.ids import follows
from samlad.journal.append import append
from samlad.journal.entries import Draft, Refs
from samlad.journal.models import Operation
from samlad.journal.who import SYSTEM
from samlad.notify.call_models import Alert, Happening

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
        rows = Operation.objects.filter(pk__in={one.alert.operation for one in some})
        known = dict(rows.values_list("pk", "closed_at"))
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
                drafts += _asked_again(alert, lines) if known[alert.operation] is None else []
        if drafts:
            append(*drafts, by=SYSTEM)
        Happening.objects.filter(pk__in=[one.pk for one in some]).update(told=True)
        return True


def _line(one: Happening) -> Line:
    what: Step = one.what  # type: ignore[assignment]
    return Line(one.at, one.actor, what, one.person, one.role, one.channel, one.trouble)


def _asked_again(alert: Alert, lines: Iterable[Happening]) -> list[Draft]:
    """That nobody had assessed in time: each step once, at however many actors it is taken."""
    if alert.purpose != "assess":
        return []
    minutes = {step: seconds // 60 for seconds, step in alert.ladder}
    taken = dict.fromkeys(one.what for one in lines if one.what in ("again", "deputies"))
    return [
        Draft(
            alert.operation,
            AssessmentAsked(step, minutes.get(step, 0)),  # type: ignore[arg-type]
            id=follows(alert.pk, f"asked {step}"),
            refs=Refs(answers=(alert.pk,)),
        )
        for step in taken
    ]
