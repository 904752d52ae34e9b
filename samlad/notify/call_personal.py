"""Personal data of calls under way: who was asked in which call, and what the program did about it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row
from samlad.notify.models import Alert, Happening, Recipient

AT_ONCE: Final = 200  # alerts; each has hundreds of rows


def calls_of(key: str) -> Iterator[Row]:
    """The calls the person was asked in."""
    for one in Recipient.objects.filter(person=key).select_related("call__alert"):
        yield {
            "subject": one.call.alert.subject, "actor": one.call.actor, "role": one.role,
            "asked_at": one.call.alert.asked_at, "answered_at": one.answered_at,
        }  # fmt: skip
    for done in Happening.objects.filter(person=key).select_related("alert"):
        yield {"subject": done.alert.subject, "channel": done.channel, "what": done.what, "at": done.at}


def remove_calls(before: datetime) -> int:
    """Delete alerts that were asked before a moment, with all that belongs to them, once all of it has been told."""
    old = Alert.objects.filter(asked_at__lt=before).exclude(happenings__told=False)
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Alert.objects.filter(pk__in=keys).delete()[0]


CALLS: Final = Holding(
    name="notify.calls",
    title=_("Calls under way"),
    tables=("notify.alert", "notify.call", "notify.recipient", "notify.happening"),
    whose=_("Those who are called when something happens, and in drills"),
    what=_("Who was asked in which call, by which ways, and whether they answered by their own link"),
    purpose=_("To call people until their actor has answered, also after a crash. What was done stands in the journal"),
    counted_from=_("from the day of the call"),
    days=90,
    of=calls_of,
    remove=remove_calls,
)
