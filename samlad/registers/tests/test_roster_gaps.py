"""Gaps and single points in rosters, found ahead: in the order they come, in words, and gone when mended."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samlad.base.clock import now
from samlad.registers.models import Person, Roster, Seat
from samlad.registers.queries import parties, today
from samlad.registers.roster_actions import keep_roster
from samlad.registers.roster_gaps import RosterGap, roster_gaps
from samlad.registers.roster_words import gap_words
from samlad.registers.tests.cast import make_member
from samlad.registers.tests.duty import DAY, HOUR, Duty, at, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def found(duty: Duty, *kinds: str) -> list[RosterGap]:
    return [gap for gap in roster_gaps(["nacka"]) if not kinds or gap.kind in kinds]


def test_a_hole_between_shifts_and_after_the_last(duty: Duty) -> None:
    first = duty.shift(duty.first, -HOUR, 2 * DAY)
    second = duty.shift(duty.second, 3 * DAY, 5 * DAY)
    one, last = found(duty, "hole")
    assert (one.starts, one.ends) == (first.ends, second.starts)
    assert (last.starts, last.ends) == (second.ends, None)
    duty.shift(duty.third, 2 * DAY, 3 * DAY, deputy=True)  # a deputy is somebody
    (left,) = found(duty, "hole")
    assert left.key == last.key
    duty.shift(duty.third, 4 * DAY, 6 * DAY)
    (later,) = found(duty, "hole")
    assert later.starts > last.starts and later.key != last.key


def test_a_hole_that_is_open_now_and_none_where_nobody_is_meant_to_be(duty: Duty) -> None:
    duty.shift(duty.second, 3 * HOUR, DAY)
    Roster.objects.update(begins=now() - DAY)
    hole = found(duty, "hole")[0]
    assert hole.open_at(now()) and hole.key == found(duty, "hole")[0].key
    keep_roster(
        roster=duty.roster(), round_clock=False, ended=False, reason="kontorstid", by=duty.cast.actor_administrator.who
    )
    assert not found(duty, "hole")


def test_one_person_alone_for_three_weeks(duty: Duty) -> None:
    for number in range(4):
        duty.shift(duty.first, -HOUR + number * 7 * DAY, (number + 1) * 7 * DAY - HOUR)
    (gap,) = found(duty, "alone")
    assert gap.people == ("TiB Nacka",)
    duty.shift(duty.second, 8 * DAY, 9 * DAY, deputy=True)
    assert not found(duty, "alone")


def test_two_at_once_and_one_twice(duty: Duty) -> None:
    duty.shift(duty.first, HOUR, 3 * DAY)
    other = duty.shift(duty.second, 2 * DAY, 4 * DAY)
    (gap,) = found(duty, "overlap")
    assert (gap.starts, gap.people) == (other.starts, ("TiB Nacka", "TiB 2 Nacka"))
    assert not found(duty, "double")
    duty.shift(duty.third, HOUR, 4 * DAY, deputy=True)
    assert len(found(duty, "overlap")) == 1 and not found(duty, "double")


def test_a_person_with_shifts_at_two_actors(duty: Duty) -> None:
    Seat.objects.create(person=duty.first.person, actor_id="sodertalje", role="tib", valid_from=today())
    duty.shift(duty.first, HOUR, 3 * DAY)
    here = Roster.objects.create(actor_id="sodertalje", role="tib", begins=now())
    there = here.shifts.create(person=duty.first.person, starts=now() + DAY, ends=now() + 2 * DAY, added_by="x")
    for code in ("nacka", "sodertalje"):
        (gap,) = [gap for gap in roster_gaps([code]) if gap.kind == "double"]
        assert gap.starts == there.starts
    assert len([gap for gap in roster_gaps() if gap.kind == "double"]) == 1


def test_somebody_who_has_lost_the_role_or_the_sign_in(duty: Duty) -> None:
    shift = duty.shift(duty.first, -HOUR, 5 * DAY)
    assert not found(duty, "lost")
    Seat.objects.filter(person=duty.first.person).update(valid_to=today() + 2 * DAY)
    (gap,) = found(duty, "lost")
    assert shift.starts < gap.starts < shift.ends and not gap.open_at(now())
    Person.objects.filter(pk=duty.first.person.pk).update(is_active=False)
    (gap,) = found(duty, "lost")
    assert gap.open_at(now()) and gap.starts == shift.starts
    Person.objects.filter(pk=duty.first.person.pk).update(is_active=True)
    Seat.objects.filter(person=duty.first.person).update(valid_to=today() + 9 * DAY)
    assert not found(duty, "lost")


def test_in_words() -> None:
    hole = RosterGap("hole", "r", "nynashamn", "tib", at("2026-11-27 16:00"), None)
    with translation.override("sv"):
        told = gap_words(hole, {"nynashamn": "Nynäshamn"})
        assert "Nynäshamn har ingen i tjänst som TiB från och med fredag 27 november" in told and "17:00" in told
        for kind in ("hole", "alone", "overlap", "double", "lost"):
            gap = RosterGap(kind, "r", "x", "rsk", at("2026-11-27 16:00"), at("2026-11-28 16:00"), ("A", "B"))
            assert "%" not in gap_words(gap, {})


def test_as_many_queries_however_many_actors(duty: Duty) -> None:
    duty.shift(duty.first, HOUR, DAY)
    for number in range(3):
        member = make_member(f"t{number}", f"T{number}", "sodertalje", "tib")
        roster, _made = Roster.objects.get_or_create(actor_id="sodertalje", role="tib", defaults={"begins": now()})
        begins = now() + number * DAY
        roster.shifts.create(person=member.person, starts=begins, ends=begins + DAY, added_by="x")
    counts = []
    for codes in (["nacka"], [actor.code for actor in parties(today())]):
        with CaptureQueriesContext(connection) as asked:
            roster_gaps(codes)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


def test_on_the_page_of_what_is_lacking(duty: Duty, client: Client) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    client.force_login(duty.cast.actor_administrator.person)
    assert "har ingen i tjänst som TiB" in client.get("/registers/gaps/").content.decode()
    answer = client.get("/registers/gaps/?format=rosters.csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"Aktör";') and '"nacka";"tib"' in rows[1]
    client.force_login(duty.cast.secretariat.person)
    assert "Nacka har ingen" in client.get("/registers/gaps/").content.decode()
