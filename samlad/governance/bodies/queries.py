"""What other parts and the pages ask of bodies and meetings. `on`: as it was recorded at the end of that day.

Who is a member on a day is asked of the same day: what is recorded now says who sits today.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from samlad.base.clock import STOCKHOLM, now
from samlad.governance.bodies.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyKind,
    BodyMember,
    DecisionState,
    ItemMinutes,
    Level,
    Meeting,
    MeetingDecision,
    MeetingState,
)
from samlad.governance.models import Paper
from samlad.governance.record import row, rows
from samlad.journal.who import Who
from samlad.registers.queries import ActorView, parties, swedish_key, today

LEVELS: Final = {code: place for place, code in enumerate(Level.values)}
KINDS: Final = {code: place for place, code in enumerate(BodyKind.values)}


def bodies(on: date | None = None) -> list[Body]:
    """All bodies: the directing level first, then by sort and name."""
    return sorted(rows(Body, on), key=lambda one: (LEVELS[one.level], KINDS[one.kind], swedish_key(one.name)))


def body(code: str, on: date | None = None) -> Body | None:
    """The body of this code; None when there is none."""
    return next(iter(rows(Body, on, code=code)), None)


def body_of(key: UUID, on: date | None = None) -> Body | None:
    """The body of this id; None when there is none."""
    return row(Body, key, on)


def is_open(one: Body, day: date) -> bool:
    """Whether the body is still at work on a day."""
    return one.ended_on is None or one.ended_on >= day


def holds(member: BodyMember, day: date) -> bool:
    """Whether a place in a body is held on a day; both its first and its last day are days of it."""
    begun = member.valid_from is None or member.valid_from <= day
    return begun and (member.valid_to is None or member.valid_to >= day)


def members(of: Body, on: date | None = None) -> list[BodyMember]:
    """Who sits in a body on a day (default: today), the one who leads it first, then as actors are listed."""
    return members_of(of, rows(BodyMember, on, body_id=of.pk), on or today())


def members_of(of: Body, known: Iterable[BodyMember], day: date) -> list[BodyMember]:
    """Of places already read, those held in a body on a day, in the same order."""
    order = {actor.code: place for place, actor in enumerate(parties(day))}
    held = [one for one in known if one.body_id == of.pk and holds(one, day)]
    return sorted(held, key=lambda one: (not one.chair, order.get(one.actor_id, len(order)), swedish_key(one.seat)))


def member(key: UUID, on: date | None = None) -> BodyMember | None:
    """One place in a body."""
    return row(BodyMember, key, on)


def is_in(of: Body, actor: str, day: date | None = None) -> bool:
    """Whether an actor has a member in a body today (or on another day), as recorded now."""
    return any(holds(one, day or today()) for one in rows(BodyMember, body_id=of.pk, actor_id=actor))


def sits_in(who: Who, code: str, on: date | None = None) -> bool:
    """Whether somebody sits in the body of this code on a day: is a member by person, or is a chief at an actor that
    has a member in it."""
    day = on or today()
    for one in BodyMember.objects.filter(body__code=code):
        own = one.person_id == who.person or (one.actor_id == who.actor and "chief" in who.roles)
        if own and holds(one, day):
            return True
    return False


def lacking(of: Body, known: Iterable[BodyMember], day: date) -> list[ActorView]:
    """The parties of a day that have no member in a body then."""
    there = {one.actor_id for one in known if one.body_id == of.pk and holds(one, day)}
    return [actor for actor in parties(day) if actor.code not in there]


def meeting(key: UUID, on: date | None = None) -> Meeting | None:
    """One meeting; None when there is none."""
    return row(Meeting, key, on)


def meetings(on: date | None = None, of: Body | None = None) -> list[Meeting]:
    """Meetings in the order in which they begin: all, or a body's."""
    return rows(Meeting, on) if of is None else rows(Meeting, on, body_id=of.pk)


def next_meetings(on: date | None = None, actor: str = "") -> list[Meeting]:
    """Meetings that are to come and not cancelled, the next first: all, or of the bodies where an actor sits."""
    begin = datetime.combine(on + timedelta(days=1), time(), STOCKHOLM) if on else now()
    ahead = [one for one in rows(Meeting, on) if one.ends > begin and one.state != MeetingState.CANCELLED]
    if not actor:
        return ahead
    own = {one.body_id for one in rows(BodyMember, on, actor_id=actor) if holds(one, on or today())}
    return [one for one in ahead if one.body_id in own]


def next_number(of: Body, year: int) -> str:
    """The number after the highest one that a body's meetings have of a year: 4/2026 after 3/2026."""
    taken = [one.number.partition("/")[0].strip() for one in meetings(None, of) if day_of(one).year == year]
    return f"{max((int(number) for number in taken if number.isdecimal()), default=0) + 1}/{year}"


def day_of(one: Meeting) -> date:
    """The day of a meeting, in Stockholm."""
    return one.starts.astimezone(STOCKHOLM).date()


def agenda(of: Meeting, on: date | None = None) -> list[AgendaItem]:
    """A meeting's items in order."""
    return rows(AgendaItem, on, meeting_id=of.pk)


def item(key: UUID, on: date | None = None) -> AgendaItem | None:
    """One item of an agenda."""
    return row(AgendaItem, key, on)


def papers(items: Iterable[AgendaItem], on: date | None = None) -> dict[UUID, list[Paper]]:
    """The papers of items, by item. Who may read the agenda may read them."""
    found: dict[UUID, list[Paper]] = {one.pk: [] for one in items}
    known = rows(Paper, on) if on else Paper.objects.filter(of__in=found)
    for paper in known:
        if paper.of in found:
            found[paper.of].append(paper)
    return found


def minutes(items: Iterable[AgendaItem], on: date | None = None) -> dict[UUID, ItemMinutes]:
    """What the minutes say, by item."""
    wanted = {one.pk for one in items}
    known = rows(ItemMinutes, on) if on else ItemMinutes.objects.filter(item__in=wanted)
    return {one.item_id: one for one in known if one.item_id in wanted}


def attendance(of: Meeting, on: date | None = None) -> dict[str, Attendance]:
    """How actors took part in a meeting, by actor."""
    return {one.actor_id: one for one in rows(Attendance, on, meeting_id=of.pk)}


def decisions(of: Meeting, on: date | None = None) -> list[MeetingDecision]:
    """A meeting's decisions in the order of their numbers: § 9 before § 10."""
    return sorted(rows(MeetingDecision, on, meeting_id=of.pk), key=lambda one: in_number_order(one.number))


def decision(key: UUID, on: date | None = None) -> MeetingDecision | None:
    """One decision of a meeting; None when there is none."""
    return row(MeetingDecision, key, on)


def in_number_order(number: str) -> tuple[int, str]:
    """A key that sorts numbers with words round them by the number."""
    digits = "".join(letter if letter.isdigit() else " " for letter in number).split()
    return (int(digits[-1]) if digits else 0, number)


def is_late(one: MeetingDecision, day: date) -> bool:
    """Whether a decision should have been carried out before a day."""
    return one.state == DecisionState.OPEN and one.due is not None and one.due < day


def overdue(on: date | None = None, actor: str = "") -> list[MeetingDecision]:
    """Decisions that are not done in time, the oldest first: all, or an actor's. For those who keep the registers, or
    for the actor itself: others' drafts are in it."""
    late = [one for one in rows(MeetingDecision, on) if is_late(one, on or today())]
    return sorted((one for one in late if not actor or one.responsible_id == actor), key=lambda one: str(one.due))
