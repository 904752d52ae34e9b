"""A clock that tests move, a plan, and answers: for the tests of test alarms."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from types import ModuleType
from typing import Any

import pytest

from samlad.activation.actions import acknowledge
from samlad.journal import store
from samlad.learning import drill_edits, drill_queries, drill_runs
from samlad.learning.models import Drill, DrillPlan
from samlad.notify import actions as notices
from samlad.notify import alerts, ladder
from samlad.registers.tests.cast import Cast, Member

MOVED: tuple[ModuleType, ...] = (store, drill_runs, drill_edits, drill_queries, alerts, ladder, notices)
BEFORE = datetime(2026, 11, 1, 12, tzinfo=UTC)
DUE = datetime(2026, 11, 4, 9, tzinfo=UTC)  # the first Wednesday, 10:00 in Stockholm


class Clock:
    """What time it is."""

    def __init__(self) -> None:
        self.at = BEFORE

    def __call__(self) -> datetime:
        """Now."""
        return self.at

    def run(self, at: datetime) -> None:
        """Let the worker's pump run at a moment."""
        self.at = at
        drill_runs.run_drills()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """A clock at the beginning of November 2026. That it jumps between turns is the test's doing, not the machine's."""
    moved = Clock()
    for module in MOVED:
        monkeypatch.setattr(module, "now", moved)
    monkeypatch.setattr(drill_runs._watchful, "jump", lambda: timedelta(0))
    yield moved


def plan(**told: Any) -> DrillPlan:
    """The first Wednesday of each month at 10:00, all actors, half an hour to answer."""
    fixed: dict[str, Any] = {"title": "Larmprov", "day_rule": "weekday", "time_rule": "fixed", "at": time(10)}
    return DrillPlan.objects.create(**(fixed | {"since": BEFORE} | told))


def answer(drill: Drill, member: Member, affected: Any = "no") -> None:
    """Somebody answers for their actor, signed in."""
    acknowledge(by=member.who, operation=drill.pk, affected=affected)


def one_drill(clock: Clock, cast: Cast, **told: Any) -> Drill:
    """One that has been: Nacka answered after three minutes, Södertälje after seven, the others not."""
    plan(**told)
    clock.run(DUE)
    drill = Drill.objects.get()
    clock.at = DUE + timedelta(minutes=3)
    answer(drill, cast.duty_officer)
    clock.at = DUE + timedelta(minutes=7)
    answer(drill, cast.liaison)
    clock.run(DUE + timedelta(minutes=31))
    return Drill.objects.get()
