"""What came of test alarms, computed from their journals: for one actor, or for all.

Folded as the program itself, since a report sums up operations in which a reader's actor may have had no part. Who may
see which part of it is the rules' business, and no page says of another actor more than its share of the whole.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from samlad.base.clock import STOCKHOLM, now
from samlad.journal.folds import Fold, state
from samlad.journal.operations import readable
from samlad.journal.who import SYSTEM, Who
from samlad.learning.drill_fold import Called, Lost, apply
from samlad.learning.drill_schedule import Rule, coming, month_of
from samlad.learning.drill_statistics import FEWEST_ACTORS, Sample, Summary, by, minutes_between, summary
from samlad.learning.models import Drill, DrillPlan, DrillState

CALLED: Final = Fold("learning.drill.1", Called(), apply)
BACK: Final = timedelta(days=2 * 366)
"""How far back the report goes. Two years: one compares with the same month of last year."""


LATEST: Final = 40  # operations in earnest that are looked through


class Result(msgspec.Struct, frozen=True):
    """One test alarm and what came of it."""

    drill: Drill
    called: Called

    @property
    def samples(self) -> list[Sample]:
        """One for each actor called."""
        at = self.called.at or self.drill.due_at
        local, month = at.astimezone(STOCKHOLM), self.drill.month
        found = []
        for actor in self.called.actors:
            given = self.called.given.get(actor)
            if given is None:
                found.append(Sample(self.drill.pk.hex, month, local, actor))
            else:
                minutes = minutes_between(at, given.at)
                found.append(Sample(self.drill.pk.hex, month, local, actor, minutes, given.way, given.role))
        return found

    def lost_of(self, actor: str) -> list[Lost]:
        """What did not get through at an actor, each once."""
        return [one for one in self.called.lost if one.actor == actor]


class Report(msgspec.Struct, frozen=True):
    """The figures of some samples, by what a reader asks for."""

    samples: tuple[Sample, ...]
    whole: Summary
    by_drill: dict[str, Summary]
    by_hour: dict[int, Summary]
    by_way: dict[str, Summary]
    by_role: dict[str, Summary]


def called(operation: UUID) -> Called:
    """What an operation's call came to."""
    return state(CALLED, operation, SYSTEM)


def results(since: datetime | None = None) -> list[Result]:
    """The test alarms that went their whole time, oldest first. Those broken off tell nothing."""
    drills = Drill.objects.filter(state=DrillState.ENDED, due_at__gte=since or now() - BACK)
    return [Result(drill, called(drill.pk)) for drill in drills.order_by("due_at", "id")]


def in_earnest(who: Who, actor: str) -> list[Result]:
    """The latest calls in earnest to an actor, newest first, as far as the reader may read them. They stand beside the
    test alarms, never among them."""
    operations = readable(who).filter(exercise=False, opened_at__gte=now() - BACK)
    found = []
    for operation in operations.values_list("pk", flat=True)[:LATEST]:
        it = state(CALLED, operation, who)
        if it.at and it.purpose == "call_out" and not it.replayed and actor in it.actors:
            found.append(Result(Drill(id=operation, title=it.title, month=month_of(it.at), due_at=it.at), it))
    return found


def report(found: Iterable[Result], actor: str = "") -> Report:
    """The figures of all, or of one actor."""
    samples = [one for result in found for one in result.samples if not actor or one.actor == actor]
    answered = [one for one in samples if one.minutes is not None]
    return Report(
        samples=tuple(samples),
        whole=summary(samples),
        by_drill={drill: summary(some) for drill, some in by(samples, lambda one: one.drill).items()},
        by_hour={hour: summary(some) for hour, some in sorted(by(samples, lambda one: one.at.hour).items())},
        by_way={way: summary(some) for way, some in by(answered, lambda one: one.way).items()},
        by_role={role: summary(some) for role, some in by(answered, lambda one: one.role).items()},
    )


def anonymous(found: Iterable[Result]) -> list[Result]:
    """Those whose whole says nothing of any single actor: enough of them were called."""
    return [result for result in found if len(result.called.actors) >= FEWEST_ACTORS]


def running() -> Drill | None:
    """The one that is going on."""
    return Drill.objects.filter(state=DrillState.RUNNING).first()


def next_of(plan: DrillPlan, after: datetime) -> datetime | None:
    """When a plan's next one is, postponed ones included; None while it is paused."""
    if plan.paused:
        return None
    postponed = Drill.objects.filter(plan=plan, state=DrillState.POSTPONED).first()
    following = coming(Rule.of(plan), max(after, plan.since))
    return min(postponed.due_at, following) if postponed else following


def announced_for(actor: str, after: datetime) -> list[tuple[datetime, DrillPlan]]:
    """The next test alarm of each announced plan that concerns an actor, soonest first. Others are not here."""
    plans = [plan for plan in DrillPlan.objects.filter(announced=True) if not plan.actors or actor in plan.actors]
    found = [(at, plan) for plan in plans if (at := next_of(plan, after))]
    return sorted(found, key=lambda one: one[0])
