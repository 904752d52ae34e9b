"""When what of a weekly conference is due: the same clock time in every week, through the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samlad.activation.weekly import (
    Done,
    Otherwise,
    Plan,
    Schedule,
    at_night,
    due,
    following,
    monday,
    operation_of,
    plan,
    week_of,
    weeks_around,
)
from samlad.base.clock import STOCKHOLM

THURSDAY = Schedule(weekday=4, at=time(9), opens_days=2, remind_hours=20, report_minutes=60, closes_hours=8)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
schedules = st.builds(
    Schedule,
    weekday=st.integers(1, 7),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    opens_days=st.integers(0, 14),
    remind_hours=st.integers(0, 72),
    report_minutes=st.integers(0, 600),
    closes_hours=st.integers(1, 48),
)


def planned(schedule: Schedule, week: str, otherwise: Otherwise | None = None) -> Plan:
    """The plan of a week that has one."""
    found = plan(schedule, week, otherwise)
    assert found is not None
    return found


def local(moment: datetime) -> str:
    """A moment as Stockholm's clocks show it."""
    return moment.astimezone(STOCKHOLM).strftime("%a %H:%M")


@pytest.mark.parametrize("week", ["2026-W43", "2026-W44", "2026-W13", "2026-W14"])  # clocks change between them
def test_the_clock_on_the_wall_is_the_same_in_every_week(week: str) -> None:
    found = planned(THURSDAY, week)
    assert local(found.conference_at) == "Thu 09:00"
    assert local(found.opens_at) == "Tue 09:00"
    assert local(found.remind_at) == "Wed 13:00"
    assert local(found.report_by) == "Thu 08:00"
    assert local(found.closes_at) == "Thu 17:00"


def test_a_conference_on_the_monday_after_the_clocks_change_opens_at_its_own_clock_time() -> None:
    found = planned(msgspec.structs.replace(THURSDAY, weekday=1), "2026-W44")
    assert (local(found.opens_at), local(found.conference_at)) == ("Sat 09:00", "Mon 09:00")
    assert found.conference_at - found.opens_at == timedelta(hours=49)


@given(schedules, days)
def test_moments_follow_one_another_through_every_change_of_clocks(schedule: Schedule, day: date) -> None:
    week = week_of(day)
    found = planned(schedule, week)
    assert found.opens_at <= found.conference_at + timedelta(hours=1)
    assert found.remind_at <= found.conference_at + timedelta(hours=1)
    assert found.report_by <= found.conference_at + timedelta(hours=1)
    assert found.conference_at < found.closes_at + timedelta(hours=1)
    assert week_of(found.conference_at.astimezone(STOCKHOLM).date()) == week
    held = found.conference_at.astimezone(STOCKHOLM)
    twice_or_never = timedelta(hours=1)
    wanted = datetime.combine(held.date(), schedule.at)
    assert abs(held.replace(tzinfo=None) - wanted) in (timedelta(0), twice_or_never)


@given(days)
def test_weeks_have_names_and_ids_of_their_own(day: date) -> None:
    week = week_of(day)
    assert monday(week) <= day < monday(week) + timedelta(days=7)
    id = operation_of(week)
    assert id == operation_of(week) != operation_of(week_of(day + timedelta(weeks=1)))
    assert (id.version, id.variant) == (7, "specified in RFC 4122")


@pytest.mark.parametrize("week", ["2026-W54", "2026-48", "", "abcd-Wxy", "2026-W4", "2026-W００", "0000-W01"])
def test_what_is_no_week(week: str) -> None:
    with pytest.raises(ValueError):
        monday(week)


@given(schedules, days, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=60))
def test_whenever_somebody_looks_everything_is_done_once_in_order(
    schedule: Schedule, day: date, pauses: list[timedelta]
) -> None:
    """The worker looks at any moments, with outages of days: each thing is done at most once, never before its time,
    nothing but the closing after the conference has begun, and nothing at night that can wait."""
    found = planned(schedule, week_of(day))
    done, at = Done(), found.opens_at - timedelta(days=1)
    told: list[str] = []
    for pause in [*pauses, timedelta(days=40)]:
        at += pause
        while deed := due(found, done, at):
            told.append(deed)
            assert deed == "close" or (at < found.conference_at and not at_night(at))
            assert at >= {"open": found.opens_at, "remind": found.remind_at, "close": found.closes_at}[deed]
            done = msgspec.structs.replace(
                done,
                opened=done.opened or deed == "open",
                reminded=done.reminded or deed == "remind",
                closed=done.closed or deed == "close",
            )
    assert told in ([], ["open", "close"], ["open", "remind", "close"])
    assert due(found, done, found.opens_at) is None or not done.opened  # the clock jumps back: nothing happens again


@given(schedules, days)
def test_whoever_looks_every_hour_of_the_day_misses_no_conference_that_opens_by_day(
    schedule: Schedule, day: date
) -> None:
    found = planned(schedule, week_of(day))
    hours = [found.opens_at + timedelta(hours=number) for number in range(24 * 15)]
    open_ = [at for at in hours if due(found, Done(), at) == "open"]
    waking = [at for at in hours if at < found.conference_at and not at_night(at)]
    assert open_ == waking


def test_weeks_that_differ() -> None:
    assert plan(THURSDAY, "2026-W53", Otherwise(None, None, "nyår")) is None
    moved = planned(THURSDAY, "2026-W48", Otherwise(date(2026, 11, 25), time(13, 30), "annan tid"))
    assert (local(moved.conference_at), local(moved.opens_at)) == ("Wed 13:30", "Mon 13:30")


def test_a_pause_opens_nothing_and_closes_what_is_open() -> None:
    found = planned(THURSDAY, "2026-W48")
    assert due(found, Done(), found.opens_at, paused=True) is None
    assert due(found, Done(opened=True), found.remind_at, paused=True) is None
    assert due(found, Done(opened=True), found.closes_at, paused=True) == "close"


def test_the_coming_weeks() -> None:
    at = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)  # Thursday, half an hour after it began
    coming = following(THURSDAY, {"2026-W50": Otherwise(None, None, "inställd")}, at, most=3)
    assert [(week, found is None) for week, found in coming] == [
        ("2026-W49", False),
        ("2026-W50", True),
        ("2026-W51", False),
    ]
    assert weeks_around(at)[:2] == ["2026-W47", "2026-W48"]
