"""PostgreSQL is stopped and started under the running program: a sentence, then all works again by itself."""

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from samlad.base.ids import new_id
from scripts.postgres import cluster
from tests.faults.clients import DONE, Browser, filing, nothing_lost, people, until
from tests.running import PATIENCE, Running


class Server:
    """A PostgreSQL of the test's own, as `scripts.postgres` starts it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.data = Path(unquote(address.partition("host=")[2])) / "data"
        self.process: subprocess.Popen[bytes] | None = None

    def stop(self, number: signal.Signals) -> None:
        """End it: SIGINT in order, cutting all connections; SIGQUIT as a crash."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, number)
        if self.process is not None:
            self.process.wait(PATIENCE)
        until(lambda: not alive(pid))

    def start(self) -> None:
        """Start it as it was started before; again where what is left of a crashed one is in the way."""
        command = shlex.split((self.data / "postmaster.opts").read_text())
        user = self.data.stat().st_uid if os.geteuid() == 0 else None

        def up() -> bool:
            if self.process is None or self.process.poll() is not None:
                with (self.data.parent / "log").open("ab") as log:
                    self.process = subprocess.Popen(command, cwd=self.data, user=user, stdout=log, stderr=log)
            return self.answers()

        self.process = None
        until(up, lambda: (self.data.parent / "log").read_text()[-2000:])

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.address, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that may be stopped."""
    if not os.environ.get("SAMLAD_DATABASE", "").startswith("postgres"):
        pytest.skip("SQLite has no server that could be gone")
    if os.environ.get("SAMLAD_TEST_POSTGRES"):
        pytest.skip("the PostgreSQL of SAMLAD_TEST_POSTGRES is not ours to stop")
    with cluster() as address:
        server = Server(address)
        try:
            yield server
        finally:
            if server.process is not None:  # our own child now: nobody else can see it off
                server.stop(signal.SIGINT)


@pytest.fixture(scope="module")
def running(server: Server, prepared: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An installation on that server, which is up again after each test."""
    folder = tmp_path_factory.mktemp("postgresql-gone")
    running = Running(folder, server.address)
    running.command("migrate", "-v0")
    running.command("region", "import", "regions/stockholm")
    (prepared.folder / "static").mkdir(exist_ok=True)
    (folder / "static").symlink_to(prepared.folder / "static")
    running.start()
    yield running
    running.kill()


def test_stopped_and_started(running: Running, server: Server) -> None:
    (browser,) = people(running, "tib.nacka")
    operation, id = browser.raise_alarm(), str(new_id())
    server.stop(signal.SIGINT)
    for path in ("/", operation, f"{operation}reports/new/"):
        answer = browser.get(path)
        assert answer.status == 503, answer.words
        assert "Samlad kan inte spara just nu" in answer.words
        assert answer.headers["retry-after"] == "5"
    answer = browser.report(operation, "Två bandvagnar behövs", id, **{"X-Samlad-Form": "1"})
    assert answer.status == 503, "the form's script keeps the text and sends it again"
    assert not running.answers()
    server.start()
    until(running.answers, lambda: running.log[-3000:])
    assert browser.report(operation, "Två bandvagnar behövs", id).status in DONE
    assert browser.get(operation).status == 200
    assert "the chain holds" in running.command("journal", "verify")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT], ids=lambda number: number.name)
def test_restarted_again_and_again_while_people_report(
    running: Running, server: Server, number: signal.Signals
) -> None:
    browsers = people(running, "tib.nacka", "tib.solna", "tib.salem", "rsk")
    operation = browsers[0].raise_alarm()
    with filing(browsers, operation) as threads:
        for _ in range(3):
            before = [len(thread.acknowledged) for thread in threads]
            until(
                lambda before=before: all(len(it.acknowledged) > was for it, was in zip(threads, before, strict=True)),  # type: ignore[misc]
                lambda: [thread.trouble[-3:] for thread in threads] + [running.log[-3000:]],
            )
            server.stop(number)
            server.start()
    nothing_lost(browsers[0], operation, threads)


def test_streams_and_followers_go_on_by_themselves(running: Running, server: Server) -> None:
    """Live pages, the worker and the watch have connections of their own, which a restart cuts."""
    browser, other = people(running, "tib.nacka", "tib.solna")
    operation = browser.raise_alarm()
    until(lambda: notices(server))
    with Listening(browser, operation) as stream:
        other.report(operation, "Halka i Solna")
        until(lambda: "Halka i Solna" in stream.heard)
        server.stop(signal.SIGINT)
        time.sleep(1.5)  # long enough for watch and worker to meet it
        server.start()
        until(running.answers, lambda: running.log[-3000:])
        before = notices(server)
        other.report(operation, "Snö i Solna")
        until(lambda: "Snö i Solna" in stream.heard, lambda: stream.heard[-500:] + running.log[-3000:])
    browser.raise_alarm()
    until(lambda: notices(server) > before, lambda: running.log[-3000:])


def notices(server: Server) -> int:
    """How many notices the follower has put in the queue."""
    with psycopg.connect(server.address) as connection:
        row = connection.execute("SELECT count(*) FROM notify_notice").fetchone()
    assert row is not None
    return int(row[0])


class Listening(threading.Thread):
    """An open page's stream, and everything it has been told."""

    def __init__(self, browser: Browser, operation: str) -> None:
        super().__init__(daemon=True)
        found = re.search(r"/live/[^\"&<]+", browser.get(operation).text)
        assert found is not None
        self.heard = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", browser.running.port, timeout=PATIENCE)
        self.connection.request("GET", found.group(), headers={"Cookie": f"sessionid={browser.session}"})
        self.response = self.connection.getresponse()
        assert self.response.status == 200

    def __enter__(self) -> "Listening":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.join(PATIENCE)

    def run(self) -> None:
        """Read until the connection is closed."""
        with suppress(http.client.IncompleteRead):  # how it ends when we leave
            while part := self.response.read1(65536):
                self.heard += part.decode()
