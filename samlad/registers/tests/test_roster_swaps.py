"""Swaps: nothing happens before the other agrees, then it takes effect; coverage stays what it was."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.registers.models import Person, Seat, Shift, ShiftSwap
from samlad.registers.queries import today
from samlad.registers.roster_actions import change_shift, remove_shift
from samlad.registers.roster_swaps import answer, propose, waiting, withdraw
from samlad.registers.tests.duty import DAY, HOUR, Duty, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def people(*shifts: Shift) -> list[str]:
    """Who has the shifts that stand in these shifts' times."""
    spans = [(shift.starts, shift.ends) for shift in shifts]
    rows = {(one.starts, one.ends): one.person.username for one in Shift.objects.filter(removed_at=None)}
    return [rows[span] for span in spans]


def test_takes_effect_when_the_other_agrees(duty: Duty) -> None:
    mine, theirs = duty.shift(duty.first, DAY, 2 * DAY), duty.shift(duty.second, 2 * DAY, 3 * DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=theirs, message="Kan du?", by=duty.first.who)
    assert people(mine, theirs) == ["tib.nacka", "tib2.nacka"]
    for by in (duty.first.who, duty.third.who, duty.cast.actor_administrator.who):
        with pytest.raises(Refused):
            answer(swap=swap, agree=True, by=by)
    assert answer(swap=swap, agree=True, by=duty.second.who)
    assert people(mine, theirs) == ["tib2.nacka", "tib.nacka"]
    assert Shift.objects.filter(removed_at__isnull=False).count() == 2  # as it was before can still be read
    with pytest.raises(Refused):
        answer(swap=swap, agree=False, by=duty.second.who)


def test_taken_without_exchange_while_it_is_under_way(duty: Duty) -> None:
    mine = duty.shift(duty.first, -HOUR, DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    answer(swap=swap, agree=True, by=duty.second.who)
    been, rest = Shift.objects.filter(removed_at=None).order_by("starts")
    assert (been.person, rest.person) == (duty.first.person, duty.second.person)
    assert been.starts == mine.starts and been.ends == rest.starts and rest.ends == mine.ends


def test_declined_and_withdrawn(duty: Duty) -> None:
    mine = duty.shift(duty.first, DAY, 2 * DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    with pytest.raises(Refused):
        propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    answer(swap=swap, agree=False, by=duty.second.who)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    with pytest.raises(Refused):
        withdraw(swap=swap, by=duty.second.who)
    withdraw(swap=swap, by=duty.first.who)
    assert people(mine) == ["tib.nacka"] and not waiting(now()).exists()


def test_lapses_when_a_shift_is_changed(duty: Duty) -> None:
    mine, theirs = duty.shift(duty.first, DAY, 2 * DAY), duty.shift(duty.second, 2 * DAY, 3 * DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=theirs, message="", by=duty.first.who)
    remove_shift(shift=theirs, reason="x", by=duty.cast.actor_administrator.who)
    assert not waiting(now()).exists()
    with pytest.raises(Refused):
        answer(swap=swap, agree=True, by=duty.second.who)
    assert people(mine) == ["tib.nacka"]


def test_only_ones_own_shift_and_only_to_who_has_the_role(duty: Duty) -> None:
    mine, theirs = duty.shift(duty.first, DAY, 2 * DAY), duty.shift(duty.second, 2 * DAY, 3 * DAY)
    for offered, asked, wanted in (
        (theirs, duty.third.person, None),
        (mine, duty.cast.liaison.person, None),
        (mine, duty.first.person, None),
        (mine, duty.third.person, theirs),
    ):
        with pytest.raises(Refused):
            propose(offered=offered, asked_of=asked, wanted=wanted, message="", by=duty.first.who)
    busy = duty.shift(duty.second, DAY, 2 * DAY, deputy=True)
    with pytest.raises(Refused):
        propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    assert propose(offered=mine, asked_of=duty.second.person, wanted=busy, message="", by=duty.first.who)


def test_who_has_lost_the_role_since_can_not_agree(duty: Duty) -> None:
    mine = duty.shift(duty.first, DAY, 2 * DAY)
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=None, message="", by=duty.first.who)
    Seat.objects.filter(person=duty.second.person).update(valid_to=today())
    with pytest.raises(Refused):
        answer(swap=swap, agree=True, by=duty.second.who)


Pieces = list[tuple[datetime, datetime]]


def covered() -> Pieces:
    """The time that somebody has, as pieces that do not touch."""
    found: Pieces = []
    for starts, ends in sorted(Shift.objects.filter(removed_at=None).values_list("starts", "ends")):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(-1, 5), st.booleans()), max_size=6))
def test_whatever_is_swapped_the_same_time_is_covered_once(duty: Duty, steps: list[tuple[int, int, int, bool]]) -> None:
    with transaction.atomic():
        members = [duty.first, duty.second, duty.third]
        begin = -12 * HOUR
        for number in range(6):
            duty.shift(members[number % 3], begin + number * DAY, begin + (number + 1) * DAY)
        before = covered()
        for mine, other, theirs, agree in steps:
            swapped(duty, mine, other, theirs, agree)
        assert covered() == before
        whole = sum((ends - starts for starts, ends in before), timedelta(0))
        standing = Shift.objects.filter(removed_at=None)
        assert sum((one.ends - one.starts for one in standing), timedelta(0)) == whole  # nothing twice
        transaction.set_rollback(True)


def swapped(duty: Duty, mine: int, other: int, theirs: int, agree: bool) -> None:
    """Try a swap; what is refused changes nothing."""
    members = {one.person.pk: one for one in (duty.first, duty.second, duty.third)}
    shifts = list(Shift.objects.filter(removed_at=None, ends__gt=now()).order_by("starts"))
    offered, wanted = shifts[mine % len(shifts)], shifts[theirs % len(shifts)] if theirs >= 0 else None
    asked = wanted.person_id if wanted else list(members)[other]
    try:
        swap = propose(
            offered=offered,
            asked_of=Person.objects.get(pk=asked),
            wanted=wanted,
            message="",
            by=members[offered.person_id].who,
        )
        answer(swap=swap, agree=agree, by=members[asked].who)
    except Refused:
        ShiftSwap.objects.filter(agreed=None).update(agreed=False)


def test_a_keepers_change_ends_no_coverage_either(duty: Duty) -> None:
    shift = duty.shift(duty.first, -HOUR, DAY)
    before = covered()
    by = duty.cast.actor_administrator.who
    change_shift(
        shift=shift, person=duty.third.person, span=(shift.starts, shift.ends), deputy=False, reason="x", by=by
    )
    assert covered() == before
