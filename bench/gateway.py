"""A gateway that takes 50 ms a message, in a process of its own: `python -m bench.gateway`; it speaks as 46elks does.

Told `{"take": n}` it answers, when n messages have been answered since the last time, with the moments at which each
had come whole, on the clock that all processes of a machine share.
"""

import asyncio
import time
from typing import Any, Final

from bench.peers import listen, say

TAKES: Final = 0.05  # seconds
ANSWER: Final = b'{"id": "s0000000000000000000000000000000", "status": "created"}'


class Desk:
    """What has come, and who waits for it."""

    def __init__(self) -> None:
        self.came: list[int] = []
        self.answered = 0
        self.wanted = 0

    def asked(self, words: dict[str, Any]) -> None:
        """Somebody waits for a number of messages."""
        self.wanted = int(words["take"])
        self.answer()

    def answer(self) -> None:
        """Tell, when all have come."""
        if self.wanted and self.answered >= self.wanted:
            say(came=self.came)
            self.came, self.answered, self.wanted = [], 0, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, with any number of messages on it."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                await reader.readexactly(int(lengths[0].split(b":")[1]))
                self.came.append(time.monotonic_ns())
                await asyncio.sleep(TAKES)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER))
                await writer.drain()
                self.answered += 1
                self.answer()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def main() -> None:
    """Serve on a free port until ended."""
    desk = Desk()
    server = await asyncio.start_server(desk.serve, "127.0.0.1", 0, backlog=2048)
    listen(desk.asked, asyncio.get_running_loop())
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
