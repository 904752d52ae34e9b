"""What the server takes off the wire before a request is one: limits to its head, in bytes and in seconds.

uvicorn's parser refuses what two servers could read in two ways (two lengths, a length and chunks, odd line ends), but
has no limit of its own: a head without end would fill the memory, and one that comes a letter a minute would hold its
connection for ever.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from samlad.web.headers import beside_django

HEAD_BYTES: Final = 32 * 1024  # of all header lines and the address; browsers send one or two thousand
HEAD_LINES: Final = 100
HEAD_SECONDS: Final = 20.0


class TooMuch(Exception):
    """The head is over a limit."""


class Wire(HttpToolsProtocol):
    """uvicorn's protocol with limits."""

    slow: asyncio.TimerHandle | None = None
    in_head = False
    waiting = 0  # bytes that have come of a head which is not whole
    size = 0
    too_much = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client: it has some seconds for the head of its first request."""
        super().connection_made(transport)
        self.hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has left."""
        self.head_is_whole()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes; too many of a head that has no end are refused."""
        super().data_received(data)
        if self.in_head:
            self.waiting += len(data)
            if self.waiting > HEAD_BYTES:
                self.too_much = True
                self.send_400_response("")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.in_head, self.size, self.waiting = True, 0, 0
        self.hurry()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self.count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header line. Raises TooMuch."""
        self.count(len(name) + len(value))
        if len(self.headers) >= HEAD_LINES:
            self.too_much = True
            raise TooMuch
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self.head_is_whole()
        super().on_headers_complete()

    def count(self, more: int) -> None:
        """So much more of the head. Raises TooMuch."""
        self.size += more
        if self.size > HEAD_BYTES:
            self.too_much = True
            raise TooMuch

    def hurry(self) -> None:
        """The head must be whole in time."""
        if self.slow is None:
            self.slow = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def head_is_whole(self) -> None:
        """No hurry any more."""
        self.in_head = False
        if self.slow is not None:
            self.slow.cancel()
            self.slow = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, with the headers that every answer carries, and hang up."""
        if self.transport.is_closing():
            return
        said = b"The request is too large." if self.too_much else b"This is no request."
        head: list[Any] = [STATUS_LINE[431 if self.too_much else 400]]
        given = [*beside_django(), (b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        for name, value in [*given, (b"content-length", str(len(said)).encode()), (b"connection", b"close")]:
            head += [name, b": ", value, b"\r\n"]
        self.transport.write(b"".join([*head, b"\r\n", said]))
        self.transport.close()
