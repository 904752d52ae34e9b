"""The worker is killed in the middle of a call-out: nobody is left out, and what was sent is in the journal.

What remains possible: a message that had left when the process died, before it was noted, leaves once more. Gateways
that know keys know the copy; for SMS and calls the number of such copies is what was under way at a kill.
"""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from samlad.notify.sender import AT_ONCE
from samlad.notify.tests.gateway_house import Answer, Asked, House, by_path
from samlad.notify.tests.post_office import PostOffice
from tests.faults.clients import until
from tests.running import ROOT, Running

KILLS = 4
PEOPLE = 3
CHANNELS = 4
NUMBERS = frozenset(f"+4670174{number:04}" for number in range(1, 200))
LADDER = ((0, "first"), (3600, "by_hand"))
OPEN = """
import sys
from datetime import timedelta
from django.db import transaction
from samlad.activation.actions import raise_operation
from samlad.activation.entries.calling import CalledOut
from samlad.activation.queries import participants
from samlad.base.clock import now
from samlad.journal.append import append
from samlad.journal.entries import Draft
from samlad.notify import alerts
from samlad.notify.way_models import Way
from samlad.registers.models import Person, Seat
from samlad.registers.queries import parties, today, who_for
Seat.objects.filter(role="liaison").update(valid_to=today())
number = 0
for actor in parties(today()):
    for place in range({people}):
        number += 1
        person = Person.objects.create_user(f"x{{number}}", name=f"X {{number}}", email=f"x{{number}}@x.example")
        Person.objects.filter(pk=person.pk).update(phone=f"+4670174{{number:04}}")
        hook = f"{house}/hook/{{number}}"
        Way.objects.create(person=person.pk, channel="webhook", address=hook, place=9, added_by="x")
        Seat.objects.create(person=person, actor_id=actor.code, role="liaison", valid_from="2020-01-01")
by = who_for("tib.nacka")
taking = participants(parties(today()))
operation = raise_operation(by=by, what="Prov", where="länet", participants=taking)
alerts.withdraw_all(operation)
called = CalledOut("call_out", tuple(one.code for one in taking), "Larm: prov", "Prov", "Prov")
with transaction.atomic():
    told = append(Draft(operation, called), by=by)[0]
    alerts.open_alert(alerts.AlertDraft(told.id, operation, "call_out", called.actors, called.subject, "Prov", "Prov",
        False, now() + timedelta(hours=2), roles=("liaison",), ladder={ladder!r}, next_way=1))
print("actors:", len(taking))
"""
LEFT = """
from samlad.notify.models import Call, Happening, Notice, Recipient
waiting = Notice.objects.filter(sent_at=None, given_up_at=None).count()
waiting += Recipient.objects.filter(next_at__isnull=False).count() + Happening.objects.filter(told=False).count()
print("left:", waiting)
"""
TOLD = """
from samlad.activation.entries.calling import CallingTold
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.who import SYSTEM
for operation in Operation.objects.all():
    for _number, entry in read.entries(operation.id, SYSTEM, kinds=frozenset({"activation.calling_told"})):
        for line in entry.payload.lines:
            print(line.what, line.role, line.person, line.channel)
"""


