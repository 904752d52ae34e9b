"""The live streams: a bare ASGI callable beside Django, so that a thousand open pages cost a thousand small tasks.

When an operation moves, its pages' regions are rendered once per (page, reader scope, language) in one thread, and the
same bytes go to all who share them. A stream that missed something gets everything that differs from what it last had,
or the whole page's regions when that is no longer known. A slow reader is never waited for. A reader whose session or
seat has ended loses the stream within half a minute (`readers`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from samlad.journal import live, operations, tail
from samlad.journal.live import Ticket
from samlad.journal.operations import NotHere
from samlad.web import readers
from samlad.web.headers import beside_django
from samlad.web.readers import Claim, Readers, claim_of
from samlad.web.shown import Key, Picture, Shared, render

logger = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
KEEP_ALIVE: Final = 15.0  # seconds; shorter than the patience of common proxies
PAUSE: Final = 1.0  # seconds before what could not be rendered is tried again


class Hub:
    """All open streams of this process."""

    def __init__(self) -> None:
        self.streams: dict[UUID, set[Stream]] = {}
        self.shown: dict[Key, Picture] = {}
        self.pictures: dict[Shared, Picture] = {}
        self.rendering: set[UUID] = set()
        self.again: set[UUID] = set()
        self.renderer = ThreadPoolExecutor(1, thread_name_prefix="live-renderer")
        self.loop: asyncio.AbstractEventLoop | None = None
        self.readers = Readers()
        self.rounds: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen to the journal's tail; called by the server in its event loop."""
        self.loop = asyncio.get_running_loop()
        tail.listen(self.moved)
        self.rounds = self.loop.create_task(self.go_round())

    async def go_round(self) -> None:
        """End the streams whose readers may no longer have them, again and again."""
        while True:
            await asyncio.sleep(readers.EVERY)
            lost = await self.readers.fallen()
            for stream in [stream for streams in self.streams.values() for stream in streams if stream.claim in lost]:
                stream.leave(None)

    def stop(self) -> None:
        """End every stream, so that the server can stop: browsers come back by themselves."""
        if self.rounds is not None:
            self.rounds.cancel()
        for streams in self.streams.values():
            for stream in streams:
                stream.leave(None)

    def moved(self, moved: set[str]) -> None:
        """Called from any thread, after a commit."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.wake, {UUID(id) for id in moved})

    def wake(self, moved: set[UUID]) -> None:
        """Render what somebody is watching; what moves meanwhile is rendered in one more turn."""
        for operation in moved & self.streams.keys():
            if operation in self.rendering:
                self.again.add(operation)
            else:
                self.rendering.add(operation)
                asyncio.get_running_loop().create_task(self.refresh(operation))

    async def refresh(self, operation: UUID) -> None:
        """Bring all streams of an operation up to date."""
        try:
            while True:
                self.again.discard(operation)
                if not await self.show({stream.key for stream in self.streams.get(operation, ())}):
                    await asyncio.sleep(PAUSE)
                    self.again.add(operation)
                for stream in self.streams.get(operation, ()):
                    stream.wake_if_behind(self)
                if operation not in self.again or operation not in self.streams:
                    return
        finally:
            self.rendering.discard(operation)

    async def show(self, keys: set[Key]) -> bool:
        """Render for these keys, in the renderer's thread; False when it failed, as when the database is away."""
        loop = asyncio.get_running_loop()
        known = {shared: picture.position for shared, picture in self.pictures.items()}
        try:
            found = await loop.run_in_executor(self.renderer, render, keys, known)
        except Exception:
            logger.exception("live regions could not be rendered")
            return False
        for shared, (position, regions) in found.fresh.items():
            self.pictures.setdefault(shared, Picture()).update(position, regions)
        for key, shared in found.shared.items():
            if shared in self.pictures:  # else the last who were shown it have left meanwhile
                self.shown[key] = self.pictures[shared]
        return True

    def leave(self, stream: "Stream") -> None:
        """Forget a stream that has ended, and what only it was shown."""
        streams = self.streams[stream.key.operation]
        streams.discard(stream)
        self.readers.leave(stream.claim)
        if not any(other.key == stream.key for other in streams):
            self.shown.pop(stream.key, None)
        if not streams:
            del self.streams[stream.key.operation]
            gone = [shared for shared in self.pictures if shared[1] == stream.key.operation]
            for shared in gone:
                del self.pictures[shared]


