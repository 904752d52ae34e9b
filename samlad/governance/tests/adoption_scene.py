"""What tests of adoption share: a version that has been sent out to the cast's actors, and decisions on it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from samlad.governance import record
from samlad.governance.adoption import actions
from samlad.governance.adoption.models import AdoptionDecision, Dispatch, Receiver
from samlad.governance.models import DocumentVersion, SteeringDocument
from samlad.journal.who import SYSTEM, Who
from samlad.registers.models import Actor, ActorVersion
from samlad.registers.queries import today


def make_version(number: str = "1.0", document: SteeringDocument | None = None, **fields: Any) -> DocumentVersion:
    """A version of a document that each actor decides on."""
    if document is None:
        document = SteeringDocument(
            id=uuid4(), code=f"malbild-{uuid4().hex[:6]}", title="Målbild", kind="vision", binding="own_decision"
        )
        record.save(document, by=SYSTEM, new=True)
    version = DocumentVersion(id=uuid4(), document=document, number=number, **fields)
    record.save(version, by=SYSTEM, new=True)
    return version


def make_dispatch(version: DocumentVersion | None = None, *, ago: int = 100, left: int = 60, **fields: Any) -> Dispatch:
    """A dispatch that was sent some days ago and has some days left."""
    sent = today() - timedelta(days=ago)
    made = Dispatch(
        id=uuid4(), version=version or make_version(), sent_on=sent, reply_by=today() + timedelta(days=left), **fields
    )
    actions.send_out(made, by=SYSTEM)
    return made


def receiver_of(dispatch: Dispatch, actor: str) -> Receiver:
    """An actor's row of a dispatch."""
    return Receiver.objects.get(dispatch=dispatch, actor=actor)


def decide(receiver: Receiver, outcome: str, decided_on: date, by: Who = SYSTEM, **fields: Any) -> AdoptionDecision:
    """Record a decision."""
    made = AdoptionDecision(
        id=uuid4(), receiver=receiver, outcome=outcome, decided_on=decided_on, deciding_body="Kommunstyrelsen", **fields
    )
    actions.decide(made, by=by)
    return made


def make_party(code: str, name: str, since: date, until: date | None = None, why_ended: str = "") -> None:
    """One more party."""
    Actor.objects.get_or_create(code=code)
    ActorVersion.objects.create(
        actor_id=code, name=name, short_name=name, category="municipality", valid_from=since, valid_to=until,
        why="Anslöt sig", why_ended=why_ended,
    )  # fmt: skip
