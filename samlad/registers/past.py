"""Who could read what on a day: the seats as the register has them now, and as the system had them on that day.

The two differ when somebody has dated a seat back, or put it right, afterwards. What a person could read on a day was
decided by what the register said on that day: by its history, not by its days. So both are told.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec
from django.db.models import Q

from samlad.base.clock import STOCKHOLM
from samlad.journal import operations, read
from samlad.journal.models import Operation, Participation
from samlad.journal.who import READING_ROLES, Who
from samlad.registers.models import Change, Person, Role, Seat
from samlad.registers.queries import swedish_key

SEAT_ACTIONS: Final = ("added", "changed", "ended")
Place = tuple[str, str, str, str]
"""What makes a seat the same through its history: person, actor, role, first day."""


class PastSeat(msgspec.Struct, frozen=True):
    """A seat on a day. `holds_now`: by what the register says now; `held_then`: by what it said on that day.

    `told_at`: when what it says now was entered, where that was after the day and makes a difference.
    """

    person: str
    name: str
    actor: str
    role: str
    valid_from: date
    valid_to: date | None
    holds_now: bool
    held_then: bool
    told_at: datetime | None = None

    @property
    def reading(self) -> bool:
        """Whether the role gives reading at all."""
        return self.role in READING_ROLES

    @property
    def could_read(self) -> bool:
        """Whether the system let this seat read on that day."""
        return self.reading and self.held_then


class Counted(msgspec.Struct, frozen=True):
    """How many entries with an audience could be read."""

    audience: str
    count: int


def bounds(day: date) -> tuple[datetime, datetime]:
    """When a day in Stockholm begins, and when the next one does."""
    begins = datetime.combine(day, time(), STOCKHOLM)
    return begins, datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)


def seats_on(day: date, *, actor: str = "", person: str = "") -> tuple[PastSeat, ...]:
    """The seats of an actor, or of a person, that hold on a day by what is said now or that held by what was said then.

    By person in Swedish order.
    """
    rows = Seat.objects.all()
    rows = rows.filter(Q(actor=actor) if actor else Q(person=person))
    stored = {_place(row.person_id, row.actor_id, row.role, row.valid_from.isoformat()): row for row in rows}
    keys = {row.person_id for row in rows} | ({person} if person else set())
    changes = _changes(keys)
    names = dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
    found = [
        _seat(place, stored.get(place), changes.get(place, []), day, names)
        for place in {*stored, *changes}
        if not actor or place[1] == actor
    ]
    here = (seat for seat in found if seat.holds_now or seat.held_then)
    order = {code: number for number, code in enumerate(Role.values)}
    return tuple(sorted(here, key=lambda seat: (swedish_key(seat.name), seat.actor, order[seat.role])))


def _place(person: str, actor: str, role: str, begins: str) -> Place:
    return person, actor, role, begins


def _changes(people: Iterable[str]) -> dict[Place, list[Change]]:
    """The history of people's seats by seat, oldest first."""
    found: dict[Place, list[Change]] = {}
    rows = Change.objects.filter(register="people", object_key__in=set(people), action__in=SEAT_ACTIONS)
    for row in rows.order_by("at", "id"):
        state = row.after or {}
        if "role" in state:
            place = _place(state["person"], state["actor"], state["role"], state["valid_from"])
            found.setdefault(place, []).append(row)
    return found


def _seat(place: Place, row: Seat | None, changes: list[Change], day: date, names: dict[str, str]) -> PastSeat:
    person, actor, role, begins = place
    valid_from, valid_to = date.fromisoformat(begins), row.valid_to if row else None
    holds_now = row is not None and _holds(valid_from, row.valid_to, day)
    held_then = holds_now if not changes else _held_then(changes, day)
    later = [change.at for change in changes if change.at >= bounds(day)[1]]
    told_at = later[-1] if later and held_then != holds_now else None
    name = names.get(person, person)
    return PastSeat(person, name, actor, role, valid_from, valid_to, holds_now, held_then, told_at)


def _holds(begins: date, ends: date | None, day: date) -> bool:
    return begins <= day and (ends is None or ends > day)


def _held_then(changes: list[Change], day: date) -> bool:
    """Whether the seat held at any moment of the day, by what the register said at that moment."""
    first, last = bounds(day)
    before = [change for change in changes if change.at < first]
    said = [*before[-1:], *(change for change in changes if first <= change.at < last)]
    return any(_says_it_holds(change.after, day) for change in said)


def _says_it_holds(state: dict[str, Any], day: date) -> bool:
    ends = state.get("valid_to")
    return _holds(date.fromisoformat(state["valid_from"]), date.fromisoformat(ends) if ends else None, day)


def operations_of(actors: Iterable[str], day: date, by: Who) -> list[Operation]:
    """The operations these actors could know of by the end of a day, newest first; of those that whoever asks may
    read now. Looking after people is no reason to know of operations."""
    taking_part = Participation.objects.filter(actor__in=set(actors)).values("operation")
    return list(operations.readable(by).filter(id__in=taking_part, opened_at__lt=bounds(day)[1]))


def readable_entries(
    operation: Operation, seats: Iterable[PastSeat], day: date, by: Who
) -> dict[str, tuple[Counted, ...]]:
    """For each actor in the seats: how many of an operation's entries its readers could read by the end of the day.

    Counted by audience; never what they say, and only what whoever asks may read too: of the rest not even the number
    is told. An actor whose seats gave no reading, or that takes no part, is left out.
    """
    known = {entry.id for _number, entry in read.entries(operation.id, by)}
    roles: dict[str, set[str]] = {}
    for seat in seats:
        if seat.could_read:
            roles.setdefault(seat.actor, set()).add(seat.role)
    found = {}
    for actor, held in sorted(roles.items()):
        who = Who("", actor, frozenset(held), "")
        try:
            operations.get(operation.id, who)
        except operations.NotHere:
            continue
        until = read.position_at(operation.id, who, bounds(day)[1])
        told = read.entries(operation.id, who, until=until)
        counts = Counter(entry.audience for _number, entry in told if entry.id in known)
        found[actor] = tuple(Counted(audience, count) for audience, count in sorted(counts.items()))
    return found
