"""The demonstration's steering documents: a målbild in force and the next one, out for adoption since last spring.

Both are made up, and say so. What the sources tell of the real documents comes with the region's files.
"""

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from samlad.governance.documents import actions
from samlad.governance.documents.models import (
    Binding,
    DocumentVersion,
    Kind,
    Relation,
    Status,
    SteeringDocument,
    VersionPart,
    VersionStep,
)
from samlad.governance.record import rows, save
from samlad.journal.files import Held
from samlad.journal.who import SYSTEM
from samlad.registers.queries import today

MADE_UP: Final = "Påhittat för demonstrationen"
KEY: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f0002")
YEARS: Final = 4
ABOUT: Final = "Påhittat för demonstrationen: ingen sådan målbild är känd från källorna."
AHEAD: Final = (("draft", 430), ("presented", 262), ("approved", 241), ("out", 229))
"""How many days ago the next one came to each step."""


def period(day: date) -> tuple[int, int]:
    """The first and the last year of the period that a day is in, counted on from the real one of 2019."""
    first = 2019 + (day.year - 2019) // YEARS * YEARS
    return first, first + YEARS - 1


def code(first: int) -> str:
    """The short name of the made-up document of a period."""
    return f"malbild-{first}-{first + YEARS - 1}"


def remember() -> None:
    """Make what is not there yet."""
    now = today()
    first, last = period(now)
    current = made_document(first, f"malbild-{first - YEARS}-{first - 1}")
    version = made_version(current, first)
    made_step(version, Status.APPROVED, date(first - 1, 10, 18))
    made_step(version, Status.OUT, date(first - 1, 11, 2))
    made_step(version, Status.IN_FORCE, date(first, 1, 1))
    following = made_document(last + 1, current.code)
    ahead = made_version(following, last + 1)
    for status, ago in AHEAD:
        made_step(ahead, status, now - timedelta(days=ago))
    attach_basis(ahead)
    text = f"{following.title}. {ABOUT}\n".encode()
    held = Held(f"{following.code}-1.0.txt", "text/plain", text, True)
    actions.keep_files([held], of=ahead.pk, by=SYSTEM, title=following.title)


def made_document(first: int, before: str) -> SteeringDocument:
    """The document of a period."""
    found = SteeringDocument.objects.filter(code=code(first)).first()
    if found is not None:
        return found
    follows = SteeringDocument.objects.filter(code=before).first()
    made = SteeringDocument(
        id=uuid5(KEY, code(first)), code=code(first), title=f"Gemensam målbild {first}–{first + YEARS - 1} (påhittad)",
        kind=Kind.VISION, binding=Binding.OWN_DECISION, follows=follows, about=ABOUT, source=MADE_UP,
    )  # fmt: skip
    save(made, by=SYSTEM, new=True)
    return made


def made_version(document: SteeringDocument, first: int) -> DocumentVersion:
    """Its version 1.0."""
    found = DocumentVersion.objects.filter(document=document, number="1.0").first()
    if found is not None:
        return found
    made = DocumentVersion(
        id=uuid5(document.pk, "1.0"), document=document, number="1.0", valid_from=date(first, 1, 1),
        valid_to=date(first + YEARS - 1, 12, 31), obtained=True, source=MADE_UP,
    )  # fmt: skip
    save(made, by=SYSTEM, new=True)
    return made


def made_step(version: DocumentVersion, status: str, on: date) -> None:
    """A step that the version has taken, if it is not there."""
    if not rows(VersionStep, version_id=version.pk, status=status):
        step = VersionStep(id=uuid5(version.pk, status), version=version, status=status, on=on, source=MADE_UP)
        save(step, by=SYSTEM, new=True)


def attach_basis(version: DocumentVersion) -> None:
    """What the new one is built on and has as attachment, of the real documents."""
    for name, relation in (("overenskommelse", Relation.BASIS), ("gemensamma-formagor", Relation.ATTACHMENT)):
        part = DocumentVersion.objects.filter(document__code=name).order_by("-dated").first()
        if part and not rows(VersionPart, whole_id=version.pk, part_id=part.pk, relation=relation):
            row = VersionPart(id=uuid5(version.pk, name), whole=version, part=part, relation=relation, source=MADE_UP)
            save(row, by=SYSTEM, new=True)
