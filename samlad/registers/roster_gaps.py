"""What is wrong with rosters ahead of time: hours without anybody, one person alone for weeks, two at once, and people
who can't be called. Worked out anew each time it is asked: what has been mended is gone."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

import msgspec
from django.db.models import Q

from samlad.base.clock import STOCKHOLM, now
from samlad.registers.models import Person, Role, Roster, Seat, Shift
from samlad.registers.queries import swedish_key
from samlad.registers.roster_queries import OnDuty, rosters_kept, standing, view_of
from samlad.registers.roster_turns import wall

LOOKING: Final = timedelta(weeks=8)
BACK: Final = timedelta(days=31)
ALONE: Final = timedelta(weeks=3)
WEIGHT: Final = {"hole": 9, "lost": 8, "double": 4, "alone": 3, "overlap": 1}
"""The kinds of gaps, and how bad each is. A hole that is open now is worse than anything else."""


class RosterGap(msgspec.Struct, frozen=True):
    """One gap. `kind` is a key of WEIGHT; `people` are names; `ends` is None for a hole that nothing ahead closes."""

    kind: str
    roster: str
    actor: str
    role: str
    starts: datetime
    ends: datetime | None
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same gap from one look to the next, however it ends. One alone is alone until others come:
        when that began moves on with each shift."""
        if self.kind == "alone":
            return f"alone:{self.roster}:{','.join(self.people)}"
        return f"{self.kind}:{self.roster}:{self.starts.timestamp():.0f}:{','.join(self.people)}"

    def open_at(self, at: datetime) -> bool:
        """Whether it is there at a moment."""
        return self.starts <= at and (self.ends is None or at < self.ends)


class _Facts(msgspec.Struct):
    """A roster and its shifts in order of time, from some time back."""

    roster: Roster
    shifts: list[OnDuty]

    def gap(self, kind: str, starts: datetime, ends: datetime | None, *people: str) -> RosterGap:
        return RosterGap(kind, self.roster.pk.hex, self.roster.actor_id, self.roster.role, starts, ends, people)


Seats = dict[tuple[str, str, str], list[tuple[date, date | None]]]


def roster_gaps(
    actor_codes: Collection[str] | None = None, at: datetime | None = None, ahead: timedelta = LOOKING
) -> tuple[RosterGap, ...]:
    """What is wrong from a moment (default: now) on, for these actors (default: all), what comes first, first.

    Four queries, however many actors.
    """
    at = at or now()
    kept = {roster.pk: _Facts(roster, []) for roster in rosters_kept(actor_codes)}
    rows = standing(at - BACK, at + ahead + ALONE)
    if actor_codes is not None:
        # With what the same people have elsewhere.
        here = Shift.objects.filter(roster__in=list(kept), removed_at=None, ends__gt=at)
        rows = rows.filter(Q(roster__in=list(kept)) | Q(person__in=here.values("person")))
    everywhere = [(shift, view_of(shift)) for shift in rows]
    for shift, view in everywhere:
        if shift.roster_id in kept:
            kept[shift.roster_id].shifts.append(view)
    people = {view.person for facts in kept.values() for view in facts.shifts}
    seats, active = seats_of(people), active_of(people)
    found: list[RosterGap] = []
    for facts in kept.values():
        found += holes(facts, at, at + ahead)
        found += alone(facts, at)
        found += overlaps(facts, at)
        found += lost(facts, at, seats, active)
    found += doubles(kept.values(), [view for _shift, view in everywhere], at)
    soon = [gap for gap in found if gap.starts < at + ahead and (gap.ends is None or gap.ends > at)]
    return tuple(sorted(soon, key=lambda gap: (gap.starts, -WEIGHT[gap.kind], swedish_key(gap.actor), gap.people)))


def holes(facts: _Facts, at: datetime, until: datetime) -> Iterator[RosterGap]:
    """Times that nobody has, on a roster that is kept round the clock. A deputy alone is somebody."""
    if not facts.roster.round_clock:
        return
    covered = max(facts.roster.begins, at - BACK)
    for shift in facts.shifts:
        if shift.starts > covered:
            yield facts.gap("hole", covered, shift.starts)
        covered = max(covered, shift.ends)
    if covered < until:
        yield facts.gap("hole", covered, None)


