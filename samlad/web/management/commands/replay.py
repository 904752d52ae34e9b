"""`samlad replay FOLDER`: reports nobody here wrote, read into an operation so that the picture comes out."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM
from samlad.base.refused import Refused
from samlad.learning.replay import Outcome, replay


class Command(BaseCommand):
    """Replay a folder; exits with 1 when nothing in it could be read."""

    help = "Reads a folder of reports into an operation, and says file, line and reason of what it refuses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--speed", default="max", help="how many times faster than life, or max (default)")
        parser.add_argument("--title", default="", help="what the operation is called (default: from the data)")
        parser.add_argument("--operation", type=UUID, help="go on with an operation of an earlier replay")
        parser.add_argument(
            "--from", dest="since", type=date.fromisoformat, help="leave out what is from before this day"
        )
        parser.add_argument("--until", type=date.fromisoformat, help="leave out what is from this day or later")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay and tell."""
        folder: Path = options["folder"]
        if not folder.exists():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        try:
            outcome = replay(
                folder,
                tell=lambda fault: self.stderr.write(str(fault)),
                speed=speed_of(options["speed"]),
                title=options["title"].strip(),
                operation=options["operation"],
                since=midnight(options["since"]),
                until=midnight(options["until"]),
            )
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from refused
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run it again with --operation to go on.")) from None
        if not outcome.reports and not outcome.repeated:
            raise CommandError(_("Nothing could be read; %(refused)s refused.") % {"refused": outcome.refused})
        self.stdout.write(summary(outcome))


def speed_of(text: str) -> float | None:
    """The speed as a number; None for as fast as can be. Raises CommandError."""
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError:
        speed = 0
    if not 0 < speed < 1e12:
        raise CommandError(_("--speed is a number above zero, or max."))
    return speed


def midnight(day: date | None) -> datetime | None:
    """The beginning of a day in Stockholm."""
    return datetime.combine(day, time(), STOCKHOLM) if day else None


def summary(outcome: Outcome) -> str:
    """What was done, and where it can be seen."""
    told = _("%(title)s: %(reports)s reports by %(actors)s actors, %(repeated)s there before, %(refused)s refused.") % {
        "title": outcome.title,
        "reports": outcome.reports,
        "actors": outcome.actors,
        "repeated": outcome.repeated,
        "refused": outcome.refused,
    }
    try:
        address = reverse("operation", args=[outcome.operation])
    except NoReverseMatch:
        address = f"/operations/{outcome.operation}/"
    return f"{told}\n{address}"
