"""What pages of bodies and meetings have in common: finding what the reader may see, and lists of it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.base.clock import STOCKHOLM
from samlad.governance import record, rules
from samlad.governance.bodies import queries
from samlad.governance.bodies.models import Body, BodyMember, DecisionState, Meeting, MeetingDecision, MeetingState
from samlad.governance.bodies.rules import meetings_or_404, reads_drafts, reads_meetings
from samlad.governance.lists import Column, Listing
from samlad.journal.who import Who
from samlad.registers.queries import actors_ever, today

STATE_BADGE: Final = {
    MeetingState.PLANNED: "new",
    MeetingState.CALLED: "active",
    MeetingState.HELD: "own",
    MeetingState.CANCELLED: "strong",
}


class Sitting(NamedTuple):
    """A meeting with its body, and its page's address, "" for those who may not read it."""

    meeting: Meeting
    body: Body
    url: str


class Made(NamedTuple):
    """A decision with its meeting and body, the responsible actor's name, and whether it is late."""

    decision: MeetingDecision
    meeting: Meeting
    body: Body
    actor: str
    late: bool


def the_body(who: Who, code: str, on: date | None = None) -> Body:
    """The body of an address. Raises Http404 where there is none, or the reader reads nothing of governance."""
    rules.reader_or_404(who)
    found = queries.body(code, on)
    if found is None:
        raise Http404
    return found


def the_meeting(who: Who, key: UUID, on: date | None = None) -> tuple[Meeting, Body]:
    """The meeting of an address with its body. Raises Http404 for those who may not read it."""
    rules.reader_or_404(who)
    meeting = queries.meeting(key, on)
    body = queries.body_of(meeting.body_id, on) if meeting else None
    if meeting is None or body is None:
        raise Http404
    # Who may read is asked of the body as it is now: what was once open to all may be closed today.
    meetings_or_404(who, queries.body_of(body.pk) or body)
    return meeting, body


def names() -> dict[str, str]:
    """The short names of all actors by code."""
    return {actor.code: actor.short for actor in actors_ever()}


def at_stockholm(moment: datetime, format_: str = "j b Y H:i") -> str:
    """A moment in words, by Stockholm's clocks."""
    return date_format(moment.astimezone(STOCKHOLM), format_)


def sittings(who: Who, found: Iterable[Meeting], on: date | None = None) -> list[Sitting]:
    """Meetings with their bodies, with addresses where the reader may go on."""
    bodies, now = {one.pk: one for one in queries.bodies(on)}, as_they_are()
    may = {key: reads_meetings(who, now.get(key, one)) for key, one in bodies.items()}
    query = f"?on={on}" if on else ""
    return [
        Sitting(one, bodies[one.body_id], reverse("meeting", args=[one.pk]) + query if may[one.body_id] else "")
        for one in found
        if one.body_id in bodies
    ]


def as_they_are() -> dict[UUID, Body]:
    """The bodies as they are now, of which it is asked who may read: what was once open to all may be closed today."""
    return {one.pk: one for one in queries.bodies()}


def state_word(one: Meeting) -> str:
    """How far a meeting has come, in a word."""
    return str(MeetingState(one.state).label)


def meeting_list(
    rows: Iterable[Sitting],
    query: Mapping[str, str],
    *,
    name: str,
    key: str = "",
    of_body: bool = False,
    empty: str = "",
) -> "Listing[Sitting]":
    """Meetings as a list; `of_body`: of one, so that its name is left out."""
    columns: list[Column[Sitting]] = [
        Column(
            "when", pgettext_lazy("meeting", "When"), lambda row: row.meeting.starts,
            text=lambda row: at_stockholm(row.meeting.starts, "D j b Y H:i"), link=lambda row: row.url,
        ),
        Column("body", gettext_lazy("Body"), lambda row: row.body.name, choice=True, hidden=of_body),
        Column("number", pgettext_lazy("meeting", "Number"), lambda row: row.meeting.number),
        Column("place", pgettext_lazy("meeting", "Place"), lambda row: row.meeting.place if row.url else ""),
        Column(
            "state", gettext_lazy("State"), lambda row: state_word(row.meeting), choice=True,
            badge=lambda row: STATE_BADGE[MeetingState(row.meeting.state)],
        ),
    ]  # fmt: skip
    return Listing(columns, rows, query, name=name, key=key, empty=empty)


