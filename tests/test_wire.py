"""What comes over the wire before it is a request: what two servers could read in two ways, what has no end."""

import socket
import time

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from samlad.web import wire
from tests.running import Running

CLOSE = "Connection: close"
POST = "POST /healthz HTTP/1.1"


def said(site: Running, sent: bytes) -> bytes:
    """All that the server answers to these bytes until it hangs up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        answer = b""
        try:
            connection.sendall(sent)
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass
        return answer


def request(*lines: str, body: str = "") -> bytes:
    """A request of these lines."""
    return ("\r\n".join([*lines, "", ""]) + body).encode("latin-1")


@pytest.mark.parametrize(
    "sent",
    [
        request(POST, "Host: localhost", "Content-Length: 3", "Transfer-Encoding: chunked", body="0\r\n\r\n"),
        request(POST, "Host: localhost", "Content-Length: 3", "Content-Length: 4", body="abcd"),
        request(POST, "Host: localhost", "Content-Length: -1"),
        request(POST, "Host: localhost", "Content-Length: 3x", body="abc"),
        request(POST, "Host: localhost", "Transfer-Encoding: chunked", body="zz\r\nabc\r\n0\r\n\r\n"),
        request(POST, "Host: localhost", "Transfer-Encoding: chunked, identity", body="abc"),
        request("GET /healthz HTTP/1.1", "Host : localhost"),
        request("GET /healthz HTTP/1.1", "Host: localhost", "X-A: a\x00b"),
        request("GET /healthz HTTP/1.1", "Host: localhost", "X-A: a\nX-B: b"),
        request("GET /healthz HTTP/9.9", "Host: localhost"),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nothing of the kind\r\n\r\n",
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused(sent: bytes, site: Running) -> None:
    answer = said(site, sent)
    assert answer.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert b"content-security-policy: default-src 'none'" in answer
    assert b"connection: close" in answer
    assert answer.count(b"HTTP/1.1") == 1
    assert site.answers()


def test_two_hosts_are_none(site: Running) -> None:
    answer = said(site, request("GET /sign-in/ HTTP/1.1", "Host: localhost", "Host: elsewhere.example", CLOSE))
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("header", ["X-Forwarded-Host: elsewhere", "X-Host: elsewhere", "Forwarded: host=elsewhere"])
def test_another_host_is_believed_of_nobody(header: str, site: Running) -> None:
    answer = said(site, request("GET / HTTP/1.1", "Host: localhost", header, CLOSE))
    assert answer.startswith(b"HTTP/1.1 302 ") and b"elsewhere" not in answer


def test_a_whole_address_names_no_other_host(site: Running) -> None:
    answer = said(site, request("GET http://elsewhere.example/ HTTP/1.1", "Host: localhost", CLOSE))
    assert b"elsewhere" not in answer


@pytest.mark.parametrize(
    "sent",
    [
        request("GET /healthz HTTP/1.1", "Host: localhost", "X-A: " + "a" * 40_000),
        request(f"GET /{'a' * 40_000} HTTP/1.1", "Host: localhost"),
        request("GET /healthz HTTP/1.1", "Host: localhost", *(f"X-{number}: a" for number in range(200))),
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 70_000,
    ],
)
def test_a_head_without_end_is_cut_off(sent: bytes, site: Running) -> None:
    answer = said(site, sent)
    assert answer.startswith(b"HTTP/1.1 431 "), answer[:200]
    assert b"content-security-policy" in answer


def test_a_large_head_that_browsers_send_is_taken(site: Running) -> None:
    sent = request("GET /healthz HTTP/1.1", "Host: localhost", "Cookie: a=" + "a" * 8000, CLOSE)
    assert said(site, sent).startswith(b"HTTP/1.1 200 ")


def test_requests_one_after_the_other_are_answered_in_order(site: Running) -> None:
    one = request("GET /healthz HTTP/1.1", "Host: localhost")
    last = request("GET /not-there/ HTTP/1.1", "Host: localhost", CLOSE)
    answer = said(site, one + one + last)
    assert answer.count(b"HTTP/1.1 200") == 2 and answer.count(b"HTTP/1.1 404") == 1


def test_a_large_body_is_read_to_its_end_only_so_far(site: Running) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        connection.sendall(request(POST, "Host: localhost", "Content-Length: 9000000000"))
        began, sent = time.monotonic(), 0
        try:
            while time.monotonic() - began < 30:
                sent += connection.send(b"x" * 1_000_000)
        except ConnectionError:
            pass
        assert sent < 400_000_000
    assert site.answers()


class Clock:
    """An event loop's timers, for a protocol without one."""

    def __init__(self) -> None:
        self.calls: list[float] = []
        self.cancelled = 0

    def call_later(self, seconds: float, call: object) -> "Clock":
        self.calls.append(seconds)
        return self

    def cancel(self) -> None:
        self.cancelled += 1


class Transport:
    """A connection nobody is at the other end of."""

    def get_extra_info(self, name: str) -> None:
        """Nothing is known."""

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        """Nothing is read."""


def test_a_head_must_come_in_time_and_a_body_has_time_of_its_own() -> None:
    clock = Clock()
    config = Config("tests.test_wire:nothing", http=wire.Wire, lifespan="off")
    protocol = wire.Wire(config, ServerState(), {}, clock)  # type: ignore[arg-type]
    protocol.connection_made(Transport())  # type: ignore[arg-type]
    assert clock.calls == [wire.HEAD_SECONDS]
    protocol.data_received(b"POST / HTTP/1.1\r\nHost: loc")
    protocol.head_is_whole()
    assert clock.cancelled


def nothing(*_: object) -> None:
    """An application that does nothing."""
