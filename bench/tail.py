"""From an acknowledged append to the last of 50, 200 and 1,000 open front pages having it, against a bare broadcast."""

import time
from collections.abc import Iterator
from typing import Final

from bench.arrangement import Arrangement, arrangement
from bench.figures import Figure, middle, number, quantile, spread

TARGETS: Final = {50: None, 200: 40.0, 1000: 250.0}  # milliseconds, at p99
EVENTS: Final = 100
LONGEST: Final = 20.0  # seconds for one number of streams
PAUSE: Final = 0.02


def measure() -> Iterator[Figure]:
    """A line for each number of streams."""
    with arrangement() as it:
        for streams, target in TARGETS.items():
            yield line(it, streams, target)


def line(it: Arrangement, streams: int, target: float | None) -> Figure:
    """Real and bare in turn, with the same bytes."""
    opened = {name: it.open(name, streams) for name in it.servers}
    size = it.same_bytes(it.event("real")[1]["event"])
    times: dict[str, list[float]] = {name: [] for name in it.servers}
    for name in times:
        it.event(name)
    stop = time.monotonic() + LONGEST
    while len(times["real"]) < EVENTS and time.monotonic() < stop:
        for name, took in times.items():
            took.append(it.event(name)[0])
            time.sleep(PAUSE)
    for name in times:
        it.close(name)
    real, bare = times["real"], times["floor"]
    slowest = quantile(real, 0.99)
    opening = f"opening all took {number(opened['real'])} ms, bare {number(opened['floor'])} ms"
    note = f"{len(real)} events of {number(size / 1000)} kB; {opening}"
    return Figure(
        f"last of {number(streams)} streams has it, p99",
        "ms",
        slowest,
        spread(real),
        quantile(bare, 0.99),
        "bare broadcast",
        spread(bare),
        middle(real) / middle(bare),
        f"under {target:.0f} ms" if target else "",
        slowest < target if target else None,
        f"{note}; the ratio is of the medians",
    )
