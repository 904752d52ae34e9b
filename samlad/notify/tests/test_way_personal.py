"""What is kept of the ways to a person: given out to them, and removed in time."""

from datetime import timedelta

import pytest

from samlad.base.clock import now
from samlad.notify.way_models import Way, WayTest
from samlad.notify.way_personal import remove_ways, ways_to
from samlad.registers.models import Person

pytestmark = pytest.mark.django_db
LONG = timedelta(days=100)


def way(person: str, **told: object) -> Way:
    """A way of somebody."""
    values = {"channel": "sms", "address": "+46701740605", "place": 1, "added_by": person, **told}
    return Way.objects.create(person=person, **values)


def test_a_person_gets_what_there_is_on_them() -> None:
    way("a" * 32)
    way("b" * 32, address="+46701740606")
    assert [row["address"] for row in ways_to("a" * 32)] == ["+46701740605"]


def test_what_was_removed_goes_and_what_is_used_stays() -> None:
    here = Person.objects.create(username="tib", name="TiB", email="tib@nacka.example")
    gone = Person.objects.create(username="gone", name="Borta", is_active=False)
    at = now()
    used, tested = way(here.key, added_at=at - LONG), way(here.key)
    unwanted = way(here.key, registered=True, address="", removed_at=at - LONG)
    way(here.key, removed_at=at - LONG, address="")
    way(gone.key)
    for days in (5, 200):
        WayTest.objects.create(
            way=tested, code="x", address="y", by=here.key, sent_at=at - timedelta(days=days), expires_at=at
        )
    assert remove_ways(at - timedelta(days=90)) == 3
    assert set(Way.objects.all()) == {used, tested, unwanted}
    assert WayTest.objects.count() == 1
    assert remove_ways(at - timedelta(days=90)) == 0
