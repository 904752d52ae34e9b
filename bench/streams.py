"""The clients of the live streams: many open pages in one process, on bare sockets.

Told `open`, it opens streams and answers when each is open; told `expect`, it answers when each has had one more
complete event: when the last one had it, how many had none, and what was in it.
"""

import asyncio
import gc
import os
import time
from typing import Any, cast

import uvloop

from bench.peers import listen, say

END = b"\n\n\r\n"  # the end of an event at the end of a chunk; inside an event's JSON there is no line break
PATIENCE = 20.0  # seconds
groups: dict[str, "Group"] = {}


class Group:
    """The streams of one server."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.readers: list[Reader] = []
        self.opening: set[Reader] = set()
        self.opened = asyncio.Event()
        self.waiting: set[Reader] = set()
        self.first = self.last = 0
        self.timer: asyncio.TimerHandle | None = None

    def arrived(self, reader: "Reader") -> None:
        """One more complete event at a stream."""
        self.waiting.discard(reader)
        self.last = time.monotonic_ns()
        self.first = self.first or self.last
        if not self.waiting and self.timer is not None:
            self.answer()

    def expect(self) -> None:
        """Begin to wait for the next event at every stream."""
        self.waiting, self.first = set(self.readers), 0
        for reader in self.readers:
            reader.event = bytearray()
        self.timer = asyncio.get_running_loop().call_later(PATIENCE, self.answer)
        say(armed=len(self.waiting))

    def answer(self) -> None:
        """All have it, or PATIENCE is over."""
        assert self.timer is not None
        self.timer.cancel()
        self.timer = None
        events = {bytes(reader.event) for reader in self.readers if reader not in self.waiting}
        sample = max(events, key=len, default=b"")
        say(
            last=self.last,
            first=self.first,
            missing=len(self.waiting),
            different=len(events),
            event=sample.partition(b"\r\n")[2].removesuffix(b"\r\n").decode(),
        )


class Reader(asyncio.Protocol):
    """One stream."""

    def __init__(self, group: Group, path: str, cookie: str) -> None:
        self.group = group
        self.path = path
        self.cookie = cookie
        self.event = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n"
            f"cookie: {self.cookie}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        if self in self.group.opening:
            self.event += data
            if self.event.endswith(END):
                assert self.event.startswith(b"HTTP/1.1 200"), bytes(self.event[:200])
                self.group.opening.discard(self)
                if not self.group.opening:
                    self.group.opened.set()
            return
        self.event += data
        if data.endswith(END) and not data.endswith(b"\r\n:" + END):
            self.group.arrived(self)


async def open_streams(name: str, port: int, paths: list[str], cookies: list[str]) -> None:
    """Open all at once, as browsers do that have lost their server; as many at a time as the system queues."""
    loop = asyncio.get_running_loop()
    group = groups[name] = Group(name)
    group.readers = [Reader(group, path, cookie) for path, cookie in zip(paths, cookies, strict=True)]
    group.opening = set(group.readers)
    began = time.monotonic_ns()
    for start in range(0, len(paths), 500):
        some = group.readers[start : start + 500]
        await asyncio.gather(
            *(loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port) for reader in some)  # type: ignore[misc]
        )
    await asyncio.wait_for(group.opened.wait(), PATIENCE)
    took = time.monotonic_ns() - began
    gc.collect()
    gc.freeze()
    gc.disable()
    say(opened=len(paths), took=took)


def close(name: str) -> None:
    """Leave."""
    for reader in groups.pop(name).readers:
        reader.transport.close()
    say(closed=name)


def give_up(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A fault here must not be waited for by the others."""
    loop.default_exception_handler(context)
    os._exit(1)


async def main() -> None:
    """Answer until told nothing more."""
    loop = asyncio.get_running_loop()
    tasks = set()

    def ended(task: asyncio.Task[None]) -> None:
        if error := task.exception():
            give_up(loop, {"message": "streams could not be opened", "exception": error})

    def answer(words: dict[str, Any]) -> None:
        match words:
            case {"open": name, "port": port, "paths": paths, "cookies": cookies}:
                task = loop.create_task(open_streams(name, port, paths, cookies))
                tasks.add(task)
                task.add_done_callback(ended)
            case {"expect": name}:
                groups[name].expect()
            case {"close": name}:
                close(name)

    loop.set_exception_handler(give_up)
    listen(answer, loop)
    say(ready=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
