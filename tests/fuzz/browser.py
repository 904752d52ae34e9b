"""How it is sent: as bytes, through the bridge between the server and Django, with nothing tidied up on the way."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache as stored
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from samlad.web.front import Front, environ_of
from tests.fuzz import profile

CSRF: Final = "x" * 32
HOST: Final = b"localhost"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def kind(self) -> str:
        """The content's type without its parameters."""
        return self.header("content-type").partition(";")[0]

    @property
    def text(self) -> str:
        """The body as text. Raises UnicodeDecodeError."""
        return self.body.decode()


@dataclass(frozen=True)
class Request:
    """What is sent. `target` is the path and the query as they stand on the request's first line."""

    route: str
    target: bytes
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, bytes] = field(default_factory=dict)
    session: str = ""

    def scope(self) -> dict[str, object]:
        """As uvicorn hands it over."""
        path, _, query = self.target.partition(b"?")
        cookies = f"{settings.CSRF_COOKIE_NAME}={CSRF}; {settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {"host": HOST, "cookie": cookies.encode(), "x-csrftoken": CSRF.encode(), **self.headers}
        return {
            "type": "http",
            "method": self.method,
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "http_version": "1.1",
            "scheme": "http",
            "headers": [(name.encode(), value) for name, value in headers.items()],
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 5000),
        }


@cache
def front() -> Front:
    """The server's front, of which the bridge is used; its threads are not: the scene lives in this one."""
    return Front()


def ask(request: Request) -> Answer:
    """Send it, and leave nothing behind."""
    profile.sent[request.route] += 1
    stored.clear()  # those who guess passwords would be stopped before anything else is seen
    with transaction.atomic(), connections_open():
        got = front().run(environ_of(request.scope(), request.body), lambda message: None)
        transaction.set_rollback(True)
    assert got is not None, "a streamed answer"
    status, headers, body = got
    profile.answers[status] += 1
    return Answer(status, [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers], body)


@contextmanager
def connections_open() -> Iterator[None]:
    """As Django's own test client does it: the end of a request is not the end of the scene's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def multipart(fields: list[tuple[bytes, bytes]], files: list[tuple[bytes, bytes, bytes, bytes]]) -> tuple[bytes, bytes]:
    """A content type and a body: fields by name and value, files by name, file name, type and content."""
    edge = b"xq7edge"
    parts = [disposition(name) + b"\r\n\r\n" + value for name, value in fields]
    for name, file_name, kind, content in files:
        head = disposition(name) + b'; filename="' + escaped(file_name) + b'"\r\nContent-Type: ' + oneline(kind)
        parts.append(head + b"\r\n\r\n" + content)
    body = b"".join(b"--" + edge + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + edge + b"--\r\n"
    return b"multipart/form-data; boundary=" + edge, body


def disposition(name: bytes) -> bytes:
    """The head of a part."""
    return b'Content-Disposition: form-data; name="' + escaped(name) + b'"'


def escaped(name: bytes) -> bytes:
    """A name as browsers write it in a part's head."""
    return name.replace(b"\r", b"%0D").replace(b"\n", b"%0A").replace(b'"', b"%22")


def oneline(value: bytes) -> bytes:
    """Without what would end the line: a server's parser lets no such thing through."""
    return re.sub(rb"[\0\r\n]", b"", value)
