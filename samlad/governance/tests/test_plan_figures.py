"""What activities add up to: exact, independent of order, and silent where nothing was said."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from samlad.governance.plan import figures
from samlad.governance.plan.models import Activity, ActivityState, FollowUp, Progress

YEAR = 2026
DECIDED = date(2025, 11, 20)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
money = st.decimals(0, 9_999_999, places=2)
states = st.sampled_from(ActivityState.values)


def activity(**values: object) -> Activity:
    """One in the plan, all year."""
    defaults = {"id": uuid4(), "state": "in_plan", "first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 12, 31)}
    return Activity(**(defaults | values))


def told(quarter: int, status: str = "on_plan", spent: Decimal = figures.ZERO) -> FollowUp:
    """A follow-up."""
    return FollowUp(quarter=quarter, status=status, spent=spent)


@st.composite
def standings(draw: st.DrawFn) -> figures.Standing:
    """An activity with some follow-ups, on some day."""
    row = activity(state=draw(states), amount=draw(money), first_day=draw(days), last_day=draw(days))
    quarters = draw(st.sets(st.sampled_from(figures.QUARTERS)))
    said = [told(quarter, draw(st.sampled_from(Progress.values)), draw(money)) for quarter in quarters]
    return figures.standing(row, YEAR, said, decided_on=DECIDED, day=draw(days))


@given(st.lists(standings(), max_size=20), st.randoms())
def test_sums_are_exact_and_independent_of_order(found: list[figures.Standing], luck: object) -> None:
    shuffled = list(found)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = figures.sums(found)
    assert whole == figures.sums(shuffled)
    planned = [one for one in found if one.activity.state == ActivityState.IN_PLAN]
    assert whole.planned == len(planned)
    assert whole.amount == sum((one.activity.amount for one in planned), Decimal(0))
    assert whole.spent + whole.left == whole.amount
    stated = whole.not_begun + whole.on_plan + whole.deviates + whole.done + whole.broken_off
    assert stated == whole.reported
    assert stated + whole.unreported == whole.planned


@given(st.lists(standings(), max_size=10), st.lists(standings(), max_size=10))
def test_the_sums_of_parts_are_the_sums_of_the_whole(
    some: list[figures.Standing], more: list[figures.Standing]
) -> None:
    parts, whole = (figures.sums(some), figures.sums(more)), figures.sums(some + more)
    assert sum(part.amount for part in parts) == whole.amount
    assert sum(part.spent for part in parts) == whole.spent
    assert sum(part.late for part in parts) == whole.late


@given(standings())
def test_what_is_not_in_the_plan_is_neither_late_nor_missing(found: figures.Standing) -> None:
    if found.activity.state != ActivityState.IN_PLAN:
        assert not found.late and not found.missing and not found.waiting


@given(days, days)
def test_a_quarter_once_missing_stays_missing_until_it_is_told(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    first = figures.missing_quarters(activity(), YEAR, {}, DECIDED, earlier)
    assert set(first) <= set(figures.missing_quarters(activity(), YEAR, {}, DECIDED, later))


def test_quarters() -> None:
    assert figures.quarter_days(2026, 1) == (date(2026, 1, 1), date(2026, 3, 31))
    assert figures.quarter_days(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    assert figures.begun_quarters(2026, date(2026, 6, 30)) == (1, 2)
    assert figures.begun_quarters(2026, date(2025, 12, 31)) == ()


def missing(day: date, *said: FollowUp, **values: object) -> tuple[int, ...]:
    """The quarters that are missing on a day."""
    return figures.missing_quarters(activity(**values), YEAR, {one.quarter: one for one in said}, DECIDED, day)


def test_a_follow_up_is_due_when_the_quarter_has_ended() -> None:
    assert missing(date(2026, 3, 31)) == ()
    assert missing(date(2026, 4, 1)) == (1,)
    assert missing(date(2027, 1, 1), told(1), told(3)) == (2, 4)


def test_none_is_due_before_it_begins_or_after_it_is_done() -> None:
    assert missing(date(2026, 12, 1), first_day=date(2026, 7, 15)) == (3,)
    assert missing(date(2027, 1, 1), told(1), told(2, "done")) == ()
    assert missing(date(2027, 1, 1), told(2, "broken_off")) == (1,)


def test_it_is_due_after_its_last_day_too_while_it_is_not_done() -> None:
    assert missing(date(2027, 1, 1), told(1), last_day=date(2026, 3, 1)) == (2, 3, 4)


def test_what_came_into_the_plan_later_is_followed_up_from_then() -> None:
    assert missing(date(2026, 12, 1), planned_on=date(2026, 5, 2)) == (2, 3)
    assert figures.missing_quarters(activity(), YEAR, {}, None, date(2027, 1, 1)) == ()


def test_late_is_past_the_last_day_without_an_end() -> None:
    row = activity(last_day=date(2026, 6, 30))
    assert not figures.is_late(row, {}, date(2026, 6, 30))
    assert figures.is_late(row, {}, date(2026, 7, 1))
    assert figures.is_late(row, {2: told(2, "deviates")}, date(2026, 7, 1))
    assert not figures.is_late(row, {2: told(2, "done")}, date(2026, 7, 1) + timedelta(days=99))


def test_what_should_have_begun_and_has_not() -> None:
    row = activity(first_day=date(2026, 2, 1))
    assert not figures.is_not_begun_in_time(row, {}, date(2026, 4, 1))
    assert figures.is_not_begun_in_time(row, {1: told(1, "not_begun")}, date(2026, 4, 1))
    assert not figures.is_not_begun_in_time(row, {1: told(1, "not_begun"), 2: told(2)}, date(2026, 7, 1))


def test_spent_is_what_the_latest_follow_up_says() -> None:
    said = {1: told(1, spent=Decimal("10.50")), 3: told(3, spent=Decimal("99.25"))}
    assert figures.spent(said) == Decimal("99.25")
    assert figures.spent({}) == 0
