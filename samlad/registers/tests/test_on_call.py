"""Whom to call: who the roster says, and nobody left out for want of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlad.base.clock import now
from samlad.journal.who import Who
from samlad.registers.models import Person, Seat
from samlad.registers.on_call import OnCall, on_call
from samlad.registers.queries import parties, today
from samlad.registers.tests.cast import make_member
from samlad.registers.tests.duty import DAY, HOUR, Duty, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def names(found: OnCall) -> tuple[list[str], list[str], list[str]]:
    return [[seat.name for seat in seats] for seats in (found.first, found.deputies, found.everyone)]  # type: ignore[return-value]


def tib(duty: Duty) -> OnCall:
    return on_call(["nacka"], now(), ["tib"])["nacka"]


def test_without_a_roster_all_holders_are_first(duty: Duty) -> None:
    Seat.objects.filter(person=duty.third.person).update(deputy=True)
    first, deputies, everyone = names(tib(duty))
    assert (first, deputies) == (["TiB 2 Nacka", "TiB Nacka"], ["TiB 3 Nacka"])
    assert everyone == ["TiB 2 Nacka", "TiB 3 Nacka", "TiB Nacka", "Lånad till Nacka"]
    assert not tib(duty).rostered
    Seat.objects.filter(actor="nacka", role="tib").update(deputy=True)
    assert len(tib(duty).first) == 3  # where all are deputies, they are


def test_who_is_on_duty_is_first(duty: Duty) -> None:
    duty.shift(duty.second, -HOUR, DAY)
    duty.shift(duty.third, -HOUR, DAY, deputy=True)
    first, deputies, _everyone = names(tib(duty))
    assert (first, deputies) == (["TiB 2 Nacka"], ["TiB 3 Nacka", "TiB Nacka"])
    assert tib(duty).rostered
    later = on_call(["nacka"], now() + 2 * DAY, ["tib"])["nacka"]
    assert len(later.first) == 3 and not later.rostered  # nobody has it then: all are called


def test_only_a_deputy_on_duty_is_called_first(duty: Duty) -> None:
    duty.shift(duty.third, -HOUR, DAY, deputy=True)
    assert names(tib(duty))[0] == ["TiB 3 Nacka"]


def test_who_can_not_be_called_is_passed_by(duty: Duty) -> None:
    duty.shift(duty.second, -HOUR, DAY)
    Seat.objects.filter(person=duty.second.person).update(valid_to=today())
    assert names(tib(duty))[0] == ["TiB 3 Nacka", "TiB Nacka"] and not tib(duty).rostered
    Seat.objects.filter(person=duty.second.person).update(valid_to=None)
    Person.objects.filter(pk=duty.second.person.pk).update(is_active=False)
    assert names(tib(duty))[0] == ["TiB 3 Nacka", "TiB Nacka"]


def test_each_role_by_its_own_roster_and_each_person_once(duty: Duty) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    Seat.objects.create(person=duty.first.person, actor_id="nacka", role="liaison", valid_from=today())
    found = on_call(["nacka"], now())["nacka"]
    assert [seat.name for seat in found.first] == ["TiB Nacka", "Lånad till Nacka"] and found.rostered
    people = [seat.person for seat in found.first + found.deputies]
    assert len(people) == len(set(people))
    assert {seat.person for seat in found.everyone} == set(people)


def test_as_many_queries_however_many_actors(duty: Duty) -> None:
    for number in range(4):
        member = make_member(f"tib{number}.sodertalje", f"TiB {number} Södertälje", "sodertalje", "tib")
        assert isinstance(member.who, Who)
    duty.shift(duty.first, -HOUR, DAY)
    counts = []
    for codes in (["nacka"], [actor.code for actor in parties(today())]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert set(on_call(codes, now())) == set(codes)
        counts.append(len(asked))
    assert counts == [3, 3]


def test_an_actor_nobody_has_heard_of(duty: Duty) -> None:
    assert on_call(["ingen"], now()) == {"ingen": OnCall()}
