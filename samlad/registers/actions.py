"""Every way to change a register. Each leaves a row of history in the same transaction and tells whether it changed.

All take `by` (who does it) and raise `Refused`, with a sentence for a person, when a rule says no.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused, Unavailable
from samlad.journal.who import Who
from samlad.registers import rules, seat_rules
from samlad.registers.history import (
    AREA_FIELDS,
    PERSON_FIELDS,
    POPULATION_FIELDS,
    SEAT_FIELDS,
    VERSION_FIELDS,
    note,
    snapshot,
)
from samlad.registers.models import Actor, ActorVersion, Area, Person, Population, Seat
from samlad.registers.queries import today

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def one_change(do: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """All of an action or none of it, and a sentence where the database says no."""

    @wraps(do)
    def whole(*args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            with transaction.atomic():
                return do(*args, **named)
        except IntegrityError as clash:
            # Rules look first; two who save the same in the same instant meet the table's own constraint.
            raise Refused(_("Somebody saved the same thing just now. Look at it before you save again.")) from clash
        except OperationalError as full:
            raise Unavailable(_("The register can't be saved right now. What you wrote is kept; try again.")) from full

    return whole


def stamp(state: Mapping[str, Any]) -> str:
    """A short text that differs when the state does; a form carries it to notice a colleague who was faster."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


@one_change
def add_actor(*, version: ActorVersion, reason: str, by: Who) -> bool:
    """Save a new actor under the code that its first version names."""
    rules.check_can_edit(by)
    rules.check_code(version.actor_id)
    if Actor.objects.filter(code=version.actor_id).exists():
        raise Refused(_("There is already an actor with this code."), field="code")
    Actor.objects.create(code=version.actor_id)
    return save_version(version=version, reason=reason, by=by)


@one_change
def save_version(*, version: ActorVersion, reason: str, by: Who, seen: str = "", follow_on: bool = False) -> bool:
    """Save a new or changed version of an actor. `follow_on`: the one open until now ends when this begins."""
    rules.check_can_edit(by)
    Actor.objects.select_for_update().get(pk=version.actor_id)
    before = _stored(ActorVersion, version.pk, VERSION_FIELDS)
    if follow_on:
        _end_open_version(version, reason, by)
    rules.check_version_fits(version)
    return _save(version, "actors", version.actor_id, VERSION_FIELDS, before, reason, by, seen)


def _end_open_version(version: ActorVersion, reason: str, by: Who) -> None:
    """End the actor's open version when it began before this one; its own reason stands in the history."""
    earlier = ActorVersion.objects.filter(actor=version.actor_id, valid_to=None, valid_from__lt=version.valid_from)
    for old in earlier.exclude(pk=version.pk):
        before = snapshot(old, VERSION_FIELDS)
        old.valid_to = version.valid_from
        _save(old, "actors", old.actor_id, VERSION_FIELDS, before, reason, by, "")


@one_change
def save_area(*, area: Area, reason: str, by: Who) -> bool:
    """Save a new or changed area. Its tile must not be taken by another."""
    rules.check_can_edit(by)
    taken = Area.objects.filter(tile_column=area.tile_column, tile_row=area.tile_row).exclude(pk=area.pk)
    if area.tile_column is not None and (other := taken.first()):
        raise Refused(_("The tile is taken by %(area)s.") % {"area": other.name}, field="column")
    before = _stored(Area, area.pk, AREA_FIELDS)
    return _save(area, "areas", area.code, AREA_FIELDS, before, reason, by)


@one_change
def save_population(*, population: Population, reason: str, by: Who) -> bool:
    """Save a figure; one for the same area, day and edition is replaced, and the history keeps what it was."""
    rules.check_can_edit(by)
    key = {"area": population.area_id, "on_date": population.on_date, "edition": population.edition}
    old = Population.objects.filter(**key).first()
    if old is not None:
        population.pk = old.pk
    before = snapshot(old, POPULATION_FIELDS) if old is not None else None
    return _save(population, "areas", population.area_id, POPULATION_FIELDS, before, reason, by)


@one_change
def save_person(*, person: Person, reason: str, by: Who, seen: str = "") -> bool:
    """Save a new or changed person. A new one can't sign in until a password is set."""
    before = _stored(Person, person.pk, PERSON_FIELDS)
    if before is None:
        rules.check_can_edit(by)
    else:
        seat_rules.check_can_change(by, person, today=today())
        if before["is_active"] and not person.is_active and not rules.is_administrator(by):
            _check_administrators_left(person)
    if Person.objects.filter(username=person.username).exclude(pk=person.pk).exists():
        raise Refused(_("Somebody else has this username."), field="username")
    if not person.password:
        person.set_unusable_password()
    return _save(person, "people", person.key, PERSON_FIELDS, before, reason, by, seen)


