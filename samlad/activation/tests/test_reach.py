"""Who is reached and who is not, and for how long one has waited."""

from datetime import UTC, datetime, timedelta

from samlad.activation.actions import acknowledge
from samlad.activation.queries import activation, reach
from samlad.activation.tests.scene import alarm
from samlad.journal.queries import basics
from samlad.registers.tests.cast import Cast

START = datetime(2026, 1, 5, 14, 0, tzinfo=UTC)


def test_reached_and_waited_for(cast: Cast) -> None:
    operation = alarm(cast, occurred_at=START)
    at = START + timedelta(minutes=4)
    acknowledge(by=cast.liaison.who, operation=operation, affected="unclear", note="Vi ser efter.", occurred_at=at)
    who = cast.observer.who
    found = reach(activation(operation, who), basics(operation, who), START + timedelta(minutes=12, seconds=59))
    assert list(found) == ["nacka", "sodertalje", "lansstyrelsen-stockholm", "polisregion-stockholm"]
    told = found["sodertalje"]
    assert (told.reached_at, told.waiting, told.affected, told.note) == (at, None, "unclear", "Vi ser efter.")
    silent = found["polisregion-stockholm"]
    assert (silent.reached_at, silent.waiting, silent.affected) == (None, 12, None)


def test_whoever_raised_the_alarm_is_reached(cast: Cast) -> None:
    operation = alarm(cast, occurred_at=START)
    who = cast.observer.who
    found = reach(activation(operation, who), basics(operation, who), START + timedelta(minutes=5))["nacka"]
    assert (found.reached_at, found.waiting, found.affected) == (START, None, None)


def test_nobody_has_waited_less_than_no_time(cast: Cast) -> None:
    operation = alarm(cast, occurred_at=START)
    who = cast.observer.who
    found = reach(activation(operation, who), basics(operation, who), START - timedelta(minutes=1))
    assert {one.waiting for one in found.values() if one.reached_at is None} == {0}
