"""The figures of test alarms: how many answered, the median, the 95th percentile. Pure.

Percentiles are by nearest rank: the smallest of the values that at least p per cent of them do not exceed. So each is
a time that somebody had, and nothing is computed between two. Of a few values there is no percentile: a median is told
from three answers on, a 95th percentile from twenty, below which it would be nothing but the longest. Those who did not
answer have no time; how many they are stands beside, always.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

import msgspec

FEWEST_MEDIAN: Final = 3
FEWEST_P95: Final = 20
FEWEST_ACTORS: Final = 5
"""Of fewer actors than this the whole says too much of the single one, and is not shown to others."""

Key = TypeVar("Key")


class Sample(msgspec.Struct, frozen=True):
    """One actor in one test alarm. `minutes` to the answer; None: none came. `at`: when it began, Stockholm's time."""

    drill: str
    month: date
    at: datetime
    actor: str
    minutes: float | None = None
    way: str = ""
    role: str = ""


class Summary(msgspec.Struct, frozen=True):
    """Some samples together. What there are too few answers for is None."""

    asked: int = 0
    answered: int = 0
    median: float | None = None
    p95: float | None = None
    longest: float | None = None

    @property
    def unreached(self) -> int:
        """How many did not answer."""
        return self.asked - self.answered


def minutes_between(call: datetime, answer: datetime) -> float:
    """How long an answer took. Never less than nothing, whatever the clocks did."""
    return max((answer - call).total_seconds() / 60, 0.0)


def percentile(values: Sequence[float], per_cent: int) -> float:
    """By nearest rank. Raises ValueError where there are no values."""
    if not values:
        raise ValueError("no values")
    rank = -(-per_cent * len(values) // 100)  # rounded up, without the errors of decimal fractions
    return sorted(values)[max(rank, 1) - 1]


def summary(samples: Iterable[Sample]) -> Summary:
    """The figures of some samples."""
    some = list(samples)
    times = [one.minutes for one in some if one.minutes is not None]
    return Summary(
        asked=len(some),
        answered=len(times),
        median=percentile(times, 50) if len(times) >= FEWEST_MEDIAN else None,
        p95=percentile(times, 95) if len(times) >= FEWEST_P95 else None,
        longest=max(times, default=None),
    )


def by(samples: Iterable[Sample], key: Callable[[Sample], Key]) -> dict[Key, list[Sample]]:
    """The samples in groups, in the order in which the groups first come."""
    groups: dict[Key, list[Sample]] = defaultdict(list)
    for one in samples:
        groups[key(one)].append(one)
    return dict(groups)
