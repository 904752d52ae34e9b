"""A year at a glance: bars over months, drawn by the server. What it shows stands as words in the list below it.

All measures are in the units of the picture: 1000 across, which on paper is the long side of an A4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Final

from django.utils.formats import date_format

from samlad.governance.plan.queries import ActivityView, AreaView
from samlad.governance.plan.words import kronor, progress_word

WIDTH: Final = 1000
LEFT: Final = 330  # where the months begin
RIGHT: Final = 992
TOP: Final = 26
ROW: Final = 40
BAR: Final = 18
LETTER: Final = 7.2  # a letter of a word beside a bar, about
LINE: Final = 15
LONGEST: Final = 44  # letters on a line of a title


@dataclass(frozen=True)
class Month:
    """A column: where its line is, where its name stands, and whether a quarter begins with it."""

    x: float
    middle: float
    name: str
    quarter: bool


@dataclass(frozen=True)
class Bar:
    """One activity: its texts, its bar, the word of its status beside or in the bar, and where it goes on outside the
    year."""

    key: str
    title: str
    lines: tuple[str, ...]  # the title, on one or two lines
    about: str
    y: float
    x: float
    width: float
    progress: str
    word: str
    shape_x: float
    word_x: float
    word_end: bool  # the word ends at word_x, since there is no room after the bar
    before: bool
    after: bool
    late: bool

    @property
    def about_dy(self) -> int:
        """How far down the line below the title stands."""
        return 6 + LINE * len(self.lines)

    @property
    def end(self) -> float:
        """The right end of the bar."""
        return round(self.x + self.width, 1)


@dataclass(frozen=True)
class Chart:
    """The picture of one goal area."""

    name: str
    months: tuple[Month, ...]
    bars: tuple[Bar, ...]
    today_x: float | None
    height: int


def place_of(year: int, day: date) -> float:
    """Where a day begins, from left to right; days outside the year at its edges."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    share = (min(max(day, first), after) - first).days / (after - first).days
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def months(year: int) -> tuple[Month, ...]:
    """The twelve columns."""
    edges = [place_of(year, date(year, month, 1)) for month in range(1, 13)] + [float(RIGHT)]
    return tuple(
        Month(
            edges[month - 1],
            round((edges[month - 1] + edges[month]) / 2, 1),
            date_format(date(year, month, 1), "b"),
            month % 3 == 1,
        )
        for month in range(1, 13)
    )


def bar(year: int, y: int, one: ActivityView) -> Bar:
    """An activity's bar."""
    activity, how = one.activity, one.standing
    start = place_of(year, activity.first_day)
    end = max(place_of(year, activity.last_day + timedelta(days=1)), start + 4)
    word = progress_word(how.progress)
    needed = len(word) * LETTER + 40
    fits_after, fits_in = end + needed <= RIGHT, end - start >= needed
    shape_x, word_x = beside(start, end, fits_in, fits_after)
    return Bar(
        key=str(activity.pk),
        title=activity.title,
        lines=title_lines(activity.title),
        about=" · ".join(filter(None, (one.responsible, kronor(activity.amount) if activity.amount else ""))),
        y=y,
        x=start,
        width=round(end - start, 1),
        progress=how.progress,
        word=word,
        shape_x=round(shape_x, 1),
        word_x=round(word_x, 1),
        word_end=not (fits_in or fits_after),
        before=activity.first_day < date(year, 1, 1),
        after=activity.last_day > date(year, 12, 31),
        late=how.late,
    )


def beside(start: float, end: float, fits_in: bool, fits_after: bool) -> tuple[float, float]:
    """Where a status stands: its shape, and its word. In the bar, else after it, else before it."""
    if fits_in:
        return start + 4, start + 26
    return (end + 10, end + 32) if fits_after else (start - 24, start - 30)


def title_lines(title: str) -> tuple[str, ...]:
    """A title on at most two lines; what does not get room stands in the list."""
    return tuple(wrap(title, LONGEST, max_lines=2, placeholder=" …")) or ("",)


def charts(year: int, areas: Sequence[AreaView], day: date) -> list[Chart]:
    """A picture for each goal area that has activities; `day` is marked where it is in the year."""
    return [chart(year, area, day) for area in areas if area.activities]


def chart(year: int, area: AreaView, day: date) -> Chart:
    """The picture of one goal area."""
    bars, y = [], TOP + 9
    for one in area.activities:
        bars.append(bar(year, y, one))
        y += ROW + LINE * (len(bars[-1].lines) - 1)
    today_x = place_of(year, day) if day.year == year else None
    return Chart(area.name, months(year), tuple(bars), today_x, y)