@one_change
def save_seat(*, seat: Seat, reason: str, by: Who, agreed: bool = False) -> bool:
    """Give a person a role at an actor, or change its days. A lent one has a lender and a last day.

    `agreed`: somebody who may give it has, such as one side of a loan or whoever sent the invitation.
    """
    if not agreed:
        seat_rules.check_can_give(by, seat)
    Person.objects.select_for_update().get(pk=seat.person_id)
    rules.check_seat_free(seat)
    rules.check_lent_for_a_period(seat)
    before = _stored(Seat, seat.pk, SEAT_FIELDS)
    return _save(seat, "people", seat.person_id, SEAT_FIELDS, before, reason, by)


@one_change
def end_seat(*, seat: Seat, on: date, reason: str, by: Who) -> bool:
    """End a seat: `on` is the first day without it, so today's date takes effect at once."""
    # The actor is locked, so that two administrators who end each other's seats in one instant can't both go through.
    if seat.role == "actor_administrator":
        Actor.objects.select_for_update().get(pk=seat.actor_id)
    seat_rules.check_can_end(by, seat, today=today())
    before = snapshot(seat, SEAT_FIELDS)
    seat.valid_to = max(on, seat.valid_from)
    return _save(seat, "people", seat.person_id, SEAT_FIELDS, before, reason, by, action="ended")


@one_change
def change_seat(*, seat: Seat, deputy: bool, emergency: bool, valid_to: date | None, reason: str, by: Who) -> bool:
    """Say whether a seat is a deputy's, whether it may sign in when the actor's own sign-in is down, when it ends.

    `seat` is as it was before.
    """
    seat_rules.check_can_give(by, seat)
    before = _stored(Seat, seat.pk, SEAT_FIELDS)
    if seat.lender_id and valid_to and seat.valid_to and valid_to > seat.valid_to and not rules.may_edit(by):
        raise Refused(_("Both actors agreed until then. Propose a new loan for a longer time."), field="valid_to")
    seat.deputy, seat.emergency, seat.valid_to = deputy, emergency, valid_to
    rules.check_seat_free(seat)
    rules.check_lent_for_a_period(seat)
    if seat.role == "actor_administrator" and valid_to is not None:
        Actor.objects.select_for_update().get(pk=seat.actor_id)
        seat_rules.check_can_end(by, seat, today=today())
    return _save(seat, "people", seat.person_id, SEAT_FIELDS, before, reason, by)


@one_change
def save_phone(*, person: Person, phone: str, by: Who) -> bool:
    """Save a person's private number. The history says that it was changed, never what it is or was."""
    seat_rules.check_can_change_phone(by, person, today=today())
    stored = Person.objects.select_for_update().get(pk=person.pk)
    if stored.phone == phone:
        return False
    hidden = "•••"
    before, after = {"phone": hidden if stored.phone else ""}, {"phone": hidden if phone else ""}
    if before == after:
        before = {"phone": "••"}
    Person.objects.filter(pk=person.pk).update(phone=phone)
    note(register="people", key=person.key, by=by, before=before, after=after, reason="")
    return True


def _check_administrators_left(person: Person) -> None:
    """Refuse to shut out the last administrator of an actor."""
    for seat in seat_rules.open_seats(today()).filter(person=person, role="actor_administrator"):
        Actor.objects.select_for_update().get(pk=seat.actor_id)
        others = seat_rules.lasting_administrators(seat.actor_id, today()).exclude(person=person)
        if not others.exists():
            raise Refused(
                _("This is the last administrator of %(actor)s. Give the role to somebody else first.")
                % {"actor": seat.actor_id},
                field="is_active",
            )


@one_change
def set_password(*, person: Person, password: str, by: Who) -> None:
    """Set a person's password; it signs them out everywhere else. The history says that, never what."""
    rules.check_can_set_password(by, person, password)
    person.set_password(password)
    person.save(update_fields=["password"])
    note(register="people", key=person.key, by=by, before={"password": ""}, after={"password": "•••"}, reason="")


def _stored(model: type[Any], key: object, fields: tuple[str, ...]) -> dict[str, Any] | None:
    """The row as it is in the database now, locked; None when it is new."""
    row = model.objects.select_for_update().filter(pk=key).first() if key is not None else None
    return snapshot(row, fields) if row is not None else None


def _save(
    row: Any,
    register: str,
    key: str,
    fields: tuple[str, ...],
    before: dict[str, Any] | None,
    reason: str,
    by: Who,
    seen: str = "",
    action: str = "",
) -> bool:
    """Save the row and its history, unless nothing differs. True when something did."""
    after = snapshot(row, fields)
    if before == after:
        return False
    if before is not None:
        rules.check_unchanged(seen, before, stamp(before))
    row.save()
    note(register=register, key=key, by=by, before=before, after=after, reason=reason, action=action)
    return True
