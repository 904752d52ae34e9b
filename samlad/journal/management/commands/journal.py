"""samlad journal verify | export | import: look after journals from the command line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from samlad.journal.models import Operation
from samlad.journal.transfer import BadFile, export, load
from samlad.journal.verify import Broken, verify


class Command(BaseCommand):
    help = "Verify the chains of all operations, or move one operation as JSON Lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        checking = commands.add_parser("verify", help="check every chain; names the first bad entry and exits with 1")
        checking.add_argument("operation", nargs="?", type=UUID, help="only this operation")
        exporting = commands.add_parser("export", help="write an operation as JSON Lines")
        exporting.add_argument("operation", type=UUID)
        exporting.add_argument("file", nargs="?", type=Path, help="where to (default: standard output)")
        importing = commands.add_parser("import", help="take in an exported operation; hashes stay what they were")
        importing.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['what']}")(**options)

    def _verify(self, operation: UUID | None, **options: Any) -> None:
        operations = Operation.objects.order_by("opened_at")
        chosen = operations if operation is None else operations.filter(id=operation)
        broken = 0
        for one in chosen:
            try:
                self.stdout.write(f"{one.id}  {verify(one)} entries, the chain holds")
            except Broken as error:
                broken += 1
                self.stderr.write(f"{one.id}  BROKEN at {error}")
        if operation is not None and not chosen.exists():
            raise CommandError(f"there is no operation {operation}")
        if broken:
            sys.exit(1)

    def _export(self, operation: UUID, file: Path | None, **options: Any) -> None:
        one = Operation.objects.filter(id=operation).first()
        if one is None:
            raise CommandError(f"there is no operation {operation}")
        try:
            if file is None:
                for line in export(one):
                    self.stdout.write(line, ending="")
                return
            write(one, file)
        except Broken as error:
            raise CommandError(f"the chain is broken at {error}") from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None

    def _import(self, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8") as lines:
                operation = load(lines)
        except BadFile as error:
            raise CommandError(f"{file}: {error}") from None
        except Error as error:
            raise CommandError(f"{file}: the database could not take it: {error}") from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"{operation.id}  {operation.head_seq} entries, head {operation.head_hash}")


def write(operation: Operation, file: Path) -> None:
    """Write an operation to a new file, whole or not at all."""
    with file.open("x", encoding="utf-8") as out:
        try:
            out.writelines(export(operation))
        except BaseException:
            file.unlink()
            raise
