"""From a decision to people's telephones: the first message handed over, the last of 111, and of 5 000.

The gateway takes 50 ms a message; the floor is the same number of messages sent to it straight, by as many threads.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from django.urls import reverse

from bench.browser import Browser
from bench.figures import Figure, middle, spread
from bench.peers import Peer
from bench.region import ACTORS, SINCE, liaisons, participants, session
from samlad.base.outside import fetch
from samlad.notify.sender import AT_ONCE
from samlad.registers.models import Person, Seat

ROUNDS: Final = 5
ANSWERS: Final = 20
FEW: Final = (37, 3, "communicator")  # actors, people at each, in which role
MANY: Final = (ACTORS, 125, "chief")


def measure() -> Iterator[Figure]:
    """Lines for the first, for the last of few, and for the last of many."""
    for actors, people, role in (FEW, MANY):
        seat(actors, people, role)
    with ExitStack() as stack:
        gateway = stack.enter_context(Peer("bench.gateway"))
        origin = f"http://127.0.0.1:{gateway.hear()['port']}"
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samlad-bench-")))
        os.environ |= {"SAMLAD_CHANNELS": str(configuration(folder, origin)), "SAMLAD_REACHES": origin}
        server = stack.enter_context(Peer("bench.called"))
        url = f"http://127.0.0.1:{server.hear()['port']}"
        called(server, gateway, *FEW)  # not counted: the first of all loads what the others have
        rounds = [called(server, gateway, *FEW) for _ in range(ROUNDS)]
        floors = [straight(gateway, origin, FEW[0] * FEW[1]) for _ in range(ROUNDS)]
        first, last = [one[0] for one in rounds], [one[1] for one in rounds]
        yield figure("trigger to the first message handed over", first, [one[0] for one in floors], 0.2)
        yield figure(f"to the last of {FEW[0] * FEW[1]}, a way each", last, [one[1] for one in floors], 5.0)
        yield board(server, gateway, url)
        many = MANY[0] * MANY[1]
        yield figure(
            f"to the last of {many:,}".replace(",", " "),
            [called(server, gateway, *MANY)[1]],
            [straight(gateway, origin, many)[1]],
            60.0,
        )


def figure(what: str, took: list[float], floor: list[float], target: float) -> Figure:
    """A line in seconds."""
    return Figure(
        what,
        "s",
        middle(took),
        spread(took, 50),
        middle(floor),
        f"straight to the gateway, {AT_ONCE} at once, 50 ms each",
        spread(floor, 50),
        middle(took) / middle(floor),
        f"under {target:g} s",
        middle(took) < target,
    )


def board(server: Peer, gateway: Peer, url: str) -> Figure:
    """From an acknowledged answer to the row of the actor on an open board."""
    gateway.tell(take=FEW[0] * FEW[1])
    operation = server.ask(actors=FEW[0], role=FEW[2])["operation"]
    gateway.hear()
    time.sleep(1)  # what was handed over is told in the journal, and shown
    browser = Browser(url, session(liaisons()[0]))
    path = reverse("calling", args=[operation])
    address = unescape(browser.page(path).body.decode().partition('data-live-url="')[2].partition('"')[0])
    stream = HTTPConnection(browser.connection.host, browser.connection.port, timeout=30)
    stream.request("GET", address, headers={"Cookie": browser.cookie, "Accept": "text/event-stream"})
    lines = stream.getresponse()
    took, bare = [], []
    for number in range(ANSWERS):
        actor = participants()[number].code
        answered = server.ask(answer=number)["at"]
        while f"call-{actor}".encode() not in lines.readline():
            pass
        took.append((time.monotonic_ns() - answered) / 1e6)
        bare.append(browser.get("/healthz").took)
    stream.close()
    target = "under 250 ms"
    return Figure(
        "an answer on the open board, p50", "ms", middle(took), spread(took, 50), middle(bare), "/healthz",
        spread(bare, 50), middle(took) / middle(bare), target, middle(took) < 250,
    )  # fmt: skip


def called(server: Peer, gateway: Peer, actors: int, people: int, role: str) -> tuple[float, float]:
    """Seconds from the decision to the first message and to the last."""
    gateway.tell(take=actors * people)
    began = server.ask(actors=actors, role=role)["began"]
    came = gateway.hear()["came"]
    return (min(came) - began) / 1e9, (max(came) - began) / 1e9


def straight(gateway: Peer, origin: str, messages: int) -> tuple[float, float]:
    """The same without Samlad: only the messages."""
    gateway.tell(take=messages)
    began = time.monotonic_ns()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(messages):
            pool.submit(fetch, f"{origin}/a1/sms", method="POST", body=b"to=%2B46701740605", hosts=(origin,))
    came = gateway.hear()["came"]
    return (min(came) - began) / 1e9, (max(came) - began) / 1e9


def seat(actors: int, people: int, role: str) -> None:
    """People in a role at each actor, and nobody else in it."""
    Seat.objects.filter(role=role).update(valid_to=SINCE, valid_from=SINCE)
    new = [
        (Person(username=f"{role}.{it.code}.{place}", name=role, phone=f"+4670{number:03}{place:04}"), it.code)
        for number, it in enumerate(participants()[:actors])
        for place in range(people)
    ]
    Person.objects.bulk_create([person for person, _actor in new])
    Seat.objects.bulk_create(
        [Seat(person=person, actor_id=actor, role=role, valid_from=SINCE) for person, actor in new]
    )


def configuration(folder: Path, origin: str) -> Path:
    """The operator's file: SMS by the gateway."""
    key, file = folder / "key", folder / "channels.toml"
    key.write_text("key")
    file.write_text(
        f'[sms]\nprovider = "46elks"\nurl = "{origin}"\nuser = "u"\nsecret_file = "{key}"\nfrom = "Samlad"\n'
        f"at_once = {AT_ONCE}\n"
    )
    return file
