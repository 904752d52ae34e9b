"""In which order a version's steps can be taken. What cannot be is refused; what the sources show exceptions from is a
warning: the letter of intent of 2014 came into force without any approval by chefsgruppen that we know of."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.documents.models import (
    DocumentVersion,
    Status,
    SteeringDocument,
    VersionPart,
    VersionStep,
)
from samlad.governance.documents.queries import ORDER, OVER, in_order
from samlad.registers.queries import today

Sentence = str | Promise
AHEAD = frozenset({Status.IN_FORCE, *OVER})
"""What can be decided for a day to come."""
RESERVED = frozenset({"new", "in-force", "versions", "steps", "parts"})
EARLIEST = date(1900, 1, 1)


def check_step(step: VersionStep, others: Iterable[VersionStep]) -> None:
    """Refuse a step that cannot be, beside the version's other steps."""
    if step.on > today() and step.status not in AHEAD:
        raise Refused(_("That day has not come yet. A step is recorded when it has been taken."), field="on")
    if step.on < EARLIEST:
        raise Refused(_("Is the year right?"), field="on")
    every = in_order([*(one for one in others if one.pk != step.pk), step])
    for before, after in pairwise(every):
        _check_pair(before, after)


def _check_pair(before: VersionStep, after: VersionStep) -> None:
    if before.status in OVER:
        sentence = _("A version that is replaced, withdrawn or over does not come back. Make a new version of it.")
        raise Refused(sentence, field="on")
    if before.status == after.status and after.status != Status.PRESENTED:
        raise Refused(_("The version has that status already. Change the step that is there."), field="status")
    late = ORDER[after.status] < ORDER[before.status]
    if late and after.status == Status.DRAFT:
        raise Refused(_("A version is not a draft again once it has been shown. Make a new version."), field="status")
    if late and after.status != Status.PRESENTED:
        told = {"later": Status(after.status).label, "earlier": Status(before.status).label}
        raise Refused(_("“%(later)s” cannot come after “%(earlier)s”.") % told, field="on")


def warnings(steps: Iterable[VersionStep], day: date | None = None) -> list[Sentence]:
    """What is unusual in the order of a version's steps, and why it matters. Not refused: it has happened."""
    every = in_order(one for one in steps if day is None or one.on <= day)
    have = {one.status for one in every}
    places = [one.status for one in every]
    found: list[Sentence] = []
    if Status.IN_FORCE in have and not have & {Status.APPROVED, Status.OUT}:
        found.append(_("It came into force without being approved by chefsgruppen or sent out, as far as is recorded."))
    if Status.OUT in have and Status.APPROVED not in have:
        found.append(_("It was sent out without an approval by chefsgruppen, as far as is recorded."))
    elif have & {Status.OUT, Status.IN_FORCE, Status.APPROVED} and Status.PRESENTED not in have:
        found.append(_("It has not been presented to regionala rådet, as far as is recorded."))
    if Status.PRESENTED in have and any(places.index(one) < places.index(Status.PRESENTED) for one in have & SETTLED):
        found.append(_("It was presented to regionala rådet only after it was approved or sent out."))
    return found


SETTLED = frozenset({Status.APPROVED, Status.OUT, Status.IN_FORCE})


def check_version(version: DocumentVersion, others: Iterable[DocumentVersion]) -> None:
    """Refuse days that cannot be, and a number that another version of the document has."""
    if any(one.number.casefold() == version.number.casefold() and one.pk != version.pk for one in others):
        raise Refused(_("The document has a version with that number already."), field="number")
    if version.valid_from and version.valid_to and version.valid_to < version.valid_from:
        raise Refused(_("The last day is before the first."), field="valid_to")


def check_document(document: SteeringDocument, others: Sequence[SteeringDocument]) -> None:
    """Refuse a document that would be an attachment to, or take the place of, itself by way of others."""
    if any(one.code == document.code and one.pk != document.pk for one in others):
        raise Refused(_("There is a document with that short name already."), field="code")
    if document.code in RESERVED:
        raise Refused(_("That word stands in other addresses already. Choose another short name."), field="code")
    for name in ("part_of_id", "follows_id"):
        towards = {one.pk: getattr(one, name) for one in others} | {document.pk: getattr(document, name)}
        if _circles(document.pk, towards):
            raise Refused(_("That leads round in a circle, back to this document."), field=name.removesuffix("_id"))


def _circles(start: UUID, towards: dict[UUID, UUID | None]) -> bool:
    key, met = towards.get(start), {start}
    while key is not None:
        if key in met:
            return True
        met.add(key)
        key = towards.get(key)
    return False


def check_part(part: VersionPart, others: Sequence[VersionPart]) -> None:
    """Refuse a version that would be part of itself, also by way of others; and what is said already."""
    same = [one for one in others if one.pk != part.pk]
    if any((one.whole_id, one.part_id, one.relation) == (part.whole_id, part.part_id, part.relation) for one in same):
        raise Refused(_("That is said already."), field="part")
    reached, ahead = set[UUID](), [part.part_id]
    while ahead:
        key = ahead.pop()
        if key == part.whole_id:
            raise Refused(_("That leads round in a circle: the whole would be a part of itself."), field="part")
        if key not in reached:
            reached.add(key)
            ahead += [one.part_id for one in same if one.whole_id == key and one.relation == part.relation]
