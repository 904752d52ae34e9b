"""Dates and times as people write them in Swedish, English and French. Unclear ones are not guessed.

A time without an offset is taken as Stockholm's; a date without a time as noon, which is never another day anywhere
the reports come from.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from samlad.base.clock import STOCKHOLM

NAMES: Final = (
    "januari january janvier", "februari february fevrier", "mars march", "april avril", "maj may mai",
    "juni june juin", "juli july juillet", "augusti august aout", "september septembre", "oktober october octobre",
    "november novembre", "december decembre",
)  # fmt: skip
NOON: Final = time(12)


def plain(word: str) -> str:
    """A word in small letters without accents."""
    return unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()


def month_words() -> dict[str, int]:
    """Every name of a month and every beginning of one that can mean no other."""
    words: dict[str, set[int]] = {}
    for number, names in enumerate(NAMES, 1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                words.setdefault(name[:length], set()).add(number)
    return {word: numbers.pop() for word, numbers in words.items() if len(numbers) == 1}


MONTHS: Final = month_words()
WORD: Final = r"[A-Za-zÀ-ÿ]{3,9}"
ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:er|:e|:a|st|nd|rd|th)?\s*(?:de\s+)?({WORD})\b\.?,?(?:\s+((?:19|20)\d\d))?(?!\d)"
)
MONTH_FIRST: Final = re.compile(rf"\b({WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)")
NUMBERS: Final = re.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
COMPACT: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
CLOCK: Final = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[.:]([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?![\d.:]|\s*%)")
OFFSET: Final = re.compile(r"\s*(Z|[+-]\d\d:?\d\d)")
NEAR: Final = 24  # characters after a date in which its time is looked for


class Found(NamedTuple):
    """A date in a text. `year` tells whether the year was written there."""

    day: date
    clock: time | None
    offset: timezone | None
    start: int
    end: int
    year: bool = True

    @property
    def moment(self) -> datetime:
        """The moment it means, aware."""
        return datetime.combine(self.day, self.clock or NOON, self.offset or STOCKHOLM)


def find_dates(text: str, year: int | None = None, *, month_first: bool = False) -> list[Found]:
    """All dates of a text in the order they stand. Those without a year get `year`, or are left out without one."""
    found: list[Found] = []
    for start, end, day, told in sorted(candidates(text, year, month_first)):
        if not found or start >= found[-1].end:
            clock, offset, after = time_after(text, end)
            found.append(Found(day, clock, offset, start, after, told))
    return found


def find_date(text: str, year: int | None = None, *, month_first: bool = False) -> Found | None:
    """The first date of a text."""
    return next(iter(find_dates(text, year, month_first=month_first)), None)


def candidates(text: str, year: int | None, month_first: bool) -> Iterator[tuple[int, int, date, bool]]:
    """(start, end, date, year written?) of whatever looks like a date and is one."""
    for match in ISO.finditer(text):
        yield from dated(match, match[1], match[2], match[3])
    for match in COMPACT.finditer(text):
        yield from dated(match, match[1], match[2], match[3])
    for match in DAY_FIRST.finditer(text):
        if (month := MONTHS.get(plain(match[2]))) and (match[3] or year):
            yield from dated(match, match[3] or year, month, match[1])
    for match in MONTH_FIRST.finditer(text):
        if month := MONTHS.get(plain(match[1])):
            yield from dated(match, match[3], month, match[2])
    for match in NUMBERS.finditer(text):
        first, second = (match[2], match[1]) if month_first else (match[1], match[2])
        yield from dated(match, match[3], second, first)


def dated(
    match: re.Match[str], year: str | int | None, month: str | int, day: str
) -> Iterator[tuple[int, int, date, bool]]:
    """A match as a date, if there is such a day."""
    told = match[0].rstrip()[-4:].isdigit() or match[0][:4].isdigit()
    try:
        yield match.start(), match.end(), date(int(year or 0), int(month), int(day)), told
    except ValueError:
        return


def time_after(text: str, end: int) -> tuple[time | None, timezone | None, int]:
    """The time of day told right after a date, its offset, and where both end."""
    match = CLOCK.search(text, end, end + NEAR)
    if match is None or "\n" in text[end : match.start()] or any(c.isdigit() for c in text[end : match.start()]):
        return None, None, end
    clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
    zone = OFFSET.match(text, match.end())
    return clock, offset_of(zone[1]) if zone else None, zone.end() if zone else match.end()


def offset_of(text: str) -> timezone | None:
    """An offset as ISO 8601 writes it."""
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        return None
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def find_clock(text: str) -> time | None:
    """The first time of day in a text."""
    match = CLOCK.search(text)
    return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def months_come_first(values: Iterable[str]) -> bool:
    """Whether dates like 12/21/2017 in a column must be American: the second number is a day and never the first."""
    pairs = [(int(match[1]), int(match[2])) for value in values for match in NUMBERS.finditer(value)]
    return any(second > 12 for _first, second in pairs) and all(first <= 12 for first, _second in pairs)
