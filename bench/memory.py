"""Memory that an open stream takes in the server, against a bare asyncio server."""

import time
from collections.abc import Iterator
from typing import Final

from bench.arrangement import arrangement
from bench.figures import Figure, number

STREAMS: Final = 1000
EVENTS: Final = 3  # what a stream has had before it is weighed


def measure() -> Iterator[Figure]:
    """One line. The server has rendered and sent before the first weighing: what that takes is not the streams'."""
    with arrangement() as it:
        before, each = {}, {}
        for name, server in it.servers.items():
            it.open(name, 10)
            for _ in range(20):
                _, had = it.event(name)
            if name == "real":
                it.same_bytes(had["event"])
            it.close(name)
            time.sleep(1)
            before[name] = server.memory()
            it.open(name, STREAMS)
            for _ in range(EVENTS):
                it.event(name)
            time.sleep(0.5)
            each[name] = (server.memory() - before[name]) / STREAMS
            it.close(name)
    yield Figure(
        "memory of an open stream, of 1 000",
        "KiB",
        each["real"],
        floor=each["floor"],
        floor_is="bare asyncio server",
        ratio=each["real"] / max(each["floor"], 0.01),
        note=f"without streams {number(before['real'] / 1024)} MiB, bare {number(before['floor'] / 1024)} MiB",
    )
