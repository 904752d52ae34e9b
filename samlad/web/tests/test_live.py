"""The live streams: who gets what, once rendered for all who may read the same, and what comes back after a gap."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connections
from django.test import Client

from samlad.activation.actions import acknowledge
from samlad.journal import live, read
from samlad.journal.entries import OWN
from samlad.journal.who import Who
from samlad.registers.models import Person
from samlad.registers.tests.cast import make_cast
from samlad.web import live as streams
from samlad.web.tests.scene import report, snow

pytestmark = pytest.mark.django_db(transaction=True)
Event = tuple[int, str, dict[str, Any]]


class Address(str):
    """A stream's address, and the cookie of the browser that got it."""

    cookie: bytes = b""


class Reader:
    """A browser's end of a stream."""

    def __init__(self, path: str, last_event_id: str = "", cookie: bytes | None = None) -> None:
        headers = [(b"last-event-id", last_event_id.encode())] if last_event_id else []
        headers.append((b"cookie", getattr(path, "cookie", b"") if cookie is None else cookie))
        self.scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.left = asyncio.Event()
        self.task = asyncio.create_task(streams.app(self.scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.sent.put(message)

    async def status(self) -> int:
        return int((await asyncio.wait_for(self.sent.get(), 20))["status"])

    async def event(self) -> Event:
        """The next event; comments and the retry time are passed over."""
        async with asyncio.timeout(20):
            while not (body := (await self.sent.get())["body"].decode()).startswith("id:"):
                pass
        lines = dict(line.split(": ", 1) for line in body.strip().splitlines())
        return int(lines["id"]), lines["event"], msgspec.json.decode(lines["data"])

    async def leave(self) -> None:
        self.left.set()
        await asyncio.wait_for(self.task, 20)


@pytest.fixture
def hub() -> Iterator[streams.Hub]:
    fresh = streams.Hub()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "hub", fresh)
        yield fresh
    for executor in (fresh.renderer, fresh.readers.executor):
        executor.submit(connections.close_all).result()
        executor.shutdown()


def played(scenario: Callable[[], Awaitable[None]], hub: streams.Hub) -> None:
    """Run a scenario with the hub listening."""

    async def run() -> None:
        hub.start()
        try:
            await scenario()
        finally:
            hub.stop()
            await sync_to_async(connections.close_all)()

    asyncio.run(run())


def stream(operation: UUID, who: Who, position: int | None = None) -> Address:
    """A stream's address for somebody who has just signed in."""
    shown = read.position(operation, who) if position is None else position
    address = Address(live.url("front", operation, who, "sv", position=shown))
    address.cookie = f"sessionid={session(who.person)}".encode()
    return address


def session(person: str) -> str:
    """Sign somebody in; returns the session's key."""
    client = Client()
    client.force_login(Person.objects.get(key=person))
    return client.cookies["sessionid"].value


act = sync_to_async(acknowledge)


def test_a_change_reaches_all_rendered_once(hub: streams.Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    operation = snow(cast)
    rendered: list[Who] = []
    front = live.page("front")

    def counted(operation: UUID, who: Who, params: Any, at: int) -> Any:
        rendered.append(who)
        return front.regions(operation, who, params, at)

    monkeypatch.setattr(live, "page", lambda name: live.LivePage("front", counted))
    readers = [cast.rsk, cast.liaison, cast.duty_officer, cast.observer]

    paths = [stream(operation, member.who) for member in readers]

    async def scenario() -> None:
        open_pages = [Reader(path) for path in paths for _ in range(5)]
        assert [await page.status() for page in open_pages] == [200] * 20
        await eventually(lambda: len(hub.shown) == len(readers))
        rendered.clear()
        await act(by=cast.liaison.who, operation=operation, affected="yes")
        for page in open_pages:
            position, event, data = await page.event()
            assert event == "regions" and position == 3 == data["position"]
            assert "Berörd" in data["regions"]["actor-sodertalje"]
            assert "actor-nacka" not in data["regions"]  # only what changed
        assert len(rendered) <= 2  # the commit may come while the first is rendered
        for page in open_pages:
            await page.leave()
        assert not hub.streams and not hub.shown and not hub.pictures

    played(scenario, hub)


def test_nothing_reaches_those_who_may_not_read(hub: streams.Hub) -> None:
    cast = make_cast()
    operation = snow(cast)

    paths = [stream(operation, cast.liaison.who), stream(operation, cast.duty_officer.who)]

    async def scenario() -> None:
        own, other = Reader(paths[0]), Reader(paths[1])
        assert await own.status() == await other.status() == 200
        while len(hub.shown) < 2:  # both have what there was
            await asyncio.sleep(0.01)
        await sync_to_async(report)(cast.liaison.who, operation, "black", "Bara för oss", audience=OWN)
        position, _, data = await own.event()
        assert "Bara för oss" in data["regions"]["actor-sodertalje"] and position == 3
        await act(by=cast.duty_officer.who, operation=operation, affected="no")
        position, _, data = await other.event()
        assert position == 3 and "Bara för oss" not in str(data) and "actor-sodertalje" not in data["regions"]
        await own.leave()
        await other.leave()

    played(scenario, hub)


def test_what_was_missed_comes_when_the_stream_is_back(hub: streams.Hub) -> None:
    cast = make_cast()
    operation = snow(cast)
    path = stream(operation, cast.rsk.who)

    async def scenario() -> None:
        stayed, left = Reader(path), Reader(path)
        assert await stayed.status() == await left.status() == 200
        await left.leave()
        await act(by=cast.liaison.who, operation=operation, affected="yes")
        await act(by=cast.duty_officer.who, operation=operation, affected="no")
        seen: dict[str, str] = {}
        position = 2
        while position < 4:
            position, _, data = await stayed.event()
            seen |= data["regions"]
        assert {"actor-sodertalje", "actor-nacka"} <= seen.keys()
        back = Reader(path, last_event_id="2")
        assert await back.status() == 200
        position, missed = 2, set[str]()
        while position < 4:
            position, event, data = await back.event()
            missed |= data["regions"].keys()
        assert (position, event) == (4, "regions") and {"actor-sodertalje", "actor-nacka"} <= missed
        up_to_date = Reader(path, last_event_id="4")
        assert await up_to_date.status() == 200
        await asyncio.sleep(0)
        for page in (stayed, back, up_to_date):
            await page.leave()
        assert not any("event:" in str(message.get("body")) for message in drained(up_to_date))

    played(scenario, hub)


def test_what_could_not_be_rendered_is_tried_again(hub: streams.Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    operation = snow(cast)
    path = stream(operation, cast.rsk.who)
    front, failures = live.page("front"), [OperationalError("the database is away")]

    def failing(operation: UUID, who: Who, params: Any, at: int) -> Any:
        if at == 3 and failures:
            raise failures.pop()
        return front.regions(operation, who, params, at)

    monkeypatch.setattr(live, "page", lambda name: live.LivePage("front", failing))
    monkeypatch.setattr(streams, "PAUSE", 0.01)

    async def scenario() -> None:
        page = Reader(path)
        assert await page.status() == 200
        await eventually(lambda: bool(hub.shown))
        await act(by=cast.liaison.who, operation=operation, affected="yes")
        position, _, data = await page.event()
        assert position == 3 and "actor-sodertalje" in data["regions"] and not failures
        await page.leave()

    played(scenario, hub)


def test_forged_old_and_foreign_tickets_are_refused(hub: streams.Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    operation = snow(cast)
    good = stream(operation, cast.rsk.who)

    async def scenario() -> None:
        for path in ("/live/", "/live/abc", good[:-2] + "xx", stream_of_stranger):
            refused = Reader(path, cookie=getattr(path, "cookie", good.cookie))
            assert await refused.status() == 403
            await refused.leave()
        with monkeypatch.context() as patch:
            patch.setattr(live, "VALID", timedelta(seconds=-1))
            late = Reader(good)
            assert await late.status() == 403
            await late.leave()

    stream_of_stranger = stream(operation, cast.stranger.who, 0)
    played(scenario, hub)


def drained(reader: Reader) -> list[dict[str, Any]]:
    """What has been sent and not read."""
    return [reader.sent.get_nowait() for _ in range(reader.sent.qsize())]


async def eventually(true: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)
