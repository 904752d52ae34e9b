"""Live streams: one per reader, by a bare ASGI callable under /live/."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]


async def start() -> None:
    """Begin to listen to the journal's tail; called once before the first request."""


async def stop() -> None:
    """End every stream, so that the server can stop; may be called twice."""


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Nothing here yet."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})
