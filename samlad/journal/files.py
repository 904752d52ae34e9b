"""Files that go with an entry: examined before they are taken, kept beside the journal, found by their entry's id.

The bytes are in the database, so that a report and its files are there together or not at all. What a file says is
looked at in a process of its own (journal/examine), which is stopped when it takes too much.
"""

import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import samlad
from samlad.base.ids import follows
from samlad.base.refused import NotKept, Refused, Unavailable
from samlad.journal import gate
from samlad.journal.entries import Draft, FileAttached
from samlad.journal.examine.limits import FILE, FILES, MEGABYTE, TOGETHER, WAIT, Fault
from samlad.journal.models import StoredFile

LONGEST_NAME: Final = 120
AT_ONCE: Final = threading.BoundedSemaphore(2)  # files looked into at a time, by this process
PLACES: Final = threading.BoundedSemaphore(5)  # and those that wait: some threads are left for pages
SAYS: Final[Mapping[Fault, Promise]] = {
    "empty": _("“%(name)s” is empty."),
    "large": _("“%(name)s” is too large. A file may be at most %(most)s MB."),
    "kind": _("“%(name)s” is of a kind that is not taken. Take one of those that are named at the field."),
    "other": _("“%(name)s” is not what its name says. Save it again in the program it comes from."),
    "encrypted": _("“%(name)s” is protected by a password and can't be examined. Save it without a password."),
    "broken": _("“%(name)s” is damaged or can't be read. Save it again in the program it comes from."),
    "macros": _("“%(name)s” holds macros. Save it without macros."),
    "program": _("“%(name)s” holds a script or something that starts by itself. Print it to a new PDF."),
    "embedded": _("“%(name)s” has another file inside it. Attach the files one by one."),
    "bomb": _("“%(name)s” grows far too much when it is opened, and is not taken."),
    "entities": _("“%(name)s” is built in a way that can fetch or multiply content, and is not taken."),
    "remote": _("“%(name)s” fetches content from elsewhere when it is opened. Save it as PDF and attach that."),
    "pixels": _("“%(name)s” has too many pixels. Make the image smaller."),
    "text": _("“%(name)s” holds more text or pages than can be examined. Divide it."),
    "slow": _("“%(name)s” took too long to examine. Save it again, or divide it."),
}  # fmt: skip
MARKED: Final = _(
    "“%(name)s” is marked as %(marking)s. Security-classified information may not be in Samlad. Nothing of the file has"
    " been saved. Leave it out, and leave a pointer instead."
)
BUSY: Final = _("Too many files are being examined just now. Try again in a moment.")
NAMED: Final = _(
    "The name of a file is marked as %(marking)s. Security-classified information may not be in Samlad. Nothing of the"
    " file has been saved. Leave it out, and leave a pointer instead."
)


class Upload(msgspec.Struct, frozen=True):
    """A file as it was sent: the name that the browser gave, and its bytes."""

    name: str
    content: bytes


class Held(msgspec.Struct, frozen=True):
    """A file that has been examined and may be kept."""

    name: str
    media_type: str
    content: bytes
    examined: bool  # whether all that it shows could be read

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return sha256(self.content).hexdigest()


def taken(uploads: Sequence[Upload], *, operation: UUID | None, field: str = "attached") -> list[Held]:
    """The files, each examined; `operation`: where a pointer can be left instead.

    Raises Refused with a sentence for the field, NotKept where one is marked as
    security-classified, Unavailable where nothing can be examined now."""
    if len(uploads) > FILES:
        raise Refused(_("At most %(most)s files can be attached.") % {"most": FILES}, field=field)
    if sum(len(one.content) for one in uploads) > TOGETHER:
        most = {"most": TOGETHER // MEGABYTE}
        raise Refused(_("The files are too large together: at most %(most)s MB.") % most, field=field)
    return [_held(one, operation, field) for one in uploads]


def _held(upload: Upload, operation: UUID | None, field: str) -> Held:
    name = clean_name(upload.name)
    if len(upload.content) > FILE:
        raise Refused(SAYS["large"] % {"name": name, "most": FILE // MEGABYTE}, field=field)
    told, content = _examine(name, upload.content)
    if "marked" in told:
        sentence = MARKED if told["where"] == "content" else NAMED
        raise NotKept(
            sentence % {"name": name, "marking": gate.NAMES[told["marked"]]},
            field=field,
            instead=gate.pointer(operation) if operation else "",
            typed=False,
        )
    if "unfit" in told:
        raise Refused(SAYS[told["unfit"]] % {"name": name, "most": FILE // MEGABYTE}, field=field)
    return Held(name, told["type"], content, told["examined"])


def _examine(name: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child process says of a file, and the bytes to keep. It gets no environment of ours: no passwords."""
    program = [sys.executable, "-P", "-m", "samlad.journal.examine.child"]
    environment = {"PYTHONPATH": str(Path(samlad.__file__).parent.parent), "LANG": "C.UTF-8", "PATH": os.defpath}
    if not PLACES.acquire(blocking=False):
        raise Unavailable(BUSY)
    try:
        return _in_turn(program, environment, name, content)
    finally:
        PLACES.release()


def _in_turn(
    program: list[str], environment: dict[str, str], name: str, content: bytes
) -> tuple[dict[str, Any], bytes]:
    """Run the child as soon as there is room for it. Raises Unavailable."""
    if not AT_ONCE.acquire(timeout=WAIT):
        raise Unavailable(BUSY)
    try:
        done = subprocess.run(
            program,
            input=name.encode() + b"\n" + content,
            capture_output=True,
            timeout=WAIT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"unfit": "slow"}, b""
    finally:
        AT_ONCE.release()
    if done.returncode < 0:  # stopped by its limits
        return {"unfit": "slow"}, b""
    line, _end, kept = done.stdout.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:  # it fell over something that nobody had thought of
        return {"unfit": "broken"}, b""
    return told, kept


def clean_name(name: str) -> str:
    """A file's name without folders, signs that can't be seen, and signs that a disk somewhere does not take."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    bare = re.sub(r'[<>:"|?*]+', "_", seen).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and stem else bare[:LONGEST_NAME] or "fil"


def drafts(told: Draft, held: Sequence[Held]) -> list[Draft]:
    """The entries that tell of an entry's files, for its readers, with its marking. Sent again they are the same."""
    return [
        Draft(
            told.operation,
            FileAttached(told.id, one.name, one.media_type, len(one.content), one.digest, one.examined),
            id=follows(told.id, f"file {number} {one.digest}"),
            actor=told.actor,
            audience=told.audience,
            occurred_at=told.occurred_at,
            marking=told.marking,
        )
        for number, one in enumerate(held)
    ]


def keep(operation: UUID, entries: Sequence[UUID], held: Sequence[Held]) -> None:
    """Store the bytes of files under the ids of their entries, in the caller's transaction; what is there stays."""
    StoredFile.objects.bulk_create(
        (
            StoredFile(operation_id=operation, entry_id=id, content=one.content)
            for id, one in zip(entries, held, strict=True)
        ),
        ignore_conflicts=True,
    )


def content(operation: UUID, entry: UUID) -> bytes | None:
    """The bytes of a file by its entry's id; None when they are gone. Who may read it, the entry tells."""
    row = StoredFile.objects.filter(operation_id=operation, entry_id=entry).values_list("content", flat=True).first()
    return None if row is None else bytes(row)


def contents(operation: UUID) -> Iterator[UUID]:
    """The ids of all entries of an operation whose files are here."""
    yield from StoredFile.objects.filter(operation_id=operation).values_list("entry_id", flat=True).iterator()
