"""A process of its own on the tests' database: what another node, or this one after a crash, would do.

python -m samlad.journal.tests.elsewhere say OPERATION COUNT      appends, from four threads, and prints the ids
python -m samlad.journal.tests.elsewhere open OPERATION           opens an operation when told to (a line of input)
python -m samlad.journal.tests.elsewhere work FILE                runs a worker whose follower writes to a file
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import django
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


def start(*arguments: object) -> "subprocess.Popen[str]":
    """Run this module in a process of its own, on the database that the tests use now."""
    name = str(connection.settings_dict["NAME"])
    address = os.environ.get("SAMLAD_DATABASE", "sqlite")
    if connection.vendor == "postgresql":
        name = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    return subprocess.Popen(
        [sys.executable, "-m", "samlad.journal.tests.elsewhere", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "SAMLAD_DATABASE": name},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def until(held: Callable[[], object], patience: float = 60.0) -> None:
    """Wait until a condition holds; fails after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not held():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def _say(operation: UUID, count: int) -> None:
    from samlad.journal.tests.scene import say  # noqa: PLC0415  models are there only after setup

    def one(number: int) -> str:
        try:
            return str(say(operation, f"{os.getpid()} {number}").id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sys.stdout.write("\n".join(pool.map(one, range(count))) + "\n")


def _open(operation: UUID) -> None:
    from samlad.journal.append import append  # noqa: PLC0415
    from samlad.journal.entries import Draft  # noqa: PLC0415
    from samlad.journal.tests.scene import OPENED, RSK, Said  # noqa: PLC0415

    connection.ensure_connection()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    append(Draft(operation, OPENED, id=operation), by=RSK)
    append(Draft(operation, Said(str(os.getpid()))), by=RSK)


def _work(file: str) -> None:
    from samlad.journal.entries import Entry  # noqa: PLC0415
    from samlad.journal.followers import Follower, Worker  # noqa: PLC0415

    def handle(entry: Entry) -> None:
        with Path(file).open("a") as out:
            out.write(f"{os.getpid()} {entry.id}\n")

    Worker([Follower("tests.file", handle, frozenset({"tests.said"}))], []).run()


if __name__ == "__main__":
    django.setup()
    import_module("samlad.journal.tests.scene")  # registers its kinds
    what, *rest = sys.argv[1:]
    if what == "say":
        _say(UUID(rest[0]), int(rest[1]))
    elif what == "open":
        _open(UUID(rest[0]))
    else:
        _work(rest[0])
