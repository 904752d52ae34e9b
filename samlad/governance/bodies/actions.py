"""Every way to change bodies, their members, and their meetings up to when they are held. What a meeting led to is in
`minuting`. All take `by` and raise Refused with a sentence."""

from collections.abc import Mapping
from datetime import UTC

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import papers
from samlad.governance.bodies import calls, queries
from samlad.governance.bodies.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    ItemMinutes,
    Meeting,
    MeetingDecision,
    MeetingState,
    Openness,
)
from samlad.governance.bodies.rules import check_changeable, check_not_cancelled
from samlad.governance.models import Paper
from samlad.governance.record import remove, save
from samlad.governance.rules import check_keeps
from samlad.journal.files import Held
from samlad.journal.who import Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.rules import check_unchanged

TAKEN = frozenset({"new", "meetings", "members", "decisions", "gaps", "items", "calendar", "calendars"})
"""Words that addresses have in the place of a body's code."""
IN_CALENDARS = ("starts", "ends", "place", "link")
"""What those who have the meeting in their calendars must be told of."""


@one_change
def save_body(row: Body, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a body. Papers that were open to all parties are closed with it, or the other way round."""
    check_keeps(by)
    if row.code in TAKEN:
        raise Refused(_("That word can't be used here. Take another."), field="code")
    if Body.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise Refused(_("There is a body with this short name already."), field="code")
    changed = save(row, by=by, reason=reason, seen=seen, new=new)
    items = AgendaItem.objects.filter(meeting__body=row.pk).values_list("pk", flat=True)
    for paper in Paper.objects.filter(of__in=items).exclude(readers=readers_of_papers(row)):
        paper.readers = readers_of_papers(row)
        save(paper, by=by, reason=reason)
    return changed


def readers_of_papers(body: Body) -> str:
    """Who reads the papers of a body's meetings beside those who read the agenda there."""
    return "parties" if body.readers == Openness.PARTIES else "keepers"


@one_change
def save_member(row: BodyMember, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save an actor's place in a body."""
    check_keeps(by)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise Refused(_("The last day is before the first."), field="valid_to")
    return save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def remove_member(row: BodyMember, *, by: Who, reason: str) -> bool:
    """Take away a place that should not have been recorded; one who leaves gets a last day instead."""
    check_keeps(by)
    return remove(row, by=by, reason=reason)


@one_change
def save_meeting(row: Meeting, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a meeting. Members who have been called to it are told where its time or place has changed."""
    check_keeps(by)
    row.starts, row.ends = row.starts.astimezone(UTC), row.ends.astimezone(UTC)
    if row.ends <= row.starts:
        raise Refused(_("The meeting ends before it begins."), field="ends")
    before = Meeting.objects.select_for_update().filter(pk=row.pk).first()
    if before is None or new:  # new, and there already: it was sent twice
        row.stamped_at = before.stamped_at if before else row.stamped_at
        return save(row, by=by, reason=reason, new=new)
    check_changeable(before)
    moved = any(getattr(before, name) != getattr(row, name) for name in IN_CALENDARS)
    if moved:
        _change_in_calendars(row, before)
    changed = save(row, by=by, reason=reason, seen=seen)
    if moved and row.state == MeetingState.CALLED:
        calls.tell(_body(row), row, by)
    return changed


@one_change
def cancel(row: Meeting, *, why: str, by: Who, seen: str = "") -> bool:
    """Cancel a meeting: it stays in the calendar as cancelled, and those who were called are told."""
    check_keeps(by)
    if row.state == MeetingState.CANCELLED:
        return False
    check_changeable(row)
    called = row.state == MeetingState.CALLED
    _change_in_calendars(row, row)
    row.state, row.why_cancelled = MeetingState.CANCELLED, why
    changed = save(row, by=by, reason=why, seen=seen)
    if called:
        calls.tell(_body(row), row, by)
    return changed


@one_change
def call(row: Meeting, *, by: Who) -> int:
    """Call the members to a meeting, once; returns to how many people a call is sent."""
    check_keeps(by)
    check_changeable(row)
    if row.ends <= now():
        raise Refused(_("The meeting is over: nobody can be called to it any more."))
    if row.state != MeetingState.CALLED:
        _change_in_calendars(row, row)
        row.state = MeetingState.CALLED
        save(row, by=by)
    return calls.tell(_body(row), row, by)


@one_change
def hold(row: Meeting, *, by: Who) -> bool:
    """Record that a meeting has been held; minutes can be written then."""
    check_keeps(by)
    if row.state == MeetingState.HELD:
        return False
    check_changeable(row)
    if row.starts > now():
        raise Refused(_("The meeting has not begun yet."))
    row.state = MeetingState.HELD
    return save(row, by=by)


def _change_in_calendars(row: Meeting, before: Meeting) -> None:
    row.sequence, row.stamped_at = before.sequence + 1, now()


def _body(row: Meeting) -> Body:
    return Body.objects.get(pk=row.body_id)


@one_change
def save_item(row: AgendaItem, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save an item of an agenda; a new one comes last."""
    check_keeps(by)
    check_changeable(Meeting.objects.get(pk=row.meeting_id))
    if new:
        stored = AgendaItem.objects.filter(pk=row.pk).first()
        row.place = stored.place if stored else AgendaItem.objects.filter(meeting=row.meeting_id).count() + 1
    return save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def move_item(row: AgendaItem, *, up: bool, by: Who) -> bool:
    """Move an item one step up or down."""
    check_keeps(by)
    meeting = Meeting.objects.select_for_update().get(pk=row.meeting_id)
    check_changeable(meeting)
    items = queries.agenda(meeting)
    place = next(number for number, one in enumerate(items) if one.pk == row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return False
    items[place], items[other] = items[other], items[place]
    return renumber(items, by)


def renumber(items: list[AgendaItem], by: Who) -> bool:
    """Number items from 1 in this order."""
    changed = False
    for number, one in enumerate(items, 1):
        if one.place != number:
            one.place = number
            changed |= save(one, by=by)
    return changed


@one_change
def remove_item(row: AgendaItem, *, by: Who, reason: str) -> bool:
    """Take an item off an agenda. One that has papers, minutes or decisions stays."""
    check_keeps(by)
    meeting = Meeting.objects.select_for_update().get(pk=row.meeting_id)
    check_changeable(meeting)
    if Paper.objects.filter(of=row.pk).exists():
        raise Refused(_("Take its papers away first."))
    used = (ItemMinutes.objects.filter(item=row.pk), MeetingDecision.objects.filter(item=row.pk))
    if any(rows.exists() for rows in used):
        raise Refused(_("There are minutes or decisions on this item: it stays."))
    removed = remove(row, by=by, reason=reason)
    renumber(queries.agenda(meeting), by)
    return removed


@one_change
def add_papers(row: AgendaItem, held: list[Held], *, title: str, by: Who) -> int:
    """Put examined files with an item; returns how many. Who may read the agenda may read them."""
    check_keeps(by)
    meeting = Meeting.objects.get(pk=row.meeting_id)
    check_not_cancelled(meeting)
    readers = readers_of_papers(_body(meeting))
    return len(papers.keep(held, of=row.pk, by=by, readers=readers, title=title if len(held) == 1 else ""))


@one_change
def take_paper_away(paper: Paper, *, by: Who, reason: str) -> bool:
    """Delete a paper; that it was there stands in the history."""
    check_keeps(by)
    item = AgendaItem.objects.get(pk=paper.of)
    check_changeable(Meeting.objects.get(pk=item.meeting_id))
    return papers.take_away(paper, by=by, reason=reason)


def attendance_now(stored: Mapping[str, Attendance]) -> dict[str, str]:
    """What is recorded of attendance, as a form's stamp is made of and as a colleague is told."""
    return {actor: f"{actor} {row.get_presence_display()} {row.who}".strip() for actor, row in sorted(stored.items())}


@one_change
def save_attendance(meeting: Meeting, answers: dict[str, tuple[str, str]], *, by: Who, seen: str = "") -> bool:
    """Record how actors took part: actor -> (presence or "" for not recorded, by which function)."""
    check_keeps(by)
    check_not_cancelled(meeting)
    if Meeting.objects.select_for_update().get(pk=meeting.pk).adjusted_on:
        raise Refused(_("The minutes are adjusted: the attendance stays."))
    stored, changed = queries.attendance(meeting), False
    if seen:
        before = attendance_now(stored)
        check_unchanged(seen, before, stamp(before))
    for actor, (presence, who) in answers.items():
        row = stored.get(actor)
        if not presence:
            changed |= row is not None and remove(row, by=by)
            continue
        row = row or Attendance(meeting=meeting, actor_id=actor)
        row.presence, row.who = presence, who
        changed |= save(row, by=by)
    return changed
