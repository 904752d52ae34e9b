"""The two databases everything is measured on: a SQLite file, and a PostgreSQL with fsync on; both on disk."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from scripts.postgres import cluster
from tests.running import Running

NAMES = ("sqlite", "postgresql")
REGION = "regions/stockholm"


@contextmanager
def installation(name: str) -> Iterator[Running]:
    """An installation with its tables and the region of Stockholm on one of NAMES, not started; gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samlad-bench-")))
        running = Running(folder, address(name, folder, stack), demo=False)
        stack.callback(running.kill)
        running.environment["SAMLAD_SIGN_IN"] = "password"  # its sessions are made, not signed in to
        running.command("migrate", "-v0")
        running.command("region", "import", REGION)
        yield running


def address(name: str, folder: Path, stack: ExitStack) -> str:
    """Where the database is; a PostgreSQL is started for it, with its data on disk."""
    if name == "sqlite":
        return str(folder / "samlad.sqlite3")
    server = stack.enter_context(cluster(durable=True))
    database = f"samlad_bench_{folder.name[-8:].lower()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    stack.callback(drop, server, database)
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def drop(server: str, database: str) -> None:
    """Take the database away again: the server may be somebody's own."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
