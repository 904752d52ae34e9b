"""Two plots as what a template draws: points and lines in a box of 360 by 220. Pure; ADR 0026 says why our own.

Shape tells what colour tells: a filled dot and a whole line are the median, a hollow diamond and a dashed line the 95th
percentile, a cross those who did not answer. The same figures stand in a table beside each.
"""

from collections.abc import Sequence
from datetime import datetime
from math import cos, sin
from typing import Final

import msgspec

from samlad.learning.drill_statistics import Sample

WIDTH: Final = 360
LEFT, RIGHT, TOP, BOTTOM = 34, 352, 30, 186
MISSED: Final = 14  # the row of those who did not answer, above the plot
STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 360)
TICKS: Final = 4  # steps on the scale of minutes
MOST: Final = 600  # points: more would be a blot, and heavy
HOURS: Final = (0, 6, 12, 18, 24)


class Tick(msgspec.Struct, frozen=True):
    """A line of the scale and what stands at it."""

    at: float
    text: str


class Point(msgspec.Struct, frozen=True):
    """A mark, with what it says to a pointer."""

    x: float
    y: float
    title: str = ""


class Series(msgspec.Struct, frozen=True):
    """A line with its marks. `name` is the class that draws it: "median", "p95" or "all". `pieces` are its points; the
    line is broken where there was no value."""

    name: str
    label: str
    pieces: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All of its points."""
        return tuple(point for piece in self.pieces for point in piece)

    @property
    def paths(self) -> tuple[str, ...]:
        """The line, piece by piece."""
        return tuple(" ".join(f"{point.x:g},{point.y:g}" for point in piece) for piece in self.pieces)


class Plot(msgspec.Struct, frozen=True):
    """A whole plot."""

    series: tuple[Series, ...]
    dots: tuple[Point, ...]
    missed: tuple[Point, ...]
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]


class Line(msgspec.Struct, frozen=True):
    """What to draw as a line: a value for each place along, None where there is none."""

    name: str
    label: str
    values: Sequence[float | None]


def trend(labels: Sequence[str], lines: Sequence[Line], missed: Sequence[str]) -> Plot:
    """How it has gone from one test alarm to the next. `missed`: what stands over each where somebody was missed."""
    scale = step_for(max((value for line in lines for value in line.values if value is not None), default=0))
    places = [_along(place, len(labels)) for place in range(len(labels))]
    series = tuple(Series(line.name, line.label, _pieces(line, places, scale)) for line in lines)
    every = -(-len(labels) // 6)  # at most six stand beside each other
    ticks = tuple(
        Tick(x, label) for place, (x, label) in enumerate(zip(places, labels, strict=True)) if place % every == 0
    )
    crosses = tuple(Point(x, MISSED, text) for x, text in zip(places, missed, strict=True) if text)
    return Plot(series, (), crosses, ticks, minutes_scale(scale))


def hours(samples: Sequence[Sample]) -> Plot:
    """Each answer by the time of day at which the alarm went, beside each other where they would hide each other."""
    some = samples[-MOST:]
    scale = step_for(max((one.minutes for one in some if one.minutes is not None), default=0))
    dots = [
        Point(_spread(one.at, place), up(one.minutes, scale))
        for place, one in enumerate(some)
        if one.minutes is not None
    ]
    missed = [Point(_spread(one.at, place), MISSED) for place, one in enumerate(some) if one.minutes is None]
    ticks = tuple(Tick(LEFT + (RIGHT - LEFT) * hour / 24, f"{hour:02}") for hour in HOURS)
    return Plot((), tuple(dots), tuple(missed), ticks, minutes_scale(scale))


def step_for(most: float) -> int:
    """The step of the scale in minutes: the smallest round one with which all fit."""
    return next((step for step in STEPS if step * TICKS >= most), STEPS[-1])


def minutes_scale(step: int) -> tuple[Tick, ...]:
    """The lines across."""
    return tuple(Tick(up(step * place, step), str(step * place)) for place in range(TICKS + 1))


def up(minutes: float, step: int) -> float:
    """How high a time is drawn."""
    share = min(minutes / (step * TICKS), 1)
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _pieces(line: Line, places: Sequence[float], scale: int) -> tuple[tuple[Point, ...], ...]:
    """A line's points, in one piece from gap to gap."""
    pieces: list[list[Point]] = [[]]
    for x, value in zip(places, line.values, strict=True):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(Point(x, up(value, scale)))
    return tuple(tuple(piece) for piece in pieces if piece)


def _along(place: int, places: int) -> float:
    """Where along the scale something is: the first not at the very edge, a single one in the middle."""
    share = (place + 0.5) / max(places, 1)
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def _spread(at: datetime, place: int) -> float:
    """Where a time of day is; neighbours of the same minute stand up to a quarter of an hour apart."""
    hour = at.hour + at.minute / 60 + 0.35 * sin(place * 12.9898) * cos(place)
    return round(LEFT + (RIGHT - LEFT) * min(max(hour, 0.0), 24.0) / 24, 1)
