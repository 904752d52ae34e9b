"""Taking a file into a roster: first what it would change is shown, then it is done.

The same file again changes nothing. What somebody has swapped or changed here since the file was last taken stays: the
file says the same as before.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

import msgspec
from django.core import signing
from django.utils.translation import gettext as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers import roster_rules as rules
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import Person, Roster, Shift
from samlad.registers.roster_actions import REGISTER, locked_roster, take_out
from samlad.registers.roster_csv import read_csv
from samlad.registers.roster_gaps import active_of, covered_until, seats_of
from samlad.registers.roster_ical import read_ical
from samlad.registers.roster_lines import Line, People, Reading, Skipped, Unreadable

SALT: Final = "samlad.registers.roster_import"
VALID: Final = 3600
"""Seconds that a preview can be taken."""
Sort = Literal["csv", "ical"]


class Taken(msgspec.Struct, frozen=True):
    """One shift that can be taken from a file: whose, when, and what the file calls it."""

    where: str
    uid: str
    person: str
    starts: datetime
    ends: datetime
    deputy: bool
    cancelled: bool

    @property
    def told(self) -> str:
        """A digest of what the file says of it."""
        said = f"{self.person} {self.starts.isoformat()} {self.ends.isoformat()} {self.deputy} {self.cancelled}"
        return sha256(said.encode()).hexdigest()[:32]


class Step(msgspec.Struct, frozen=True):
    """What taking one of them would do."""

    shift: Taken
    does: Literal["added", "changed", "removed", "same"]


class Plan(msgspec.Struct):
    """What taking a file would do, and what is refused in it."""

    sort: Sort
    steps: list[Step]
    refused: list[Skipped]

    def those(self, does: str) -> list[Step]:
        """The steps of one kind, in order of time."""
        return sorted((step for step in self.steps if step.does == does), key=lambda step: step.shift.starts)


def read(content: bytes, name: str, role: str, at: datetime) -> tuple[Sort, Reading]:
    """Read a file by what is in it; its name only decides where that says nothing. Raises Unreadable."""
    head = content[:2000].upper()
    if b"BEGIN:V" in head or b"B\0E\0G\0I\0N\0:\0V" in head or name.lower().endswith((".ics", ".ical", ".ifb")):
        return "ical", read_ical(content, at)
    return "csv", read_csv(content, role)


def plan(*, actor: str, role: str, content: bytes, name: str) -> Plan:
    """What taking this file would do. Changes nothing. Raises Unreadable."""
    at = now()
    sort, reading = read(content, name, role, at)
    people = People(rules.holders(actor, role), Person.objects.filter(screen=False))
    found: dict[str, Taken] = {}
    refused = list(reading.refused)
    for line in reading.lines:
        try:
            taken = matched(line, people, at)
        except Unreadable as why:
            refused.append(Skipped(line.where, str(why)))
            continue
        if taken.uid in found and found[taken.uid] != taken:
            refused.append(Skipped(line.where, _("The file has this shift twice. The first is taken.")))
            continue
        found.setdefault(taken.uid, taken)
    roster = Roster.objects.filter(actor=actor, role=role).first()
    return Plan(sort, steps(roster, found.values(), at), without_twins(refused))


def without_twins(refused: Iterable[Skipped]) -> list[Skipped]:
    """Each only once (an event that recurs would say the same each time), in the order of the file."""

    def place(one: Skipped) -> int:
        number = re.search(r"\d+", one.where)
        return int(number[0]) if number else 0

    return sorted(dict.fromkeys(refused), key=place)


def matched(line: Line, people: People, at: datetime) -> Taken:
    """A line with the person it means. Raises Unreadable."""
    person = people.found(line.names)
    if line.ends <= at:
        raise Unreadable(_("The shift is over already. A roster is not rewritten afterwards."))
    try:
        rules.check_span(line.starts, line.ends)
    except Refused as refused:
        raise Unreadable(str(refused.sentence)) from None
    return Taken(line.where, line.uid, person.pk, line.starts, line.ends, line.deputy, line.cancelled)


def steps(roster: Roster | None, found: Iterable[Taken], at: datetime) -> list[Step]:
    """What each of them would do to the roster as it is."""
    taken = list(found)
    rows: dict[str, list[Shift]] = {}
    if roster is not None:
        for shift in Shift.objects.filter(roster=roster, uid__in=[one.uid for one in taken]):
            rows.setdefault(shift.uid, []).append(shift)
    return [_step(one, rows.get(one.uid, []), at) for one in taken]


def _step(one: Taken, rows: Sequence[Shift], at: datetime) -> Step:
    live = [row for row in rows if row.removed_at is None and row.ends > at]
    if one.cancelled:
        return Step(one, "removed" if live else "same")
    # What was taken away here by hand stays away as long as the file says the same.
    latest = live or sorted(rows, key=lambda row: row.added_at)[-1:]
    if any(row.told == one.told for row in latest):
        return Step(one, "same")
    return Step(one, "changed" if live else "added")


def sealed(actor: str, role: str, made: Plan) -> str:
    """The plan as a form carries it from the preview to the taking: signed, since it comes back from a browser."""
    taken = [one.shift for one in made.steps if one.does != "same"]
    kept = {"actor": actor, "role": role, "sort": made.sort, "shifts": msgspec.to_builtins(taken)}
    return signing.dumps(kept, salt=SALT, compress=True)


def unsealed(actor: str, role: str, text: str) -> tuple[Sort, list[Taken]]:
    """The shifts of a preview. Raises Refused where it is too old, or none of ours."""
    try:
        kept = signing.loads(text, salt=SALT, max_age=VALID)
        if (kept["actor"], kept["role"]) != (actor, role):
            raise signing.BadSignature
        return kept["sort"], msgspec.convert(kept["shifts"], list[Taken])
    except (signing.BadSignature, KeyError, TypeError, msgspec.ValidationError):
        raise Refused(_("The preview is too old. Choose the file again.")) from None


@one_change
def take(*, actor: str, role: str, sort: Sort, shifts: Sequence[Taken], source: str, by: Who) -> dict[str, int]:
    """Take the shifts of a previewed file into the roster, as it is now. Returns how many of what. Raises Refused."""
    rules.check_can_keep(by, actor, role)
    done = {"added": 0, "changed": 0, "removed": 0, "same": 0, "refused": 0}
    if not shifts:
        return done
    roster = locked_roster(actor, role, min(one.starts for one in shifts))
    at = now()
    able = Able(roster, {one.person for one in shifts}, at)
    new: list[Shift] = []
    for step in steps(roster, shifts, at):
        if step.does in ("added", "changed") and not able.may_have(step.shift):
            done["refused"] += 1
            continue
        done[step.does] += 1
        if step.does == "added":
            new.append(made(roster, step.shift, sort, at, by))
        elif step.does != "same":
            _carry_out(roster, step, sort, at, by)
    Shift.objects.bulk_create(new)
    if done["added"] or done["changed"] or done["removed"]:
        counted = {name: count for name, count in done.items() if count}
        note(register=REGISTER, key=str(roster.pk), by=by, before={}, after=counted, reason=source, action="imported")
    return done


class Able:
    """Who has the role for which shifts: asked once, since whoever writes something else waits meanwhile."""

    def __init__(self, roster: Roster, people: set[str], at: datetime) -> None:
        self.roster, self.at = roster, at
        self.seats, self.active = seats_of(people), active_of(people)

    def may_have(self, one: Taken) -> bool:
        """Whether the person has the role throughout the shift, and the shift is one."""
        try:
            rules.check_span(one.starts, one.ends)
        except Refused:
            return False
        held = self.seats.get((one.person, self.roster.actor_id, self.roster.role), [])
        until = covered_until(held, max(one.starts, self.at))
        return one.person in self.active and (until is None or until >= one.ends)


def made(roster: Roster, one: Taken, sort: Sort, at: datetime, by: Who) -> Shift:
    """A new shift of a file, not saved yet."""
    return Shift(
        roster=roster,
        person_id=one.person,
        starts=one.starts,
        ends=one.ends,
        deputy=one.deputy,
        source=sort,
        uid=one.uid,
        told=one.told,
        added_at=at,
        added_by=by.person,
    )


def _carry_out(roster: Roster, step: Step, sort: Sort, at: datetime, by: Who) -> None:
    """Change, or take away, what the roster has of one."""
    one = step.shift
    live = list(Shift.objects.filter(roster=roster, uid=one.uid, removed_at=None, ends__gt=at))
    for row in live:
        take_out(row, by=by, at=at)
    if step.does == "removed":
        # So that it is new again where the file later has it again.
        Shift.objects.filter(roster=roster, uid=one.uid).update(told=one.told)
        return
    new = made(roster, one, sort, at, by)
    new.replaces = live[0]
    if any(row.starts < at for row in live):
        new.starts = max(one.starts, at)
    new.save()
