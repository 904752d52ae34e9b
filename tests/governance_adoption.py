"""What the scene has of adoption: a version sent out, Nacka's decision on it, a letter, an extract that was read."""

from datetime import timedelta
from typing import Any, Final

from samlad.base.ids import new_id
from samlad.governance import papers, record
from samlad.governance.adoption import actions
from samlad.governance.adoption.extracts import TITLE
from samlad.governance.models import (
    AdoptionDecision,
    AdoptionLetter,
    Dispatch,
    DocumentVersion,
    Receiver,
    SteeringDocument,
)
from samlad.journal.files import Held
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

MISSING_ADOPTION: Final = {"dispatch": new_id(), "receiver": new_id(), "decision": new_id(), "extract": new_id()}


def adoption(cast: Everybody) -> dict[str, Any]:
    """A row of each table; returns what stands in the addresses."""
    kansli, nackas = cast.secretariat.who, cast.registrar.who
    document = SteeringDocument(id=new_id(), code="avtal", title="Avtal", kind="agreement", binding="own_decision")
    version = DocumentVersion(id=new_id(), document=document, number="1.0")
    record.save(document, by=kansli, new=True)
    record.save(version, by=kansli, new=True)
    sent, reply_by = today() - timedelta(days=60), today() + timedelta(days=60)
    dispatch = Dispatch(id=new_id(), version=version, sent_on=sent, reply_by=reply_by)
    actions.send_out(dispatch, by=kansli)
    receiver = Receiver.objects.get(dispatch=dispatch, actor="nacka")
    decision = AdoptionDecision(
        id=new_id(), receiver=receiver, outcome="referred_back", decided_on=today(), deciding_body="Kommunstyrelsen"
    )
    actions.decide(decision, by=nackas)
    letter = AdoptionLetter(id=new_id(), receiver=receiver, kind="sent", told_on=sent)
    record.save(letter, by=kansli, new=True)
    held = [Held("utdrag.txt", "text/plain", "Kommunstyrelsen beslutar att anta målbilden.".encode(), True)]
    (paper,) = papers.keep(held, of=receiver.pk, by=nackas, readers="nacka", title=TITLE)
    return {"dispatch": dispatch.pk, "receiver": receiver.pk, "decision": decision.pk, "extract": paper.pk}
