"""Who may give and end seats, change people, and see their private numbers. Each refusal is a sentence.

A system administrator may everywhere; the secretariat everywhere but for those who administer; an actor's own
administrator for that actor and no other. What works for all actors (RSK, compiler, secretariat) is given by the
secretariat: an actor can't appoint somebody to lead the others.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

import msgspec
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import ROLES, SYSTEM, Who
from samlad.registers.models import Person, Seat
from samlad.registers.rules import is_administrator, may_edit

HUMAN_ROLES: Final = frozenset(ROLES) - {"wall"}
JOINT_ROLES: Final = frozenset({"rsk", "picture_lead", "secretariat"})
"""Roles in which one works for all actors."""
ADMINISTERING: Final = frozenset({"administrator", "actor_administrator"})
FEWEST_ADMINISTRATORS: Final = 2
"""How many administrators of its own an actor should have: one may be ill on the day the other leaves."""
CALLING: Final = frozenset({"tib", "rsk"})


def administers(who: Who, actor: str) -> bool:
    """Whether this reader administers an actor: its own administrator, or a system administrator."""
    return is_administrator(who) or (bool(actor) and "actor_administrator" in who.roles and who.actor == actor)


def may_see_gaps(who: Who, actor: str = "") -> bool:
    """Whether this reader sees what an actor lacks; with no actor, what all do."""
    return may_edit(who) or (bool(actor) and administers(who, actor))


def may_see_past(who: Who, actor: str = "") -> bool:
    """Whether this reader may ask who could read what for an actor on a day; with no actor, for all."""
    return may_see_gaps(who, actor)


def may_seat(who: Who, actor: str) -> bool:
    """Whether this reader may give some role at an actor."""
    return may_edit(who) or administers(who, actor)


def roles_to_give(who: Who, actor: str) -> frozenset[str]:
    """The roles this reader may give at an actor. A wall screen's is given by making the screen, not here."""
    if is_administrator(who):
        return HUMAN_ROLES
    given: frozenset[str] = frozenset()
    if may_edit(who):
        given |= HUMAN_ROLES - ADMINISTERING
    if administers(who, actor):
        given |= HUMAN_ROLES - JOINT_ROLES - {"administrator"}
    return given


def open_seats(day: date) -> "QuerySet[Seat]":
    """Seats held on a day or later."""
    return Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day))


def check_can_give(who: Who, seat: Seat) -> None:
    """Refuse roles this reader may not give, screens in a human's role, and people of other actors."""
    role, actor = seat.role, seat.actor_id
    if not may_seat(who, actor):
        raise Refused(_("You can give roles at your own actor only."), field="actor")
    if who == SYSTEM:
        return
    if (role == "wall") != seat.person.screen:
        raise Refused(_("The role of wall screen is given by making a wall screen, and to nobody else."), field="role")
    if role != "wall" and role not in roles_to_give(who, actor):
        raise Refused(_cannot_give(role), field="role")
    if role != "wall" and not may_edit(who) and not (seat.lender_id and seat.pk) and not belongs(seat.person, actor):
        raise Refused(
            _("%(person)s has no role at your actor. Send an invitation, or agree on a loan with their own actor.")
            % {"person": seat.person.name}
        )


def _cannot_give(role: str) -> str:
    if role == "administrator":
        return str(_("Only an administrator can give or end the role of administrator."))
    if role == "actor_administrator":
        return str(_("Only a system administrator or another administrator of the actor gives this role."))
    return str(_("This role is given by the coordination secretariat: it works for all actors."))


def may_lend(who: Who, person: Person) -> bool:
    """Whether this reader may propose to lend or borrow a person: an actor's administrator on either side."""
    if person.screen or not person.is_active:
        return False
    return may_edit(who) or administers(who, who.actor)


def belongs(person: Person, actor: str) -> bool:
    """Whether a person has, or has had, a role of their own (not on loan) at an actor."""
    return Seat.objects.filter(person=person, actor=actor, lender=None).exists()


