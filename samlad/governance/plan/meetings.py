"""The meetings where a plan was decided and presented, as far as this reader may read them: what stands in minutes that
are not for them, or not adjusted yet, is not told here either."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from samlad.governance import record
from samlad.governance.bodies.models import Meeting, MeetingDecision
from samlad.governance.bodies.queries import body_of, meeting
from samlad.governance.bodies.rules import reads_decision, reads_meetings
from samlad.governance.plan.models import PlanYear
from samlad.journal.who import Who


def decided_at(who: Who, plan: PlanYear, on: date | None) -> dict[str, Any]:
    """What the page of stances and decision shows of the meetings."""
    held, council = seen_at(plan.meeting_id, on), seen_at(plan.council_meeting_id, on)
    return {
        "meeting": held,
        "meeting_url": address(who, held),
        "council_meeting": council,
        "council_url": address(who, council),
        "decision": decision(who, plan, on),
    }


def seen_at(key: UUID | None, on: date | None) -> Meeting | None:
    """A meeting, as it is or was."""
    return meeting(key, on) if key else None


def address(who: Who, held: Meeting | None) -> str:
    """Where a meeting is read; "" where it is not for this reader."""
    body = body_of(held.body_id) if held else None
    return reverse("meeting", args=[held.pk]) if held and body and reads_meetings(who, body) else ""


def decision(who: Who, plan: PlanYear, on: date | None) -> MeetingDecision | None:
    """The decision in the minutes, for those who may read them."""
    found = record.row(MeetingDecision, plan.decision_id, on) if plan.decision_id else None
    now = meeting(found.meeting_id) if found else None
    body = body_of(now.body_id) if now else None
    return found if found and now and body and reads_decision(who, body, now, found) else None
