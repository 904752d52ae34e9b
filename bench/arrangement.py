"""Three processes beside each other: the real server, the bare broadcaster, and the clients of both."""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench.peers import Peer
from bench.region import liaisons, operation
from samlad.journal import live, read
from samlad.journal.who import Who
from samlad.registers.models import Person
from samlad.registers.sessions import SessionStore

ENTRIES = 500


class Arrangement:
    """What a measure of streams works with. The same clients read the real streams and the floor's."""

    def __init__(self, served: Peer, bare: Peer, clients: Peer, id: UUID, people: list[Who]) -> None:
        self.servers = {"real": served, "floor": bare}
        self.clients = clients
        self.operation = id
        self.people = people
        self.cookies = [f"{settings.SESSION_COOKIE_NAME}={signed_in(who)}" for who in people]
        self.numbers = count()
        self.ports = {name: server.hear()["port"] for name, server in self.servers.items()}
        clients.hear()
        answering(self.ports["real"])

    def open(self, name: str, streams: int, group: str = "") -> float:
        """Open so many streams, the forty actors' in turn; the milliseconds it took until all were open."""
        position = read.position(self.operation, self.people[0])
        paths = [
            live.url("front", self.operation, self.people[number % len(self.people)], "sv", position=position)
            for number in range(streams)
        ]
        cookies = [self.cookies[number % len(self.people)] for number in range(streams)]
        opened = self.clients.ask(open=group or name, port=self.ports[name], paths=paths, cookies=cookies)
        return float(opened["took"]) / 1e6

    def close(self, name: str) -> None:
        """Close the streams."""
        self.clients.ask(close=name)
        time.sleep(0.3)

    def event(self, name: str) -> tuple[float, dict[str, Any]]:
        """One change: milliseconds until the last stream had it, and what the clients tell of it."""
        self.clients.ask(expect=name)
        appended = self.servers[name].ask(report=next(self.numbers))
        had = self.clients.hear()
        assert not had["missing"], f"{had['missing']} streams had no event"
        assert had["different"] == 1, f"{had['different']} different events for readers of the same"
        assert had["event"].startswith(f"id: {appended['position']}\n"), had["event"][:100]
        return (had["last"] - appended["at"]) / 1e6, had

    def same_bytes(self, event: str) -> int:
        """Let the floor send what the real one sent; returns how many bytes."""
        return int(self.servers["floor"].ask(body=event.partition("\n")[2])["bytes"])


def signed_in(who: Who) -> str:
    """Sign somebody in; the session's key."""
    person = Person.objects.get(key=who.person)
    session = SessionStore()
    session[SESSION_KEY] = person.key
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


@contextmanager
def arrangement() -> Iterator[Arrangement]:
    """Start everything; it is stopped afterwards."""
    people = liaisons()
    id = operation(people, ENTRIES)
    with ExitStack() as stack:
        served = stack.enter_context(Peer("bench.served", str(id)))
        bare = stack.enter_context(Peer("bench.broadcast"))
        yield Arrangement(served, bare, stack.enter_context(Peer("bench.streams")), id, people)


def answering(port: int) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