def check_can_end(who: Who, seat: Seat, *, today: date) -> None:
    """Refuse ending others' seats, a system administrator's, and an actor's last administrator."""
    if not may_end(who, seat):
        raise Refused(_("You can end roles at your own actor only."))
    if seat.role == "administrator" and not is_administrator(who):
        raise Refused(_cannot_give(seat.role))
    if seat.role == "actor_administrator":
        if not administers(who, seat.actor_id):
            raise Refused(_("Only a system administrator or another administrator of the actor ends this role."))
        if not is_administrator(who) and not lasting_administrators(seat.actor_id, today).exclude(pk=seat.pk).exists():
            raise Refused(_("This is the actor's last administrator. Give the role to somebody else first."))


def may_end(who: Who, seat: Seat) -> bool:
    """Whether the button to end a seat is shown: who gives roles here, and who administers the actor that lends."""
    return may_seat(who, seat.actor_id) or bool(seat.lender_id and administers(who, seat.lender_id))


def lasting_administrators(actor: str, day: date) -> "QuerySet[Seat]":
    """An actor's own administrators' seats that hold on a day and have no end set, of people who may sign in."""
    seats = Seat.objects.filter(actor=actor, role="actor_administrator", valid_from__lte=day, valid_to=None)
    return seats.filter(person__is_active=True)


def too_few_administrators(actor: str, day: date) -> int | None:
    """How many administrators an actor has, when that is fewer than it should have; None when it has enough."""
    count = lasting_administrators(actor, day).values("person").distinct().count()
    return count if count < FEWEST_ADMINISTRATORS else None


def check_can_change(who: Who, person: Person, *, today: date) -> None:
    """Refuse to change whoever has more to say than one may give oneself: an address is a way into their sign-in."""
    if is_administrator(who):
        return
    seats = list(open_seats(today).filter(person=person))
    roles, actors = {seat.role for seat in seats}, {seat.actor_id for seat in seats if not seat.lender_id}
    if may_edit(who):
        if roles & ADMINISTERING:
            raise Refused(_("Only an administrator can change another administrator."))
        return
    if "actor_administrator" not in who.roles or actors != {who.actor}:
        raise Refused(_("You can change people who have roles at your own actor only."))
    if roles & (JOINT_ROLES | {"administrator"}):
        raise Refused(_("This person also works for all actors. Ask the coordination secretariat to change them."))


def may_change(who: Who, person: Person, *, today: date) -> bool:
    """Whether the button to change a person is shown."""
    try:
        check_can_change(who, person, today=today)
    except Refused:
        return False
    return True


def may_look_after(who: Who, person: Person, *, today: date) -> bool:
    """Whether this reader may end somebody's sessions and take their second factors away: as who gives a way in."""
    if is_administrator(who):
        return True
    # By that role alone: the secretariat's, held beside it, changes people everywhere and gives nobody a way in.
    own = msgspec.structs.replace(who, roles=who.roles & {"actor_administrator"})
    return bool(own.roles) and may_change(own, person, today=today)


def check_can_change_phone(who: Who, person: Person, *, today: date) -> None:
    """Refuse all but the person themself and those who administer an actor where they hold a seat."""
    if who.person == person.key or is_administrator(who):
        return
    held = {seat.actor_id for seat in open_seats(today).filter(person=person)}
    if "actor_administrator" not in who.roles or who.actor not in held:
        raise Refused(_("Only the person themself and their administrators change the private number."))


def may_change_phone(who: Who, person: Person, *, today: date) -> bool:
    """Whether the button to change a private number is shown."""
    try:
        check_can_change_phone(who, person, today=today)
    except Refused:
        return False
    return True


def may_see_phone(who: Who, person: str, actors: Collection[str], convening: Collection[str]) -> bool:
    """Whether this reader sees a person's private number. The one rule for pages, lists, exports and interfaces.

    `person` is the person's key, `actors` those where they hold a seat now, or that lend them; `convening` the actors
    that convene the others. The person themself, those who administer them, and those who may have to call: the TiB
    and RSK of a convening actor, and the TiB of the person's own.
    """
    if who.person and who.person == person:
        return True
    if "administrator" in who.roles:
        return True
    if who.actor in actors and who.roles & {"actor_administrator", "tib"}:
        return True
    return who.actor in convening and bool(who.roles & CALLING)
