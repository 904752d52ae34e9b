"""`samlad serve`: the program, on one port, with its worker beside it."""

import sqlite3
from argparse import ArgumentParser
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from samlad.journal import kinds
from samlad.journal.models import StoredEntry
from samlad.web.checks import refusals
from samlad.web.server import serve


class Command(BaseCommand):
    help = "Serves Samlad on one port, with the worker beside it."
    requires_migrations_checks = False  # said in one line of our own, and then not started

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.SAMLAD_HOST)
        parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
        parser.add_argument("--no-worker", action="store_true", help="another process runs `samlad work`")

    def handle(self, *args: Any, host: str, port: int, no_worker: bool, **options: Any) -> None:
        refuse_unsafe(host)
        refuse_missing_migrations()
        refuse_unknown_kinds()
        collect_static_files()
        if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 51, 3):
            self.stderr.write(
                f"SQLite {sqlite3.sqlite_version} can be damaged by two writers at once. Samlad lets one write "
                "at a time; let no other program open the file meanwhile."
            )
        connection.close()
        try:
            serve(host, port, worker=not no_worker)
        except OSError as error:
            raise CommandError(f"{host}:{port} can't be listened to: {error.strerror}.") from error
        except KeyboardInterrupt:
            pass


def refuse_unsafe(host: str) -> None:
    """Beyond this machine only with all that `samlad.web.checks` asks for. Raises CommandError."""
    settings.SAMLAD_HOST = host
    if found := refusals(host):
        listed = "\n".join(f"- {message.msg} {message.hint or ''}" for message in found)
        raise CommandError(f"Not served on {host}, where others can reach it:\n{listed}")


def refuse_missing_migrations() -> None:
    """Tables as this version has them, or no start. Raises CommandError."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise CommandError(f"The database can't be reached: {error}") from error
    if missing:
        raise CommandError("The database lacks this version's tables: run `samlad migrate` first.")


def refuse_unknown_kinds() -> None:
    """Every kind of entry on disk is one this version can read, or no start: half a journal would be a false picture.
    Raises CommandError."""
    known = {(kind.name, kind.version) for kind in kinds.registered()}
    stored = StoredEntry.objects.order_by().values_list("kind", "version").distinct()
    if unknown := sorted(set(stored) - known):
        listed = ", ".join(f"{name} version {version}" for name, version in unknown)
        raise CommandError(f"The journal holds entries that this version of Samlad does not know: {listed}.")


def collect_static_files() -> None:
    """Collect hashed and compressed static files when one of them has changed since the last time."""
    digest = sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())
