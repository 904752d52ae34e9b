"""Writing the minutes of a meeting, adjusting them, and following its decisions up.

Minutes are a draft until they are adjusted (justerade). Corrections after that need a reason, and are shown.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.bodies import queries
from samlad.governance.bodies.models import DecisionState, ItemMinutes, Meeting, MeetingDecision
from samlad.governance.bodies.rules import check_has_begun, follows_up
from samlad.governance.record import remove, save
from samlad.governance.rules import check_keeps
from samlad.journal.who import Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.rules import check_unchanged


def stamp_of(meeting: Meeting) -> str:
    """A stamp of all that the minutes say, for the form that changes them at once."""
    texts = queries.minutes(queries.agenda(meeting))
    return stamp(_state(meeting, texts))


def _state(meeting: Meeting, texts: Mapping[UUID, ItemMinutes]) -> dict[str, str]:
    return {"secretary": meeting.secretary} | {str(item): one.text for item, one in texts.items() if one.text}


@one_change
def write(
    meeting: Meeting, texts: Mapping[UUID, str], *, secretary: str, by: Who, seen: str = "", reason: str = ""
) -> bool:
    """Write what the minutes say, item by item. Adjusted minutes are corrected with a reason."""
    check_keeps(by)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_has_begun(locked)
    items = queries.agenda(locked)
    stored = queries.minutes(items)
    if seen:
        before = _state(locked, stored)
        check_unchanged(seen, before, stamp(before))
    if locked.adjusted_on and not reason:
        raise Refused(_("The minutes are adjusted. Say why they are corrected."), field="reason")
    locked.secretary = secretary
    changed = save(locked, by=by, reason=reason)
    for one in items:
        text = texts.get(one.pk, "").replace("\r\n", "\n").strip()
        row = stored.get(one.pk)
        if row is None and not text:
            continue
        row = row or ItemMinutes(item_id=one.pk)
        row.text = text
        changed |= save(row, by=by, reason=reason)
    return changed


@one_change
def adjust(meeting: Meeting, *, adjusted_by: str, on: date, by: Who) -> bool:
    """Record that the minutes are adjusted: by whom (functions) and on which day."""
    check_keeps(by)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_has_begun(locked)
    if locked.adjusted_on is not None:
        return False
    if on < queries.day_of(locked):
        raise Refused(_("Minutes can't be adjusted before the meeting."), field="adjusted_on")
    if not any(one.text for one in queries.minutes(queries.agenda(locked)).values()):
        raise Refused(_("There are no minutes to adjust yet."))
    locked.adjusted_by, locked.adjusted_on, locked.adjusted_at = adjusted_by, on, now()
    return save(locked, by=by)


@one_change
def save_decision(row: MeetingDecision, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a decision of a meeting that has been held."""
    check_keeps(by)
    meeting = Meeting.objects.get(pk=row.meeting_id)
    check_has_begun(meeting)
    if MeetingDecision.objects.filter(meeting=meeting, number=row.number).exclude(pk=row.pk).exists():
        raise Refused(_("The meeting has a decision with this number already."), field="number")
    if meeting.adjusted_on and new and not MeetingDecision.objects.filter(pk=row.pk).exists():
        raise Refused(_("The minutes are adjusted: no decision can be added."))
    if meeting.adjusted_on and not new and not reason and _differs(row):
        raise Refused(_("The minutes are adjusted. Say why they are corrected."), field="reason")
    return save(row, by=by, reason=reason, seen=seen, new=new)


def _differs(row: MeetingDecision) -> bool:
    stored = MeetingDecision.objects.filter(pk=row.pk).first()
    return stored is not None and record.seen(stored) != record.seen(row)


@one_change
def remove_decision(row: MeetingDecision, *, by: Who, reason: str) -> bool:
    """Take away a decision that should not have been written; not from adjusted minutes."""
    check_keeps(by)
    if Meeting.objects.get(pk=row.meeting_id).adjusted_on:
        raise Refused(_("The minutes are adjusted: the decision stays. Correct it instead."))
    return remove(row, by=by, reason=reason)


@one_change
def follow_up(row: MeetingDecision, *, state: str, text: str, by: Who, reason: str = "", seen: str = "") -> bool:
    """Tell what has become of a decision. One that is dropped needs a reason that people can read."""
    if not follows_up(by, row):
        raise Refused(_("Only the responsible actor and the secretariat tell what has become of a decision."))
    if state == DecisionState.DROPPED and not text.strip():
        raise Refused(_("Say why it is dropped."), field="followed_up")
    row.state, row.followed_up = state, text.strip()
    return save(row, by=by, reason=reason, seen=seen)
