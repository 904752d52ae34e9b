"""Changing the ways to a person or an actor's switchboard. The history says that and by whom, never the address."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.notify import ways
from samlad.notify.way_addresses import checked
from samlad.notify.way_letters import tell_of_change
from samlad.notify.way_models import Channel, Way
from samlad.notify.way_rules import Owner, check_can_add, may_change
from samlad.notify.ways import REGISTERED, WayState
from samlad.registers.history import note


def states(owner: Owner) -> list[WayState]:
    """An owner's ways by their places."""
    if owner.person:
        return ways.of_people([owner.person])[owner.person]
    return ways.of_actors([owner.actor])[owner.actor]


def add(*, owner: Owner, channel: str, address: str, label: str = "", exercises: bool = False, by: Who) -> Way:
    """State a way, last in the order. Raises Refused."""
    _check(owner, by)
    stored = checked(channel, address)
    with transaction.atomic():
        there = states(owner)
        if any(state.channel == channel and state.address == stored for state in there):
            raise Refused(_("This way is there already."), field="address")
        check_can_add(owner, len(there))
        last = max([*(state.place for state in there), _last_place(owner), *REGISTERED.values()])
        way = Way.objects.create(
            person=owner.person,
            actor=owner.actor,
            channel=channel,
            address=stored,
            label=" ".join(label.split()),
            place=last + 1,
            exercises=exercises,
            added_by=by.person,
        )
        _note(owner, way, by, added=True)
    tell_of_change(owner, way, added=True, by=by)
    return way


def remove(*, owner: Owner, id: str, by: Who) -> None:
    """Take a way away. One of the register is only not used any more. Raises Refused."""
    _check(owner, by)
    with transaction.atomic():
        way = row(owner, id)
        _note(owner, way, by, added=False)
        way.removed_at, way.address, way.verified_for = now(), "", ""
        way.verified_at = None
        way.save(update_fields=["removed_at", "address", "verified_for", "verified_at"])
    tell_of_change(owner, way, added=False, by=by)


def move(*, owner: Owner, id: str, up: bool, by: Who) -> None:
    """Move a way one step up or down in the order. Raises Refused."""
    _check(owner, by)
    with transaction.atomic():
        ids = [str(row(owner, state.id).pk) for state in states(owner)]
        there = ids.index(str(row(owner, id).pk))
        here = max(0, min(len(ids) - 1, there + (-1 if up else 1)))
        ids.insert(here, ids.pop(there))
        for place, key in enumerate(ids, 1):
            Way.objects.filter(pk=int(key)).update(place=place)


def mark(*, owner: Owner, id: str, exercises: bool, by: Who) -> None:
    """Say whether a switchboard may be called in an exercise. Raises Refused."""
    _check(owner, by)
    with transaction.atomic():
        way = row(owner, id)
        before, after = {"exercises": way.exercises}, {"exercises": exercises}
        Way.objects.filter(pk=way.pk).update(exercises=exercises)
        if before != after:
            note(register="actors", key=owner.actor, by=by, before=before, after=after, reason=str(way.label))


def row(owner: Owner, id: str) -> Way:
    """The stored way of an id that `states` gave; one of the register is stored now. Raises Refused."""
    state = state_of(owner, id)
    if state.id.isdecimal():
        return Way.objects.get(pk=int(state.id))
    defaults: dict[str, Any] = {"place": state.place, "added_by": owner.person}
    way, _made = Way.objects.get_or_create(
        person=owner.person, channel=state.channel, registered=True, defaults=defaults
    )
    return way


def state_of(owner: Owner, id: str) -> WayState:
    """How a way stands. One of the register answers to its channel and person, too. Raises Refused."""
    channel, _colon, person = id.partition(":")
    for state in states(owner):
        if state.id == id or (state.registered and (state.channel, owner.person) == (channel, person)):
            return state
    raise Refused(_("This way is no longer there."))


def back(*, owner: Owner, channel: str, by: Who) -> None:
    """Use a way of the register again that was removed. Raises Refused."""
    _check(owner, by)
    with transaction.atomic():
        way = Way.objects.filter(person=owner.person, channel=channel, registered=True).exclude(removed_at=None).first()
        if way is None:
            raise Refused(_("This way is no longer there."))
        Way.objects.filter(pk=way.pk).update(removed_at=None)
        _note(owner, way, by, added=True)


def unused(owner: Owner) -> list[str]:
    """The channels on which the register's number or address is not used, because its owner said so."""
    gone = Way.objects.filter(person=owner.person, registered=True).exclude(removed_at=None)
    return list(gone.values_list("channel", flat=True)) if owner.person else []


def _last_place(owner: Owner) -> int:
    found: int | None = Way.objects.filter(person=owner.person, actor=owner.actor).aggregate(last=Max("place"))["last"]
    return found or 0


def _check(owner: Owner, by: Who) -> None:
    if not may_change(by, owner):
        raise Refused(_("Only the person themself, and for a switchboard its actor's administrators, decide on this."))


def _note(owner: Owner, way: Way, by: Who, *, added: bool) -> None:
    said = ", ".join(part for part in (str(Channel(way.channel).label), way.label) if part)
    note(
        register="people" if owner.person else "actors",
        key=owner.person or owner.actor,
        by=by,
        before={"way": ""} if added else {"way": said},
        after={"way": said} if added else {"way": ""},
        reason="",
        action="changed",
    )
