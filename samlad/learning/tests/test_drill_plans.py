"""Planning test alarms: who set it and why, refused with a sentence, hidden from others; starting one at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from samlad.activation.tests.scene import alarm
from samlad.base.ids import new_id
from samlad.journal.models import Operation
from samlad.learning.models import Drill, DrillPlan
from samlad.learning.tests.drill_scene import plan
from samlad.registers.models import Change
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
FILLED = {
    "title": "Larmprov",
    "day_rule": "weekday",
    "nth": "1",
    "weekday": "2",
    "time_rule": "fixed",
    "at": "10:00",
    "announced": "on",
    "answer_within": "30",
    "whole_ladder": "on",
    "reason": "beslut i samordningsgruppen",
}


@pytest.fixture
def office(cast: Cast) -> Member:
    """The secretariat."""
    return make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat")


def test_a_new_plan_tells_who_set_it(office: Member, cast: Cast, client_for: Browser) -> None:
    client = client_for(office)
    assert client.post("/drills/plans/new/", FILLED).status_code == 302
    saved = DrillPlan.objects.get()
    assert (saved.nth, saved.weekday, f"{saved.at:%H:%M}", saved.announced, saved.actors) == (1, 2, "10:00", True, [])
    change = Change.objects.get(register="drills")
    assert (change.by, change.reason) == (office.person.key, FILLED["reason"]) and "seed" not in str(change.after)
    text = client.get("/drills/plans/").content.decode()
    assert "Första onsdagen i månaden, 10:00" in text and FILLED["reason"] in text


def test_a_change_of_when_is_not_for_all_to_read(office: Member, cast: Cast, client_for: Browser) -> None:
    client_for(office).post("/drills/plans/new/", FILLED | {"reason": "hemligt skäl", "time_rule": "night"})
    for member in (cast.duty_officer, cast.observer, cast.administrator):
        assert "hemligt skäl" not in client_for(member).get("/registers/").content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"at": ""}, "Ange klockslaget."),
        ({"answer_within": "2"}, "5"),
        ({"nth": "9"}, "9"),
        ({"actors": ["ingen"]}, "ingen"),
        ({"title": "x" * 61}, "60"),
        ({"reason": ""}, "reason"),
        ({"at": "25:00"}, "klockslag"),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    office: Member, client_for: Browser, changed: dict[str, str], sentence: str
) -> None:
    answer = client_for(office).post("/drills/plans/new/", FILLED | changed)
    assert answer.status_code == 422 and sentence in answer.content.decode() and not DrillPlan.objects.exists()
    assert "beslut i samordningsgruppen" in answer.content.decode() or not changed.get("reason", "x")


def test_who_was_slower_is_told(office: Member, client_for: Browser) -> None:
    row = plan()
    client = client_for(office)
    seen = client.get(f"/drills/plans/{row.pk}/").context["form"].initial["seen"]
    assert client.post(f"/drills/plans/{row.pk}/", FILLED | {"seen": seen, "weekday": "3"}).status_code == 302
    assert client.post(f"/drills/plans/{row.pk}/", FILLED | {"seen": seen, "weekday": "4"}).status_code == 409
    assert DrillPlan.objects.get().weekday == 3


def test_only_those_who_plan(cast: Cast, client_for: Browser) -> None:
    row = plan()
    for member in (cast.rsk, cast.duty_officer, cast.observer, cast.stranger):
        for path in ("", "new/", f"{row.pk}/"):
            assert client_for(member).get(f"/drills/plans/{path}").status_code == 404
            assert client_for(member).post(f"/drills/plans/{path}", FILLED).status_code in (404, 405)
    assert client_for(cast.administrator).get("/drills/now/").status_code == 404


def test_one_at_once_and_sent_twice(office: Member, client_for: Browser) -> None:
    told = {"id": new_id(), "title": "Larmprov", "answer_within": "10"}
    client = client_for(office)
    for _time in range(2):
        answer = client.post("/drills/now/", told)
        assert answer.status_code == 302 and str(told["id"]) in answer.headers["Location"]
    assert Operation.objects.get().exercise and Drill.objects.get().state == "running"
    assert "pågår" in client.get("/drills/").content.decode()


def test_not_at_once_beside_what_is_live(office: Member, cast: Cast, client_for: Browser) -> None:
    alarm(cast)
    answer = client_for(office).post("/drills/now/", {"id": new_id(), "title": "Larmprov", "answer_within": "10"})
    assert answer.status_code == 409 and "skarp händelse" in answer.content.decode() and not Drill.objects.exists()
