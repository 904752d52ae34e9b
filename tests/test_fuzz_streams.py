"""The live streams' addresses and headers: anything may stand in them, and nothing of it opens a stream or fails."""

import asyncio
import re
from typing import Any, Final
from urllib.parse import unquote

import pytest
from django.core import signing
from hypothesis import strategies as st

from samlad.base.ids import new_id
from samlad.journal import live
from samlad.journal.live import Ticket
from samlad.journal.who import Who
from samlad.web.live import app, position_of
from tests.fuzz import profile
from tests.fuzz.profile import thrown
from tests.fuzz.strings import quoted, wire

READER: Final = Who("0" * 32, "nacka", frozenset({"tib"}), "TiB Nacka")
OPERATION: Final = new_id()
GOOD: Final = live.url("front", OPERATION, READER, "sv", position=3).removeprefix("/live/")
FOREIGN: Final = signing.dumps({"page": "front", "operation": str(OPERATION)}, salt="another", compress=True)
STRANGE: Final[list[Any]] = [None, 1, [], {}, "a", {"page": 1}, [[[]]]]
SHAPELESS: Final = [signing.dumps(value, salt=live.SALT) for value in STRANGE]


def opened(path: str, headers: list[tuple[bytes, bytes]]) -> int:
    """The status of what a stream's address answers; the database is never asked about a ticket that is none."""
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(3600)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 20))
    profile.sent["live"] += 1
    return int(sent[0]["status"])


def spoiled(ticket: str) -> st.SearchStrategy[str]:
    """A ticket with something in it changed."""
    at = st.integers(0, len(ticket) - 1)
    changed = st.tuples(at, st.characters()).map(lambda it: ticket[: it[0]] + it[1] + ticket[it[0] + 1 :])
    shorter = at.map(lambda place: ticket[:place])
    longer = wire.map(lambda more: ticket + unquote(quoted(more).decode()))
    return st.one_of(changed, shorter, longer).filter(lambda made: made != ticket)


def test_no_ticket_but_a_signed_one_opens_a_stream() -> None:
    tickets = st.one_of(
        spoiled(GOOD), st.sampled_from([FOREIGN, *SHAPELESS]), wire.map(lambda it: unquote(quoted(it).decode()))
    )
    header = st.tuples(st.sampled_from([b"last-event-id", b"cookie", b"host"]), wire)

    @thrown(st.tuples(tickets, st.lists(header, max_size=3)), few=300)
    def throw(drawn: tuple[str, list[tuple[bytes, bytes]]]) -> None:
        assert opened("/live/" + drawn[0], drawn[1]) == 403

    throw()


@pytest.mark.parametrize(
    "cookie", [b"", b"sessionid=", b"sessionid=x", rb'sessionid="\\000\\000aaaaaaaaaa"', b"sessionid=\xff"]
)
def test_a_good_ticket_without_its_readers_session_opens_none(cookie: bytes) -> None:
    assert opened("/live/" + GOOD, [(b"cookie", cookie)]) == 403


@pytest.mark.parametrize("told", [b"", b"-1", b"9" * 5000, b"\xb2", b"1e3", b" 1", b"0x1", b"1_0"])
def test_a_strange_last_event_id_is_as_none(told: bytes) -> None:
    ticket = Ticket("front", OPERATION, READER, "sv", 3)
    assert position_of(ticket, [(b"last-event-id", told)]) == 3
    assert position_of(ticket, [(b"last-event-id", b"7")]) == 7


def test_any_last_event_id() -> None:
    ticket = Ticket("front", OPERATION, READER, "sv", 3)

    @thrown(wire, few=300)
    def throw(told: bytes) -> None:
        assert 0 <= position_of(ticket, [(b"last-event-id", re.sub(rb"[\0\r\n]", b"", told))]) < 10**9

    throw()
