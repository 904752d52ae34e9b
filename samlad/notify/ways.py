"""The ways to reach people and actors' switchboards, in the order in which they are tried.

Somebody's number and e-mail in the register are ways without being stated: SMS, then a call, then e-mail. What they
state themselves comes in the order they choose. Ways that are known to work are tried first, those that were never
verified after them, and those that were refused for good last: silence is information, but nobody is left out.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

import msgspec
from django.db.models import Q
from django.utils.crypto import salted_hmac

from samlad.notify import channels
from samlad.notify.channels.phone_numbers import may_be_texted, number_of
from samlad.notify.way_models import Way
from samlad.registers.models import Person
from samlad.registers.phones import numbers_to_call
from samlad.registers.queries import emails

REGISTERED: Final = {"sms": 1, "voice": 2, "email": 3}
"""The ways that stand in the register without being stated, and their places."""


class WayView(msgspec.Struct, frozen=True):
    """One way to somebody: a channel and an address on it. `id` is what `worked` and `failed` are told."""

    id: str
    channel: str
    address: str


class WayState(msgspec.Struct, frozen=True):
    """A way and how it stands. `registered`: from the register; `exercises`: may be used in one. Times are UTC."""

    id: str
    channel: str
    address: str
    registered: bool
    place: int
    label: str = ""
    exercises: bool = True
    verified_at: datetime | None = None
    worked_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def dead(self) -> bool:
        """Whether it was refused for good, and has not worked since."""
        good = [moment for moment in (self.verified_at, self.worked_at) if moment is not None]
        return self.failed_at is not None and all(self.failed_at > moment for moment in good)

    @property
    def works(self) -> bool:
        """Whether a test has shown it, and nothing since has shown otherwise."""
        return self.verified_at is not None and not self.dead

    @property
    def last_worked(self) -> datetime | None:
        """When it is last known to have worked."""
        return max((moment for moment in (self.verified_at, self.worked_at) if moment is not None), default=None)


def ways_of(person_keys: Collection[str], exercise: bool = False) -> dict[str, tuple[WayView, ...]]:
    """Each person's ways in the order they are tried, on channels that are in use. Who has none has an empty place.

    In an exercise only on channels that may be used in one. Three queries, however many people.
    """
    usable = _usable(exercise)
    return {key: _tried(states, usable) for key, states in of_people(person_keys).items()}


def switchboards(actor_codes: Collection[str], exercise: bool = False) -> dict[str, tuple[WayView, ...]]:
    """Each actor's switchboard and other ways that are no person's, in order; in an exercise those marked for it."""
    usable = _usable(exercise)
    return {
        code: _tried([state for state in states if state.exercises or not exercise], usable)
        for code, states in of_actors(actor_codes).items()
    }


def of_people(person_keys: Collection[str]) -> dict[str, list[WayState]]:
    """All ways of persons by their places, on whatever channel."""
    phones, mails = numbers_to_call(person_keys), emails(person_keys)
    rows: dict[str, list[Way]] = {key: [] for key in person_keys}
    here = Person.objects.filter(key__in=rows, is_active=True).values("key")
    for way in Way.objects.filter(person__in=here).filter(Q(removed_at=None) | Q(registered=True)):
        rows[way.person].append(way)
    found = {}
    for key, ways in rows.items():
        registered = in_register(phones.get(key, ""), mails.get(key, ""))
        states = [_state(way, registered.get(way.channel, "") if way.registered else way.address) for way in ways]
        listed = {way.channel for way in ways if way.registered}
        removed = {str(way.pk) for way in ways if way.removed_at is not None}
        states += [
            WayState(f"{channel}:{key}", channel, address, True, REGISTERED[channel])
            for channel, address in registered.items()
            if channel not in listed
        ]
        usable = [state for state in states if state.address and state.id not in removed]
        found[key] = sorted(usable, key=lambda state: state.place)
    return found


def of_actors(actor_codes: Collection[str]) -> dict[str, list[WayState]]:
    """All ways of actors' switchboards by their places. One query."""
    found: dict[str, list[WayState]] = {code: [] for code in actor_codes}
    for way in Way.objects.filter(actor__in=found, removed_at=None):
        found[way.actor].append(_state(way, way.address))
    return found


def in_register(phone: str, email: str) -> Mapping[str, str]:
    """The ways that somebody's number and e-mail in the register are, by channel, in order."""
    number = e164(phone)
    found = {"sms": number if number and may_be_texted(number) else "", "voice": number, "email": email}
    return {channel: address for channel, address in found.items() if address}


def number_not_understood(person: str) -> bool:
    """Whether somebody's number in the register is none that can be called."""
    phone = numbers_to_call([person]).get(person, "")
    return bool(phone) and not e164(phone)


def worked(way_ids: Iterable[str], at: datetime) -> None:
    """Note that messages for these ways were taken, or answered, at a moment."""
    _noted(way_ids, "worked_at", at)


def failed(way_ids: Iterable[str], at: datetime) -> None:
    """Note that these ways were refused for good at a moment."""
    _noted(way_ids, "failed_at", at)


def _noted(way_ids: Iterable[str], field: str, at: datetime) -> None:
    own: list[int] = []
    registered: dict[str, list[str]] = {}
    for id in set(way_ids):
        channel, _colon, person = id.partition(":")
        if person and channel in REGISTERED:
            registered.setdefault(channel, []).append(person)
        elif id.isdecimal():
            own.append(int(id))
    for channel, people in registered.items():
        rows = [Way(person=key, channel=channel, registered=True, place=REGISTERED[channel]) for key in people]
        Way.objects.bulk_create(rows, ignore_conflicts=True)
        Way.objects.filter(person__in=people, channel=channel, registered=True).update(**{field: at})
    if own:
        Way.objects.filter(pk__in=own).update(**{field: at})


def digest_of(address: str) -> str:
    """What an address is known by where it must not be read."""
    return salted_hmac("samlad.notify.ways", address, algorithm="sha256").hexdigest()


@lru_cache(maxsize=8192)
def e164(phone: str) -> str:
    """A number of the register in E.164; "" when it is none."""
    return number_of(phone)


def _state(way: Way, address: str) -> WayState:
    """A way as a state; verified only as long as the address is the one that was."""
    verified = way.verified_at if way.verified_at and way.verified_for == digest_of(address) else None
    # What was noted on it was of another address, too, where that has been changed.
    changed = way.verified_at is not None and verified is None
    return WayState(
        id=str(way.pk),
        channel=way.channel,
        address=address,
        registered=way.registered,
        place=way.place,
        label=way.label,
        exercises=way.exercises or bool(way.person),
        verified_at=verified,
        worked_at=None if changed else way.worked_at,
        failed_at=None if changed else way.failed_at,
    )


def _tried(states: Iterable[WayState], usable: frozenset[str]) -> tuple[WayView, ...]:
    """Ways in the order they are tried."""
    ranked = sorted((state for state in states if state.channel in usable), key=_rank)
    return tuple(WayView(state.id, state.channel, state.address) for state in ranked)


def _rank(state: WayState) -> tuple[bool, bool, int]:
    return state.dead, not state.works, state.place


def _usable(exercise: bool) -> frozenset[str]:
    """The channels that can be used now."""
    used = {name: channels.gateway(name) for name in channels.CHANNELS}
    return frozenset(
        name for name, gateway in used.items() if gateway is not None and (gateway.exercises or not exercise)
    )
