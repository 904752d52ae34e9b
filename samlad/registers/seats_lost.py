"""Whom somebody asks who is signed in and holds no seat."""

from datetime import date

import msgspec

from samlad.registers.models import Person, Seat
from samlad.registers.queries import actors_ever, holds_on, swedish_key, today


class Keeper(msgspec.Struct, frozen=True):
    """Somebody who gives seats: at `actor`, or everywhere when that is empty. The address is the one for work."""

    name: str
    email: str
    actor: str = ""


class Lost(msgspec.Struct, frozen=True):
    """Whom to ask, and the seats that have ended or have not begun."""

    keepers: tuple[Keeper, ...]
    ended: tuple[tuple[str, str, date], ...]
    coming: tuple[tuple[str, str, date], ...]


def whom_to_ask(person: Person) -> Lost:
    """The administrators of the actors where the person had or will have a seat; else those who give seats anywhere."""
    day = today()
    names = {actor.code: actor.short for actor in actors_ever()}
    seats = list(Seat.objects.filter(person=person))
    ended = [(seat.role, names.get(seat.actor_id, seat.actor_id), seat.valid_to) for seat in seats if seat.valid_to]
    coming = [(s.role, names.get(s.actor_id, s.actor_id), s.valid_from) for s in seats if s.valid_from > day]
    own = _keepers({seat.actor_id for seat in seats}, ("actor_administrator",), names)
    found = own or _keepers(None, ("secretariat", "administrator"), {})
    past = tuple((role, actor, to) for role, actor, to in ended if to <= day)
    return Lost(tuple(sorted(found, key=lambda keeper: swedish_key(keeper.name))), past, tuple(coming))


def _keepers(actors: set[str] | None, roles: tuple[str, ...], names: dict[str, str]) -> list[Keeper]:
    rows = Seat.objects.filter(holds_on(today()), role__in=roles, person__is_active=True).select_related("person")
    if actors is not None:
        rows = rows.filter(actor__in=actors)
    found = {Keeper(row.person.name, row.person.email, names.get(row.actor_id, "")) for row in rows}
    return list(found)
