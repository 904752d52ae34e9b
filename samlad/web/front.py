"""The one process, the one port: live streams by a bare ASGI callable, everything else by Django in a thread pool.

Why not Django's own ASGI handler: two thousand browsers coming back at once took 13 s through it and 0.5 s past it, and
an ordinary page costs a sixth of the time in a pool of threads (each synchronous middleware is two thread hops there).

A request's body is read whole before a thread is taken, and a page's answer is sent after the thread is given back, so
that a slow line holds no thread. Only a streaming response keeps its thread to the end: a database cursor behind it
belongs to that thread.
"""

import asyncio
import io
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.translation import gettext, gettext_noop, override

from samlad.web import live
from samlad.web.headers import beside_django
from samlad.web.understood import take_charset

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

THREADS = 8
BLOCK = 256 * 1024  # bytes of a streaming response sent at a time
METHODS = ("GET", "HEAD", "POST")
UNDER_WAY = 1000  # requests at a time; one more is told to come back
PATIENT = 20  # times the largest body that are read before the line is cut
WITH_FILES = re.compile(r"/operations/[0-9a-f-]{36}/reports/new/")  # the only address that files are sent to
UPLOADS = 4  # requests with files at a time: each may be ten times the size of any other
GRACE, SLOWEST = 30.0, 1000  # a body may take so many seconds, and one more for each so many bytes that have come


class TooLarge(Exception):
    """A request's body is over DATA_UPLOAD_MAX_MEMORY_SIZE; with files, over FILE_UPLOAD_MAX_MEMORY_SIZE."""


class TooSlow(Exception):
    """A request's body comes slower than on any line that works."""


class Gone(Exception):
    """The browser left before its request was whole."""


class Front:
    """The ASGI application."""

    def __init__(self) -> None:
        self.django = get_wsgi_application()
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self.under_way = 0
        self.uploads: set[str] = set()  # sessions that are sending files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
        elif scope["path"].startswith("/live/"):
            await live.app(scope, receive, send)
        else:
            await self.page(scope, receive, send)

    async def lifespan(self, receive: Receive, send: Send) -> None:
        """Start what streams need before the first request, and stop it after the last."""
        await receive()
        live.hub.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        live.hub.stop()
        await asyncio.to_thread(self.pool.shutdown)
        await send({"type": "lifespan.shutdown.complete"})

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with Django, if it is one that can be answered."""
        files = with_files(scope)
        # Who is not signed in holds no place among those who send files, however slowly they send.
        session = await live.hub.readers.session(scope["headers"]) if files else ""
        if scope["method"] not in METHODS:
            await refuse(send, 405, "", (b"allow", ", ".join(METHODS).encode()))
        elif self.under_way >= UNDER_WAY or (session and (len(self.uploads) >= UPLOADS or session in self.uploads)):
            await refuse(send, 503, "", (b"retry-after", b"5"))
        else:
            self.under_way += 1
            self.uploads |= {session} - {""}
            most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE if session else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            try:
                await self.through_django(scope, await read_body(receive, most), send)
            except Gone:
                pass
            except TooLarge:
                if files and not session:
                    await refuse(send, 302, "", (b"location", f"/sign-in/?next={quote(scope['path'])}".encode()))
                else:
                    await refuse(send, 413, too_large())
            except TooSlow:
                await refuse(send, 408, "")
            finally:
                self.under_way -= 1
                self.uploads.discard(session)

    async def through_django(self, scope: Scope, body: bytes, send: Send) -> None:
        """Django's answer to a request that is whole."""
        loop = asyncio.get_running_loop()

        def send_and_wait(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(sent(send, message), loop).result()

        whole = await loop.run_in_executor(self.pool, self.run, environ_of(scope, body), send_and_wait)
        if whole is not None:
            await answer(send, *whole)

    def run(self, environ: dict[str, Any], send: Callable[[Message], None]) -> tuple[int, Headers, bytes] | None:
        """In a thread: Django's answer whole, or None when it was long and has been sent from here."""
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
            encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            started.append((int(status[:3]), encoded))

        response: Any = self.django(environ, start_response)
        try:
            if not getattr(response, "streaming", False):
                return *started[0], b"".join(response)
            return stream(*started[0], blocks(response), send)
        finally:
            response.close()


def stream(
    status: int, headers: Headers, pieces: Iterator[bytes], send: Callable[[Message], None]
) -> tuple[int, Headers, bytes] | None:
    """Send a streaming response block by block; what fits in one block is given back instead, to be sent at once."""
    first, second = next(pieces, b""), next(pieces, None)
    if second is None:
        return status, headers, first
    send({"type": "http.response.start", "status": status, "headers": headers})
    for piece in (first, second):
        send({"type": "http.response.body", "body": piece, "more_body": True})
    for piece in pieces:
        send({"type": "http.response.body", "body": piece, "more_body": True})
    send({"type": "http.response.body", "body": b"", "more_body": False})
    return None


def blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in blocks of at least BLOCK bytes, the last one shorter."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


async def sent(send: Send, message: Message) -> None:
    """`send` as a coroutine, whatever kind of awaitable the server gives."""
    await send(message)


async def answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, status: int, sentence: str, *more: tuple[bytes, bytes]) -> None:
    """An answer beside Django: a sentence, and the headers that every answer carries."""
    body = sentence.encode()
    own = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *more]
    # Closed: what else comes of a body that was refused is not even looked at.
    own += [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await answer(send, status, [*beside_django(), *own], body)


def with_files(scope: Scope) -> bool:
    """Whether a request is a form that may have files with it, and more of them than fit in an ordinary one."""
    if scope["method"] != "POST" or not WITH_FILES.fullmatch(scope["path"]):
        return False
    length = dict(scope["headers"]).get(b"content-length", b"")
    return not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


async def read_body(receive: Receive, most: int) -> bytes:
    """The whole body. Raises TooLarge over `most` bytes, once all has been read (a browser that is cut off while it
    sends never sees the answer), TooSlow when it does not come, and Gone when the browser leaves."""
    parts: list[bytes] = []
    size = 0
    more = True
    began = asyncio.get_running_loop().time()
    while more:
        try:
            async with asyncio.timeout_at(began + GRACE + size / SLOWEST):
                message = await receive()
        except TimeoutError as error:
            raise TooSlow from error
        if message["type"] == "http.disconnect":
            raise Gone
        part: bytes = message.get("body", b"")
        size += len(part)
        if size <= most:
            parts.append(part)
        more = message.get("more_body", False) and size <= PATIENT * most
    if size > most:
        raise TooLarge
    return b"".join(parts)


def too_large() -> str:
    """What a browser is told that sent too much, in both languages: nothing is known of the reader here."""
    sentence = gettext_noop("This is too large to be sent. What you wrote was not saved; shorten it and send again.")
    lines = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            lines.append(gettext(sentence))
    return "\n".join(lines) + "\n"


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an ASGI request."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # "x_y" would be taken for "x-y", which a proxy in front may vouch for
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        if key in environ:
            value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
        environ[key] = value
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_CONTENT_LENGTH", None)
    take_charset(environ)
    return environ
