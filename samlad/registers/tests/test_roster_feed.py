"""One's own shifts as a calendar: valid, one's own only, at an address that can't be guessed and can be ended."""

import icalendar
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from samlad.registers.models import Person, ShiftFeed
from samlad.registers.roster_actions import remove_shift
from samlad.registers.roster_feed import found, open_feed, token_of
from samlad.registers.tests.duty import DAY, Duty, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def address(duty: Duty) -> str:
    return f"/registers/calendars/{token_of(open_feed(duty.first.person.pk, 'sv'))}/shifts.ics"


def test_read_back_it_is_the_persons_own_shifts(duty: Duty, client: Client) -> None:
    Person.objects.update(phone="070-123 45 67")
    mine = duty.shift(duty.first, DAY, 3 * DAY)
    duty.shift(duty.second, 3 * DAY, 4 * DAY)
    duty.shift(duty.first, 5 * DAY, 6 * DAY, deputy=True)
    answer = client.get(address(duty))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    one, two = calendar.walk("VEVENT")
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (mine.starts, mine.ends)
    assert str(one["SUMMARY"]) == "Tjänsteman i beredskap (TiB), Nacka"
    assert str(two["SUMMARY"]).startswith("Ersättare: ")
    assert {"PRODID", "VERSION", "METHOD"} <= calendar.keys() and {"UID", "DTSTAMP"} <= one.keys()
    text = answer.content.decode()
    assert "123 45 67" not in text and "TiB 2 Nacka" not in text and not one.errors
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_asked_again_it_is_unchanged_until_a_shift_is(duty: Duty, client: Client) -> None:
    shift = duty.shift(duty.first, DAY, 3 * DAY)
    path = address(duty)
    etag = client.get(path).headers["ETag"]
    same = client.get(path, headers={"if-none-match": etag})
    assert same.status_code == 304 and not same.content
    remove_shift(shift=shift, reason="x", by=duty.cast.actor_administrator.who)
    changed = client.get(path, headers={"if-none-match": etag})
    assert changed.status_code == 200 and b"VEVENT" not in changed.content


def test_made_anew_ended_and_after_the_person_has_left(duty: Duty, client: Client) -> None:
    duty.shift(duty.first, DAY, 2 * DAY)
    client.force_login(duty.first.person)
    page = "/registers/shifts/"
    assert client.get(page).status_code == 200 and not ShiftFeed.objects.exists()
    paths = []
    for _again in range(2):
        client.post(f"{page}calendar/", {"make": "1"})
        html = client.get(page).content.decode()
        paths.append(html.split('id="feed-address"')[1].split('value="http://testserver')[1].split('"')[0])
    anybody = Client()
    assert [anybody.get(path).status_code for path in paths] == [404, 200]
    client.post(f"{page}calendar/", {"end": "1"})
    assert anybody.get(paths[1]).status_code == 404
    client.post(f"{page}calendar/", {"make": "1"})
    path = f"/registers/calendars/{token_of(ShiftFeed.objects.get(ended_at=None))}/shifts.ics"
    assert anybody.get(path).status_code == 200
    Person.objects.filter(pk=duty.first.person.pk).update(is_active=False)
    assert anybody.get(path).status_code == 404


def test_nobody_can_make_an_address(duty: Duty) -> None:
    feed = open_feed(duty.first.person.pk, "sv")
    token = token_of(feed)
    assert found(token)
    for forged in (feed.pk.hex, f"{feed.pk.hex}-", token[:-1], token.upper(), f"x{token}", "", "-", "a-b-c"):
        assert found(forged) is None


@given(st.text(max_size=120))
def test_no_text_is_an_address(text: str) -> None:
    assert found(text) is None
