"""The pages of the weekly conference: read by whoever has a seat, changed by the secretariat."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlad.activation.models import WeeklyException, WeeklySchedule
from samlad.activation.weekly import following, operation_of
from samlad.activation.weekly_queries import as_schedule
from samlad.base.clock import now
from samlad.registers.history import changes_of
from samlad.registers.tests.cast import Cast, Member
from samlad.web.tests.scene import report
from samlad.web.weekly import open_

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
TYPED = {
    "weekday": "4",
    "at": "09:00",
    "opens_days": "2",
    "remind_hours": "20",
    "report_minutes": "60",
    "closes_hours": "8",
    "phone": "08-000 00 00",
    "reason": "så har vi gjort sedan 2010",
}


def test_without_a_schedule_the_page_says_so(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.liaison).get(reverse("weekly")).content.decode()
    assert "Inget schema är satt" in page and reverse("weekly_schedule") not in page


def test_the_secretariat_sets_and_changes_the_schedule(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.administrator)
    assert client.post(reverse("weekly_schedule"), TYPED).status_code == 302
    assert WeeklySchedule.objects.get().at == time(9)
    page = client.get(reverse("weekly")).content.decode()
    assert "torsdag 09:00" in page and "08-000 00 00" in page
    assert client.post(reverse("weekly_schedule"), TYPED | {"at": "10:00", "seen": "old"}).status_code == 409
    assert client.post(reverse("weekly_schedule"), TYPED | {"at": "10:00", "paused": "on"}).status_code == 302
    assert "Pausat" in client.get(reverse("weekly")).content.decode()
    assert [change.reason for change in changes_of("weekly", "schedule")] == [TYPED["reason"]] * 2


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"weekday": "8"}, 422),
        ({"at": "25:00"}, 422),
        ({"opens_days": "0"}, 422),
        ({"remind_hours": "x"}, 422),
        ({"reason": ""}, 422),
        ({"remind_hours": "48"}, 409),
        ({"phone": "HEMLIG enligt säkerhetsskyddslagen"}, 409),
    ],
)
def test_what_makes_no_sense(cast: Cast, client_for: ClientFor, changes: dict[str, str], status: int) -> None:
    answer = client_for(cast.administrator).post(reverse("weekly_schedule"), TYPED | changes)
    assert answer.status_code == status and not WeeklySchedule.objects.exists()


def test_a_week_that_differs(cast: Cast, client_for: ClientFor) -> None:
    client, address = client_for(cast.administrator), reverse("weekly_week")
    told: dict[str, Any] = {"week": "2040-w52", "how": "cancelled", "reason": "jul"}
    assert client.post(address, told).status_code == 302
    moved = told | {"how": "moved", "day": "2040-12-27", "at": "13:00"}
    assert client.post(address, moved).status_code == 302
    row = WeeklyException.objects.get()
    assert (row.week, str(row.day), row.at) == ("2040-W52", "2040-12-27", time(13))
    assert client.post(address, told | {"how": "usual"}).status_code == 302
    assert not WeeklyException.objects.exists()
    assert len(changes_of("weekly", "2040-W52")) == 3


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"week": "vecka 52"}, 409),
        ({"week": "2040-W60"}, 409),
        ({"how": "moved"}, 422),
        ({"how": "moved", "day": "2040-12-01"}, 409),
        ({"how": "moved", "day": "i morgon"}, 422),
        ({"how": "sen"}, 422),
    ],
)
def test_a_week_that_is_none(cast: Cast, client_for: ClientFor, changes: dict[str, str], status: int) -> None:
    told = {"week": "2040-W52", "how": "cancelled", "reason": "jul"} | changes
    answer = client_for(cast.administrator).post(reverse("weekly_week"), told)
    assert answer.status_code == status and told["week"] in answer.content.decode()


def test_who_had_reported(cast: Cast, client_for: ClientFor) -> None:
    row = WeeklySchedule.objects.create(pk=1, at=time(9), opens_days=14)
    plans = [plan for _week, plan in following(as_schedule(row), {}, now()) if plan]
    assert plans[0] is not None
    open_(row, plans[0], now())
    report(cast.liaison.who, operation_of(plans[0].week))
    page = client_for(cast.observer).get(reverse("weekly")).content.decode()
    assert "Samverkanskonferens vecka" in page and "Södertälje" in page and "Nacka" in page
    assert "Samverkanskonferens vecka" not in client_for(cast.stranger).get(reverse("weekly")).content.decode()


def test_a_holiday_is_marked(cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    WeeklySchedule.objects.create(pk=1, at=time(9))
    monkeypatch.setattr("samlad.web.weekly_page.holiday", lambda day: "Juldagen")
    assert "Juldagen" in client_for(cast.rsk).get(reverse("weekly")).content.decode()
