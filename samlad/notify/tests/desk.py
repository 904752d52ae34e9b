"""Gateways that do as a test says, and a clock that it moves: for the engine's tests."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from types import ModuleType
from uuid import UUID

import pytest

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.notify import alerts, channels, ladder, outcomes, sender, ways
from samlad.notify.alerts import AlertDraft
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.channels.messages import Outgoing
from samlad.notify.models import Happening, Notice, Trouble
from samlad.registers import on_call as register
from samlad.registers.queries import DutySeat

MOVED: tuple[ModuleType, ...] = (alerts, ladder, outcomes, sender)


class Desk:
    """A gateway for one channel, that keeps what it gets."""

    at_once = 4

    def __init__(self, name: str, exercises: bool = True) -> None:
        self.name, self.exercises = name, exercises
        self.got: list[Outgoing] = []
        self.down = False
        self.refuses: set[str] = set()
        self.lock = threading.Lock()

    def connect(self) -> "Desk":
        """Itself."""
        return self

    def send(self, outgoing: Outgoing) -> str:
        """Keep it, or do as told."""
        if self.down:
            raise NoServer(Trouble.UNREACHABLE, "connection refused")
        if outgoing.address in self.refuses:
            raise NotTaken(Trouble.RECIPIENT, "no such number", final=True)
        with self.lock:
            self.got.append(outgoing)
        return str(len(self.got))

    def close(self) -> None:
        """Nothing."""


class Room:
    """Who is on call where, by which ways, with which gateways, at which time."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at: datetime = now()
        self.desks = {name: Desk(name) for name in ("sms", "voice", "email")}
        self.people: dict[str, register.OnCall] = {}
        self.ways: dict[str, tuple[ways.WayView, ...]] = defaultdict(tuple)
        self.boards: dict[str, tuple[ways.WayView, ...]] = {}
        for module in MOVED:
            patch.setattr(module, "now", lambda: self.at)
        patch.setattr(ladder, "on_call", lambda actors, at, roles: {actor: self.people[actor] for actor in actors})
        patch.setattr(channels, "gateway", self.desks.get)
        patch.setattr(ways, "ways_of", self.ways_of)
        patch.setattr(ways, "switchboards", lambda actors, exercise=False: self.boards)

    def ways_of(self, keys: Sequence[str], exercise: bool = False) -> dict[str, tuple[ways.WayView, ...]]:
        """As `ways.ways_of`."""
        return {
            key: tuple(way for way in self.ways[key] if self.desks[way.channel].exercises or not exercise)
            for key in keys
        }

    def actor(
        self, code: str, first: Sequence[str] = (), deputies: Sequence[str] = (), others: Sequence[str] = ()
    ) -> None:
        """An actor with these people; each has SMS, a call and e-mail."""

        def seats(names: Sequence[str]) -> tuple[DutySeat, ...]:
            return tuple(DutySeat(name, name, "", code, "tib") for name in names)

        self.people[code] = register.OnCall(seats(first), seats(deputies), seats([*first, *deputies, *others]))
        for name in (*first, *deputies, *others):
            self.ways[name] = tuple(
                ways.WayView(f"{channel}:{name}", channel, f"{channel} {name}") for channel in ("sms", "voice", "email")
            )

    def later(self, seconds: float) -> None:
        """Let time pass, then work until there is nothing more to do."""
        self.at += timedelta(seconds=seconds)
        self.work()

    def work(self) -> None:
        """Climb and send all that is due."""
        for _turn in range(6):  # what fails leads to a next way, which may fail too
            while ladder.climb():
                pass
            sender.send_due()

    def got(self, channel: str) -> list[str]:
        """Whom a gateway has been given messages for, in order of name."""
        return sorted(one.address.partition(" ")[2] for one in self.desks[channel].got)

    def happened(self, *what: str) -> list[tuple[str, str]]:
        """Actor and what, of these sorts."""
        return list(Happening.objects.filter(what__in=what).values_list("actor", "what"))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A room without people."""
    yield Room(monkeypatch)


def call(room: Room, *actors: str, id: UUID | None = None, **changes: object) -> UUID:
    """An alert to these actors; its id."""
    told: dict[str, object] = {
        "purpose": "call_out",
        "subject": "Larm: snö, Nacka",
        "text": "Vad: snö\nVar: Nacka",
        "short": "Snö i Nacka. Svara.",
        "exercise": False,
        "until": room.at + timedelta(hours=2),
    }
    draft = AlertDraft(id=id or new_id(), operation=new_id(), actors=actors, **(told | changes))  # type: ignore[arg-type]
    alerts.open_alert(draft)
    return draft.id


def waiting() -> int:
    """How many messages are still to be sent."""
    return Notice.objects.filter(sent_at=None, given_up_at=None).count()
