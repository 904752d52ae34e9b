"""`samlad demo`: the whole program on this machine, with a region's people and an exercise going on."""

import socket
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils.translation import gettext, override

from samlad.base import catalogues
from samlad.base.refused import Refused
from samlad.governance.demo import remember as remember_governance
from samlad.learning.actions import begin_exercise, continue_exercise, recent_exercise, unplayed
from samlad.learning.drill_demo import remember_drills
from samlad.learning.exercise import Exercise, read_exercise
from samlad.notify.demo_ways import state_demo_ways
from samlad.registers.models import Person
from samlad.registers.region_import import import_region, set_demo_passwords
from samlad.web.management.commands.serve import collect_static_files
from samlad.web.server import serve

HOST: Final = "127.0.0.1"
SHOWN: Final = "localhost"  # a browser makes no passkeys for a bare address
REGION: Final = settings.PROJECT / "regions" / "stockholm"
EXERCISE: Final = REGION / "exercises" / "snowstorm.toml"
PASSWORD: Final = settings.SAMLAD_DEMO_PASSWORD
PORTS: Final = 50  # how many ports are tried from the first


class Command(BaseCommand):
    """Serve a demo until Ctrl-C."""

    help = "Serves a demo on this machine: a region's people, and an exercise that is going on."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--port", type=int, default=8000, help="the first port to try; the next free one is taken")
        parser.add_argument(
            "--again", action="store_true", help="begin the exercise anew, also where one was begun today"
        )
        parser.add_argument("--speed", type=float, help="how many times faster than life the exercise is played")
        parser.add_argument("--exercise", type=Path, default=EXERCISE, help="an exercise of one's own")

    def handle(self, *args: Any, port: int, again: bool, speed: float | None, exercise: Path, **options: Any) -> None:
        """Prepare, begin, tell, serve."""
        if not settings.DEMO:
            raise CommandError("Start it as `samlad demo`: it has settings and a database of its own.")
        if speed is not None and speed <= 0:
            raise CommandError("--speed is a number above zero.")
        started = time.monotonic()
        prepare()
        try:
            read = read_exercise(exercise)
            operation = None if again else recent_exercise(read)
            operation = operation or begin_exercise(read, speed=speed)
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from refused
        stopping = threading.Event()
        player = threading.Thread(
            target=play,
            args=(read, operation, speed, stopping),
            name="exercise",
            daemon=True,
        )
        taken = free_port(port)
        self.tell(read, operation, taken, time.monotonic() - started)
        connection.close()
        player.start()
        try:
            serve(HOST, taken, worker=True)
        except OSError as error:
            raise CommandError(f"{HOST}:{taken} can't be listened to: {error.strerror}.") from error
        except KeyboardInterrupt:
            pass
        finally:
            stopping.set()
            player.join(5)

    def tell(self, exercise: Exercise, operation: UUID, port: int, seconds: float) -> None:
        """Say where to look and how to sign in, in every language there is."""
        left = unplayed(exercise, operation)
        for language, _name in settings.LANGUAGES:
            with override(language):
                self.stdout.write(announcement(exercise, port))
                if not left:
                    self.stdout.write(gettext("The exercise has been played. `samlad demo --again` plays it anew."))
        self.stdout.write(f"http://{SHOWN}:{port}/operations/{operation}/ ({seconds:.1f} s)\n")
        self.stdout.flush()


def play(exercise: Exercise, operation: UUID, speed: float | None, stopping: threading.Event) -> None:
    """Go on with the exercise, in a thread with a connection of its own."""
    try:
        continue_exercise(exercise, operation, speed=speed, stopping=stopping)
    finally:
        connection.close()


def prepare() -> None:
    """Texts, tables, people and static files, each only where something is missing or has changed."""
    catalogues.compile_all()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    refused = import_region(REGION).refused
    if refused:
        raise CommandError("\n".join(str(refusal) for refusal in refused))
    state_demo_ways()
    remember_drills()
    remember_governance()
    # Only where one is missing: a new password would sign everybody out.
    people = Person.objects.filter(email__endswith=".example", screen=False)
    if any(not person.has_usable_password() for person in people):
        set_demo_passwords(PASSWORD)
    collect_static_files()


def free_port(first: int) -> int:
    """The first port from `first` on that can be listened to; 0 asks the system for one. Raises CommandError."""
    for port in range(first, first + PORTS) if first else (0,):
        try:
            with socket.create_server((HOST, port)) as listening:
                return int(listening.getsockname()[1])
        except (OSError, OverflowError):
            continue
    raise CommandError(f"No port from {first} to {first + PORTS - 1} is free on {HOST}.")


def announcement(exercise: Exercise, port: int) -> str:
    """The lines a newcomer reads first, in the language that is active."""
    return gettext(
        "Samlad, a demo. The exercise “%(title)s” is going on.\n"
        "Open http://%(host)s:%(port)s and click a role, for instance RSK or TiB Nacka.\n"
        "Or type a username and the password: rsk / %(password)s. Stop with Ctrl-C.\n"
    ) % {"title": exercise.title, "host": SHOWN, "port": port, "password": PASSWORD}
