"""Percentiles by nearest rank, against the definition; and no figure that there are too few answers for."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.learning.drill_statistics import Sample, by, minutes_between, percentile, summary

AT = datetime(2026, 11, 4, 10, tzinfo=STOCKHOLM)
minutes = st.floats(0, 600, allow_nan=False)


def sample(actor: int, value: float | None) -> Sample:
    return Sample("prov", date(2026, 11, 1), AT, str(actor), value)


@given(st.lists(minutes, min_size=1, max_size=200), st.integers(1, 100))
def test_percentile_is_the_smallest_value_that_enough_do_not_exceed(values: list[float], per_cent: int) -> None:
    enough = [one for one in values if sum(other <= one for other in values) * 100 >= per_cent * len(values)]
    assert percentile(values, per_cent) == min(enough)


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


@given(st.lists(st.none() | minutes, max_size=60))
def test_a_summary_counts_everybody_and_guesses_nothing(values: list[float | None]) -> None:
    found = summary(sample(place, value) for place, value in enumerate(values))
    times = sorted(value for value in values if value is not None)
    assert (found.asked, found.answered, found.unreached) == (len(values), len(times), len(values) - len(times))
    assert found.longest == (times[-1] if times else None)
    assert (found.median is None) == (len(times) < 3) and (found.p95 is None) == (len(times) < 20)
    if found.median is not None:
        assert found.median == times[(len(times) + 1) // 2 - 1]
    if found.p95 is not None and found.median is not None:
        assert found.median <= found.p95 <= times[-1] and sum(time > found.p95 for time in times) <= len(times) * 0.05


@given(st.lists(st.none() | minutes, max_size=60), st.integers(1, 5))
def test_groups_hold_everything_once(values: list[float | None], groups: int) -> None:
    samples = [sample(place, value) for place, value in enumerate(values)]
    found = by(samples, lambda one: int(one.actor) % groups)
    assert sorted(one.actor for some in found.values() for one in some) == sorted(one.actor for one in samples)
    assert sum(summary(some).asked for some in found.values()) == summary(samples).asked


def test_no_clock_makes_an_answer_come_before_the_call() -> None:
    assert minutes_between(AT, datetime(2026, 11, 4, 9, 59, tzinfo=STOCKHOLM)) == 0
