"""What changes the register of steering documents. Only the secretariat keeps it."""

from collections.abc import Sequence
from uuid import UUID

from samlad.governance import papers
from samlad.governance.documents.models import DocumentVersion, Status, SteeringDocument, VersionPart, VersionStep
from samlad.governance.documents.rules import check_document, check_part, check_step, check_version
from samlad.governance.models import Paper
from samlad.governance.record import remove, rows, save
from samlad.governance.rules import check_keeps
from samlad.journal.files import Held
from samlad.journal.who import Who
from samlad.registers.actions import one_change

KEEPERS, PARTIES, PUBLIC = "keepers", "parties", "public"


@one_change
def save_document(document: SteeringDocument, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a document; whether anything differs. Raises Refused."""
    check_keeps(by)
    check_document(document, rows(SteeringDocument))
    return save(document, by=by, reason=reason, seen=seen, new=new)


@one_change
def save_version(version: DocumentVersion, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a version; whether anything differs. Raises Refused."""
    check_keeps(by)
    check_version(version, rows(DocumentVersion, document_id=version.document_id))
    return save(version, by=by, reason=reason, seen=seen, new=new)


@one_change
def save_step(step: VersionStep, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save what became of a version; whether anything differs. The first step beyond a draft opens the version's files
    for all parties. Raises Refused where the order cannot be."""
    check_keeps(by)
    others = rows(VersionStep, version_id=step.version_id)
    check_step(step, others)
    changed = save(step, by=by, reason=reason, seen=seen, new=new)
    if shown([step]):
        for paper in rows(Paper, of=step.version_id, readers=KEEPERS):
            paper.readers = PARTIES
            save(paper, by=by, reason=reason)
    return changed


@one_change
def remove_step(step: VersionStep, *, by: Who, reason: str) -> bool:
    """Take away a step that was never taken; it stays in the history. Files that were opened stay open."""
    check_keeps(by)
    return remove(step, by=by, reason=reason)


@one_change
def save_part(part: VersionPart, *, by: Who, new: bool = True) -> bool:
    """Say that a version is an attachment to another, or a basis of it. Raises Refused."""
    check_keeps(by)
    check_part(part, rows(VersionPart))
    return save(part, by=by, new=new)


@one_change
def remove_part(part: VersionPart, *, by: Who, reason: str) -> bool:
    """Say that it is not so."""
    check_keeps(by)
    return remove(part, by=by, reason=reason)


@one_change
def keep_files(held: Sequence[Held], *, of: UUID, by: Who, title: str = "", public: bool = False) -> list[Paper]:
    """Store examined files with a version: a draft's are the secretariat's own until it has been presented."""
    check_keeps(by)
    readers = PUBLIC if public else PARTIES
    return papers.keep(
        held, of=of, by=by, readers=readers if shown(rows(VersionStep, version_id=of)) else KEEPERS, title=title
    )


@one_change
def take_away_file(paper: Paper, *, by: Who, reason: str) -> bool:
    """Delete a file of a version; that it was there stands in the history."""
    check_keeps(by)
    return papers.take_away(paper, by=by, reason=reason)


def shown(steps: Sequence[VersionStep]) -> bool:
    """Whether a version has left the secretariat."""
    return any(step.status not in (Status.DRAFT, Status.WITHDRAWN) for step in steps)
