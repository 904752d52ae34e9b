"""Rosters as pages to read: who is on duty everywhere, and one actor's roster."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samlad.base.answers import status
from samlad.base.clock import STOCKHOLM, now
from samlad.registers.history import changes_of
from samlad.registers.http import Request
from samlad.registers.models import Actor, ActorVersion, HandoverNote, Role, Roster, RosterPattern
from samlad.registers.queries import actors_ever, parties, today
from samlad.registers.roster_days import holiday
from samlad.registers.roster_forms import LookForm
from samlad.registers.roster_gaps import RosterGap, roster_gaps
from samlad.registers.roster_queries import OnDuty, monday, on_duty, rosters_kept, shifts_between
from samlad.registers.roster_rules import (
    ROSTER_ROLES,
    kept_roles,
    may_keep,
    may_read_notes,
    may_see_rosters,
    may_write_note,
)
from samlad.registers.roster_swaps import waiting
from samlad.registers.roster_words import gap_words
from samlad.registers.seat_rules import may_see_gaps
from samlad.registers.views import shell

WEEKS: Final = 5


class Duty(msgspec.Struct, frozen=True):
    """A role's roster at a moment: who is on duty, and who comes next."""

    role: str
    roster: Roster
    here: tuple[OnDuty, ...]
    next: OnDuty | None = None


class Day(msgspec.Struct, frozen=True):
    """A day of a roster: the shifts that begin then."""

    day: datetime
    holiday: str
    shifts: tuple[tuple[OnDuty, bool], ...]  # each with whether the reader may change it


class Week(msgspec.Struct, frozen=True):
    """A week of a roster by ISO 8601; the first of a page has the shifts that go on from the week before."""

    number: int
    begins: datetime
    ends: datetime  # its Sunday
    going_on: tuple[tuple[OnDuty, bool], ...]
    days: tuple[Day, ...]


def asked(request: Request) -> tuple[LookForm, datetime, str]:
    """The moment (default: now) and the role (default: all) that the page is asked for."""
    roles = [(role, Role(role).label) for role in ROSTER_ROLES]
    form = LookForm(request.GET, roles=roles) if request.GET else LookForm(roles=roles)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["at"] or now(), form.cleaned_data["role"]
    return form, now(), ""


@require_safe
def rosters(request: Request) -> HttpResponse:
    """/registers/rosters/: who is on duty at every actor, now or at another moment."""
    if not may_see_rosters(request.who):
        raise Http404
    form, at, role = asked(request)
    here: dict[str, list[OnDuty]] = defaultdict(list)
    for one in on_duty(None, at, [role] if role else None):
        here[one.actor].append(one)
    kept: dict[str, list[Roster]] = defaultdict(list)
    for roster in rosters_kept():
        if role in ("", roster.role) and roster.begins <= at:
            kept[roster.actor_id].append(roster)
    actors = parties(at.astimezone(STOCKHOLM).date())
    rows = [(actor, duties(kept[actor.code], here[actor.code])) for actor in actors]
    shown = {
        "form": form,
        "at": at,
        "earlier": bool(request.GET.get("at")),
        "rows": [row for row in rows if row[1]],
        "without": [actor for actor, found in rows if not found],
        "own_code": request.who.actor,
    }
    return render(request, "registers/rosters.html", shell(request) | shown, status=status(form))


def duties(kept: list[Roster], here: list[OnDuty], ahead: list[OnDuty] | None = None) -> list[Duty]:
    """Each role with a roster: who has it, and who has it next; in the usual order of roles."""
    by_role = {roster.role: roster for roster in kept}
    return [
        Duty(
            role,
            by_role[role],
            tuple(one for one in here if one.role == role),
            next((one for one in ahead or () if one.role == role and not one.deputy), None),
        )
        for role in ROSTER_ROLES
        if role in by_role
    ]


@require_safe
def roster(request: Request, code: str) -> HttpResponse:
    """/registers/rosters/<code>/: an actor's roster for some weeks; on top who is on duty now, or at another moment."""
    who = request.who
    if not may_see_rosters(who):
        raise Http404
    actor = get_object_or_404(Actor, code=code)
    form, at, role = asked(request)
    begin = monday(at)
    end = begin + timedelta(weeks=WEEKS)
    shifts = [one for one in shifts_between(code, begin, end) if role in ("", one.role)]
    kept = [one for one in rosters_kept([code]) if role in ("", one.role)]
    here = [one for one in on_duty([code], at) if role in ("", one.role)]
    coming = [one for one in shifts_between(code, at, at + timedelta(weeks=8)) if one.starts > at]
    shown = {
        "actor": actor,
        "title": name_of(code),
        "form": form,
        "role": role,
        "at": at,
        "earlier": bool(request.GET.get("at")),
        "duties": duties(kept, here, coming),
        "weeks": weeks(shifts, begin, lambda one: one.ends > now() and may_keep(who, code, one.role)),
        "back": begin - timedelta(weeks=WEEKS),
        "further": end,
        "kept_roles": kept_roles(who, code),
    } | for_own(request, code, kept)
    return render(request, "registers/roster.html", shell(request) | shown, status=status(form))


def for_own(request: Request, code: str, kept: list[Roster]) -> dict[str, Any]:
    """What an actor's own people see beside the roster, and those who keep it: gaps, notes, patterns, swaps."""
    who = request.who
    keeps = {one.pk for one in kept if may_keep(who, code, one.role)}
    own = who.actor == code or may_see_gaps(who, code)
    notes = HandoverNote.objects.filter(roster__in=[one.pk for one in kept]).select_related("author", "roster")
    patterns = RosterPattern.objects.filter(roster__in=keeps).select_related("roster")
    still = [one for one in patterns if one.valid_to is None or one.valid_to > today()]
    swaps = [one for one in waiting(now()) if one.offered.roster_id in keeps]
    return {
        "gaps": told(roster_gaps([code])) if own else [],
        "notes": notes[:5] if may_read_notes(who, code) else None,
        "may_note": [one.role for one in kept if may_write_note(who, one)],
        "patterns": [(one, [turn.person for turn in one.turns.select_related("person")]) for one in still],
        "swaps": swaps,
        "keeps": keeps,
        "changes": changes_of("rosters", *(str(key) for key in keeps)) if keeps else (),
    }


def told(gaps: tuple[RosterGap, ...]) -> list[tuple[RosterGap, str, bool]]:
    """Gaps in words, with whether each is open now."""
    names = {actor.code: actor.short for actor in actors_ever()}
    return [(gap, gap_words(gap, names), gap.open_at(now())) for gap in gaps]


def name_of(code: str) -> str:
    """An actor's latest name."""
    latest = ActorVersion.objects.filter(actor=code).order_by("-valid_from").first()
    return latest.name if latest else code


def weeks(shifts: list[OnDuty], begin: datetime, may_change: Any) -> list[Week]:
    """The shifts by week and by the day on which they begin; days without any are left out."""
    found = []
    for number in range(WEEKS):
        first = begin + timedelta(weeks=number)
        before = [one for one in shifts if one.starts < first < one.ends] if number == 0 else []
        going_on = tuple((one, may_change(one)) for one in before)
        days = []
        for place in range(7):
            day, after = first + timedelta(days=place), first + timedelta(days=place + 1)
            here = tuple((one, may_change(one)) for one in shifts if day <= one.starts < after)
            red = holiday(day.date())
            if here or red:
                days.append(Day(day, red, here))
        if going_on or any(day.shifts for day in days):
            sunday = first + timedelta(days=6)
            found.append(Week(first.isocalendar().week, first, sunday, going_on, tuple(days)))
    return found
