"""Files read as rosters: good ones, broken ones, and whom they mean. Nothing raises but what is told."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlad.registers.models import Person
from samlad.registers.roster_csv import read_csv
from samlad.registers.roster_ical import read_ical
from samlad.registers.roster_lines import LARGEST, People, Reading, Unreadable, local
from samlad.registers.tests.duty import at

HERE = Path(__file__).resolve().parents[4] / "shared" / "data" / "icalendar"
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
HEAD = "person;från;till;ersättare\n"


def ical(*lines: str, zone: str = "") -> Reading:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", zone, *lines, "END:VCALENDAR", ""])
    return read_ical(text.replace("\r\n\r\n", "\r\n").encode(), NOW)


def event(*lines: str, uid: str = "a") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:TiB Nacka", *lines, "END:VEVENT"]


@pytest.mark.skipif(not HERE.is_dir(), reason="the calendars of ../shared/data are not here")
def test_every_calendar_is_read_or_told_why_not() -> None:
    files = sorted(HERE.rglob("*.ics"))
    assert files
    for moment in (NOW, datetime(2004, 1, 1, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)):
        for file in files:
            try:
                reading = read_ical(file.read_bytes(), moment)
            except Unreadable as why:
                assert str(why)
            else:
                assert reading.lines or reading.refused, file.name
                assert all(one.where and one.why for one in reading.refused)
                assert all(line.starts < line.ends for line in reading.lines)


def test_a_week_that_recurs_stays_at_the_hour_over_the_change_of_clocks() -> None:
    weekly = event(
        "DTSTART;TZID=Europe/Stockholm:20260904T170000",
        "DTEND;TZID=Europe/Stockholm:20260911T170000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Stockholm:20261225T170000",
    )
    lines = sorted(ical(*weekly).lines, key=lambda line: line.starts)
    assert len(lines) == 53 and len({line.uid for line in lines}) == 53
    assert lines[0].starts == at("2026-11-20 16:00")  # under way
    assert at("2026-12-25 16:00") not in {line.starts for line in lines}
    assert at("2027-03-26 16:00") in {line.starts for line in lines}
    assert at("2027-04-02 15:00") in {line.starts for line in lines}  # summer time


def test_a_changed_and_a_cancelled_time_of_a_series() -> None:
    span = ["DTSTART:20261201T080000Z", "DTEND:20261201T180000Z"]
    series = event(*span, "RRULE:FREQ=DAILY;COUNT=3")
    moved = event("RECURRENCE-ID:20261202T080000Z", "DTSTART:20261202T100000Z", "DTEND:20261202T180000Z")
    gone = event(
        "RECURRENCE-ID:20261203T080000Z", "STATUS:CANCELLED", "DTSTART:20261203T080000Z", "DTEND:20261203T180000Z"
    )
    before, after = ical(*series), ical(*series, *moved, *gone)
    assert {line.uid for line in before.lines} == {line.uid for line in after.lines}
    assert [line.starts.hour for line in after.lines] == [8, 10, 8]
    assert [line.cancelled for line in after.lines] == [False, False, True]


def test_days_floating_times_and_deputies() -> None:
    whole = event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261226")
    floating = event("DTSTART:20270704T080000", "DURATION:PT9H", "CATEGORIES:Ersättare", uid="b")
    one, two = sorted(ical(*whole, *floating).lines, key=lambda line: line.starts)
    assert (one.starts, one.ends) == (at("2026-12-23 23:00"), at("2026-12-25 23:00"))
    assert (two.starts, two.deputy, one.deputy) == (at("2027-07-04 06:00"), True, False)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["DTSTART:20261201T080000Z"], "saknar slut"),
        (["DTSTART:20261201T080000Z", "DTEND:20261130T080000Z"], "saknar slut"),
        (["DTEND:20261201T080000Z"], "inte när den börjar"),
        (["DTSTART:i morgon", "DTEND:20261201T080000Z"], "DTSTART"),
        (["DTSTART;TZID=Mittens Rike:20261201T080000", "DURATION:PT8H"], "Mittens Rike"),
        (["DTSTART:20261201T080000Z", "DURATION:PT8H", "RRULE:FREQ=SECONDLY"], "oftare än varje dag"),
        (["DTSTART:20261201T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"], "BYHOUR"),
        (["DTSTART:20261201T080000Z", "DURATION:PT8H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], "inte finns"),
        (["DTSTART:20261201T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY;BYSETPOS=2"], "BYSETPOS"),
        (["DTSTART:18001201T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY"], "trettio år"),
        (["DTSTART:20261201T080000Z", "DTEND:20270301T080000Z"], "31 dagar"),
        (["DTSTART:20201201T080000Z", "DURATION:PT8H"], "är över"),
        (["DTSTART:99991231T235959Z", "DURATION:P9999W"], "århundrade"),
    ],
)
def test_what_is_refused_is_told_and_the_rest_is_taken(lines: list[str], told: str) -> None:
    reading = ical(*event(*lines), *event("DTSTART:20261201T080000Z", "DURATION:PT8H", uid="god"))
    (refused,) = reading.refused
    assert told in refused.why and "TiB Nacka" in refused.where
    assert len(reading.lines) == 1


def test_for_ever_is_for_a_year() -> None:
    reading = ical(*event("DTSTART:20200101T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY"))
    assert 365 <= len(reading.lines) <= 375


def test_a_file_broken_in_the_middle_is_read_event_by_event() -> None:
    good = "\r\n".join(event("DTSTART:20261201T080000Z", "DURATION:PT8H"))
    text = f"BEGIN:VCALENDAR\r\nnonsens utan kolon\r\n{good}\r\nBEGIN:VEVENT\r\n;;;\r\nEND:VEVENT\r\nEND:VALARM\r\n"
    reading = read_ical(text.encode(), NOW)
    assert len(reading.lines) == 1


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\0\0\0", b"%PDF-1.7 hej", b"a" * (LARGEST + 1), b"\xff\xfe\x00"])
def test_no_calendar_at_all(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_ical(content, NOW)
    with pytest.raises(Unreadable):
        read_csv(content, "tib")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_spoiled_files_raise_nothing_else(noise: bytes, begin: int, end: int) -> None:
    good = "\r\n".join(
        ["BEGIN:VCALENDAR", *event("DTSTART:20261201T080000Z", "DURATION:PT8H", "RRULE:FREQ=WEEKLY"), "END:VCALENDAR"]
    ).encode()
    sheet = (HEAD + "tib.nacka;2026-12-01 08:00;2026-12-02 08:00;nej\n").encode()
    for content in (good, sheet):
        spoiled = content[:begin] + noise + content[end:]
        with suppress(Unreadable):
            read_ical(spoiled, NOW)
        with suppress(Unreadable):
            read_csv(spoiled, "tib")


def test_csv_as_spreadsheets_write_it() -> None:
    text = HEAD + "TiB Nacka;2026-11-27 17:00;2026-12-04 17.00;\nNågon Åström;2026-12-24;2026-12-24;Ja\n\n"
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("cp1252"), text.encode("utf-16")):
        reading = read_csv(content, "tib")
        one, two = reading.lines
        assert (one.where, one.names, one.deputy) == ("rad 2", ("TiB Nacka",), False)
        assert (one.starts, one.ends) == (at("2026-11-27 16:00"), at("2026-12-04 16:00"))
        assert (two.starts, two.ends) == (at("2026-12-23 23:00"), at("2026-12-24 23:00"))
        assert two.names == ("Någon Åström",) and two.deputy and not reading.refused
    english = 'name,start,end\n"TiB, Nacka",2026-11-27T17:00:00+01:00,2026-12-04T17:00\n'
    assert read_csv(english.encode(), "tib").lines[0].names == ("TiB, Nacka",)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a;i morgon;2026-12-04 17:00;", "ingen tidpunkt"),
        ("a;2026-11-27 17:00;;", "saknas"),
        ("a;2026-11-27 17:00;2026-11-27 16:00;", "sluta efter"),
        ("a;2026-11-27 17:00;2026-12-04 17:00;kanske", "varken ja eller nej"),
        ("a;0001-01-01 00:00;2026-12-04 17:00;", "århundrade"),
        ("a;2027-03-28 02:30;2027-03-28 12:00;", "finns inte"),
        ("x" * 600 + ";2026-11-27 17:00;2026-12-04 17:00;", "500 tecken"),
    ],
)
def test_a_line_that_is_refused(row: str, told: str) -> None:
    reading = read_csv((HEAD + row + "\nb;2026-11-27 17:00;2026-12-04 17:00;\n").encode(), "tib")
    (refused,) = reading.refused
    assert told in refused.why and refused.where == "rad 2" and len(reading.lines) == 1


def test_a_sheet_without_the_columns() -> None:
    with pytest.raises(Unreadable) as why:
        read_csv(b"vem;start\na;b\n", "tib")
    assert "person" in str(why.value) and "till" in str(why.value)
    rows = "a;2026-11-27 17:00;2026-12-04 17:00;\n" * 2100
    assert "2000" in read_csv((HEAD + rows).encode(), "tib").refused[-1].why


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert local(datetime(2026, 10, 25, 2, 30)) == at("2026-10-25 00:30")  # noqa: DTZ001


def test_whom_a_name_means() -> None:
    anna = Person(username="anna", name="Anna Ek", email="anna.ek@nacka.example")
    ekman = Person(username="ekman", name="Anna Ekman", email="anna.ekman@nacka.example")
    twins = [Person(username=f"bo{number}", name="Bo Al", email="") for number in range(2)]
    other = Person(username="utan", name="Utan Roll", email="utan@nacka.example")
    people = People([anna, ekman, *twins], [anna, ekman, *twins, other])
    for name in ("ANNA.EK@nacka.example", "anna", " anna  ek ", "TiB: Anna Ek", "Anna Ek (ersättare)"):
        assert people.found([name]) is anna
    assert people.found(["okänd@nacka.example", "TiB Anna Ekman"]) is ekman
    for names, told in (
        (["Bo Al"], "flera personer"),
        (["Utan Roll"], "inte den rollen"),
        (["Ingen"], "Ingen med den rollen heter"),
        ([], "vem som har passet"),
        ([" "], "vem som har passet"),
    ):
        with pytest.raises(Unreadable) as why:
            people.found(names)
        assert told in str(why.value)
