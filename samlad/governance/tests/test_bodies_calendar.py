"""Meetings in calendars: RFC 5545, summer and winter time, moved and cancelled; a person's own address."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
from django.test import Client

from samlad.base.clock import STOCKHOLM
from samlad.governance.bodies import actions, calendars, queries
from samlad.governance.bodies.models import Meeting
from samlad.governance.tests.bodies_scene import a_body, a_meeting
from samlad.registers.models import Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_nine_o_clock_stays_nine_when_the_clocks_change(everybody: Everybody) -> None:
    body = a_body(everybody)
    for month, hour in ((10, 7), (11, 8)):
        starts = datetime(2026, month, 20, 9, tzinfo=STOCKHOLM)
        meeting = a_meeting(everybody, body, starts=starts, ends=starts + timedelta(hours=1))
        assert Meeting.objects.get(pk=meeting.pk).starts == datetime(2026, month, 20, hour, tzinfo=UTC)
    found = events(calendars.calendar(queries.meetings(None, body), {body.pk: body}, "Möten"))
    for event in found:
        start = event["DTSTART"]
        assert start.params["TZID"] == "Europe/Stockholm" and start.dt.hour == 9
    raw = calendars.calendar(queries.meetings(None, body), {body.pk: body}, "Möten")
    assert raw.count(b"BEGIN:VTIMEZONE") == 1 and b"DTSTART;TZID=Europe/Stockholm:20261020T090000" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_over_the_night_when_the_clocks_change(everybody: Everybody) -> None:
    starts = datetime(2026, 10, 24, 22, tzinfo=STOCKHOLM)
    ends = datetime(2026, 10, 25, 8, tzinfo=STOCKHOLM)
    meeting = a_meeting(everybody, a_body(everybody), starts=starts, ends=ends)
    assert meeting.ends - meeting.starts == timedelta(hours=11)


def test_a_moved_meeting_is_the_same_with_a_higher_sequence(everybody: Everybody) -> None:
    body, by = a_body(everybody), everybody.secretariat.who
    meeting = a_meeting(everybody, body)
    first = events(calendars.calendar([meeting], {body.pk: body}, "x"))[0]
    meeting.about = "Ta med kaffe"
    actions.save_meeting(meeting, by=by)
    assert meeting.sequence == 0, "a message is nothing for calendars"
    meeting.starts += timedelta(days=1)
    meeting.ends += timedelta(days=1)
    actions.save_meeting(meeting, by=by)
    moved = events(calendars.calendar([meeting], {body.pk: body}, "x"))[0]
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1) and first["STATUS"] == "TENTATIVE"
    assert moved["DTSTAMP"].dt >= first["DTSTAMP"].dt
    actions.call(meeting, by=by)
    actions.cancel(meeting, why="Förhinder", by=by)
    gone = events(calendars.calendar([meeting], {body.pk: body}, "x"))[0]
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (first["UID"], 3, "CANCELLED")
    assert gone["SUMMARY"].startswith("Inställt") and "Förhinder" in gone["DESCRIPTION"]


def test_one_meeting_and_a_body_as_files(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody, "samordningsgruppen", "members")
    meeting = a_meeting(everybody, body, link="https://video.example/abc")
    client.force_login(everybody.chief.person)
    for address in (
        f"/governance/bodies/meetings/{meeting.pk}/meeting.ics",
        "/governance/bodies/samordningsgruppen/meetings.ics",
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "https://video.example/abc" in events(answer.content)[0]["DESCRIPTION"]
    client.force_login(everybody.registrar.person)
    assert client.get(f"/governance/bodies/meetings/{meeting.pk}/meeting.ics").status_code == 404


def test_a_person_s_address_shows_their_actor_s_meetings_only(everybody: Everybody, client: Client) -> None:
    mine, other = a_body(everybody), a_body(everybody, "natverket", "members", "nacka")
    meeting = a_meeting(everybody, mine, link="https://video.example/abc")
    a_meeting(everybody, other)
    client.force_login(everybody.chief.person)
    assert client.post("/governance/bodies/calendar/", {"make": "1"}).status_code == 302
    feed = calendars.feed_of(everybody.chief.person.key)
    assert feed is not None
    address = f"/governance/bodies/calendars/{calendars.token_of(feed)}/meetings.ics"
    assert address in client.get("/governance/bodies/meetings/").content.decode()
    anybody = Client()
    answer = anybody.get(address)
    assert [event["UID"] for event in events(answer.content)] == [f"{meeting.pk}@samlad"]
    assert b"video.example" not in answer.content
    assert anybody.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert anybody.get(address.replace(feed.pk.hex, "0" * 32)).status_code == 404
    client.post("/governance/bodies/calendar/", {"end": "1"})
    assert anybody.get(address).status_code == 404


def test_the_address_ends_with_the_seat(everybody: Everybody) -> None:
    a_body(everybody)
    feed = calendars.open_feed(everybody.chief.person.key, "sodertalje", "sv")
    token = calendars.token_of(feed)
    assert calendars.found(token) is not None
    Seat.objects.filter(person=everybody.chief.person.key).update(valid_to=today())
    assert calendars.found(token) is None
    again = calendars.open_feed(everybody.chief.person.key, "sodertalje", "sv")
    assert again.pk != feed.pk and calendars.found("x") is None and calendars.found(f"zz-{token}") is None


def test_month_and_year(everybody: Everybody, client: Client) -> None:
    starts = datetime(2026, 12, 10, 9, tzinfo=STOCKHOLM)
    closed = a_body(everybody, "samordningsgruppen", "members")
    meeting = a_meeting(everybody, closed, starts=starts, ends=starts + timedelta(hours=1))
    for member, linked in ((everybody.chief, True), (everybody.registrar, False)):
        client.force_login(member.person)
        for view in ("view=month&month=2026-12", "view=year&month=2026-01", "view=month&month=9999-99", "view=x"):
            page = client.get(f"/governance/bodies/meetings/?{view}").content.decode()
            assert "Möteskalender" in page
            if "2026" in view:
                assert "Samordningsgruppen" in page and (str(meeting.pk) in page) is linked
                assert ("Rådhuset" in page) is (linked and "year" in view)
