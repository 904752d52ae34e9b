"""What a region's files say of steering documents: documents, versions, what became of them, what belongs to what.

What somebody has changed in a page since stays as it is. Nothing is taken away.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _

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
from samlad.governance.record import register
from samlad.journal.who import SYSTEM
from samlad.registers.history import edited_by_hand
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import REASON, Kept, RoomTable

FILE: Final = "governance/documents.toml"


@dataclass(frozen=True)
class DocumentRow:
    """A steering document; `part_of` and `follows` are codes of others, that stand before it in the file."""

    code: str
    title: str
    kind: str
    binding: str
    source: str
    about: str = ""
    part_of: str = ""
    follows: str = ""


@dataclass(frozen=True)
class VersionRow:
    """A version of a document."""

    document: str
    number: str
    source: str
    dated: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    obtained: bool = False
    note: str = ""


@dataclass(frozen=True)
class StepRow:
    """What became of a version; `assumed`: no source tells the day."""

    document: str
    version: str
    status: str
    on: date
    source: str
    assumed: bool = False
    note: str = ""


@dataclass(frozen=True)
class PartRow:
    """That a version is an attachment to, or a basis of, another."""

    document: str
    version: str
    to_document: str
    to_version: str
    relation: str
    source: str


def import_document(row: DocumentRow) -> str:
    """One document."""
    one_of(Kind.values, row.kind, "kind")
    one_of(Binding.values, row.binding, "binding")
    found = SteeringDocument.objects.filter(code=row.code).first()
    made: SteeringDocument = unchanged_or_new(SteeringDocument, found)
    made.code, made.title, made.kind, made.binding = row.code, row.title, row.kind, row.binding
    made.about, made.source = row.about, row.source
    made.part_of_id = document_of(row.part_of, "part_of").pk if row.part_of else None
    made.follows_id = document_of(row.follows, "follows").pk if row.follows else None
    return done(found, actions.save_document(made, by=SYSTEM, reason=REASON, new=found is None))


def import_version(row: VersionRow) -> str:
    """One version."""
    document = document_of(row.document, "document")
    found = DocumentVersion.objects.filter(document=document, number=row.number).first()
    made: DocumentVersion = unchanged_or_new(DocumentVersion, found)
    made.document_id, made.number, made.dated, made.note = document.pk, row.number, row.dated, row.note
    made.valid_from, made.valid_to, made.obtained, made.source = row.valid_from, row.valid_to, row.obtained, row.source
    return done(found, actions.save_version(made, by=SYSTEM, reason=REASON, new=found is None))


def import_step(row: StepRow) -> str:
    """One step; a version has one of each status here."""
    one_of(Status.values, row.status, "status")
    version = version_of(row.document, row.version)
    found = VersionStep.objects.filter(version=version, status=row.status).order_by("on").first()
    made: VersionStep = unchanged_or_new(VersionStep, found)
    made.version_id, made.status, made.on = version.pk, row.status, row.on
    made.assumed, made.note, made.source = row.assumed, row.note, row.source
    return done(found, actions.save_step(made, by=SYSTEM, reason=REASON, new=found is None))


def import_part(row: PartRow) -> str:
    """What belongs to what."""
    one_of(Relation.values, row.relation, "relation")
    part, whole = version_of(row.document, row.version), version_of(row.to_document, row.to_version, "to_document")
    found = VersionPart.objects.filter(whole=whole, part=part, relation=row.relation).first()
    made: VersionPart = unchanged_or_new(VersionPart, found)
    made.whole_id, made.part_id, made.relation, made.source = whole.pk, part.pk, row.relation, row.source
    return done(found, actions.save_part(made, by=SYSTEM, new=found is None))


def one_of(known: list[str], word: str, key: str) -> None:
    """Refuse a word that is none of those there are."""
    if word not in known:
        told = {"key": key, "known": ", ".join(known)}
        raise Wrong(_("“%(key)s” should be one of %(known)s.") % told, key)


def document_of(code: str, key: str) -> SteeringDocument:
    """The document of a code."""
    found = SteeringDocument.objects.filter(code=code).first()
    if found is None:
        raise Wrong(_("There is no document %(code)s.") % {"code": code}, key)
    return found


def version_of(code: str, number: str, key: str = "document") -> DocumentVersion:
    """The version of a document."""
    found = DocumentVersion.objects.filter(document__code=code, number=number).first()
    if found is None:
        raise Wrong(_("There is no version %(number)s of %(code)s.") % {"number": number, "code": code}, key)
    return found


def unchanged_or_new(model: type[Model], found: Model | None) -> Any:
    """A copy of the row to change, or a new one. Raises Kept for one that a person has changed."""
    if found is None:
        return model()
    if edited_by_hand(register(model), str(found.pk)):
        raise Kept
    return copy(found)


def done(found: Model | None, changed: bool) -> str:
    """What was done, in the import's words."""
    return "added" if found is None else "changed" if changed else "same"


TABLES: Final = (
    RoomTable(FILE, "document", DocumentRow, import_document, {"code": 60, "title": 200, "about": 4000, "source": 600}),
    RoomTable(FILE, "version", VersionRow, import_version, {"number": 40, "note": 4000, "source": 600}),
    RoomTable(FILE, "step", StepRow, import_step, {"note": 600, "source": 600}),
    RoomTable(FILE, "part", PartRow, import_part, {"source": 600}),
)
