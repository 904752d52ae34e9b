"""Every address, its parts and its parameters, by every method: anything may stand in them."""

import re
from typing import Any, Final
from urllib.parse import quote

import pytest
from hypothesis import strategies as st

from tests.access import ROWS
from tests.access_words import READERS
from tests.bodies import posted
from tests.everything import MISSING, PARAMETERS, Everything, address
from tests.everything import parts as parts_of
from tests.fuzz import profile
from tests.fuzz.browser import Request, ask
from tests.fuzz.judge import faults
from tests.fuzz.names import parameters
from tests.fuzz.pages import found
from tests.fuzz.profile import thrown
from tests.fuzz.strings import pairs, quoted, wire

pytestmark = pytest.mark.django_db
METHODS: Final = ("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "XQ7")
NAMES: Final = sorted(parameters())
HEADERS: Final = ("accept-language", "cookie", "referer", "origin", "user-agent", "accept", "range", "if-none-match")
MORE: Final = (
    "if-modified-since",
    "x-samlad-form",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "last-event-id",
)
ENTERING: Final = sorted(
    {reader for row in ROWS for reader in READERS if row.gets[reader] in ("200", "302", "409", "422")}
)


def readers(route: str) -> list[str]:
    """Who gets furthest with an address, and one who gets nowhere."""
    for wanted in ({"200"}, {"302", "409", "422"}):
        rows = [row for row in ROWS if row.route == route]
        if able := [reader for reader in READERS if any(row.gets[reader] in wanted for row in rows)]:
            return [*able[:: max(1, len(able) // 3)], "anonymous", "stranger"]
    return ["anonymous"]


def target(route: str, scene: Everything, parts: dict[str, bytes]) -> bytes:
    """The address with some of its parts replaced."""
    path = quote(address(route, scene.names()), safe="/%")
    marked = parts_of(route, scene.names())
    encoded = path.encode()
    for name, value in parts.items():
        encoded = encoded.replace(quote(str(marked[name])).encode(), quoted(value), 1)
    return encoded


def asked(route: str, scene: Everything) -> st.SearchStrategy[Request]:
    """Requests to one route."""
    linked = found(scene).parameters.get(route, frozenset())
    known = {name.encode() for name in (*NAMES, *linked)}
    names = st.sampled_from(sorted(known)) | wire
    parts = st.dictionaries(st.sampled_from(PARAMETERS[route]), wire, max_size=2) if PARAMETERS[route] else st.just({})
    bodies = st.one_of(
        st.just(
            (
                b"application/x-www-form-urlencoded",
                pairs([(k.encode(), str(v).encode()) for k, v in posted(route, scene).items()]),
            )
        ),
        st.tuples(wire.map(lambda value: re.sub(rb"[\0\r\n]", b"", value)), wire),
    )

    def together(
        reader: str, method: str, replaced: dict[str, bytes], query: Any, body: tuple[bytes, bytes]
    ) -> Request:
        profile.sent.update(f"field {route}?{name.decode()}" for name, _ in query if name in known)
        path = target(route, scene, replaced) + (b"?" + pairs(query) if query else b"")
        sends = method not in ("GET", "HEAD", "OPTIONS", "TRACE")
        headers = {"content-type": body[0]} if sends else {}
        return Request(route, path, method, body[1] if sends else b"", headers, scene.sessions.get(reader, ""))

    queries = st.lists(st.tuples(names, wire), max_size=4)
    return st.builds(together, st.sampled_from(readers(route)), st.sampled_from(METHODS), parts, queries, bodies)


@pytest.mark.parametrize("route", sorted(PARAMETERS))
def test_anything_may_stand_in_an_address(route: str, everything: Everything) -> None:
    @thrown(asked(route, everything), few=7, about=route)
    def throw(request: Request) -> None:
        assert faults(request, ask(request)) == []

    throw()


def test_any_path_at_all(everything: Everything) -> None:
    known = [address(route, MISSING).encode() for route in sorted(PARAMETERS)]
    pieces = st.lists(
        st.one_of(wire.map(quoted), st.sampled_from([b"/", b"..", b"//", b"%2e%2e", b"%2f", b"operations"]))
    )
    paths = st.one_of(
        pieces.map(lambda found: b"/" + b"".join(found)),
        st.sampled_from(known).flatmap(lambda path: wire.map(lambda more: path + quoted(more))),
    )

    @thrown(st.tuples(paths, st.sampled_from(["rsk", "anonymous"])), few=60)
    def throw(drawn: tuple[bytes, str]) -> None:
        request = Request("any path", drawn[0], session=everything.sessions.get(drawn[1], ""))
        if not drawn[0].startswith((b"/live/", b"/static/")):
            assert faults(request, ask(request)) == []

    throw()


def test_any_header(everything: Everything) -> None:
    pages = [row.route for row in ROWS if row.method == "GET" and "200" in row.gets.values()]
    # What a server's parser lets through; and what browsers and Django then take out of quotes.
    plain = wire.map(lambda value: re.sub(rb"[\0-\x1f\x7f]", b"", value))
    values = plain | plain.map(lambda it: b'sessionid="\\000' + it + b'"; django_language="\\012' + it + b'"')
    headers = st.dictionaries(
        st.sampled_from([*HEADERS, *MORE, "host", "content-type", "content-length"]), values, min_size=1, max_size=3
    )

    @thrown(st.tuples(st.sampled_from(pages), headers, st.sampled_from(["rsk", "administrator"])), few=80)
    def throw(drawn: tuple[str, dict[str, bytes], str]) -> None:
        route, sent, reader = drawn
        path = address(route, everything.names()).encode()
        request = Request(route, path, headers=sent, session=everything.sessions[reader])
        assert faults(request, ask(request)) == []

    throw()


CHARSETS: Final = (
    "utf-8",
    "utf-16",
    "utf-7",
    "latin-1",
    "idna",
    "punycode",
    "base64",
    "hex",
    "rot13",
    "zip",
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
    "mbcs",
    "xq7",
    "",
    '"',
    "utf-8; charset=utf-16",
    "big5",
    "utf-8-sig",
)
KINDS: Final = (
    "text/html",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=",
    "text/xml",
    "multipart/mixed; boundary=x",
    "application/octet-stream",
    "",
)
PIECES: Final = (
    b"--x",
    b"--x--",
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b'Content-Disposition: form-data; name="what"',
    b"Content-Disposition: form-data; name*=utf-16''what",
    b'; filename="../../x"',
    b'; filename="a.docx"',
    b"Content-Transfer-Encoding: base64",
    b"Content-Type: text/plain; charset=base64",
    b"Content-Type: application/xml",
    b"=?utf-16?B?AAAA?=",
    b"%",
    b"&",
    b"=",
    b"what=",
    b"what=a&what=b",
    b"\xff\xfe",
    b"%ff",
    b"%u0000",
    b"[1,",
    b'{"what": "\\ud800"}',
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
)


def test_any_body(everything: Everything) -> None:
    taking = [row.route for row in ROWS if row.method == "POST" and {"302", "409", "422"} & set(row.gets.values())]
    kinds = st.tuples(st.sampled_from(KINDS), st.sampled_from(CHARSETS)).map(
        lambda pair: f"{pair[0]}; charset={pair[1]}".encode()
    )
    bodies = st.lists(st.one_of(st.sampled_from(PIECES), wire), max_size=12).map(b"".join)

    @thrown(st.tuples(st.sampled_from(taking), kinds, bodies, st.sampled_from(["POST", "POST", "GET"])), few=200)
    def throw(drawn: tuple[str, bytes, bytes, str]) -> None:
        route, kind, body, method = drawn
        path = address(route, everything.names()).encode()
        reader = next(iter(readers(route)))
        request = Request(
            route, path + b"?at=%ff", method, body, {"content-type": kind}, everything.sessions.get(reader, "")
        )
        assert faults(request, ask(request)) == []

    throw()
