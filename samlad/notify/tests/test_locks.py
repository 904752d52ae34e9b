"""On PostgreSQL: workers, answers, withdrawals and resent calls at once never wait for each other in a ring."""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from samlad.notify import alerts
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.channels.messages import Outgoing
from samlad.notify.ladder import climb
from samlad.notify.models import Call, Notice, Recipient, Trouble
from samlad.notify.queries import WAITING
from samlad.notify.sender import Sender
from samlad.notify.tests.desk import Room, call
from samlad.notify.tests.desk import room as room

ACTORS = [f"a{number}" for number in range(12)]
LASTS = 4.0  # seconds
CHANCE = random.Random(1)


def refuse(outgoing: Outgoing) -> str:
    """A gateway that often takes nothing."""
    if CHANCE.random() < 0.2:
        raise NotTaken(Trouble.RECIPIENT, "no such number", final=True)
    if CHANCE.random() < 0.1:
        raise NoServer(Trouble.UNREACHABLE, "connection refused")
    return "1"


def work(sender: Sender) -> None:
    """A worker's turn."""
    sender.turn()
    while climb():
        sender.turn()


def decide(called: list[UUID]) -> None:
    """Somebody answers, calls again or withdraws."""
    if not called:
        return
    alert, do = CHANCE.choice(called), CHANCE.random()
    if do < 0.5:
        alerts.answered(alert, CHANCE.choice(ACTORS))
    elif do < 0.8:
        alerts.resend(alert, CHANCE.sample(ACTORS, 6))
    else:
        alerts.withdraw(alert, CHANCE.sample(ACTORS, 3))


def repeated(do: Callable[[], None], pause: float, end: float, faults: list[Exception]) -> threading.Thread:
    """A thread that does it again and again until a moment."""

    def run() -> None:
        while time.monotonic() < end:
            try:
                do()
            except Exception as fault:
                faults.append(fault)
                connection.close()
            time.sleep(pause)
        connection.close()

    return threading.Thread(target=run)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_in_a_ring_and_nothing_is_left_after_an_answer(room: Room) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    faults, called, end = list[Exception](), list[UUID](), time.monotonic() + LASTS
    for actor in ACTORS:
        room.actor(actor, [f"{actor} ett", f"{actor} två"], [f"{actor} tre"])
    for desk in room.desks.values():
        desk.send = refuse  # type: ignore[method-assign]
    senders = [Sender(), Sender()]
    threads = [repeated(partial(work, sender), 0.003, end, faults) for sender in senders]
    threads += [repeated(partial(decide, called), 0.003, end, faults) for _person in range(4)]
    threads.append(repeated(lambda: called.append(call(room, *ACTORS)), 0.2, end, faults))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for sender in senders:
        sender.close()
    assert not faults
    over = Call.objects.filter(answered_at__isnull=False) | Call.objects.filter(closed_at__isnull=False)
    assert over.exists() and not over.filter(next_at__isnull=False).exists()
    assert not Recipient.objects.filter(call__in=over, next_at__isnull=False).exists()
    assert not Notice.objects.filter(WAITING, recipient__call__in=over).exists()
