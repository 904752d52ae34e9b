"""Dates as Swedish documents write them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
NUMBER: Final = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
MONTH: Final = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|"
    r"feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)"
)
WRITTEN: Final = re.compile(
    rf"""(?<![\d/:.-])(?:
        (?P<y1>(?:19|20)\d\d)\s?[-–.]\s?(?P<m1>\d{{1,2}})\s?[-–.]\s?(?P<d1>\d{{1,2}})(?![\d:/]|-\d)
      | (?P<y1b>(?:19|20)\d\d)/(?P<m1b>\d{{2}})/(?P<d1b>\d{{2}})(?!\d)
      | (?P<d2>\d{{1,2}})(?::?e)?\s+(?P<m2>{MONTH})\b\.?(?:\s+år)?,?\s+(?P<y2>(?:19|20)\d\d)(?!\d)
      | (?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})\s?[-–, ]\s?(?P<y3>(?:19|20)\d\d)(?!\d)
      | (?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>(?:19|20)\d\d)(?!\d)
    )""",
    re.I | re.X,
)
SHORT: Final = re.compile(
    r"(?<![\d/:.-])(?:(?P<y5>20\d\d)(?P<m5>[01]\d)(?P<d5>[0-3]\d)|(?P<y6>\d\d)-?(?P<m6>[01]\d)-?(?P<d6>[0-3]\d))(?![\d/:-])"
)
READ_BADLY: Final = re.compile(
    r"(?<![\w])(?=[\dOolI]{4}[-–.])[2Zz][0Oo][\dOolI]{2}[-–.][\dOolI]{2}[-–.][\dOolI]{2}(?!\w)"
)
FIXED: Final = str.maketrans("OolIZz–.", "001122--")


class Dated(NamedTuple):
    """A date, where it stands, and whether it was written so that it can't be anything else."""

    value: str  # 2019-03-19
    start: int
    end: int
    plain: bool


def dates(text: str, start: int = 0, end: int | None = None, *, labelled: bool = False) -> Iterator[Dated]:
    """The dates in a stretch of text, in order. Six or eight digits in a row are a date only behind a label."""
    found = list(_matches(WRITTEN, text, start, end, True))
    if labelled:
        found += _matches(SHORT, text, start, end, False)
    for match in READ_BADLY.finditer(text, start, len(text) if end is None else end):
        if not any(one.start <= match.start() < one.end for one in found):
            parts = match[0].translate(FIXED).split("-")
            if len(parts) == 3 and (value := _valid(*parts)):
                found.append(Dated(value, match.start(), match.end(), False))
    yield from sorted(found, key=lambda one: one.start)


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int | None, plain: bool) -> Iterator[Dated]:
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        parts = [part for part in match.groups() if part]
        if not (match.lastgroup or "").startswith(("d1", "d5", "d6")):
            parts = [parts[2], parts[1], parts[0]]
        if value := _valid(*parts):
            yield Dated(value, match.start(), match.end(), plain)


def _valid(year: str, month: str, day: str) -> str:
    """The date, or nothing where there is no such day."""
    number = NUMBER.get(month[:3].casefold()) or (int(month) if month.isdigit() else 0)
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
