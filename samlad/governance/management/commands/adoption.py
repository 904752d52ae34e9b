"""`samlad adoption read FILE...`: what decision documents propose to record, with the passages it was read from."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.governance.reading import Found, Preparation, Proposal, Reading, read_text
from samlad.governance.reading.files import Unreadable, text_of
from samlad.governance.reading_words import FIELDS, FORMS, NOTES, SURE, UNREADABLE, VALUES, WHY
from samlad.journal.examine.limits import FILE, MEGABYTE

WIDTH = 34  # of the names of fields
PASSAGE = 200  # characters of a passage that are shown


class Command(BaseCommand):
    """Read documents; nothing is recorded. Non-zero when a file could not be read."""

    help = "Reads minutes, memos, decisions and agreements (text or PDF) and proposes the record of adoption of each."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        commands = parser.add_subparsers(dest="command", required=True)
        reading = commands.add_parser("read", help="read files and show what they propose; a person confirms")
        reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
        reading.add_argument("--json", action="store_true", help="JSON with passages, one line for each file")
        reading.add_argument("--language", choices=["sv", "en"], default=settings.LANGUAGE_CODE[:2])
        reading.add_argument(
            "--title", action="append", default=[], help="a steering document that it may be about; can be repeated"
        )

    def handle(self, *args: Any, files: list[Path], language: str, **options: Any) -> None:
        """Read each file and tell; go on where one can't be read."""
        unread = 0
        with translation.override(language):
            for file in files:
                try:
                    reading = read_text(text_of(file.name, content(file)), titles=options["title"])
                except Unreadable as unreadable:
                    unread += 1
                    self._tell_unread(file, str(unreadable.reason), as_json=options["json"])
                    continue
                if options["json"]:
                    self.stdout.write(as_json_line(file, msgspec.to_builtins(reading)))
                else:
                    self.stdout.write(readable(file, reading))
        if unread:
            sys.exit(1)

    def _tell_unread(self, file: Path, reason: str, *, as_json: bool) -> None:
        sentence = UNREADABLE[reason] % {"most": FILE // MEGABYTE} if reason == "large" else UNREADABLE[reason]
        if as_json:
            self.stdout.write(as_json_line(file, {"unread": reason, "sentence": str(sentence)}))
        self.stderr.write(f"{file}: {sentence}")


def content(file: Path) -> bytes:
    """A file's bytes. Raises Unreadable."""
    try:
        if not file.exists():
            raise Unreadable("missing")
        if not file.is_file():
            raise Unreadable("not_a_file")
        if file.stat().st_size > FILE:
            raise Unreadable("large")
        return file.read_bytes()
    except OSError:
        raise Unreadable("forbidden") from None


def as_json_line(file: Path, told: Any) -> str:
    """One line of JSON about a file."""
    return msgspec.json.encode({"file": str(file), **told}).decode()


def readable(file: Path, reading: Reading) -> str:
    """What was read of a file, for a person."""
    lines = [str(file)]
    if reading.form is not None:
        lines.append(row(_("Form"), str(FORMS[reading.form.value]), reading.form, passage=False))
    lines += [f"  {NOTES[note]}" for note in reading.notes]
    if reading.title is not None:
        lines.append(row(str(FIELDS["title"]), reading.title.value, reading.title))
    count = len(reading.proposals)
    if count:
        lines.append(
            "  "
            + ngettext("%(count)s record is proposed.", "%(count)s records are proposed.", count) % {"count": count}
        )
    for number, proposal in enumerate(reading.proposals, start=1):
        lines += ["", "  " + _("Record %(number)s") % {"number": number}, *rows(proposal)]
    return "\n".join([*lines, ""])


def rows(proposal: Proposal) -> list[str]:
    """All fields of a proposed record, also those that are not stated."""
    told: list[str] = []
    for name, label in FIELDS.items():
        value: Found | tuple[Found | Preparation, ...] | None = getattr(proposal, name)
        if not value:
            told.append(f"    {label!s:{WIDTH}}" + _("not stated"))
        elif isinstance(value, Found):
            told.append("  " + row(str(label), str(VALUES.get(value.value, value.value)), value))
        else:
            told += ["  " + entry(str(label) if not at else "", one) for at, one in enumerate(value)]
    return told


def entry(label: str, one: Found | Preparation) -> str:
    """One of several values of a field."""
    if isinstance(one, Found):
        return row(label, one.value, one)
    parts = [one.body.value, one.date.value if one.date else "", f"§ {one.paragraph.value}" if one.paragraph else ""]
    return row(label, " ".join(part for part in parts if part), one.body)


def row(label: str, value: str, found: Found, *, passage: bool = True) -> str:
    """A field: its value, how sure that is and why, and where it stands."""
    where = _("line %(line)s, page %(page)s") % {"line": found.line, "page": found.page}
    first = f"  {label:{WIDTH}}{value}  [{SURE[found.sure]}: {WHY[found.why]}; {where}]"
    if not passage or " ".join(found.passage.split()) == value:
        return first
    shown = " ".join(found.passage.split())
    short = shown if len(shown) <= PASSAGE else shown[: PASSAGE - 1] + "…"
    return f"{first}\n  {'':{WIDTH + 2}}“{short}”"
