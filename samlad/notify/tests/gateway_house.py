"""A real HTTP server for the tests that plays every gateway, and refuses, hangs and talks nonsense as real ones do."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec


class Asked(msgspec.Struct, frozen=True):
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


Answer = tuple[int, str] | tuple[int, str, dict[str, str]]


def by_path(asked: Asked) -> Answer:
    """What each gateway answers when all is well."""
    if asked.path.endswith(("/a1/sms", "/a1/calls")):
        return 200, json.dumps({"id": "s" + "7" * 32, "status": "created"})
    if asked.path.startswith("/2010-04-01/"):
        return 201, json.dumps({"sid": "SM" + "7" * 32, "status": "queued"})
    if asked.path.startswith("/_matrix/"):
        return 200, json.dumps({"event_id": "$event"})
    if asked.path.startswith("/push/"):
        return 201, "", {"Location": f"{asked.path}/m/1"}
    return 200, "ok"


class House(ThreadingHTTPServer):
    """Answers on 127.0.0.1. `asked` are the requests in the order they came; `answers` says what is answered.

    `hangs` takes a request and says nothing; `drops` hangs up without a word.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.asked: list[Asked] = []
        self.answers: Callable[[Asked], Answer] = by_path
        self.hangs = False
        self.drops = False
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def always(self, status: int, text: str = "", **headers: str) -> None:
        """Answer this to all."""
        self.answers = lambda asked: (status, text, headers)

    def __enter__(self) -> "House":
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.ended.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class Desk(BaseHTTPRequestHandler):
    """One request."""

    server: House

    def do_POST(self) -> None:
        self.answered()

    def do_PUT(self) -> None:
        self.answered()

    def do_GET(self) -> None:
        self.answered()

    def answered(self) -> None:
        """Note what was asked, and answer it."""
        house = self.server
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        house.asked.append(asked)
        if house.hangs:
            house.ended.wait(60)
            return
        if house.drops:
            self.connection.close()
            return
        status, text, *more = house.answers(asked)
        self.send_response(status)
        for name, value in (more[0] if more else {}).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""