class Workers:
    """`samlad work`, in processes of their own."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, count: int = 1) -> None:
        """Start some."""
        for _ in range(count):
            with (self.running.folder / "worker.log").open("ab") as log:
                self.processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "samlad.web.commands", "work"],
                        cwd=ROOT,
                        env=self.running.environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                    )
                )

    def end(self, how: signal.Signals) -> None:
        """End them all."""
        for process in self.processes:
            process.send_signal(how)
        for process in self.processes:
            process.wait(60)
        self.processes.clear()


@pytest.fixture
def world(install: Callable[[], Running], tmp_path: Path) -> Iterator[tuple[Running, House, PostOffice, Workers]]:
    """An installation with gateways for SMS, calls and e-mail, and no server: only workers."""
    with ExitStack() as stack:
        house, office = stack.enter_context(House()), stack.enter_context(PostOffice())
        house.answers = slowly
        file = tmp_path / "channels.toml"
        key = tmp_path / "key"
        key.write_text("nyckel")
        section = f'provider = "46elks"\nurl = "{house.url}"\nuser = "u"\nsecret_file = "{key}"\nat_once = 8\n'
        file.write_text(
            f'[sms]\n{section}from = "Samlad"\n'
            f'[voice]\n{section}from = "+46766860000"\nsound = "{house.url}/larm.mp3"\n'
            f'sound_test = "{house.url}/prov.mp3"\n'
            f'[webhook]\nhosts = ["{house.url}"]\nsecret_file = "{key}"\nat_once = 8\n'
        )
        running = install()
        running.environment |= {
            "SAMLAD_DEMO": "",
            "SAMLAD_CHANNELS": str(file),
            "SAMLAD_EMAIL": f"smtp://127.0.0.1:{office.port}",
            "SAMLAD_REACHES": house.url,
            "SAMLAD_SIGN_IN": "password",
            "SAMLAD_URL": "https://samlad.example",
        }
        workers = Workers(running)
        stack.callback(workers.end, signal.SIGKILL)
        yield running, house, office, workers


def slowly(asked: Asked) -> Answer:
    """A gateway that takes its time."""
    time.sleep(0.05)
    return by_path(asked)


def begin(running: Running, house: House) -> int:
    """A call-out to every actor; how many people that is."""
    try:
        told = running.command("shell", "-v0", "-c", OPEN.format(people=PEOPLE, ladder=LADDER, house=house.url))
    except subprocess.CalledProcessError as error:
        raise AssertionError(error.stdout[-3000:]) from None
    return PEOPLE * int(told.partition("actors:")[2].split()[0])


def got(house: House, office: PostOffice) -> Counter[tuple[str, str]]:
    """How many times each of the call-out's numbers and addresses got something on each channel."""
    found: Counter[tuple[str, str]] = Counter()
    for asked in list(house.asked):
        if asked.path.startswith("/hook/"):
            found["webhook", asked.path] += 1
        elif asked.form["to"] in NUMBERS:
            found[asked.path.rpartition("/")[2], asked.form["to"]] += 1
    found.update(("email", address) for address, _letter in list(office.letters) if address.endswith("@x.example"))
    return found


def test_killed_at_any_point_nobody_is_left_out(world: tuple[Running, House, PostOffice, Workers]) -> None:
    running, house, office, workers = world
    people = begin(running, house)
    for _ in range(KILLS):
        before = sum(got(house, office).values())
        workers.start()
        until(lambda before=before: sum(got(house, office).values()) > before + 10)  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.2))  # anywhere in a turn
        workers.end(signal.SIGKILL)
    workers.start()
    everything_came(people, running, house, office, copies=KILLS * AT_ONCE)
    workers.end(signal.SIGTERM)


def test_several_workers_share_the_work(world: tuple[Running, House, PostOffice, Workers]) -> None:
    running, house, office, workers = world
    workers.start(3)
    everything_came(begin(running, house), running, house, office, copies=0)
    workers.end(signal.SIGTERM)


def everything_came(people: int, running: Running, house: House, office: PostOffice, *, copies: int) -> None:
    """Everybody got the text on every channel, once but for some copies; and the journal says so."""
    until(
        lambda: len(got(house, office)) == CHANNELS * people,
        lambda: (Counter(c for c, _ in got(house, office)), (running.folder / "worker.log").read_text()[-3000:]),
    )
    until(lambda: "left: 0" in running.command("shell", "-v0", "-c", LEFT))
    found = got(house, office)
    assert len(found) == CHANNELS * people
    assert sum(found.values()) - CHANNELS * people <= copies, found.most_common(5)
    told = Counter(running.command("shell", "-v0", "-c", TOLD).splitlines())
    handed = [line for line in told if line.startswith("handed liaison")]
    assert len(handed) == CHANNELS * people and all(told[line] == 1 for line in handed)