class Stream:
    """One open page."""

    def __init__(self, key: Key, position: int, claim: Claim) -> None:
        self.key = key
        self.claim = claim
        self.position = position
        self.wake = asyncio.Event()
        self.gone = False

    def wake_if_behind(self, hub: Hub) -> None:
        """Go on if there is something newer to send."""
        shown = hub.shown.get(self.key)
        if shown is not None and shown.position != self.position:
            self.wake.set()

    async def run(self, hub: Hub, send: Callable[[Message], Awaitable[None]]) -> None:
        """Send what is new until the reader goes."""
        loop = asyncio.get_running_loop()
        while not self.gone:
            shown = hub.shown.get(self.key)
            if shown is not None and shown.position != self.position:
                body, self.position = shown.message(self.position), shown.position
                await send({"type": "http.response.body", "body": body, "more_body": True})
                continue
            self.wake.clear()
            quiet = loop.call_later(KEEP_ALIVE, self.wake.set)  # wait_for would make a task for each delivery
            began = loop.time()
            await self.wake.wait()
            quiet.cancel()
            if loop.time() - began >= KEEP_ALIVE:
                await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})

    def leave(self, _: object) -> None:
        """The reader has gone."""
        self.gone = True
        self.wake.set()


hub: Final = Hub()
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """GET /live/<ticket>: a stream of server-sent events. 403 for a ticket that is forged, too old or not the reader's
    own, 429 for one stream too many, 503 while the database can't say."""
    ticket = live.ticket(scope["path"].removeprefix("/live/")) if scope["method"] == "GET" else None
    claim = claim_of(ticket, scope["headers"]) if ticket is not None else None
    if ticket is None or claim is None:
        await refuse(send, 403)
        return
    try:
        if refused := await why_not(ticket, claim):
            await refuse(send, refused)
            return
    except (DatabaseError, InterfaceError):
        await refuse(send, 503)
        return
    stream = Stream(Key.of(ticket), position_of(ticket, scope["headers"]), claim)
    hub.streams.setdefault(ticket.operation, set()).add(stream)
    hub.readers.enter(claim)
    left = asyncio.ensure_future(disconnected(receive))
    left.add_done_callback(stream.leave)
    ending = asyncio.get_running_loop().call_later(live.VALID.total_seconds(), stream.leave, None)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [*beside_django(), *HEADERS]})
        await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
        if stream.key not in hub.shown:
            hub.wake({ticket.operation})
        await stream.run(hub, send)
        await send({"type": "http.response.body", "body": b""})
    finally:
        left.cancel()
        ending.cancel()
        hub.leave(stream)


def position_of(ticket: Ticket, headers: Iterable[tuple[bytes, bytes]]) -> int:
    """What the page already shows: what its stream said last, or what stood in it when it was fetched."""
    told = dict(headers).get(b"last-event-id", b"")
    return int(told) if told.isdigit() and len(told) < 10 else ticket.position


async def refuse(send: Callable[[Message], Awaitable[None]], status: int) -> None:
    """No stream. The page that asked is then asked for again by its script, and says why."""
    headers = [*beside_django(), (b"cache-control", b"no-store"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def why_not(ticket: Ticket, claim: Claim) -> int:
    """The status by which the reader is refused; 0 when nothing is in the way."""
    if hub.readers.full(claim):
        return 429
    return 0 if await hub.readers.admit(claim) and await allowed(ticket) else 403


async def disconnected(receive: Callable[[], Awaitable[Message]]) -> None:
    """Return when the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def allowed(ticket: Ticket) -> bool:
    """Whether the reader may still see the operation."""
    if Key.of(ticket) in hub.shown:
        return True
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(hub.renderer, may_see, ticket)


def may_see(ticket: Ticket) -> bool:
    """Ask the database."""
    try:
        operations.get(ticket.operation, ticket.who)
    except NotHere:
        return False
    return True