def alone(facts: _Facts, at: datetime) -> Iterator[RosterGap]:
    """One person who holds everything for three weeks or more, with nobody even as a deputy."""
    names = {shift.person: shift.name for shift in facts.shifts}
    run: tuple[datetime, datetime, str] | None = None
    for starts, ends, here in [*pieces(facts.shifts), (None, None, frozenset[str]())]:
        person = next(iter(here)) if len(here) == 1 else ""
        if run and starts == run[1] and ends and person == run[2]:
            run = (run[0], ends, person)
            continue
        if run and run[1] - max(run[0], at) >= ALONE:
            yield facts.gap("alone", run[0], run[1], names[run[2]])
        run = (starts, ends, person) if person and starts and ends else None


def pieces(shifts: list[OnDuty]) -> Iterator[tuple[datetime, datetime, frozenset[str]]]:
    """The time from the first shift to the last, cut wherever one begins or ends, with who is there in each piece."""
    edges = sorted({moment for shift in shifts for moment in (shift.starts, shift.ends)})
    for starts, ends in pairwise(edges):
        yield starts, ends, frozenset(shift.person for shift in shifts if shift.starts <= starts and shift.ends >= ends)


def overlaps(facts: _Facts, at: datetime) -> Iterator[RosterGap]:
    """Two people who both are first at the same time."""
    ahead = [one for one in facts.shifts if not one.deputy and one.ends > at]
    for place, one in enumerate(ahead):
        for other in ahead[place + 1 :]:
            if other.starts >= one.ends:
                break
            if other.person != one.person:
                yield facts.gap("overlap", other.starts, min(one.ends, other.ends), one.name, other.name)


def doubles(kept: Collection[_Facts], everywhere: list[OnDuty], at: datetime) -> Iterator[RosterGap]:
    """A person with two shifts at the same time, told on the roster where the later of them begins."""
    rosters = {(facts.roster.actor_id, facts.roster.role): facts for facts in kept}
    by_person: defaultdict[str, list[OnDuty]] = defaultdict(list)
    for shift in everywhere:
        if shift.ends > at:
            by_person[shift.person].append(shift)
    for shifts in by_person.values():
        for place, one in enumerate(shifts):
            for other in shifts[place + 1 :]:
                if other.starts >= one.ends:
                    break
                # The later one's roster tells it; where that is not asked about, the earlier one's.
                for told in (other, one):
                    if (facts := rosters.get((told.actor, told.role))) is not None:
                        yield facts.gap("double", other.starts, min(one.ends, other.ends), one.name)
                        break


def lost(facts: _Facts, at: datetime, seats: Seats, active: frozenset[str]) -> Iterator[RosterGap]:
    """Shifts of people who then no longer have the role, or may not sign in: calling goes past them."""
    for shift in facts.shifts:
        if shift.ends <= at:
            continue
        begin = max(shift.starts, at)
        held = seats.get((shift.person, shift.actor, shift.role), [])
        until = covered_until(held, begin) if shift.person in active else begin
        if until is not None and until < shift.ends:
            # From where it was lost, also where that was before now: the same gap at every look.
            began = covered_until(held, shift.starts) if shift.person in active else shift.starts
            yield facts.gap("lost", began or until, shift.ends, shift.name)


def covered_until(held: list[tuple[date, date | None]], begin: datetime) -> datetime | None:
    """Until when the seats cover from a moment on without a break; None: for ever; the moment itself: not at all."""
    day, until = begin.astimezone(STOCKHOLM).date(), begin
    for first, end in sorted(held, key=lambda seat: seat[0]):
        if first <= day and (end is None or end > day):
            if end is None:
                return None
            day, until = end, wall(end, time(0))
    return until


def seats_of(people: Collection[str]) -> Seats:
    """The seats of people, past and coming: person, actor and role -> from which day up to which. One query."""
    found: Seats = defaultdict(list)
    rows = Seat.objects.filter(person__in=people, role__in=Role.values)
    for person, actor, role, first, end in rows.values_list("person", "actor", "role", "valid_from", "valid_to"):
        found[person, actor, role].append((first, end))
    return found


def active_of(people: Collection[str]) -> frozenset[str]:
    """Those of the people who may sign in. One query."""
    return frozenset(Person.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
