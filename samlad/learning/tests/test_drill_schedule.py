"""When test alarms are: never two in a month, always within their hours, whatever the clocks do."""

from calendar import monthrange
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.learning.drill_schedule import Rule, a_week_later, coming, moment, month_of, next_month
from samlad.registers.roster_days import is_working_day

months = st.dates(date(2015, 1, 1), date(2045, 12, 31)).map(lambda day: day.replace(day=1))
rules = st.builds(
    Rule,
    day_rule=st.sampled_from(["weekday", "random"]),
    time_rule=st.sampled_from(["fixed", "office", "night"]),
    seed=st.text(max_size=8),
    nth=st.integers(1, 5),
    weekday=st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(rules, months)
def test_always_in_its_month_and_the_same_each_time(rule: Rule, month: date) -> None:
    at = moment(rule, month)
    assert at == moment(rule, month) and at.tzinfo is UTC and month_of(at) == month


@given(rules, months)
def test_never_two_in_a_month(rule: Rule, month: date) -> None:
    first = moment(rule, month)
    second = coming(rule, first)
    assert second == moment(rule, next_month(month)) and month_of(second) == next_month(month)


@given(rules, months)
def test_always_within_the_hours(rule: Rule, month: date) -> None:
    local = moment(rule, month).astimezone(STOCKHOLM)
    if rule.time_rule == "office":
        assert 8 <= local.hour < 16
        assert rule.day_rule == "weekday" or is_working_day(local.date())
    elif rule.time_rule == "night":
        assert local.hour >= 22 or local.hour < 6
    else:
        # Only the hour that summer time leaves out is moved, and by an hour.
        late = (local.hour - rule.at.hour) % 24
        assert local.minute == rule.at.minute and (late == 0 or (late == 1 and rule.at.hour == 2))
    if rule.day_rule == "weekday" and rule.time_rule != "night":
        assert local.weekday() == rule.weekday
        assert rule.nth == 5 or (local.day - 1) // 7 == rule.nth - 1


@given(rules, months)
def test_postponed_it_keeps_weekday_hours_and_month(rule: Rule, month: date) -> None:
    at = moment(rule, month)
    later = a_week_later(at)
    local = at.astimezone(STOCKHOLM)
    if later is None:
        assert local.day + 7 > monthrange(month.year, month.month)[1]
        return
    moved = later.astimezone(STOCKHOLM)
    assert month_of(later) == month and moved.weekday() == local.weekday() and (moved.date() - local.date()).days == 7
    assert (moved.hour - local.hour) % 24 in (0, 1) and moved.minute == local.minute


def test_the_hours_that_the_clocks_leave_out_or_give_twice() -> None:
    rule = Rule("weekday", "fixed", "", nth=5, weekday=6, at=time(2, 30))
    assert moment(rule, date(2026, 3, 1)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # shown as 03:30
    assert moment(rule, date(2026, 10, 1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first 02:30


def test_the_first_wednesday_and_the_last() -> None:
    assert moment(Rule("weekday", "fixed", ""), date(2026, 12, 1)) == datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert moment(Rule("weekday", "fixed", "", nth=5), date(2026, 7, 1)) == datetime(2026, 7, 29, 8, tzinfo=UTC)
