"""Memory that an open stream takes in the server, against a bare asyncio server."""

import time
from collections.abc import Iterator
from typing import Final

from bench.arrangement import arrangement
from bench.figures import Figure, number

STREAMS: Final = 1000
EVENTS: Final = 3  # what a stream has had before it is weighed


def measure() -> Iterator[Figure]:
    """One line. What the second thousand takes: the first fills what the process has free since its start."""
    before, each = {}, {}
    with arrangement() as it:
        for name, server in it.servers.items():
            it.open(name, 1)
            _, had = it.event(name)
            if name == "real":
                it.same_bytes(had["event"])
            it.close(name)
            before[name] = server.memory()
            weighed = []
            for group in (name, f"{name}, more"):
                it.open(name, STREAMS, group)
                for _ in range(EVENTS):
                    it.event(name)
                time.sleep(1)
                weighed.append(server.memory())
            each[name] = (weighed[1] - weighed[0]) / STREAMS
            it.close(name)
            it.close(f"{name}, more")
    yield Figure(
        "memory of an open stream, the second 1 000",
        "KiB",
        each["real"],
        floor=each["floor"],
        floor_is="bare asyncio server",
        ratio=each["real"] / each["floor"] if each["floor"] >= 0.1 else None,
        note=f"without streams {number(before['real'] / 1024)} MiB, bare {number(before['floor'] / 1024)} MiB",
    )
