"""The rosters' pages: who is on duty, one actor's weeks, and changing them, for those who may."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samlad.base.clock import STOCKHOLM, now
from samlad.registers.models import HandoverNote, Roster, RosterPattern, Shift, ShiftSwap
from samlad.registers.queries import today
from samlad.registers.roster_forms import LOCAL
from samlad.registers.roster_swaps import propose
from samlad.registers.tests.cast import Member
from samlad.registers.tests.duty import DAY, HOUR, Duty, make_duty

pytestmark = pytest.mark.django_db
PAGES = "/registers/rosters/"
NACKA = f"{PAGES}nacka/"


@pytest.fixture
def duty() -> Duty:
    return make_duty()


@pytest.fixture
def visit() -> Callable[[Member], Client]:
    """A client that speaks for the actor that the member stands for."""

    def signed_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.person)
        client.post("/seat/", {"seat": member.who.actor})
        return client

    return signed_in


def typed(moment: datetime) -> str:
    return moment.astimezone(STOCKHOLM).strftime(LOCAL)


def test_who_is_on_duty_now_and_at_another_moment(duty: Duty, visit: Callable[[Member], Client]) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    duty.shift(duty.second, DAY, 2 * DAY)
    client = visit(duty.cast.liaison)
    html = client.get(PAGES).content.decode()
    assert "TiB Nacka" in html and "TiB 2 Nacka" not in html and "3 aktörer utan schema" in html
    then = client.get(PAGES, {"at": typed(now() + 1.5 * DAY), "role": "tib"}).content.decode()
    assert "TiB 2 Nacka" in then and "<strong>TiB Nacka" not in then
    assert "TiB Nacka" not in client.get(PAGES, {"role": "rsk"}).content.decode()
    for odd in ({"at": "i går"}, {"at": "0001-01-01T00:00"}, {"at": "9999-12-31T23:59"}, {"role": "x"}):
        assert client.get(PAGES, odd).status_code == 422
        assert client.get(NACKA, odd).status_code == 422


def test_an_actors_weeks(duty: Duty, visit: Callable[[Member], Client]) -> None:
    duty.shift(duty.first, -HOUR, 2 * DAY)
    duty.shift(duty.second, 2 * DAY, 5 * DAY)
    own = visit(duty.first).get(NACKA).content.decode()
    assert "I tjänst nu" in own and "sedan TiB 2 Nacka" in own and "Nacka har ingen i tjänst som TiB" in own
    assert "Ändra schemat" not in own and "Överlämning TiB" in own
    others = visit(duty.cast.liaison).get(NACKA).content.decode()
    assert "TiB 2 Nacka" in others and "har ingen i tjänst" not in others and "Överlämning" not in others
    keeper = visit(duty.cast.actor_administrator).get(NACKA).content.decode()
    assert "Ändra schemat" in keeper and "Historik" in keeper and "/nacka/rsk/shifts/new/" not in keeper
    assert visit(duty.cast.secretariat).get(f"{PAGES}ingen/").status_code == 404


def test_a_shift_put_in_changed_and_taken_away(duty: Duty, visit: Callable[[Member], Client]) -> None:
    client = visit(duty.cast.actor_administrator)
    begins = now() + DAY
    sent = {"person": duty.first.person.pk, "starts": typed(begins), "ends": typed(begins + DAY), "reason": "schema"}
    assert client.post(f"{NACKA}tib/shifts/new/", sent).headers["Location"] == NACKA
    (shift,) = Shift.objects.all()
    assert typed(shift.starts) == sent["starts"] and not shift.deputy
    path = f"/registers/shifts/{shift.pk}/"
    assert client.get(path).status_code == 200
    changed = sent | {"person": duty.second.person.pk, "deputy": "on"}
    assert client.post(path, changed).status_code == 302
    (shift,) = Shift.objects.filter(removed_at=None)
    assert (shift.person, shift.deputy) == (duty.second.person, True)
    assert client.get(path).status_code == 404  # that one has been changed
    assert client.post(f"/registers/shifts/{shift.pk}/remove/", {"reason": "fel"}).status_code == 302
    assert not Shift.objects.filter(removed_at=None).exists()
    assert "Borttaget" in client.get(NACKA).content.decode()


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({"person": ""}, 422, "person"),
        ({"ends": "2001-01-01T00:00"}, 409, "sluta efter"),
        ({"ends": "0001-01-01T00:00"}, 422, "mellan 2000 och 2100"),
        ({"starts": "i morgon"}, 422, "starts"),
        ({"reason": ""}, 422, "reason"),
        ({"reason": "KVALIFICERAT HEMLIG"}, 409, "kvalificerat hemlig"),
    ],
)
def test_bad_input_is_told_and_kept(
    duty: Duty, visit: Callable[[Member], Client], changes: dict[str, Any], code: int, told: str
) -> None:
    begins = now() + DAY
    sent = {"person": duty.first.person.pk, "starts": typed(begins), "ends": typed(begins + DAY), "reason": "Åk"}
    answer = visit(duty.cast.actor_administrator).post(f"{NACKA}tib/shifts/new/", sent | changes)
    html = answer.content.decode()
    assert (answer.status_code == code and told in html and f'value="{sent["starts"]}"' in html) or "starts" in changes
    assert not Shift.objects.exists()


def test_one_under_way_keeps_its_beginning(duty: Duty, visit: Callable[[Member], Client]) -> None:
    shift = duty.shift(duty.first, -HOUR, DAY)
    client, path = visit(duty.cast.actor_administrator), f"/registers/shifts/{shift.pk}/"
    html = client.get(path).content.decode()
    assert 'name="starts"' not in html and "är i tjänst sedan" in html
    sent = {"person": duty.third.person.pk, "ends": typed(shift.ends + HOUR), "reason": "sjuk"}
    assert client.post(path, sent).status_code == 302
    been, rest = Shift.objects.filter(removed_at=None).order_by("starts")
    assert (been.person, rest.person) == (duty.first.person, duty.third.person) and been.ends == rest.starts


def test_a_pattern_made_and_ended(duty: Duty, visit: Callable[[Member], Client]) -> None:
    client = visit(duty.cast.actor_administrator)
    path = f"{NACKA}tib/patterns/new/"
    assert client.get(path).content.decode().count('name="people"') == 12
    first, second = duty.first.person.pk, duty.second.person.pk
    begin = today() - timedelta(days=(today().weekday() - 4) % 7 + 7)
    sent = {
        "people": [first, "", second, first],
        "weekday": "4",
        "handover": "17:00",
        "weeks": "1",
        "on_holiday": "after",
        "valid_from": begin.isoformat(),
        "reason": "nytt schema",
    }
    assert client.post(path, sent).headers["Location"] == NACKA
    shifts = list(Shift.objects.order_by("starts"))
    assert len(shifts) >= 26 and shifts[0].starts <= now() < shifts[0].ends
    assert {shift.starts.astimezone(STOCKHOLM).hour for shift in shifts} == {17}
    html = client.get(NACKA).content.decode()
    assert "TiB Nacka → TiB 2 Nacka → TiB Nacka" in html and "fredag 17:00" in html
    pattern = RosterPattern.objects.get()
    end = f"/registers/patterns/{pattern.pk}/end/"
    assert client.get(end).status_code == 200
    assert client.post(end, {"on": (today() + 14 * DAY).isoformat(), "reason": "nytt"}).status_code == 302
    left = list(Shift.objects.filter(removed_at=None).order_by("starts"))
    assert 2 <= len(left) <= 4 and left[-1].ends > now() + 13 * DAY
    assert client.post(path, sent | {"people": ["", ""]}).status_code == 422
    assert client.post(path, sent | {"people": [duty.cast.liaison.person.pk]}).status_code == 422


def test_settings_of_a_roster(duty: Duty, visit: Callable[[Member], Client]) -> None:
    client = visit(duty.cast.actor_administrator)
    assert client.get(f"{NACKA}tib/").status_code == 404  # there is none yet
    duty.shift(duty.first, -HOUR, DAY)
    assert client.post(f"{NACKA}tib/", {"reason": "kontorstid"}).status_code == 302
    assert not Roster.objects.get().round_clock
    assert client.post(f"{NACKA}tib/", {"ended": "on", "reason": "slut"}).status_code == 302
    assert "för inget schema" in client.get(NACKA).content.decode()


def test_a_note_to_whoever_comes_on(duty: Duty, visit: Callable[[Member], Client]) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    path = f"{NACKA}tib/notes/new/"
    assert visit(duty.cast.actor_administrator).get(path).status_code == 404
    client = visit(duty.first)
    assert client.post(path, {"text": "Inget särskilt.\n<b>Klart</b>"}).status_code == 302
    assert "&lt;b&gt;Klart" in visit(duty.second).get(NACKA).content.decode()
    assert "Inget särskilt" not in visit(duty.cast.rsk).get(NACKA).content.decode()
    refused = client.post(path, {"text": "HEMLIG enligt säkerhetsskyddslagen: KVALIFICERAT HEMLIG"})
    assert refused.status_code == 409 and HandoverNote.objects.count() == 1


def test_ones_own_shifts_and_a_swap(duty: Duty, visit: Callable[[Member], Client]) -> None:
    mine, theirs = duty.shift(duty.first, DAY, 2 * DAY), duty.shift(duty.second, 2 * DAY, 3 * DAY)
    first, second = visit(duty.first), visit(duty.second)
    path = f"/registers/shifts/{mine.pk}/swaps/new/"
    assert second.get(path).status_code == 404
    html = first.get(path).content.decode()
    assert "TiB 3 Nacka tar passet" in html and "TiB 2 Nacka, mot" in html
    choice = f"{duty.second.person.pk}:{theirs.pk.hex}"
    assert first.post(path, {"choice": "x"}).status_code == 422
    assert first.post(path, {"choice": choice, "message": "Kan du?"}).headers["Location"] == "/registers/shifts/"
    swap = ShiftSwap.objects.get()
    assert "byte begärt" in first.get("/registers/shifts/").content.decode()
    assert "Du har fått en fråga om byte" in second.get("/registers/shifts/").content.decode()
    page = f"/registers/swaps/{swap.pk}/"
    assert visit(duty.third).get(page).status_code == 404
    assert visit(duty.cast.actor_administrator).get(page).status_code == 200
    assert first.post(page, {"answer": "agree"}).status_code == 409
    assert second.post(page, {"answer": "kanske"}).status_code == 422
    assert second.post(page, {"answer": "agree"}).status_code == 302
    assert "schemat är ändrat" in first.get(page).content.decode()
    assert "bytt" in first.get(NACKA).content.decode()
    assert [one.person for one in Shift.objects.filter(removed_at=None).order_by("starts")] == [
        duty.second.person,
        duty.first.person,
    ]


def test_a_swap_that_has_lapsed_says_so(duty: Duty, visit: Callable[[Member], Client]) -> None:
    mine = duty.shift(duty.first, DAY, 2 * DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    Shift.objects.update(removed_at=now())
    html = visit(duty.second).get(f"/registers/swaps/{swap.pk}/").content.decode()
    assert "Förfallet" in html and 'value="agree"' not in html


def test_shifts_show_in_no_common_history(duty: Duty, visit: Callable[[Member], Client]) -> None:
    duty.shift(duty.first, DAY, 2 * DAY)
    assert "Tjänsteman i beredskap (TiB), nacka" in visit(duty.cast.secretariat).get("/registers/").content.decode()
    ended = visit(duty.cast.ended).get("/registers/").content.decode()
    assert "Tjänsteman i beredskap (TiB), nacka" not in ended
