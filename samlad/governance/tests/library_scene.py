"""Steering documents for tests, made in a line each."""

from datetime import date
from typing import Any

from samlad.governance.documents.models import DocumentVersion, SteeringDocument, VersionPart, VersionStep
from samlad.governance.record import save
from samlad.journal.who import SYSTEM


def a_document(code: str = "avtal", **said: Any) -> SteeringDocument:
    """A document that each actor adopts, unless told otherwise."""
    values = {"title": code.capitalize(), "kind": "agreement", "binding": "own_decision"} | said
    made = SteeringDocument(code=code, **values)
    save(made, by=SYSTEM, new=True)
    return made


def a_version(of: SteeringDocument, number: str = "1.0", *steps: tuple[str, date], **said: Any) -> DocumentVersion:
    """A version with its steps."""
    made = DocumentVersion(document=of, number=number, **said)
    save(made, by=SYSTEM, new=True)
    for status, on in steps:
        a_step(made, status, on)
    return made


def a_step(of: DocumentVersion, status: str, on: date, **said: Any) -> VersionStep:
    """What became of a version."""
    made = VersionStep(version=of, status=status, on=on, **said)
    save(made, by=SYSTEM, new=True)
    return made


def a_part(whole: DocumentVersion, part: DocumentVersion, relation: str = "attachment") -> VersionPart:
    """That one is an attachment to the other."""
    made = VersionPart(whole=whole, part=part, relation=relation)
    save(made, by=SYSTEM, new=True)
    return made
