"""Changing a roster: what has been stays, each change leaves a row of history, and who may do it."""

from datetime import timedelta
from typing import Any

import pytest

from samlad.base.clock import now
from samlad.base.refused import NotKept, Refused
from samlad.registers.models import Change, HandoverNote, Seat, Shift
from samlad.registers.queries import today
from samlad.registers.roster_actions import add_shift, change_shift, keep_roster, leave_note, remove_shift
from samlad.registers.roster_queries import on_duty
from samlad.registers.tests.cast import make_member
from samlad.registers.tests.duty import DAY, HOUR, Duty, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def here(when: Any, role: str = "tib") -> list[str]:
    return [one.name for one in on_duty(["nacka"], when, [role])]


def test_who_is_on_duty_at_a_moment(duty: Duty) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    duty.shift(duty.second, DAY, 2 * DAY)
    duty.shift(duty.third, -HOUR, DAY, deputy=True)
    assert here(now()) == ["TiB Nacka", "TiB 3 Nacka"]
    second = Shift.objects.get(person=duty.second.person)
    assert here(second.starts) == ["TiB 2 Nacka"] and not here(second.ends)
    assert not here(now() - DAY)


def test_a_shift_under_way_is_split_and_what_has_been_stays(duty: Duty) -> None:
    shift = duty.shift(duty.first, -2 * HOUR, DAY)
    before = now() - HOUR
    by = duty.cast.actor_administrator.who
    span = (shift.starts, shift.ends)
    assert change_shift(shift=shift, person=duty.second.person, span=span, deputy=False, reason="sjuk", by=by)
    assert here(now()) == ["TiB 2 Nacka"] and here(before) == ["TiB Nacka"]
    (new,) = Shift.objects.filter(removed_at=None, person=duty.second.person)
    assert remove_shift(shift=new, reason="fel", by=by)
    assert not here(now()) and here(before) == ["TiB Nacka"]
    assert [one.action for one in Change.objects.filter(register="rosters")] == ["removed", "changed", "added"]


def test_the_roster_as_it_stood(duty: Duty) -> None:
    shift = duty.shift(duty.first, DAY, 2 * DAY)
    by, span = duty.cast.actor_administrator.who, (shift.starts, shift.ends)
    change_shift(shift=shift, person=duty.second.person, span=span, deputy=True, reason="byte", by=by)
    old, new = Shift.objects.order_by("added_at")
    assert old.removed_at is not None and old.removed_at == new.added_at and new.replaces == old
    assert (old.person, new.person, new.deputy) == (duty.first.person, duty.second.person, True)
    new.refresh_from_db()
    assert not change_shift(shift=new, person=new.person, span=span, deputy=True, reason="igen", by=by)


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        (DAY, HOUR, "sluta efter"),
        (-3 * DAY, -DAY, "redan över"),
        (HOUR, 40 * DAY, "högst 31 dagar"),
        (1400 * DAY, 1401 * DAY, "tre år"),
    ],
)
def test_what_no_shift_is(duty: Duty, begins: timedelta, ends: timedelta, told: str) -> None:
    with pytest.raises(Refused) as refused:
        duty.shift(duty.first, begins, ends)
    assert told in str(refused.value.sentence)


def test_only_those_with_the_role_on_all_its_days(duty: Duty) -> None:
    with pytest.raises(Refused):
        duty.shift(duty.cast.liaison, HOUR, DAY)
    leaving = make_member("slutar", "Slutar", "nacka", "tib", valid_to=today() + 3 * DAY)
    duty.shift(leaving, HOUR, DAY)
    with pytest.raises(Refused):
        duty.shift(leaving, DAY, 6 * DAY)
    duty.shift(duty.first, HOUR, DAY)
    with pytest.raises(Refused):
        duty.shift(duty.first, 2 * HOUR, 3 * HOUR)


def test_who_keeps_which_roster(duty: Duty) -> None:
    cast, starts = duty.cast, now() + HOUR
    rsk: dict[str, Any] = {"person": cast.rsk.person, "actor": "lansstyrelsen-stockholm", "role": "rsk"}
    tib: dict[str, Any] = {"person": duty.first.person, "actor": "nacka", "role": "tib"}
    rest: dict[str, Any] = {"span": (starts, starts + DAY), "deputy": False, "reason": "prov"}
    # The pool of RSK works for all: the secretariat keeps it, and no actor's own administrator.
    board = make_member("admin.lst", "Aktörsadministratör Lst", "lansstyrelsen-stockholm", "actor_administrator")
    for by in (board.who, cast.rsk.who, cast.actor_administrator.who):
        with pytest.raises(Refused):
            add_shift(**rsk, **rest, by=by)
    assert add_shift(**rsk, **rest, by=cast.secretariat.who)
    for by in (cast.duty_officer.who, cast.liaison.who, board.who, cast.observer.who):
        with pytest.raises(Refused):
            add_shift(**tib, **rest, by=by)
    assert add_shift(**tib, **rest, by=cast.actor_administrator.who)


def test_what_is_over_is_not_changed(duty: Duty) -> None:
    shift = duty.shift(duty.first, -2 * HOUR, HOUR)
    Shift.objects.filter(pk=shift.pk).update(ends=now() - HOUR)
    with pytest.raises(Refused):
        remove_shift(shift=shift, reason="x", by=duty.cast.actor_administrator.who)


def test_a_roster_that_is_no_longer_kept(duty: Duty) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    by, roster = duty.cast.actor_administrator.who, duty.roster()
    assert keep_roster(roster=roster, round_clock=False, ended=True, reason="slut", by=by)
    assert not here(now())
    assert here(now() - HOUR / 2) == ["TiB Nacka"]  # then it was
    duty.shift(duty.second, -HOUR / 60, DAY)
    assert duty.roster().ended_at is None and here(now()) == ["TiB 2 Nacka"]


def test_handover_notes(duty: Duty) -> None:
    duty.shift(duty.first, -HOUR, DAY)
    roster = duty.roster()
    leave_note(roster=roster, text=" Vattenläcka i Fisksätra, entreprenör på väg. ", by=duty.first.who)
    assert HandoverNote.objects.get().text.startswith("Vattenläcka")
    for by, text in ((duty.cast.liaison.who, "x"), (duty.cast.actor_administrator.who, "x"), (duty.first.who, " ")):
        with pytest.raises(Refused):
            leave_note(roster=roster, text=text, by=by)
    with pytest.raises(NotKept):
        leave_note(roster=roster, text="HEMLIG enligt säkerhetsskyddslagen: KVALIFICERAT HEMLIG", by=duty.first.who)
    assert HandoverNote.objects.count() == 1 and Seat.objects.exists()
