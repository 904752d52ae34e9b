"""What the scene has of bodies and meetings: a body for its members only (Nacka and the county board), and one for all;
a meeting that was held, with an agenda, a paper, draft minutes and a decision for Nacka."""

from datetime import timedelta
from typing import Any, Final

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.governance import papers, record
from samlad.governance.bodies import calendars
from samlad.governance.bodies.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    ItemMinutes,
    Meeting,
    MeetingCall,
    MeetingDecision,
)
from samlad.journal.files import Held
from samlad.registers.tests.cast import Everybody

MISSING_BODIES: Final = {
    "body": "finns-inte", "member": new_id(), "meeting": new_id(), "item": new_id(), "meeting_decision": new_id(),
    "meeting_paper": new_id(),
}  # fmt: skip


def bodies(cast: Everybody) -> dict[str, Any]:
    """A row of each table; returns what stands in the addresses."""
    by = cast.secretariat.who
    body = Body(
        id=new_id(), code="samordningsgruppen", name="Samordningsgruppen", kind="coordination", level="coordinating"
    )
    member = BodyMember(id=new_id(), body=body, actor_id="nacka", seat="Säkerhetschef")
    board = BodyMember(id=new_id(), body=body, actor_id="lansstyrelsen-stockholm", seat="Samordningschef", chair=True)
    starts = now() - timedelta(days=3)
    meeting = Meeting(id=new_id(), body=body, number="1", starts=starts, ends=starts + timedelta(hours=1), state="held")
    item = AgendaItem(id=new_id(), meeting=meeting, title="Reservkraft")
    decision = MeetingDecision(id=new_id(), meeting=meeting, item=item, number="§ 1", text="Ta fram en rutin.")
    decision.responsible_id = "nacka"
    others = (
        ItemMinutes(id=new_id(), item=item, text="Utkast till protokoll."),
        Attendance(id=new_id(), meeting=meeting, actor_id="nacka", presence="present"),
        MeetingCall(id=new_id(), meeting=meeting, sequence=1),
    )
    for row in (body, member, board, meeting, item, decision, *others):
        record.save(row, by=by, new=True)
    calendars.open_feed(cast.liaison.person.key, "sodertalje", "sv")
    paper = papers.keep([Held("rutin.txt", "text/plain", b"En rutin.", True)], of=item.pk, by=by, readers="keepers")[0]
    return {
        "body": body.code, "member": member.pk, "meeting": meeting.pk, "item": item.pk, "meeting_decision": decision.pk,
        "meeting_paper": paper.pk,
    }  # fmt: skip
