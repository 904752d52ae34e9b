"""`samlad region import FOLDER`: a region's actors, areas, people and seats from its files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from samlad.base.refused import Unavailable
from samlad.registers.region_import import Outcome, import_region, set_demo_passwords


class Command(BaseCommand):
    """Import a region; safe to run again, and non-zero when something was refused."""

    help = "Imports a region's registers from a folder of TOML files, and says line and reason of what it refuses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        commands = parser.add_subparsers(dest="command", required=True)
        importing = commands.add_parser("import", help="read the files of a folder into the registers")
        importing.add_argument("folder", type=Path)
        importing.add_argument(
            "--demo-password", help="set this password for everybody whose e-mail address ends in .example"
        )

    def handle(self, *args: Any, folder: Path, demo_password: str | None, **options: Any) -> None:
        """Import and tell."""
        if not folder.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        try:
            outcome = import_region(folder)
        except Unavailable as unavailable:
            raise CommandError(str(unavailable.sentence)) from None
        for kept in outcome.kept:
            self.stdout.write(str(kept))
        for refusal in outcome.refused:
            self.stderr.write(str(refusal))
        self.stdout.write(summary(outcome))
        if demo_password:
            count = set_demo_passwords(demo_password)
            self.stdout.write(_("Demo password set for %(count)s people.") % {"count": count})
        if outcome.refused:
            raise CommandError(_("%(count)s refused; the rest is imported.") % {"count": len(outcome.refused)})


def summary(outcome: Outcome) -> str:
    """One line: what the import did."""
    if not (outcome.added or outcome.changed):
        return _("Nothing changed.")
    numbers = {"added": outcome.added, "changed": outcome.changed, "same": outcome.same}
    return _("%(added)s added, %(changed)s changed, %(same)s as before.") % numbers
