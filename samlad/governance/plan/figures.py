"""What a plan's activities and their follow-ups add up to. Nothing here asks the database; days are in Stockholm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from samlad.governance.plan.models import Activity, ActivityState, FollowUp, Progress

QUARTERS: Final = (1, 2, 3, 4)
ENDED: Final = frozenset({Progress.DONE.value, Progress.BROKEN_OFF.value})
ZERO: Final = Decimal(0)


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), after - timedelta(days=1)


def begun_quarters(year: int, day: date) -> tuple[int, ...]:
    """The quarters of a year that have begun on a day: those that can be followed up."""
    return tuple(quarter for quarter in QUARTERS if quarter_days(year, quarter)[0] <= day)


def latest(follow_ups: Mapping[int, FollowUp]) -> FollowUp | None:
    """The follow-up of the latest quarter that has one."""
    return follow_ups[max(follow_ups)] if follow_ups else None


def missing_quarters(
    activity: Activity, year: int, follow_ups: Mapping[int, FollowUp], decided_on: date | None, day: date
) -> tuple[int, ...]:
    """The quarters that have ended without a follow-up that is due.

    One is due for each quarter that ends while the activity is in a decided plan and has begun, until it is said to
    be done or broken off: also after its last day, since it is not done by that.
    """
    if activity.state != ActivityState.IN_PLAN or decided_on is None:
        return ()
    since = max(decided_on, activity.planned_on or decided_on, activity.first_day)
    found = []
    for quarter in QUARTERS:
        last = quarter_days(year, quarter)[1]
        ended = any(one.status in ENDED for number, one in follow_ups.items() if number < quarter)
        if since <= last < day and quarter not in follow_ups and not ended:
            found.append(quarter)
    return tuple(found)


def is_late(activity: Activity, follow_ups: Mapping[int, FollowUp], day: date) -> bool:
    """Whether an activity in the plan is past its last day without being done or broken off."""
    last = latest(follow_ups)
    ended = last is not None and last.status in ENDED
    return activity.state == ActivityState.IN_PLAN and activity.last_day < day and not ended


def is_not_begun_in_time(activity: Activity, follow_ups: Mapping[int, FollowUp], day: date) -> bool:
    """Whether an activity should have begun, and the latest that was said is that it has not."""
    last = latest(follow_ups)
    said = last is not None and last.status == Progress.NOT_BEGUN
    return activity.state == ActivityState.IN_PLAN and activity.first_day < day and said


def spent(follow_ups: Mapping[int, FollowUp]) -> Decimal:
    """What an activity has cost so far: as the latest follow-up says, since each tells all of the year so far."""
    last = latest(follow_ups)
    return last.spent if last else ZERO


@dataclass(frozen=True)
class Sums:
    """Counts and money of some activities in a plan. `reported` have a follow-up; the others are in none of the five
    states, and nothing is assumed of them."""

    planned: int = 0
    reported: int = 0
    not_begun: int = 0
    on_plan: int = 0
    deviates: int = 0
    done: int = 0
    broken_off: int = 0
    late: int = 0
    carried: int = 0
    amount: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Planned money that is not spent; below zero where more was spent."""
        return self.amount - self.spent

    @property
    def unreported(self) -> int:
        """How many nothing has been said of."""
        return self.planned - self.reported


@dataclass(frozen=True)
class Standing:
    """How one activity stands on a day."""

    activity: Activity
    follow_ups: Mapping[int, FollowUp]
    missing: tuple[int, ...]
    late: bool
    waiting: bool  # should have begun
    carried: bool

    @property
    def progress(self) -> str:
        """The latest status; "" where nothing has been said."""
        last = latest(self.follow_ups)
        return last.status if last else ""

    @property
    def spent(self) -> Decimal:
        """What it has cost so far."""
        return spent(self.follow_ups)


def standing(
    activity: Activity,
    year: int,
    follow_ups: Iterable[FollowUp],
    *,
    decided_on: date | None,
    day: date,
    carried: bool = False,
) -> Standing:
    """How an activity stands on a day, from all of its follow-ups."""
    by_quarter = {one.quarter: one for one in sorted(follow_ups, key=lambda one: one.quarter)}
    return Standing(
        activity=activity,
        follow_ups=by_quarter,
        missing=missing_quarters(activity, year, by_quarter, decided_on, day),
        late=is_late(activity, by_quarter, day),
        waiting=is_not_begun_in_time(activity, by_quarter, day),
        carried=carried,
    )


def sums(standings: Sequence[Standing]) -> Sums:
    """What the activities that are in the plan add up to; others count for nothing."""
    planned = [one for one in standings if one.activity.state == ActivityState.IN_PLAN]
    by_state = {state.value: sum(one.progress == state for one in planned) for state in Progress}
    return Sums(
        planned=len(planned),
        reported=sum(bool(one.progress) for one in planned),
        late=sum(one.late for one in planned),
        carried=sum(one.carried for one in planned),
        amount=sum((one.activity.amount for one in planned), ZERO),
        spent=sum((one.spent for one in planned), ZERO),
        **by_state,
    )
