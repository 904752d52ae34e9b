"""The floor of the live streams: asyncio that writes the same bytes to every socket, and nothing else."""

import asyncio
import time
from typing import Any, cast

import uvloop

from bench.peers import listen, say

HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nd\r\nretry: 2000\n\n\r\n"
)
readers: set[asyncio.Transport] = set()
body = b""


class Reader(asyncio.Protocol):
    """One socket."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def data_received(self, data: bytes) -> None:
        self.transport.write(HEAD)
        readers.add(self.transport)

    def connection_lost(self, error: Exception | None) -> None:
        readers.discard(self.transport)


def send(position: int) -> None:
    """The same event to all, in the framing that the real one has."""
    event = b"id: %d\n%s" % (position, body)
    framed = b"%x\r\n%s\r\n" % (len(event), event)
    for reader in readers:
        reader.write(framed)


async def main() -> None:
    """Listen on a free port; the clock is read in another thread, as it is beside the real one."""
    global body
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Reader, "127.0.0.1", 0, backlog=2048)

    def answer(words: dict[str, Any]) -> None:
        global body
        if "body" in words:
            body = words["body"].encode()
            say(bytes=len(body))
        else:
            at = time.monotonic_ns()
            loop.call_soon_threadsafe(send, words["report"])
            say(at=at, position=words["report"])

    listen(answer)
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
