"""The history of a version: of its own row and of all that belongs or once belonged to it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from msgspec import structs

from samlad.governance import record
from samlad.governance.documents.models import DocumentVersion, VersionPart, VersionStep
from samlad.governance.models import Paper
from samlad.registers.history import ChangeView
from samlad.registers.models import Change


def history(edition: UUID, files: Iterable[Paper], *, every: bool) -> tuple[ChangeView, ...]:
    """What was changed of a version, latest first. Of its files: these only, or `every` one there has been; what a
    draft's file is called is not for all."""
    papers = keys_ever(Paper, "of", edition) if every else [str(one.pk) for one in files]
    found = [
        *record.changes(DocumentVersion, edition),
        *record.changes(VersionStep, *keys_ever(VersionStep, "version", edition)),
        *record.changes(VersionPart, *keys_ever(VersionPart, "whole", edition)),
        *(told(one) for one in record.changes(Paper, *papers)),
    ]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def told(change: ChangeView) -> ChangeView:
    """The change of a file with what people know it by; its digest and such are for the program."""
    known = {str(field.verbose_name) for field in Paper._meta.fields if field.name in ("title", "name")}
    return structs.replace(change, fields=tuple(field for field in change.fields if field.label in known))


def keys_ever(model: type[Model], field: str, of: UUID) -> list[str]:
    """The keys of the rows that have, or once had, this id in a field."""
    wanted: dict[str, Any] = {f"after__{field}": str(of)}
    before: dict[str, Any] = {f"before__{field}": str(of)}
    found = Change.objects.filter(Q(**wanted) | Q(**before), register=record.register(model))
    return list(found.order_by().values_list("object_key", flat=True).distinct())
