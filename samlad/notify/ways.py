"""The ways to reach people and actors' switchboards, in the order in which they are tried."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from samlad.notify import channels
from samlad.registers.phones import numbers_to_call
from samlad.registers.queries import emails


class WayView(msgspec.Struct, frozen=True):
    """One way to somebody: a channel and an address on it. `id` is what `worked` and `failed` are told."""

    id: str
    channel: str
    address: str


def ways_of(person_keys: Collection[str], exercise: bool = False) -> dict[str, tuple[WayView, ...]]:
    """Each person's ways in order, on channels that are in use. Who has none has an empty place here.

    In an exercise only those that may be used in one.
    """
    usable = _usable(exercise)
    phones, addresses = numbers_to_call(person_keys), emails(person_keys)
    found = {}
    for key in person_keys:
        own = {"sms": phones.get(key, ""), "voice": phones.get(key, ""), "email": addresses.get(key, "")}
        found[key] = tuple(
            WayView(f"{name}:{key}", name, address) for name, address in own.items() if address and name in usable
        )
    return found


def switchboards(actor_codes: Collection[str], exercise: bool = False) -> dict[str, tuple[WayView, ...]]:
    """Each actor's switchboard and other ways that are no person's, in order."""
    return dict.fromkeys(actor_codes, ())


def worked(way_ids: Iterable[str], at: datetime) -> None:
    """Note that a gateway took messages for these ways, or that they were answered."""


def failed(way_ids: Iterable[str], at: datetime) -> None:
    """Note that these ways were refused for good."""


def _usable(exercise: bool) -> frozenset[str]:
    """The channels that can be used now."""
    used = {name: channels.gateway(name) for name in channels.CHANNELS}
    return frozenset(
        name for name, gateway in used.items() if gateway is not None and (gateway.exercises or not exercise)
    )
