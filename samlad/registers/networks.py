"""Networks of actors (aktörsnätverk): prepared sets to write to. Who sees them, who keeps them, what is in them."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import DUTY_ROLES, Who
from samlad.registers.models import ActorSet, ActorSetMember
from samlad.registers.queries import holds_on, swedish_key, today
from samlad.registers.rules import may_edit

KEEPING: Final = DUTY_ROLES | {"actor_administrator"}
"""Roles that keep the networks of their own actor."""


class Network(msgspec.Struct, frozen=True):
    """A network as it is on a day. `owner` is empty for those of all; `members` are codes of actors."""

    id: UUID
    name: str
    owner: str
    members: tuple[str, ...]


def may_see(who: Who, network: ActorSet) -> bool:
    """Those of all are for everybody, an actor's own for its people only: not for the secretariat either."""
    return network.owner_id is None or (bool(who.actor) and network.owner_id == who.actor)


def may_keep_own(who: Who) -> bool:
    """Whether this reader makes and changes networks of their own actor."""
    return bool(who.actor) and bool(who.roles & KEEPING)


def may_keep(who: Who, network: ActorSet) -> bool:
    """Whether this reader may change this network."""
    return may_edit(who) if network.owner_id is None else may_see(who, network) and may_keep_own(who)


def check_can_keep(who: Who, network: ActorSet) -> None:
    """Refuse whoever does not keep this network."""
    if not may_keep(who, network):
        raise Refused(_("Only the secretariat keeps the networks of all, and an actor's own people theirs."))


def networks_for(who: Who, on: date | None = None) -> tuple[Network, ...]:
    """The networks a reader can write to on a day (default: today): those of all first, by name. One query."""
    day = on or today()
    visible = Q(network__owner=None) | Q(network__owner=who.actor) if who.actor else Q(network__owner=None)
    holds = Q(network__valid_from__lte=day) & (Q(network__valid_to=None) | Q(network__valid_to__gt=day))
    rows = ActorSetMember.objects.filter(visible, holds, holds_on(day)).order_by()
    found: dict[UUID, tuple[str, str, list[str]]] = {}
    for id, name, owner, actor in rows.values_list("network", "network__name", "network__owner", "actor"):
        found.setdefault(id, (name, owner or "", []))[2].append(actor)
    listed = [Network(id, name, owner, tuple(sorted(members))) for id, (name, owner, members) in found.items()]
    return tuple(sorted(listed, key=lambda one: (bool(one.owner), swedish_key(one.name), str(one.id))))


def members_on(network: UUID, on: date) -> set[str]:
    """The codes of the actors in a network on a day."""
    return set(ActorSetMember.objects.filter(holds_on(on), network=network).values_list("actor", flat=True))


def check_fits(network: ActorSet, members: Iterable[str]) -> None:
    """Refuse a network without members, and one with the name of another that the same people see."""
    if not set(members):
        raise Refused(_("Choose at least one actor."), field="members")
    same = ActorSet.objects.filter(holds_on(today()), owner=network.owner_id).exclude(pk=network.pk)
    if any(swedish_key(other.name) == swedish_key(network.name) for other in same):
        raise Refused(_("There is already a network with this name."), field="name")
