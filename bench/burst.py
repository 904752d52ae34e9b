"""Forty liaisons send a report in the same instant, until all are acknowledged, against forty bare commits."""

import asyncio
import time
from collections.abc import Iterator
from typing import Final, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.urls import reverse

from bench.appends import floor_writer
from bench.browser import Browser, Form
from bench.figures import Figure, middle, quantile, spread
from bench.region import STATUSES, liaisons, operation, report, session
from bench.serving import processor_time, server
from tests.running import Running

ROUNDS: Final = 12  # the first two are not counted
TARGET: Final = 100.0  # milliseconds
DONE: Final = (204, 302, 303)


class Line(asyncio.Protocol):
    """A liaison's open connection."""

    def __init__(self) -> None:
        self.answer = bytearray()
        self.done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def ask(self, request: bytes) -> "asyncio.Future[int]":
        """Send; the future is the status of the whole answer."""
        self.answer.clear()
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.done

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, found, body = bytes(self.answer).partition(b"\r\n\r\n")
        if not found:
            return
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if not lengths or len(body) >= int(lengths[0].split(b":")[1]):
            self.done.set_result(int(head.split(b" ")[1]))


def measure() -> Iterator[Figure]:
    """One line, with what the same forty cost when nothing is done behind them."""
    people = liaisons()
    id = operation(people, 500)
    with server() as running:
        browsers = [Browser(running.url, session(who)) for who in people]
        act, end = floor_writer(id)()
        took, last, bare, empty, worked = asyncio.run(rounds(running, id, browsers, act))
        end()
    slowest = quantile(took, 0.95)
    yield Figure(
        "forty reports at once, all acknowledged, p50",
        "ms",
        middle(took),
        spread(took, 50),
        middle(bare),
        "forty commits, one after the other",
        spread(bare, 50),
        middle(one / other for one, other in zip(took, bare, strict=True)),
        f"under {TARGET:.0f} ms",
        middle(took) < TARGET,
        f"p95 {slowest:.0f} ms; one answer p50 {middle(last):.0f} ms; forty /healthz at once on the same connections "
        f"{middle(empty):.0f} ms; the server's processor worked {middle(worked):.0f} ms for the forty",
    )


async def rounds(running: Running, id: UUID, browsers: list[Browser], act: object) -> tuple[list[float], ...]:
    """Burst and floor in turn: milliseconds of all, of each answer, of forty commits, of forty empty answers, of
    the server's processor for the burst."""
    loop = asyncio.get_running_loop()
    address = urlsplit(running.url)
    made = [await loop.create_connection(Line, str(address.hostname), address.port or 80) for _ in browsers]
    lines = [line for _transport, line in made]
    took, single, bare, empty, worked = [], [], [], [], []
    for number in range(ROUNDS):
        requests = [posted(id, browser, number * len(browsers) + place) for place, browser in enumerate(browsers)]
        work = processor_time(running)
        statuses, each = await at_once(lines, requests)
        work = processor_time(running) - work
        assert set(statuses) <= set(DONE), f"answers were {statuses}"
        health = [f"GET /healthz HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()] * len(lines)
        _, idle = await at_once(lines, health)
        before = time.perf_counter()
        for _ in browsers:
            act()  # type: ignore[operator]
        commits = (time.perf_counter() - before) * 1000
        if number >= 2:
            took.append(max(each))
            single.extend(each)
            bare.append(commits)
            empty.append(max(idle))
            worked.append(work)
        await asyncio.sleep(0.3)
    return took, single, bare, empty, worked


async def at_once(lines: list[Line], requests: list[bytes]) -> tuple[list[int], list[float]]:
    """Send all requests in the same instant; the statuses, and the milliseconds until each was answered whole."""
    each: list[float] = []
    before = time.perf_counter()
    waiting = [line.ask(request) for line, request in zip(lines, requests, strict=True)]
    for one in waiting:
        one.add_done_callback(lambda _: each.append((time.perf_counter() - before) * 1000))
    return list(await asyncio.wait_for(asyncio.gather(*waiting), 60)), each


def posted(id: UUID, browser: Browser, number: int) -> bytes:
    """The request a liaison's browser sends after the form has been filled in."""
    path = reverse("report_new", args=[id])
    form = Form(browser.page(path).body.decode(), "status")
    told = report(number)
    typed = {"status": STATUSES[number % 4], "event": told.event, "consequences": told.consequences}
    typed |= {"measures": told.measures, "forecast_24h": told.forecast_24h}
    body = urlencode(form.filled(**typed)).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {browser.connection.host}:{browser.connection.port}\r\n"
        f"Cookie: {browser.cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