def member_list(
    rows: Iterable[BodyMember], query: Mapping[str, str], body: Body, *, keeps: bool, empty: str
) -> "Listing[BodyMember]":
    """Who sits in a body."""
    called = names()
    columns: list[Column[BodyMember]] = [
        Column(
            "actor", gettext_lazy("Actor"), lambda row: called.get(row.actor_id, row.actor_id),
            link=lambda row: reverse("body_member", args=[row.pk]) if keeps else "",
        ),
        Column("seat", gettext_lazy("Function"), lambda row: row.seat),
        Column(
            "chair", gettext_lazy("Leads the body"), lambda row: row.chair,
            text=lambda row: _("yes") if row.chair else "",
        ),
        Column("valid_from", gettext_lazy("First day"), lambda row: row.valid_from),
        Column("valid_to", gettext_lazy("Last day"), lambda row: row.valid_to),
        Column("source", gettext_lazy("Source"), lambda row: row.source),
    ]  # fmt: skip
    return Listing(columns, rows, query, name=f"{body.code}-ledamoter", key="members", empty=empty)


def decisions_read(who: Who, on: date | None = None, of: Meeting | None = None) -> list[Made]:
    """Decisions that the reader may read, of all meetings or of one, the latest meeting first."""
    bodies, called, day = {one.pk: one for one in queries.bodies(on)}, names(), on or today()
    known = {one.pk: one for one in ([of] if of else queries.meetings(on))}
    made = [one for one in record.rows(MeetingDecision, on) if one.meeting_id in known]
    # Asked once for each body, not for each decision.
    held_in = {known[one.meeting_id].body_id for one in made}
    now = bodies | as_they_are()
    drafts = {key for key in held_in if reads_drafts(who, now[key])}
    adjusted = {key for key in held_in if reads_meetings(who, now[key])}
    party, found = rules.reads(who), []
    for one in made:
        meeting = known[one.meeting_id]
        minutes = meeting.body_id in drafts or (meeting.adjusted_on is not None and meeting.body_id in adjusted)
        if minutes or (party and one.responsible_id == who.actor):
            actor = called.get(one.responsible_id or "", one.responsible_id or "")
            found.append(Made(one, meeting, bodies[meeting.body_id], actor, queries.is_late(one, day)))
    found.sort(key=lambda row: queries.in_number_order(row.decision.number))
    return sorted(found, key=lambda row: row.meeting.starts, reverse=True)


def standing(made: Made) -> str:
    """How it stands with a decision, in a word: late, or its state."""
    return _("Late") if made.late else str(DecisionState(made.decision.state).label)


def decision_list(rows: Iterable[Made], query: Mapping[str, str], *, empty: str = "") -> "Listing[Made]":
    """Decisions with what has become of them."""
    badges = {DecisionState.OPEN: "new", DecisionState.DONE: "active", DecisionState.DROPPED: "own"}
    columns: list[Column[Made]] = [
        Column(
            "number", pgettext_lazy("decision", "Number"), lambda row: row.decision.number,
            link=lambda row: reverse("meeting_decision", args=[row.decision.pk]),
        ),
        Column("body", gettext_lazy("Body"), lambda row: row.body.name, choice=True),
        Column("day", pgettext_lazy("decision", "Decided"), lambda row: queries.day_of(row.meeting)),
        Column("text", pgettext_lazy("meeting", "Decision"), lambda row: row.decision.text),
        Column("responsible", gettext_lazy("Responsible actor"), lambda row: row.actor, choice=True),
        Column("due", gettext_lazy("To be done by"), lambda row: row.decision.due),
        Column(
            "state", pgettext_lazy("decision", "Follow-up"), standing, choice=True,
            badge=lambda row: "strong" if row.late else badges[DecisionState(row.decision.state)],
        ),
        Column("followed_up", gettext_lazy("What has become of it"), lambda row: row.decision.followed_up, hidden=True),
    ]  # fmt: skip
    return Listing(columns, rows, query, name="beslut", empty=empty)
