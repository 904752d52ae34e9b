"""Plots: everything inside the box, higher where it took longer, broken where there is no value."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.learning.drill_plots import BOTTOM, LEFT, RIGHT, TOP, Line, Plot, hours, trend
from samlad.learning.drill_statistics import Sample

minutes = st.none() | st.floats(0, 2000, allow_nan=False)


def inside(plot: Plot) -> bool:
    """Whether all marks of times are in the box."""
    marks = [*plot.dots, *(point for series in plot.series for point in series.points)]
    return all(LEFT <= mark.x <= RIGHT and TOP <= mark.y <= BOTTOM for mark in marks)


@given(st.lists(minutes, max_size=40))
def test_a_trend(values: list[float | None]) -> None:
    labels = [str(place) for place in range(len(values))]
    plot = trend(labels, [Line("median", "median", values)], ["1" if value is None else "" for value in values])
    (series,) = plot.series
    known = [value for value in values if value is not None]
    assert inside(plot) and len(series.points) == len(known) and len(plot.missed) == values.count(None)
    assert [point.x for point in series.points] == sorted(point.x for point in series.points)
    longest = max(known, default=0)
    for value, point in zip(known, series.points, strict=True):
        assert value < longest or point.y == min(one.y for one in series.points)
    runs = sum(value is not None and (place == 0 or values[place - 1] is None) for place, value in enumerate(values))
    assert len(series.pieces) == len(series.paths) == runs


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59), minutes), max_size=40))
def test_hours(told: list[tuple[int, int, float | None]]) -> None:
    samples = [
        Sample("x", date(2026, 11, 1), datetime(2026, 11, 4, hour, minute, tzinfo=STOCKHOLM), "a", value)
        for hour, minute, value in told
    ]
    plot = hours(samples)
    assert inside(plot) and len(plot.dots) + len(plot.missed) == len(samples)
    for sample, dot in zip([one for one in samples if one.minutes is not None], plot.dots, strict=True):
        at = (sample.at.hour + sample.at.minute / 60) / 24
        assert abs((dot.x - LEFT) / (RIGHT - LEFT) - at) < 0.5 / 24 + 0.01
