"""The pool of coordinators (RSK): who is in it, and what a month's duty gives each actor. What stood then holds."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.db.models import Q

from samlad.base.clock import STOCKHOLM
from samlad.governance import record
from samlad.governance.lent import compensation
from samlad.governance.lent.compensation import Duty, Line, Rates, wall
from samlad.governance.lent.months import ZERO, first_of, last_of, later
from samlad.governance.models import PoolBasis, PoolMember, PoolRates
from samlad.registers.models import Shift
from samlad.registers.queries import today
from samlad.registers.roster_days import holidays

ROLE: Final = "rsk"
NOBODYS: Final = ""
"""The actor of shifts whose person is in the pool for none."""


class ActorMonth(msgspec.Struct, frozen=True):
    """What a month gives an actor. `lines` are computed from the roster now; `certified` are the rows of what was."""

    actor: str
    month: date
    duties: tuple[Duty, ...]
    lines: tuple[Line, ...]
    certified: tuple[PoolBasis, ...]

    @property
    def hours(self) -> Decimal:
        """Hours of duty, compensated or not."""
        seconds = sum(int((duty.ends - duty.starts).total_seconds()) for duty in self.duties)
        return (Decimal(seconds) / compensation.HOUR).quantize(Decimal("0.01"))

    @property
    def total(self) -> Decimal | None:
        """The amount; None where a rate is not known."""
        return compensation.total(self.lines)

    @property
    def paid(self) -> Decimal:
        """What is certified so far."""
        return sum((row.amount for row in self.certified), ZERO)

    @property
    def differs(self) -> bool:
        """Whether the roster now gives something else than what was certified."""
        return bool(self.certified) and self.certified[-1].inputs["lines"] != frozen_lines(self.lines)


def members(on: date | None = None) -> list[PoolMember]:
    """Everybody who is, was or will be in the pool."""
    return record.rows(PoolMember, on)


def in_pool(member: PoolMember, day: date) -> bool:
    """Whether somebody is in the pool on a day."""
    return member.first_day <= day and (member.last_day is None or day <= member.last_day)


def rates(on: date | None = None) -> list[Rates]:
    """All rates, the first first."""
    return [rates_of(row) for row in record.rows(PoolRates, on)]


def rates_of(row: PoolRates) -> Rates:
    """A row of rates, free of the database."""
    return Rates(
        row.valid_from, row.weekday_hour, row.night_hour, row.weekend_hour, row.holiday_hour, row.week,
        row.night_begins, row.night_ends, row.deputies, row.source,
    )  # fmt: skip


def duties(begin: datetime, end: datetime, on: date | None = None) -> list[Duty]:
    """Who had duty as RSK within a time, by the rosters as they stand or as they stood at the end of a day."""
    rows = Shift.objects.filter(roster__role=ROLE, starts__lt=end, ends__gt=begin)
    if on is None:
        rows = rows.filter(removed_at=None)
    else:
        asked = datetime.combine(on + timedelta(days=1), time(), STOCKHOLM)
        rows = rows.filter(Q(removed_at=None) | Q(removed_at__gte=asked), added_at__lt=asked)
    found = []
    for shift in rows.select_related("roster"):
        ended = shift.roster.ended_at
        ends = min(shift.ends, ended) if ended else shift.ends
        if shift.starts < ends:
            found.append(Duty(shift.person_id, shift.starts, ends, shift.deputy, str(shift.pk)))
    return compensation.cut(found, begin, end)


def lent_by_whom(found: list[Duty], held: list[PoolMember]) -> dict[str, list[Duty]]:
    """Shifts by the actor that lends the person to the pool on the day, split at midnight where that changes."""
    shared: dict[str, list[Duty]] = defaultdict(list)
    for duty in found:
        begin = duty.starts
        while begin < duty.ends:
            day = begin.astimezone(STOCKHOLM).date()
            lender, until = _lender(duty.person, day, held)
            end = min(duty.ends, wall(until + timedelta(days=1))) if until else duty.ends
            shared[lender].append(Duty(duty.person, begin, end, duty.deputy, duty.shift))
            begin = end
    return shared


def _lender(person: str, day: date, held: list[PoolMember]) -> tuple[str, date | None]:
    """For whom a person is in the pool on a day, and the last day for which that answer holds for sure."""
    own = [member for member in held if member.person_id == person]
    for member in own:
        if in_pool(member, day):
            return member.actor_id, member.last_day
    next_one = min((member.first_day for member in own if member.first_day > day), default=None)
    return NOBODYS, next_one - timedelta(days=1) if next_one else None


def months(on: date | None = None) -> list[date]:
    """The months in which somebody had, or has, duty, the latest first; at most two years back."""
    this = first_of(on or today())
    first = Shift.objects.filter(roster__role=ROLE, removed_at=None).order_by("starts").values_list("starts", flat=True)
    begin = first.first()
    if begin is None:
        return []
    back = max(first_of(begin.astimezone(STOCKHOLM).date()), later(this, -24))
    found = [this]
    while found[-1] > back:
        found.append(later(found[-1], -1))
    return [month for month in found if month >= back]


def month_of(month: date, on: date | None = None, until: datetime | None = None) -> dict[str, ActorMonth]:
    """What a month gives each actor, by code; under "" what nobody lends. `until`: shifts are counted so far only."""
    end = wall(last_of(month) + timedelta(days=1))
    found = duties(wall(month), min(end, until) if until else end, on)
    shared, every = lent_by_whom(found, members(on)), rates(on)
    certified: dict[str, list[PoolBasis]] = defaultdict(list)
    for row in record.rows(PoolBasis, on, month=month):
        certified[row.actor_id].append(row)
    return {
        actor: ActorMonth(
            actor, month, tuple(shared.get(actor, ())), tuple(compensation.lines(shared.get(actor, ()), every)),
            tuple(certified.get(actor, ())),
        )
        for actor in sorted({*shared, *certified})
    }  # fmt: skip


def frozen_lines(found: tuple[Line, ...]) -> list[dict[str, Any]]:
    """Lines as JSON keeps them: amounts as text, exact."""
    return [
        {
            "person": one.person, "kind": one.kind, "quantity": str(one.quantity),
            "rate": None if one.rate is None else str(one.rate),
            "amount": None if one.amount is None else str(one.amount),
        }
        for one in found
    ]  # fmt: skip


def thawed(kept: list[dict[str, Any]]) -> tuple[Line, ...]:
    """Lines as they were frozen."""
    return tuple(
        Line(
            one["person"], one["kind"], Decimal(one["quantity"]),
            None if one["rate"] is None else Decimal(one["rate"]),
            None if one["amount"] is None else Decimal(one["amount"]),
        )
        for one in kept
    )  # fmt: skip


def inputs(found: ActorMonth, every: list[Rates]) -> dict[str, Any]:
    """Everything that an actor's month was computed from, to be kept with it."""
    first, last = found.month, last_of(found.month)
    days = [first + timedelta(days=place) for place in range(last.day)]
    used = [one for one in every if one.valid_from <= last]
    return {
        "duties": [
            {
                "shift": one.shift, "person": one.person, "deputy": one.deputy,
                "starts": one.starts.isoformat(), "ends": one.ends.isoformat(),
            }
            for one in found.duties
        ],
        "rates": [
            {
                name: None if value is None else str(value) if not isinstance(value, bool) else value
                for name, value in msgspec.structs.asdict(one).items()
            }
            for one in used
        ],
        "holidays": {day.isoformat(): holidays(day.year)[day] for day in days if day in holidays(day.year)},
        "lines": frozen_lines(found.lines),
    }  # fmt: skip
