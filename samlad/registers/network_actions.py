"""Every way to change a network of actors, and to add a ground for secrecy. Each leaves a row of history."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers import rules
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import note, snapshot
from samlad.registers.models import Actor, ActorSet, ActorSetMember, SecrecyGround
from samlad.registers.networks import check_can_keep, check_fits, members_on
from samlad.registers.queries import today

NETWORK_FIELDS: Final = ("code", "name", "owner", "source", "valid_from", "valid_to")
GROUND_FIELDS: Final = ("title", "title_en", "protects", "protects_en", "source")


def register_of(network: ActorSet) -> str:
    """In which history it stands: that of an actor's own networks is for its people, and in no common list."""
    return "networks" if network.owner_id is None else "own_networks"


def state_of(network: ActorSet, on: date | None = None) -> dict[str, Any]:
    """A network with its members on a day (default: today) as the history keeps it."""
    return snapshot(network, NETWORK_FIELDS) | {"members": sorted(members_on(network.pk, on or today()))}


@one_change
def save_network(*, network: ActorSet, members: Iterable[str], reason: str, by: Who, seen: str = "") -> bool:
    """Save a new or changed network. Whoever leaves it has been in it until today; whoever joins is in it from today.

    Raises Refused.
    """
    check_can_keep(by, network)
    chosen = set(members)
    stored = ActorSet.objects.select_for_update().filter(pk=network.pk).first()
    if stored is not None:
        check_can_keep(by, stored)
    check_fits(network, chosen)
    if unknown := chosen - set(Actor.objects.filter(code__in=chosen).values_list("code", flat=True)):
        text = _("There is no actor %(code)s.") % {"code": ", ".join(sorted(unknown))}
        raise Refused(text, field="members")
    before = state_of(stored) if stored is not None else None
    after = snapshot(network, NETWORK_FIELDS) | {"members": sorted(chosen)}
    if before == after:
        return False
    if before is not None:
        rules.check_unchanged(seen, before, stamp(before))
    network.save()
    put_members(network, chosen)
    note(register=register_of(network), key=str(network.pk), by=by, before=before, after=after, reason=reason)
    return True


def put_members(network: ActorSet, chosen: set[str]) -> None:
    """End the membership of those who leave today, and begin that of those who join."""
    day = today()
    here = members_on(network.pk, day)
    leaving = ActorSetMember.objects.filter(network=network, actor__in=here - chosen, valid_to=None)
    leaving.update(valid_to=day)
    ActorSetMember.objects.bulk_create(
        ActorSetMember(network=network, actor_id=code, valid_from=max(day, network.valid_from))
        for code in sorted(chosen - here)
    )


@one_change
def end_network(*, network: ActorSet, reason: str, by: Who) -> bool:
    """End a network as of today: it can be chosen no more. What was sent to it stays with those it was sent to."""
    check_can_keep(by, network)
    stored = ActorSet.objects.select_for_update().get(pk=network.pk)
    if stored.valid_to is not None:
        return False
    before = state_of(stored)
    stored.valid_to = max(today(), stored.valid_from)
    stored.save(update_fields=["valid_to"])
    after = snapshot(stored, NETWORK_FIELDS) | {"members": before["members"]}
    note(
        register=register_of(stored),
        key=str(stored.pk),
        by=by,
        before=before,
        after=after,
        reason=reason,
        action="ended",
    )
    return True


@one_change
def save_ground(*, ground: SecrecyGround, reason: str, by: Who) -> bool:
    """Save a ground for secrecy that the region adds. Raises Refused."""
    rules.check_can_edit(by)
    stored = SecrecyGround.objects.filter(pk=ground.pk).first()
    before = snapshot(stored, GROUND_FIELDS) if stored is not None else None
    after = snapshot(ground, GROUND_FIELDS)
    if before == after:
        return False
    ground.save()
    note(register="grounds", key=ground.code, by=by, before=before, after=after, reason=reason)
    return True
