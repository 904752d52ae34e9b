"""Who could read something, before it is sent: which actors, how many people. Asked once, when it is shown."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.journal.audience import may_read
from samlad.journal.entries import Participant
from samlad.journal.fold import Basics
from samlad.journal.who import Who
from samlad.registers.models import ActorVersion, Category
from samlad.registers.networks import Network, networks_for
from samlad.registers.queries import ActorView, holds_on, reading_seats, today

NAMED: Final = 3  # so many actors are named in a line; the others are counted
ANYBODY: Final = frozenset({"liaison"})  # a seat that reads what is for its actor, and no level of its own


Named = Participant | ActorView
"""An actor with its names: as an operation has it, or the register."""


class Reader(msgspec.Struct, frozen=True):
    """An actor among the readers; `people`: how many there may read it today. `observer`: reads without taking part."""

    code: str
    short: str
    category: str
    people: int
    observer: bool = False


class ReadBy(msgspec.Struct, frozen=True):
    """All who would be able to read something. `people` are persons: whoever sits at two actors is one."""

    audience: str
    actors: tuple[Reader, ...]
    people: int

    @property
    def sum(self) -> str:
        """How many, in words: "37 actors, 112 people"."""
        return amount(len(self.actors), self.people)

    @property
    def whom(self) -> str:
        """Who, as a part of a sentence: "all participants"."""
        to = self.audience.partition(":")[0]
        if to == "level":
            return _("the direction level: chiefs and coordinators (RSK)")
        if to in ("actors", "own"):
            return some(self.actors)
        if to == "public":
            return _("everybody, also the public")
        if any(one.observer for one in self.actors):
            return _("all participants and observers")
        return _("all participants")

    @property
    def groups(self) -> list[tuple[str, list[Reader]]]:
        """The actors under the names of their categories, observers last."""
        return by_category(self.actors)


def amount(actors: int, people: int) -> str:
    """A number of actors and of people, in words."""
    told = ngettext("%(count)s actor", "%(count)s actors", actors) % {"count": actors}
    return told + ", " + ngettext("%(count)s person", "%(count)s people", people) % {"count": people}


def some(actors: tuple[Reader, ...]) -> str:
    """The short names of a few actors; of more, the first and how many more they are."""
    names = [one.short for one in actors]
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    left = len(names) - NAMED
    more = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", left)
    return more % {"names": ", ".join(names[:NAMED]), "count": left}


def by_category(actors: Iterable[Reader]) -> list[tuple[str, list[Reader]]]:
    """Actors under the names of their categories, in the usual order; observers after them."""
    found: list[tuple[str, list[Reader]]] = []
    listed = list(actors)
    for category in Category:
        if members := [one for one in listed if one.category == category.value and not one.observer]:
            found.append((str(category.label), members))
    known = set(Category.values)
    if others := [one for one in listed if one.category not in known and not one.observer]:
        found.append((str(Category.OTHER.label), others))
    if observers := [one for one in listed if one.observer]:
        found.append((_("Observers"), observers))
    return found


class Circle:
    """The actors of an operation, as somebody who writes in it sees them: who could read what.

    Nothing is asked of the database before it is needed, and each thing once.
    """

    def __init__(self, taking_part: Iterable[Named], observers: Iterable[str], who: Who) -> None:
        """`taking_part` in the order in which they are listed; `observers` are codes."""
        self.participants: Mapping[str, Named] = {one.code: one for one in taking_part}
        self.observers = tuple(code for code in observers if code not in self.participants)
        self.who = who

    @classmethod
    def of(cls, basics: Basics, who: Who) -> "Circle":
        """The circle of an operation."""
        return cls(basics.participants.values(), basics.observers, who)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every actor in it, observers last."""
        return (*self.participants, *self.observers)

    @cached_property
    def seats(self) -> dict[str, dict[str, frozenset[str]]]:
        """Who sits where today: actor -> person -> roles."""
        return reading_seats(self.codes)

    @cached_property
    def observer_names(self) -> dict[str, str]:
        """The observers' short names; an operation knows their codes only."""
        if not self.observers:
            return {}
        rows = ActorVersion.objects.filter(holds_on(today()), actor__in=self.observers)
        return dict(rows.values_list("actor", "short_name"))

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The networks that whoever writes can choose."""
        return networks_for(self.who)

    def short(self, code: str) -> str:
        """An actor's short name."""
        one = self.participants.get(code)
        return one.short if one else self.observer_names.get(code, code)

    def read_by(self, audience: str) -> ReadBy:
        """Who would be able to read something with this audience (its stored text).

        An actor that is addressed is named also where nobody sits: it reads as soon as somebody does.
        """
        actors, everybody = [], set[str]()
        for code in self.codes:
            people = {
                person for person, roles in self.seats[code].items() if may_read(audience, Who("", code, roles, ""))
            }
            if people or may_read(audience, Who("", code, ANYBODY, "")):
                actors.append(self.reader(code, len(people)))
                everybody |= people
        return ReadBy(audience, tuple(actors), len(everybody))

    def reader(self, code: str, people: int) -> Reader:
        """An actor with a number of people."""
        one = self.participants.get(code)
        return Reader(code, self.short(code), one.category if one else "", people, one is None)

    @cached_property
    def all(self) -> ReadBy:
        """Who reads what is for all who take part. For the templates of forms."""
        return self.read_by("all")

    @cached_property
    def own(self) -> ReadBy:
        """Who reads what stays within the writer's own actor."""
        return self.read_by(f"own:{self.who.actor}")

    @property
    def several_seats(self) -> dict[str, list[str]]:
        """Those who sit at more than one actor: person -> actors. In a sum they count once."""
        held: dict[str, list[str]] = {}
        for code, people in self.seats.items():
            for person in people:
                held.setdefault(person, []).append(code)
        return {person: codes for person, codes in held.items() if len(codes) > 1}
