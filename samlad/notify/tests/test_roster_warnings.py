"""Gaps in rosters are told to those who can mend them: once each, in time, and not when mended before it is sent."""

from datetime import timedelta
from itertools import pairwise

import pytest

from samlad.base.clock import now
from samlad.journal.followers import Every
from samlad.notify.models import Notice
from samlad.notify.roster_warnings import EVERY, carry_out
from samlad.registers.models import Roster, RosterPattern, Shift
from samlad.registers.roster_patterns import add_pattern
from samlad.registers.roster_swaps import propose, withdraw
from samlad.registers.roster_turns import Turns
from samlad.registers.tests.duty import DAY, HOUR, Duty, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def told() -> list[tuple[str, str]]:
    return sorted((notice.address, notice.state) for notice in Notice.objects.all())


def test_told_once_to_those_who_can_mend_it(duty: Duty) -> None:
    last = duty.shift(duty.first, -HOUR, 3 * DAY)
    for minutes in (0, 6, 60 * 24):
        carry_out(now() + timedelta(minutes=minutes))
    who = [
        "admin.nacka@nacka.example",
        "tib.nacka@nacka.example",
        "tib2.nacka@nacka.example",
        "tib3.nacka@nacka.example",
    ]
    assert told() == [(address, "queued") for address in who]
    notice = Notice.objects.filter(address=who[0]).get()
    assert "Nacka har ingen i tjänst som TiB från och med" in notice.subject
    assert "/registers/rosters/nacka/" in notice.body and not notice.exercise
    Shift.objects.filter(pk=last.pk).update(ends=last.ends + DAY)  # another gap
    carry_out(now())
    assert len(told()) == 8


def test_not_long_before_and_not_when_mended_before_it_is_sent(duty: Duty) -> None:
    duty.shift(duty.first, -HOUR, 9 * DAY)
    carry_out(now())
    assert not told()
    carry_out(now() + 3 * DAY)
    assert len(told()) == 4
    Notice.objects.filter(address="tib.nacka@nacka.example").update(sent_at=now(), sent_by="email")
    duty.shift(duty.second, 9 * DAY, 20 * DAY)
    carry_out(now() + 3 * DAY)
    assert [state for _address, state in told()] == ["failed", "sent", "failed", "failed"]
    assert set(Notice.objects.filter(sent_at=None).values_list("trouble", flat=True)) == {"withdrawn"}


def test_an_old_gap_and_two_at_once_are_not_told(duty: Duty) -> None:
    duty.shift(duty.first, HOUR, 20 * DAY)
    duty.shift(duty.second, HOUR, 20 * DAY)
    carry_out(now())
    assert not told()
    Roster.objects.update(begins=now() - 20 * DAY)
    carry_out(now())
    assert not told()


def test_the_pool_of_rsk_is_the_secretariats(duty: Duty) -> None:
    roster = Roster.objects.create(actor_id="lansstyrelsen-stockholm", role="rsk", begins=now())
    roster.shifts.create(person=duty.cast.rsk.person, starts=now(), ends=now() + DAY, added_by="x")
    carry_out(now())
    assert {address.split("@")[0] for address, _state in told()} == {"kansli", "rsk"}


def test_whoever_is_asked_to_swap_is_told(duty: Duty) -> None:
    mine = duty.shift(duty.first, -HOUR, 30 * DAY)
    duty.shift(duty.second, 30 * DAY, 31 * DAY, deputy=True)
    theirs = duty.shift(duty.third, -HOUR, 30 * DAY, deputy=True)
    swap = propose(offered=mine, asked_of=duty.third.person, wanted=theirs, message="Kan du?", by=duty.first.who)
    carry_out(now())
    (notice,) = Notice.objects.all()
    assert notice.address == "tib3.nacka@nacka.example" and "Kan du?" in notice.body
    assert str(swap.pk) in notice.body and "Answer" not in notice.body
    withdraw(swap=swap, by=duty.first.who)
    carry_out(now())
    assert Notice.objects.get().trouble == "withdrawn"


def test_patterns_are_spread_out_as_time_goes_on(duty: Duty) -> None:
    people = tuple(one.person.pk for one in (duty.first, duty.second))
    day = now().date() - DAY
    turns = Turns(people, day.weekday(), (now() - HOUR).time().replace(microsecond=0), day)
    by = duty.cast.actor_administrator.who
    pattern = add_pattern(actor="nacka", role="tib", turns=turns, deputy=False, reason="x", by=by)
    made = Shift.objects.count()
    carry_out(now() + 5 * DAY)
    assert Shift.objects.count() == made
    carry_out(now() + 50 * DAY)
    spans = list(Shift.objects.order_by("starts").values_list("starts", "ends", "person"))
    assert len(spans) > made and all(one[1] == after[0] for one, after in pairwise(spans))
    assert {one[2] != after[2] for one, after in pairwise(spans)} == {True}
    assert RosterPattern.objects.get().spread_to == spans[-1][1] and pattern.pk


def test_every_few_minutes(duty: Duty) -> None:
    pump = Every(EVERY, carry_out)
    pump()
    duty.shift(duty.first, -HOUR, DAY)
    pump()
    assert not told()
    assert pump.last is not None
    pump.last -= timedelta(minutes=5)
    pump()
    assert len(told()) == 4
