"""A call-out as the coordinator's board shows it: who is reached by what and how fast, who has been tried, who attends.

Made from the reader's own entries only, and of hashable values, so that each row is rendered once for all who read it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median
from typing import Final, Literal
from uuid import UUID

import msgspec

from samlad.activation.asked import SWITCHBOARD
from samlad.activation.calling_fold import ActorCall, CallOut, Tried
from samlad.activation.names import roles_named
from samlad.journal.fold import Basics
from samlad.registers.queries import person_names

State = Literal["reached", "told", "waiting", "hand", "withdrawn"]
SHOWN: Final = ("all", "waiting", "failed")
AWAY: Final = frozenset({"unreachable", "timeout", "sign_in"})
"""Troubles of a gateway and not of one address: nobody is reached by that channel."""


class Way(msgspec.Struct, frozen=True):
    """One try on one channel; `trouble` where it did not go."""

    at: datetime
    channel: str
    trouble: str


class Person(msgspec.Struct, frozen=True):
    """Somebody who was tried: their name where they are in the register, their role, on which channels."""

    key: str
    name: str
    role: str
    ways: tuple[Way, ...]


class Row(msgspec.Struct, frozen=True):
    """An actor on the board. `took`: seconds from the call until it was reached."""

    code: str
    short: str
    name: str
    state: State
    since: datetime
    reached_at: datetime | None
    took: int | None
    way: str
    by: str
    affected: str
    words: str
    attends: str
    note: str
    step: str
    people: tuple[Person, ...]
    stand_ins: tuple[str, ...]
    spoke_with: str
    tried_by_hand: int
    resent_at: datetime | None
    noted: int

    @property
    def failed(self) -> bool:
        """Whether something could not be sent to somebody there."""
        return any(way.trouble for person in self.people for way in person.ways)

    def shown_among(self, show: str) -> bool:
        """Whether it is in a selection of SHOWN."""
        if show == "waiting":
            return self.state in ("waiting", "hand")
        return self.failed if show == "failed" else True


class Down(msgspec.Struct, frozen=True):
    """A channel that does not work now: since when, why, and how many messages it could not take."""

    channel: str
    trouble: str
    since: datetime
    count: int


class Board(msgspec.Struct, frozen=True):
    """A call as the board has it."""

    id: UUID
    rows: tuple[Row, ...]
    down: tuple[Down, ...]

    @property
    def reached(self) -> int:
        """How many actors are reached."""
        return sum(row.state == "reached" for row in self.rows)

    @property
    def asked(self) -> int:
        """How many are asked: those for whom the call was withdrawn do not count."""
        return sum(row.state != "withdrawn" for row in self.rows)

    @property
    def median(self) -> int | None:
        """The median of how long it took to reach those who are reached, in seconds."""
        took = [row.took for row in self.rows if row.took is not None]
        return round(median(took)) if took else None

    @property
    def by_hand(self) -> tuple[Row, ...]:
        """Those who must be called by hand."""
        return tuple(row for row in self.rows if row.state == "hand")

    @property
    def attending(self) -> tuple[Row, ...]:
        """Those who have said that somebody comes."""
        return tuple(row for row in self.rows if row.attends)

    def count(self, show: str) -> int:
        """How many rows a selection has."""
        return sum(row.shown_among(show) for row in self.rows)


def board(call: CallOut, basics: Basics, moment: datetime, *, named: bool = True) -> Board:
    """The board of a call at a moment. `named`: with the names of people, which a wall does not show. One query."""
    keys = {tried.person for one in call.actors.values() for tried in one.tried}
    names = person_names(keys - {""}) if named and keys else {}
    order = {code: place for place, code in enumerate(basics.participants)}
    codes = sorted(call.actors, key=lambda code: order.get(code, len(order)))
    rows = tuple(row(code, call, basics, moment, names) for code in codes)
    return Board(call.id, rows, down(call))


def row(code: str, call: CallOut, basics: Basics, moment: datetime, names: Mapping[str, str]) -> Row:
    """One actor."""
    one = call.actors[code]
    reply, labels = one.reply, {option.code: option for option in call.called.options}
    option = labels.get(reply.option) if reply else None
    comes = reply.attends if reply else ""
    if option and option.attends and not comes and reply:
        comes = roles_named(reply.person, reply.role) or "–"
    held = [call for call in one.by_hand if call.reached]
    return Row(
        code=code,
        short=basics.short(code),
        name=basics.name(code),
        state=state_of(one, call, moment),
        since=call.at,
        reached_at=one.reached_at,
        took=max(0, int((one.reached_at - call.at).total_seconds())) if one.reached_at else None,
        way=reply.way if reply else "",
        by=roles_named(reply.person, reply.role) if reply and reply.way != "by_hand" else "",
        affected=reply.affected if reply else "",
        words=option.label if option else "",
        attends=comes,
        note=reply.note if reply else "",
        step=one.step if not one.reached_at else "",
        people=people(one.tried, names),
        stand_ins=tuple(named.name for named in one.stand_ins),
        spoke_with=held[-1].spoke_with if held else "",
        tried_by_hand=len(one.by_hand),
        resent_at=one.resent_at if not one.reached_at else None,
        noted=len(one.noted),
    )


def state_of(one: ActorCall, call: CallOut, moment: datetime) -> State:
    """How it stands with an actor. By hand: the ladder has ended, or its time is over and nobody told."""
    if one.reached_at:
        return "reached"
    if one.withdrawn or call.withdrawn_at:
        return "withdrawn"
    if call.called.purpose == "inform":
        return "told" if any(not tried.trouble for tried in one.tried) else "waiting"
    over = (moment - call.at).total_seconds() >= call.called.times.by_hand
    return "hand" if one.step == "by_hand" or over else "waiting"


def people(tried: Iterable[Tried], names: Mapping[str, str]) -> tuple[Person, ...]:
    """Who has been tried, each once, in order, with their ways."""
    found: dict[str, list[Tried]] = {}
    for one in tried:
        found.setdefault(one.person, []).append(one)
    return tuple(
        Person(
            key,
            names.get(key, ""),
            roles_named(key or SWITCHBOARD, some[0].role),
            tuple(Way(it.at, it.channel, it.trouble) for it in some),
        )
        for key, some in found.items()
    )


def down(call: CallOut) -> tuple[Down, ...]:
    """The channels whose latest message met with a gateway that was away."""
    by_channel: dict[str, list[Tried]] = {}
    for one in call.actors.values():
        for tried in one.tried:
            if tried.channel:
                by_channel.setdefault(tried.channel, []).append(tried)
    found = []
    for channel, some in by_channel.items():
        latest = max(some, key=lambda it: it.at)
        failed = [it for it in some if it.trouble in AWAY]
        if latest.trouble in AWAY:
            found.append(Down(channel, latest.trouble, min(it.at for it in failed), len(failed)))
    return tuple(found)
