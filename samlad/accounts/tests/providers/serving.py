"""What both providers stand on: a small web server, and a form where one signs in."""

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec

FORM = """<!doctype html><title>{title}</title><h1>{title}</h1><form method="post" action="{action}">{hidden}
<p><label>User <input name="username"></label> <label>Password <input name="password" type="password"></label>
<label>Level <input name="level" value="{level}"></label> <button>Sign in</button></p></form>"""


class Asked(msgspec.Struct, frozen=True):
    """A request: what a provider needs to know of it."""

    method: str
    path: str
    url: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]


class Answer(msgspec.Struct, frozen=True):
    """What a provider answers."""

    body: str
    status: str = "200 OK"
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def to(address: str) -> Answer:
    """Lead the browser on."""
    return Answer("", "303 See Other", headers=(("Location", address),))


def form(title: str, action: str, level: str, **hidden: str) -> Answer:
    """The provider's sign-in form. Who signs in chooses the level, as if with another card."""
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden.items())
    return Answer(FORM.format(title=title, action=action, hidden=fields, level=escape(level)))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what goes wrong is told where it does."""


def serve(answer: Callable[[Asked], Answer], port: int) -> None:
    """Answer requests on this machine until the process is ended."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length).decode() if length else ""
        names = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        url = f"http://127.0.0.1:{port}{path}"
        given, sent = dict(parse_qsl(query, True)), dict(parse_qsl(body, True))
        asked = Asked(environ["REQUEST_METHOD"], path, url, given, sent, names)
        answered = answer(asked)
        start(answered.status, [("Content-Type", answered.kind), *answered.headers])
        return [answered.body.encode()]

    threading.Thread(target=_until_alone, daemon=True).start()
    with make_server("127.0.0.1", port, application, _Server, _Quiet) as server:
        server.serve_forever()


def _until_alone() -> None:
    """End with whoever started us, however they end: our end of their pipe closes, which even SIGKILL does."""
    sys.stdin.read()
    os._exit(0)


def setup() -> Any:
    """The provider's set-up: a JSON file named on the command line."""
    return json.loads(Path(sys.argv[1]).read_text())
