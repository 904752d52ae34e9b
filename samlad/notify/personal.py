"""The queue's personal data: to whom something was sent, where, and when."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.personal import AT_ONCE, Holding, Row
from samlad.notify.call_personal import CALLS
from samlad.notify.models import Notice
from samlad.notify.way_personal import WAYS


def notices_to(key: str) -> Iterator[Row]:
    """What was sent to the person."""
    for notice in Notice.objects.filter(person=key):
        yield {
            "channel": notice.channel, "address": notice.address, "subject": notice.subject, "body": notice.body,
            "queued_at": notice.queued_at, "sent_at": notice.sent_at, "given_up_at": notice.given_up_at,
        }  # fmt: skip


def remove_notices(before: datetime) -> int:
    """Blank address, text and error of what was sent or given up before a moment. That it was sent stays."""
    done = Q(sent_at__lt=before) | Q(given_up_at__lt=before)
    old = Notice.objects.filter(done).exclude(address="", last_error="", body__in=("", "ÖVNING", "EXERCISE"))
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    chosen = Notice.objects.filter(pk__in=keys)
    removed = chosen.filter(exercise=False).update(address="", last_error="", subject="", body="")
    # The table itself demands that whatever comes from an exercise says so.
    for language, mark in (("sv", "ÖVNING"), ("en", "EXERCISE")):
        removed += chosen.filter(exercise=True, language=language).update(
            address="", last_error="", subject=mark, body=mark
        )
    return removed


HOLDINGS: Final = (
    CALLS,
    Holding(
        name="notify.notices",
        title=_("Messages sent"),
        tables=("notify.notice",),
        whose=_("Those who have been called or told something"),
        what=_("Address, text, when it was queued and sent, what went wrong"),
        purpose=_("To reach people in a crisis, and to be able to show who was reached and when"),
        counted_from=_("from the day it was sent or given up; that it was sent stays, without address and text"),
        days=365,
        of=notices_to,
        remove=remove_notices,
    ),
    WAYS,
)
NO_PERSONAL_DATA: Final = ()
