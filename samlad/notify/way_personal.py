"""The personal data of ways: how people have said that they can be reached, and the tests of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.personal import AT_ONCE, Holding, Row
from samlad.notify.way_models import Way, WayTest
from samlad.registers.models import Person

TESTS_KEPT: Final = timedelta(days=30)
"""Within what is kept of a way: its tests count only for an hour, and are history after a month."""


def ways_to(key: str) -> Iterator[Row]:
    """The ways that the person has stated, or that are noted on their number and address in the register."""
    for way in Way.objects.filter(person=key):
        yield {
            "channel": way.channel, "address": way.address, "label": way.label, "added_at": way.added_at,
            "verified_at": way.verified_at, "worked_at": way.worked_at, "failed_at": way.failed_at,
            "removed_at": way.removed_at,
        }  # fmt: skip


def remove_ways(before: datetime) -> int:
    """Delete what was removed before a moment, tests a month old, and the ways of those who are no longer here."""
    gone = Person.objects.filter(is_active=False, email="", phone="").values("key")
    old = Way.objects.filter(Q(removed_at__lt=before, registered=False) | Q(person__in=gone))
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    tests, _by_table = WayTest.objects.filter(sent_at__lt=before - TESTS_KEPT).delete()
    ways, _by_table = Way.objects.filter(pk__in=keys).delete()
    return tests + ways


WAYS: Final = Holding(
    name="notify.ways",
    title=_("Ways to be reached"),
    tables=("notify.way", "notify.waytest"),
    whose=_("People with duties, and those who answer an actor's switchboard"),
    what=_("Number, address or subscription, what it is called, when it was tested and last worked"),
    purpose=_("To reach people in a crisis on the ways they have chosen themselves"),
    counted_from=_("from the day it was removed; all of it when the person is no longer here"),
    days=90,
    of=ways_to,
    remove=remove_ways,
)
