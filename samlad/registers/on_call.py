"""Whom to call at an actor at a moment: those on call first, then their deputies, then everyone with a duty role."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from django.db.models import Q

from samlad.base.clock import STOCKHOLM
from samlad.journal.who import DUTY_ROLES
from samlad.registers.models import Seat
from samlad.registers.queries import DutySeat, duty_seats, holds_on


class OnCall(msgspec.Struct, frozen=True):
    """Whom to call at one actor, in order; each person once in each. `rostered`: a roster says who is first."""

    first: tuple[DutySeat, ...] = ()
    deputies: tuple[DutySeat, ...] = ()
    everyone: tuple[DutySeat, ...] = ()
    rostered: bool = False


def on_call(actor_codes: Collection[str], at: datetime, roles: Iterable[str] | None = None) -> dict[str, OnCall]:
    """Whom to call at each of these actors at a moment, in these roles (default: every duty role).

    Nobody is left out for want of a roster: without one, the holders of a role who are no deputies are first; where
    all are deputies, they are. `deputies` are the others with these roles, `everyone` all with any duty role.
    """
    wanted = frozenset(roles if roles is not None else DUTY_ROLES)
    deputies = deputy_seats(actor_codes, at)
    return {code: _on_call(seats, wanted, deputies) for code, seats in duty_seats(actor_codes, at).items()}


def deputy_seats(actor_codes: Collection[str], at: datetime) -> frozenset[tuple[str, str, str]]:
    """The seats of deputies (person, actor, role) at a moment."""
    day = at.astimezone(STOCKHOLM).date()
    rows = Seat.objects.filter(holds_on(day), Q(actor__in=list(actor_codes)), deputy=True)
    return frozenset(rows.values_list("person_id", "actor_id", "role"))


def _on_call(seats: tuple[DutySeat, ...], wanted: frozenset[str], deputies: frozenset[tuple[str, str, str]]) -> OnCall:
    asked = [seat for seat in seats if seat.role in wanted]
    regular = [seat for seat in asked if (seat.person, seat.actor, seat.role) not in deputies]
    first = once(regular or asked)
    known = {seat.person for seat in first}
    return OnCall(first, once(seat for seat in asked if seat.person not in known), once(seats))


def once(seats: Iterable[DutySeat]) -> tuple[DutySeat, ...]:
    """Each person once, by their first seat."""
    found: dict[str, DutySeat] = {}
    for seat in seats:
        found.setdefault(seat.person, seat)
    return tuple(found.values())
