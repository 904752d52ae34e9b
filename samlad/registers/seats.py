"""For whom somebody can speak, as a page offers it."""

from samlad.journal.who import Who
from samlad.registers.models import Role
from samlad.registers.queries import SeatView


def seat_choices(seats: tuple[SeatView, ...], who: Who) -> list[tuple[str, str, bool]]:
    """(actor code, "Nacka: duty officer, chief", whether it is the one spoken for now) for each actor with a seat."""
    roles: dict[str, list[str]] = {}
    names = {seat.actor: seat.actor_name for seat in seats}
    for seat in seats:
        roles.setdefault(seat.actor, []).append(str(Role(seat.role).label))
    return [(actor, f"{names[actor]}: {', '.join(held)}", actor == who.actor) for actor, held in roles.items()]
