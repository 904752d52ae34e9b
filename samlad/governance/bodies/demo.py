"""The demonstration's bodies: members as functions, meetings held and ahead. All of it is made up, and says so."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from samlad.base.clock import STOCKHOLM, now
from samlad.governance import papers, record
from samlad.governance.bodies import queries
from samlad.governance.bodies.demo_texts import MEETINGS, PAPER, Planned, Point
from samlad.governance.bodies.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    ItemMinutes,
    Meeting,
    MeetingCall,
    MeetingDecision,
    MeetingState,
    Presence,
)
from samlad.governance.bodies.pack import TEMPLATES
from samlad.journal import typeset
from samlad.journal.files import Held
from samlad.journal.who import SYSTEM
from samlad.registers.queries import ActorView, parties, today

MADE_UP: Final = "Påhittat för demonstrationen"
KEY: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f0002")


class Seats(NamedTuple):
    """Who sits in a body: the function by category of actor; "" for none; and codes of actors that have no member."""

    body: str
    municipality: str
    others: str
    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


LED: Final = {
    "regionala-radet": "Landshövding",
    "chefsgruppen": "Länsöverdirektör",
    "samordningsgruppen": "Samordningschef",
    "kommunikationschefsnatverket": "Kommunikationschef",
}
"""The function that leads, at the convening actor."""
SEATS: Final = (
    Seats("regionala-radet", "Kommunstyrelsens ordförande", "Myndighetschef eller motsvarande", frozenset({"nykvarn"})),
    Seats("chefsgruppen", "Kommundirektör", "Chef för verksamheten i länet", frozenset({"salem", "vaxholm"})),
    Seats("samordningsgruppen", "Säkerhetschef", "Beredskapschef", frozenset({"danderyd", "ekero", "salem"})),
    Seats(
        "kommunikationschefsnatverket", "Kommunikationschef", "Kommunikationschef",
        frozenset({"nykvarn", "upplands-bro", "kustbevakningen"}),
    ),
    Seats(
        "arbetsgrupp-elberedskap", "Säkerhetssamordnare", "Beredskapshandläggare",
        only=frozenset({"nacka", "stockholm", "sodertalje", "region-stockholm", "lansstyrelsen-stockholm"}),
    ),
)  # fmt: skip


def remember() -> None:
    """Make what is not there yet; nothing where the region has no bodies."""
    if queries.body("regionala-radet") is None or record.row(Body, uuid5(KEY, "group")) is not None:
        return
    record.save(
        Body(
            id=uuid5(KEY, "group"), code="arbetsgrupp-elberedskap", name="Arbetsgrupp elberedskap",
            kind="working_group", level="coordinating", chair="Utlånad handläggare vid kansliet",
            mandate="Ta fram en gemensam rutin för reservkraft och prioriterade elanvändare. Slutredovisas till"
            " chefsgruppen.", members_text="Handläggare från de aktörer som har anmält intresse.",
            rhythm="Varannan månad", readers="members", source=MADE_UP,
        ),
        by=SYSTEM, new=True,
    )  # fmt: skip
    for seats in SEATS:
        take_seats(seats)
    for planned in MEETINGS:
        meet(planned)


def take_seats(seats: Seats) -> None:
    """Give actors their members in a body."""
    body = queries.body(seats.body)
    assert body is not None
    for actor in parties(today()):
        if actor.code in seats.without or (seats.only and actor.code not in seats.only):
            continue
        seat, leads = function(seats, actor), actor.convening and seats.body in LED
        member = BodyMember(
            id=uuid5(KEY, f"{seats.body} {actor.code}"), body=body, actor_id=actor.code, seat=seat, chair=leads,
            valid_from=date(today().year - 1, 1, 1), source=MADE_UP,
        )  # fmt: skip
        record.save(member, by=SYSTEM, new=True)


def function(seats: Seats, actor: ActorView) -> str:
    """What somebody is called who sits for an actor."""
    if actor.convening and seats.body in LED:
        return LED[seats.body]
    return seats.municipality if actor.category == "municipality" else seats.others


def on_weekday(days: int) -> date:
    """The working day that is nearest after some days from today."""
    return on_weekday_after(today() + timedelta(days=days))


def on_weekday_after(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def meet(planned: Planned) -> None:
    """One meeting with what belongs to it."""
    body = queries.body(planned.body)
    assert body is not None
    starts = datetime.combine(on_weekday(planned.days), time(planned.hour), STOCKHOLM).astimezone(UTC)
    ends = starts + timedelta(minutes=planned.minutes)
    held = starts < now() and planned.state != "cancelled"
    meeting = Meeting(
        id=uuid5(KEY, planned.name), body=body, number=f"{planned.number}/{starts.year}" if planned.number else "",
        starts=starts, ends=ends, place=planned.place,
        about=f"{MADE_UP}.", state=MeetingState.HELD if held else planned.state, sequence=planned.state != "planned",
        why_cancelled=planned.why, secretary="Samordningskansliet" if held else "",
    )  # fmt: skip
    record.save(meeting, by=SYSTEM, new=True)
    if planned.state in ("called", "cancelled"):
        called = max(min(starts - timedelta(days=21), now()), now() - timedelta(days=400))
        call = MeetingCall(id=uuid5(meeting.pk, "call"), meeting=meeting, sequence=1, sent_at=called)
        record.save(call, by=SYSTEM, new=True)
    for place, point in enumerate(planned.points, 1):
        take_up(meeting, place, point, held)
    if held:
        attend(meeting, body)
    if held and planned.adjusted:
        meeting.adjusted_on = on_weekday_after(queries.day_of(meeting) + timedelta(days=12))
        meeting.adjusted_by, meeting.adjusted_at = planned.adjusted, now()
        record.save(meeting, by=SYSTEM)


def take_up(meeting: Meeting, place: int, point: Point, held: bool) -> None:
    """One item with its paper, minutes and decision."""
    item = AgendaItem(
        id=uuid5(meeting.pk, f"item {place}"), meeting=meeting, place=place, title=point.title, purpose=point.purpose,
        text=point.text, presenter_id=point.presenter or None, minutes=point.minutes,
    )  # fmt: skip
    record.save(item, by=SYSTEM, new=True)
    if point.paper:
        readers = "parties" if meeting.body.readers == "parties" else "keepers"
        papers.keep([paper(point.paper)], of=item.pk, by=SYSTEM, readers=readers, title=point.paper)
    if not held:
        return
    if point.said:
        record.save(ItemMinutes(id=uuid5(item.pk, "said"), item=item, text=point.said), by=SYSTEM, new=True)
    if point.decided:
        due = today() + timedelta(days=point.due) if point.due else None
        decision = MeetingDecision(
            id=uuid5(item.pk, "decided"), meeting=meeting, item=item, number=f"§ {place}", text=point.decided,
            responsible_id=point.responsible or None, due=due, state=point.state, followed_up=point.followed_up,
        )  # fmt: skip
        record.save(decision, by=SYSTEM, new=True)


def paper(title: str) -> Held:
    """A paper of one page, as a PDF."""
    data = {
        "lang": "sv", "title": title, "kicker": MADE_UP, "cancelled": "", "facts": [], "heading": "Innehåll",
        "items": [{"number": "1", "title": "Bakgrund", "told": "", "text": PAPER, "papers": []}],
        "page": "Sida", "none": "", "foot": MADE_UP,
    }  # fmt: skip
    content = typeset.as_pdf(TEMPLATES / "bodies_agenda.typ", data)
    return Held(f"{title}.pdf", "application/pdf", content, True)


def attend(meeting: Meeting, body: Body) -> None:
    """Who came: nearly everybody."""
    day = queries.day_of(meeting)
    known = record.rows(BodyMember, body_id=body.pk)
    for place, member in enumerate(queries.members_of(body, known, day)):
        way = Presence.ABSENT if place % 11 == 7 else Presence.DEPUTY if place % 9 == 5 else Presence.PRESENT
        row = Attendance(
            id=uuid5(meeting.pk, member.actor_id), meeting=meeting, actor_id=member.actor_id, presence=way,
            who=member.seat if way == Presence.PRESENT else "",
        )  # fmt: skip
        if record.row(Attendance, row.pk) is None:
            record.save(row, by=SYSTEM, new=True)
