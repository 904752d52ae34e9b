"""Recurring patterns spread out: no hole and no overlap, whatever the clocks and the holidays do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.registers.roster_days import easter, holiday, holidays, is_working_day, moved
from samlad.registers.roster_turns import Turns, boundary, spread, wall

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
patterns = st.builds(
    Turns,
    people=st.lists(st.sampled_from("abcde"), min_size=1, max_size=8).map(tuple),
    weekday=st.integers(0, 6),
    handover=st.times().map(lambda it: it.replace(second=0, microsecond=0)),
    valid_from=days,
    weeks=st.integers(1, 8),
    on_holiday=st.sampled_from(["same", "before", "after"]),
)


@given(patterns, days, st.integers(1, 500))
def test_no_hole_and_no_overlap(turns: Turns, day: date, length: int) -> None:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    end = begin + timedelta(days=length)
    spans = list(spread(turns, begin, end))
    for one, after in pairwise(spans):
        assert one.ends == after.starts
        assert one.starts < one.ends
    first = boundary(turns, 0)
    if end > first:
        assert spans[0].starts <= max(begin, first) and spans[-1].ends >= end
    else:
        assert not spans


@given(patterns, days, st.integers(1, 300))
def test_spread_in_pieces_is_as_spread_at_once(turns: Turns, day: date, length: int) -> None:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    middle, end = begin + timedelta(days=length // 2), begin + timedelta(days=length)
    pieces = dict.fromkeys([*spread(turns, begin, middle), *spread(turns, middle, end)])
    assert list(pieces) == list(spread(turns, begin, end))


@given(patterns, st.integers(0, 100))
def test_handover_is_at_that_hour_by_the_wall(turns: Turns, number: int) -> None:
    there = boundary(turns, number).astimezone(STOCKHOLM)
    skipped = wall(there.date(), turns.handover).astimezone(STOCKHOLM).time() != turns.handover
    assert there.time() == turns.handover or skipped
    assert turns.on_holiday == "same" or not holiday(there.date())


@given(patterns, st.integers(1, 60))
def test_the_last_turn_is_whole(turns: Turns, weeks: int) -> None:
    ended = Turns(
        people=turns.people,
        weekday=turns.weekday,
        handover=turns.handover,
        valid_from=turns.valid_from,
        valid_to=turns.valid_from + timedelta(weeks=weeks),
        weeks=turns.weeks,
        on_holiday=turns.on_holiday,
    )
    far = datetime(2040, 1, 1, tzinfo=UTC)
    spans = list(spread(ended, datetime(2019, 1, 1, tzinfo=UTC), far))
    assert spans == list(spread(turns, datetime(2019, 1, 1, tzinfo=UTC), far))[: len(spans)]
    assert spans[-1].ends >= wall(ended.valid_from, time(0)) + timedelta(weeks=weeks, days=-8)


def test_friday_at_five_stays_so_over_the_change_of_clocks() -> None:
    turns = Turns(people=("a", "b"), weekday=4, handover=time(17), valid_from=date(2026, 10, 16))
    one, two = list(spread(turns, datetime(2026, 10, 17, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)))
    assert one.starts.astimezone(STOCKHOLM).hour == 17 == two.ends.astimezone(STOCKHOLM).hour
    assert one.ends - one.starts == timedelta(days=7)
    assert two.ends - two.starts == timedelta(days=7, hours=1)  # the night to 25 October is an hour longer


def test_a_handover_on_a_holiday_moves() -> None:
    def good_friday(rule: str) -> datetime:
        turns = Turns(("a", "b"), weekday=4, handover=time(8), valid_from=date(2026, 3, 27), on_holiday=rule)
        return boundary(turns, 1).astimezone(STOCKHOLM)

    there = [good_friday(rule) for rule in ("same", "before", "after")]
    assert [it.date() for it in there] == [date(2026, 4, 3), date(2026, 4, 2), date(2026, 4, 7)]
    assert {it.hour for it in there} == {8}


@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25))],
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_the_holidays_of_a_year() -> None:
    found = {day.isoformat(): name for day, name in holidays(2026).items()}
    assert found == {
        "2026-01-01": "Nyårsdagen",
        "2026-01-06": "Trettondedag jul",
        "2026-04-03": "Långfredagen",
        "2026-04-05": "Påskdagen",
        "2026-04-06": "Annandag påsk",
        "2026-05-01": "Första maj",
        "2026-05-14": "Kristi himmelsfärdsdag",
        "2026-05-24": "Pingstdagen",
        "2026-06-06": "Sveriges nationaldag",
        "2026-06-19": "Midsommarafton",
        "2026-06-20": "Midsommardagen",
        "2026-10-31": "Alla helgons dag",
        "2026-12-24": "Julafton",
        "2026-12-25": "Juldagen",
        "2026-12-26": "Annandag jul",
        "2026-12-31": "Nyårsafton",
    }
    assert holiday(date(2004, 5, 31)) == "Annandag pingst" and not holiday(date(2004, 6, 6))
    assert holiday(date(2008, 5, 1))  # Ascension Day and the first of May on the same day


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["before", "after"]))
def test_moved_to_a_working_day_less_than_a_week_away(day: date, rule: str) -> None:
    to = moved(day, rule)
    assert to == day or is_working_day(to)
    assert abs((to - day).days) < 7
