"""What live streams are shown: rendered once for each page, reader scope and language, and encoded once for all.

Beside `live`, which has the streams; here is no event loop.
"""

from collections import deque
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec
from django.db import connection
from django.utils import translation

from samlad.journal import live, log
from samlad.journal.live import Ticket
from samlad.journal.who import Who

REMEMBERED: Final = 50  # earlier positions whose regions are known, for streams that come back


class Key(msgspec.Struct, frozen=True):
    """What makes two streams show the same, as far as can be told before reading: page, reader's seats, language."""

    page: str
    operation: UUID
    actor: str
    roles: frozenset[str]
    language: str
    params: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, ticket: Ticket) -> "Key":
        """The key of a ticket; the person is left out, because regions never depend on who it is."""
        who = ticket.who
        return cls(ticket.page, ticket.operation, who.actor, who.roles, ticket.language, ticket.params)

    @property
    def who(self) -> Who:
        """A reader with these seats."""
        return Who("", self.actor, self.roles, "")


Shared = tuple[str, UUID, frozenset[str], str, tuple[tuple[str, str], ...]]  # page, operation, scope, language, params


class Picture:
    """What all streams that share a scope are shown, and what they were shown before.

    Of what was before only hashes are kept: it may have been shredded, withdrawn or marked since.
    """

    def __init__(self) -> None:
        self.position = -1
        self.regions: Mapping[str, str] = {}
        self.earlier: deque[tuple[int, dict[str, int]]] = deque(maxlen=REMEMBERED)
        self.messages: dict[int, bytes] = {}

    def update(self, position: int, regions: Mapping[str, str]) -> None:
        """Show something newer."""
        self.position, self.regions, self.messages = position, regions, {}
        self.earlier.append((position, {id: hash(getattr(html, "version", html)) for id, html in regions.items()}))

    def message(self, since: int) -> bytes:
        """The bytes that bring a stream from position `since` to now; made once for all who are at the same."""
        if since not in self.messages:
            self.messages[since] = self._message(since)
        return self.messages[since]

    def _message(self, since: int) -> bytes:
        had = next((versions for position, versions in self.earlier if position == since), None)
        if had is not None and had.keys() != self.regions.keys():
            return encoded(self.position, "reload", {"position": self.position})
        had, has = had or {}, self.earlier[-1][1]
        # The encoder takes plain text only, no Region; and of a SafeString `str` gives the SafeString again.
        changed = {id: str.__str__(html) for id, html in self.regions.items() if id not in had or had[id] != has[id]}
        return encoded(self.position, "regions", {"position": self.position, "regions": changed})


def encoded(id: int, event: str, data: object) -> bytes:
    """A server-sent event."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (id, event.encode(), msgspec.json.encode(data))


class Found(msgspec.Struct):
    """What rendering gave: which keys share what, and the regions that are newer than known."""

    shared: dict[Key, Shared]
    fresh: dict[Shared, tuple[int, Mapping[str, str]]]


def render(keys: set[Key], known: Mapping[Shared, int]) -> Found:
    """Render each page once for each scope. Raises NotHere when a key may not read the operation."""
    found = Found({}, {})
    try:
        logs = {operation: log.current(operation) for operation in {key.operation for key in keys}}
        for key in keys:
            while not rendered(key, known, found, logs):
                pass
    except Exception:
        connection.close()  # whatever it was, the next turn starts with a new one
        raise
    return found


def rendered(key: Key, known: Mapping[Shared, int], found: Found, logs: dict[UUID, log.Log]) -> bool:
    """Render one key, if nobody with its scope has been; False when it must be done again.

    The logs are asked of the database once for all keys, and again after a page has been rendered.

    An entry that comes while the page is rendered may be one that only some of the scope's readers may read. Scopes
    only grow: when it is the same afterwards, all that was read in between was within it.
    """
    view = logs[key.operation].view(key.who)
    position, scope = len(view.entries), view.scope
    shared = (key.page, key.operation, scope, key.language, key.params)
    if known.get(shared) != position and shared not in found.fresh:
        with translation.override(key.language):
            regions = live.page(key.page).regions(key.operation, key.who, dict(key.params), position)
        logs[key.operation] = log.current(key.operation)
        if logs[key.operation].view(key.who).scope != scope:
            return False
        found.fresh[shared] = (position, regions)
    found.shared[key] = shared
    return True
