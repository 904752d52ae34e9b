"""How much is thrown, and what it came to.

SAMLAD_FUZZ=1000 throws a thousand at each target instead of a few; the figures are printed in the end.
"""

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final
from zlib import crc32

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

LONG: Final = int(os.environ.get("SAMLAD_FUZZ", "0"))
FEW: Final = 4

sent: Final[Counter[str]] = Counter()
"""Requests by route, and by "field route name" how often a field or a parameter that there is was filled."""
answers: Final[Counter[int]] = Counter()
began: Final = time.monotonic()


Throw = Callable[[Any], None]


def thrown(strategy: st.SearchStrategy[Any], few: int = FEW, about: str = "") -> Callable[[Throw], Callable[[], None]]:
    """Run a function with many examples of a strategy: `few` by default, SAMLAD_FUZZ in a long run. Which ones is
    always the same, and for each thing that it is `about` other ones."""
    how = settings(
        max_examples=LONG or few,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if LONG else [Phase.generate],
        report_multiple_bugs=False,
    )

    def decorate(function: Throw) -> Callable[[], None]:
        run: Callable[[], None] = how(given(strategy)(function))
        return run if LONG else seed(crc32(about.encode()))(run)

    return decorate


def figures() -> str:
    """What has been thrown so far, on one line."""
    routes = [name for name in sent if not name.startswith("field ")]
    fields = len(sent) - len(routes)
    requests = sum(sent[name] for name in routes)
    codes = ", ".join(f"{code}: {count}" for code, count in sorted(answers.items()))
    seconds = time.monotonic() - began
    return (
        f"fuzzed: {requests} requests, {len(routes)} routes, {fields} fields and parameters, {seconds:.0f} s ({codes})"
    )
