"""The demo's past test alarms: made up once, the same each time, in nobody's name, and said to be made up."""

from collections.abc import Callable

import pytest
from django.test import Client

from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.who import SYSTEM
from samlad.learning.drill_demo import remember_drills
from samlad.learning.drill_queries import report, results
from samlad.learning.drill_runs import run_drills
from samlad.learning.models import Drill
from samlad.notify.models import Alert, Notice
from samlad.registers.tests.cast import Cast, Member

pytestmark = pytest.mark.django_db


def test_once_and_calling_nobody(cast: Cast) -> None:
    for _time in range(2):
        remember_drills()
        run_drills()
    assert 8 <= Drill.objects.count() == Operation.objects.count() <= 12
    assert not Alert.objects.exists() and not Notice.objects.exists()
    assert set(Drill.objects.values_list("state", "made_up")) == {("ended", True)}


def test_in_nobodys_name(cast: Cast) -> None:
    remember_drills()
    for operation in Operation.objects.all():
        assert operation.exercise and operation.closed_at
        assert {entry.author for _number, entry in read.entries(operation.pk, SYSTEM)} == {SYSTEM.person}


def test_the_report_has_something_to_show(cast: Cast) -> None:
    remember_drills()
    it = report(results())
    assert it.whole.asked == 4 * Drill.objects.count() and 0 < it.whole.answered <= it.whole.asked
    assert 10 in it.by_hour and len(it.by_hour) > 1 and len(it.by_way) > 1
    assert all(one.minutes is None or 0 <= one.minutes < 30 for one in it.samples)


def test_it_says_so(cast: Cast, client_for: Callable[[Member], Client]) -> None:
    remember_drills()
    for path in ("/drills/", "/drills/actors/nacka/"):
        assert "Svaren är påhittade" in client_for(cast.rsk).get(path).content.decode()
    assert "påhittat" in client_for(cast.administrator).get("/drills/plans/").content.decode()
