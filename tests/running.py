"""The program as it runs in life: `samlad serve` in a process of its own, with a database of its own.

    def test_it(running: Running) -> None:
        running.kill()      # SIGKILL, as a power cut
        running.start()     # the same database, the same address

On SQLite each has its own file; when SAMLAD_DATABASE names a PostgreSQL, each has its own database there.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds; a busy disk can make anything slow
SIGN_IN = """
import sys
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from samlad.registers.models import Person
for username in {usernames!r}:
    person = Person.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = person._meta.pk.value_to_string(person)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    print(session.session_key)
"""


class Running:
    """One installation: its data folder, its database, and its server when it is up."""

    def __init__(self, folder: Path, database: str, *, demo: bool = True) -> None:
        self.folder = folder
        self.database = database
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "SAMLAD_DATA": str(folder),
            "SAMLAD_DATABASE": database,
            "SAMLAD_SECRET_KEY": "tests only",
            "SAMLAD_DEMO": "1" if demo else "",
        }

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has printed."""
        file = self.folder / "server.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def command(self, *arguments: str, input: str | None = None) -> str:
        """Run `samlad ARGUMENTS` on this installation and return what it printed. Raises CalledProcessError."""
        return subprocess.run(
            [sys.executable, "-m", "samlad.web.commands", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=input,
            stdout=subprocess.PIPE,
            stderr=None if input else subprocess.STDOUT,
            text=True,
            check=True,
            timeout=10 * PATIENCE,
        ).stdout

    def sessions(self, *usernames: str) -> list[str]:
        """Sign people in without a password: the value of each one's `sessionid` cookie."""
        return self.command("shell", "-v0", "-c", SIGN_IN.format(usernames=usernames)).split()

    def start(self, *options: str) -> None:
        """Start the server and wait until it answers. Raises AssertionError with its words when it does not."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "samlad.web.commands", "serve", "--port", str(self.port), *options],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            ended = self.process.poll() is not None
            assert not ended and time.monotonic() < deadline, f"the server did not start:\n{self.log}"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the server is up and its database answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """End it in order, as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut does (for what a process holds; the disk keeps what the system has)."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop in order and start again."""
        self.stop()
        self.start()

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None


def free_port() -> int:
    """A port below 32768: above it the system may give a stopped server's port to somebody's outgoing connection."""
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as attempt:
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _new_database(folder: Path, stack: ExitStack, template: str = "") -> str:
    """An empty database, or a copy of `template`, gone when the stack closes."""
    address = os.environ.get("SAMLAD_DATABASE", "sqlite")
    if not address.startswith("postgres"):
        path = folder / "samlad.sqlite3"
        if template:
            path.write_bytes(Path(template).read_bytes())
        return str(path)
    name = f"samlad_run_{os.getpid()}_{random.randint(0, 10**9)}"
    parts = urlsplit(address)
    database = sql.Identifier(name)
    with psycopg.connect(address, autocommit=True) as connection:
        copied = (
            sql.SQL(" TEMPLATE {}").format(sql.Identifier(urlsplit(template).path[1:])) if template else sql.SQL("")
        )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database) + copied)

    def drop() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))

    stack.callback(drop)
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An installation with its tables and the region of Stockholm, never started: the others are copies of it."""
    folder = tmp_path_factory.mktemp("prepared")
    with ExitStack() as stack:
        running = Running(folder, _new_database(folder, stack))
        running.command("migrate", "-v0")
        running.command("region", "import", "regions/stockholm")
        if not running.database.startswith("postgres"):
            running.command("shell", "-v0", "-c", CHECKPOINT)
        yield running


CHECKPOINT = "from django.db import connection; connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"


@pytest.fixture(scope="session")
def install(prepared: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Running]]:
    """Make an installation with the region in it, not yet started; it is stopped and gone when the tests end."""
    with ExitStack() as stack:

        def new() -> Running:
            folder = tmp_path_factory.mktemp("running")
            static = prepared.folder / "static"
            static.mkdir(exist_ok=True)
            (folder / "static").symlink_to(static)  # collected once, by the first to start
            running = Running(folder, _new_database(folder, stack, prepared.database))
            stack.callback(running.kill)
            return running

        yield new


@pytest.fixture
def running(install: Callable[[], Running]) -> Iterator[Running]:
    """A server of the test's own, which it may kill and start as it likes."""
    one = install()
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server shared by the tests of a module."""
    one = install()
    one.start()
    yield one
    one.stop()
