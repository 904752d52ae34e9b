"""Recurring patterns: made, ended, and spread out into shifts as time goes on."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM, Who
from samlad.registers import roster_rules as rules
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import PatternTurn, Person, Roster, RosterPattern, Shift
from samlad.registers.roster_actions import REGISTER, locked_roster, take_out
from samlad.registers.roster_models import ShiftSource
from samlad.registers.roster_turns import Turns, first_on, last_turn, spread, wall

AHEAD: Final = timedelta(weeks=26)
"""How far ahead shifts are made."""
TOP_UP: Final = timedelta(weeks=2)
MOST_TURNS: Final = 60


def turns_of(pattern: RosterPattern) -> Turns:
    """The pattern as it is spread out."""
    people = tuple(pattern.turns.order_by("place").values_list("person_id", flat=True))
    return Turns(
        people=people,
        weekday=pattern.weekday,
        handover=pattern.handover,
        valid_from=pattern.valid_from,
        valid_to=pattern.valid_to,
        weeks=pattern.weeks,
        on_holiday=pattern.on_holiday,
    )


def state_of(pattern: RosterPattern) -> dict[str, Any]:
    """A pattern as the history has it; the people by username, for those whom somebody else's key tells nothing."""
    people = list(pattern.turns.order_by("place").values_list("person__username", flat=True))
    return {
        "weekday": pattern.weekday + 1,
        "handover": pattern.handover.isoformat("minutes"),
        "weeks": pattern.weeks,
        "on_holiday": pattern.on_holiday,
        "deputy": pattern.deputy,
        "valid_from": pattern.valid_from.isoformat(),
        "valid_to": pattern.valid_to.isoformat() if pattern.valid_to else None,
        "people": people,
    }


@one_change
def add_pattern(
    *, actor: str, role: str, turns: Turns, deputy: bool, reason: str, by: Who, code: str = ""
) -> RosterPattern:
    """Make a pattern, and its shifts for half a year ahead; later ones follow as time goes on. Raises Refused."""
    rules.check_can_keep(by, actor, role)
    at = now()
    begins = wall(first_on(turns.valid_from, turns.weekday), turns.handover)
    roster = locked_roster(actor, role, begins)
    check_pattern(roster, turns, at)
    pattern = RosterPattern.objects.create(
        roster=roster,
        weekday=turns.weekday,
        handover=turns.handover,
        weeks=turns.weeks,
        on_holiday=turns.on_holiday,
        deputy=deputy,
        valid_from=turns.valid_from,
        valid_to=turns.valid_to,
        code=code,
    )
    PatternTurn.objects.bulk_create(
        PatternTurn(pattern=pattern, place=place, person_id=person) for place, person in enumerate(turns.people)
    )
    spread_out(pattern, at, by)
    note(register=REGISTER, key=str(roster.pk), by=by, before=None, after=state_of(pattern), reason=reason)
    return pattern


def check_pattern(roster: Roster, turns: Turns, at: datetime) -> None:
    """Refuse a pattern without people or end, with people who do not have the role, or on top of another."""
    if not turns.people:
        raise Refused(_("Choose at least one person."), field="people")
    if len(turns.people) > MOST_TURNS:
        raise Refused(_("A pattern has at most %(most)s turns.") % {"most": MOST_TURNS}, field="people")
    if turns.valid_to is not None and turns.valid_to <= turns.valid_from:
        raise Refused(_("The last day must come after the first."), field="valid_to")
    if turns.valid_to is not None and not next(spread(turns, at, at + AHEAD * 10), None):
        raise Refused(_("There is no whole turn left between these days."), field="valid_to")
    first = next(spread(turns, at, at + AHEAD * 10), None)
    if first is None:
        raise Refused(_("That is more than three years ahead."), field="valid_from")
    for person in Person.objects.filter(pk__in=set(turns.people)):
        rules.check_has_role(person, roster, first.starts, first.ends, field="people")


def spread_out(pattern: RosterPattern, at: datetime, by: Who = SYSTEM) -> int:
    """Make those of the pattern's shifts that are not made yet, as far ahead as shifts are made. Returns how many."""
    end = at + AHEAD
    done = pattern.spread_to
    rows = [
        Shift(
            roster_id=pattern.roster_id,
            person_id=span.person,
            starts=span.starts,
            ends=span.ends,
            deputy=pattern.deputy,
            source=ShiftSource.PATTERN,
            pattern=pattern,
            added_at=at,
            added_by=by.person,
        )
        for span in spread(turns_of(pattern), max(at, done or at), end)
        if done is None or span.starts >= done
    ]
    Shift.objects.bulk_create(rows)
    if rows:
        pattern.spread_to = rows[-1].ends
        pattern.save(update_fields=["spread_to"])
    return len(rows)


def extend_all(at: datetime) -> int:
    """Spread out every pattern that has come near the end of its shifts (the worker does). Returns how many shifts."""
    made = 0
    wanting = RosterPattern.objects.filter(roster__ended_at=None).filter(
        Q(spread_to=None) | Q(spread_to__lt=at + AHEAD - TOP_UP)
    )
    for key in wanting.filter(Q(valid_to=None) | Q(valid_to__gt=at.date())).values_list("pk", flat=True):
        with transaction.atomic():
            pattern = RosterPattern.objects.select_for_update().get(pk=key)
            made += spread_out(pattern, at)
    return made


@one_change
def end_pattern(*, pattern: RosterPattern, on: date, reason: str, by: Who) -> bool:
    """End a pattern with the first handover on or after a day. Its shifts from then on are taken away, swapped ones
    too. Raises Refused."""
    roster = Roster.objects.select_for_update().get(pk=pattern.roster_id)
    rules.check_can_keep(by, roster.actor_id, roster.role)
    row = RosterPattern.objects.select_for_update().get(pk=pattern.pk)
    at = now()
    if row.valid_to is not None and row.valid_to <= on:
        raise Refused(_("The pattern ends before that already."), field="on")
    before = state_of(row)
    row.valid_to = max(on, row.valid_from)
    row.save(update_fields=["valid_to"])
    turns = turns_of(row)
    last = list(spread(turns, at, at + AHEAD * 10))[-1:] if last_turn(turns) else []
    cut = max(last[0].ends if last else at, at)
    for shift in Shift.objects.filter(pattern=row, removed_at=None, starts__gte=cut):
        take_out(shift, by=by, at=at)
    note(register=REGISTER, key=str(roster.pk), by=by, before=before, after=state_of(row), reason=reason)
    return True
