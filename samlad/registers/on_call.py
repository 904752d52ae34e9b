"""Whom to call at an actor at a moment: those on duty first, then their deputies, then everyone with a duty role."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

import msgspec
from django.db.models import Q

from samlad.base.clock import STOCKHOLM
from samlad.journal.who import DUTY_ROLES
from samlad.registers.models import Role, Seat
from samlad.registers.queries import DutySeat, duty_seats, holds_on
from samlad.registers.roster_queries import OnDuty, on_duty

ORDER: Final = {code: place for place, code in enumerate(Role.values)}


class OnCall(msgspec.Struct, frozen=True):
    """Whom to call at one actor, in order; each person once in each. `rostered`: a roster says who is first."""

    first: tuple[DutySeat, ...] = ()
    deputies: tuple[DutySeat, ...] = ()
    everyone: tuple[DutySeat, ...] = ()
    rostered: bool = False


class _Actor(msgspec.Struct):
    """What is known of one actor at the moment."""

    seats: tuple[DutySeat, ...]
    deputies: frozenset[tuple[str, str]]  # (person, role) of seats as deputy
    shifts: list[OnDuty]

    def of_role(self, role: str) -> tuple[list[DutySeat], bool]:
        """Who is first in a role, and whether the roster says so.

        On duty counts only who can be called: who holds the role and may sign in. Where that is nobody, the holders who
        are no deputies are first, and where all are, they are: nobody is left out for want of a roster.
        """
        holders = {seat.person: seat for seat in self.seats if seat.role == role}
        here = [one for one in self.shifts if one.role == role and one.person in holders]
        if here:
            regular = [one for one in here if not one.deputy]
            return [holders[one.person] for one in regular or here], True
        asked = list(holders.values())
        return [seat for seat in asked if (seat.person, role) not in self.deputies] or asked, False

    def place(self, seat: DutySeat) -> int:
        """Which deputies come first: those on duty as such, then those with a deputy's seat, then the others."""
        if any(one.person == seat.person and one.role == seat.role for one in self.shifts):
            return 0
        return 1 if (seat.person, seat.role) in self.deputies else 2


def on_call(actor_codes: Collection[str], at: datetime, roles: Iterable[str] | None = None) -> dict[str, OnCall]:
    """Whom to call at each of these actors at a moment, in these roles (default: every duty role).

    `first`: who is on duty by the roster in each role, and where a role has none then, its holders who are no deputies.
    `deputies`: the others with these roles, those on duty as deputies first. `everyone`: all with any duty role.
    Three queries, however many actors.
    """
    wanted = sorted(frozenset(roles if roles is not None else DUTY_ROLES), key=lambda role: ORDER.get(role, 99))
    deputies = deputy_seats(actor_codes, at)
    shifts: defaultdict[str, list[OnDuty]] = defaultdict(list)
    for one in on_duty(actor_codes, at):
        shifts[one.actor].append(one)
    known = {
        code: _Actor(
            seats, frozenset((person, role) for person, actor, role in deputies if actor == code), shifts[code]
        )
        for code, seats in duty_seats(actor_codes, at).items()
    }
    return {code: _on_call(actor, wanted) for code, actor in known.items()}


def deputy_seats(actor_codes: Collection[str], at: datetime) -> frozenset[tuple[str, str, str]]:
    """The seats of deputies (person, actor, role) at a moment."""
    day = at.astimezone(STOCKHOLM).date()
    rows = Seat.objects.filter(holds_on(day), Q(actor__in=list(actor_codes)), deputy=True)
    return frozenset(rows.values_list("person_id", "actor_id", "role"))


def _on_call(actor: _Actor, wanted: list[str]) -> OnCall:
    by_role = [actor.of_role(role) for role in wanted]
    first = once(seat for seats, _rostered in by_role for seat in seats)
    known = {seat.person for seat in first}
    others = [seat for seat in actor.seats if seat.role in wanted and seat.person not in known]
    deputies = once(sorted(others, key=actor.place))
    return OnCall(first, deputies, once(actor.seats), any(rostered for _seats, rostered in by_role))


def once(seats: Iterable[DutySeat]) -> tuple[DutySeat, ...]:
    """Each person once, by their first seat."""
    found: dict[str, DutySeat] = {}
    for seat in seats:
        found.setdefault(seat.person, seat)
    return tuple(found.values())
