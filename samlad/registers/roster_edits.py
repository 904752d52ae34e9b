"""Changing rosters, as pages. 404 for who may not keep the roster."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.registers import roster_actions as actions
from samlad.registers import roster_patterns as patterns
from samlad.registers.edits import READ_OR_WRITE, changing
from samlad.registers.http import Request
from samlad.registers.models import Actor, Person, Role, Roster, RosterPattern, Shift
from samlad.registers.queries import today
from samlad.registers.roster_forms import EndForm, NoteForm, PatternForm, RosterForm, ShiftForm, ShortReason
from samlad.registers.roster_pages import name_of
from samlad.registers.roster_rules import holders, may_keep, may_write_note
from samlad.registers.roster_turns import Turns
from samlad.registers.views import shell


def check_keeper(request: Request, code: str, role: str) -> None:
    """Raises Http404 where the reader does not keep this roster, or there can't be one."""
    if not may_keep(request.who, code, role) or not Actor.objects.filter(code=code).exists():
        raise Http404


def back_to(code: str) -> str:
    """The roster's page."""
    return reverse("registers_roster", args=[code])


def words_of(code: str, role: str) -> dict[str, Any]:
    """Which roster a page is about."""
    return {"actor": name_of(code), "role": Role(role).label}


def chosen(form: ShiftForm) -> Person:
    """The person chosen in the form."""
    return form.people[form.cleaned_data["person"]]


@READ_OR_WRITE
def shift_new(request: Request, code: str, role: str) -> HttpResponse:
    """/registers/rosters/<code>/<role>/shifts/new/: put somebody on duty."""
    check_keeper(request, code, role)
    form = ShiftForm(request.POST or None, people=holders(code, role))

    def do() -> bool:
        typed = form.cleaned_data
        span = (typed["starts"], typed["ends"])
        given = {"deputy": typed["deputy"], "reason": typed["reason"], "by": request.who}
        actions.add_shift(actor=code, role=role, person=chosen(form), span=span, **given)
        return True

    title = _("New shift: %(role)s, %(actor)s") % words_of(code, role)
    return changing(request, form, do, title=title, back=back_to(code))


def kept_shift(request: Request, shift: UUID) -> Shift:
    """A shift that stands and that this reader may change. Raises Http404."""
    row = get_object_or_404(Shift.objects.select_related("roster", "person"), pk=shift)
    if not may_keep(request.who, row.roster.actor_id, row.roster.role) or row.removed_at or row.ends <= now():
        raise Http404
    return row


@READ_OR_WRITE
def shift_edit(request: Request, shift: UUID) -> HttpResponse:
    """/registers/shifts/<shift>/: give it to another, or another time."""
    row = kept_shift(request, shift)
    code, role = row.roster.actor_id, row.roster.role
    people = {person.pk: person for person in [row.person, *holders(code, role)]}.values()
    initial = {"person": row.person_id, "starts": row.starts, "ends": row.ends, "deputy": row.deputy}
    form = ShiftForm(request.POST or None, people=people, begun=row.starts <= now(), initial=initial)

    def do() -> bool:
        typed = form.cleaned_data
        span = (typed.get("starts", row.starts), typed["ends"])
        given = {"deputy": typed["deputy"], "reason": typed["reason"], "by": request.who}
        return actions.change_shift(shift=row, person=chosen(form), span=span, **given)

    title = _("Change a shift: %(role)s, %(actor)s") % words_of(code, role)
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, do)
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing had changed."))
            return redirect(back_to(code))
    shown = {"form": form, "title": title, "back": back_to(code), "shift": row}
    return render(request, "registers/shift_edit.html", shell(request) | shown, status=status(form))


@READ_OR_WRITE
def shift_remove(request: Request, shift: UUID) -> HttpResponse:
    """/registers/shifts/<shift>/remove/: take it away; one that is under way ends now."""
    row = kept_shift(request, shift)
    form = ShortReason(request.POST or None)
    title = _("Take a shift away: %(person)s") % {"person": row.person.name}
    back = back_to(row.roster.actor_id)

    def do() -> bool:
        return actions.remove_shift(shift=row, reason=form.cleaned_data["reason"], by=request.who)

    return changing(request, form, do, title=title, back=back)


@READ_OR_WRITE
def pattern_new(request: Request, code: str, role: str) -> HttpResponse:
    """/registers/rosters/<code>/<role>/patterns/new/: people who take turns."""
    check_keeper(request, code, role)
    initial = {"valid_from": today(), "handover": "08:00"}
    form = PatternForm(request.POST or None, people=holders(code, role), initial=initial)

    def do() -> bool:
        typed = form.cleaned_data
        names = ("weekday", "handover", "weeks", "on_holiday", "valid_from", "valid_to")
        turns = Turns(people=tuple(typed["people"]), **{name: typed[name] for name in names})
        given = {"deputy": typed["deputy"], "reason": typed["reason"], "by": request.who}
        patterns.add_pattern(actor=code, role=role, turns=turns, **given)
        return True

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, _("Saved. Shifts are made for half a year ahead; later ones follow."))
        return redirect(back_to(code))
    title = _("New recurring pattern: %(role)s, %(actor)s") % words_of(code, role)
    shown = {"form": form, "title": title, "back": back_to(code)}
    return render(request, "registers/pattern_edit.html", shell(request) | shown, status=status(form))


@READ_OR_WRITE
def pattern_end(request: Request, pattern: UUID) -> HttpResponse:
    """/registers/patterns/<pattern>/end/: it ends with a handover."""
    row = get_object_or_404(RosterPattern.objects.select_related("roster"), pk=pattern)
    code, role = row.roster.actor_id, row.roster.role
    if not may_keep(request.who, code, role) or (row.valid_to is not None and row.valid_to <= today()):
        raise Http404
    form = EndForm(request.POST or None, initial={"on": today()})

    def do() -> bool:
        typed = form.cleaned_data
        return patterns.end_pattern(pattern=row, on=typed["on"], reason=typed["reason"], by=request.who)

    title = _("End a recurring pattern: %(role)s, %(actor)s") % words_of(code, role)
    return changing(request, form, do, title=title, back=back_to(code))


@READ_OR_WRITE
def roster_edit(request: Request, code: str, role: str) -> HttpResponse:
    """/registers/rosters/<code>/<role>/settings/: what is expected of the roster."""
    check_keeper(request, code, role)
    row = get_object_or_404(Roster, actor=code, role=role)
    form = RosterForm(request.POST or None, initial={"round_clock": row.round_clock, "ended": row.ended_at is not None})

    def do() -> bool:
        return actions.keep_roster(roster=row, by=request.who, **form.cleaned_data)

    title = _("About the roster: %(role)s, %(actor)s") % words_of(code, role)
    return changing(request, form, do, title=title, back=back_to(code))


@READ_OR_WRITE
def handover_new(request: Request, code: str, role: str) -> HttpResponse:
    """/registers/rosters/<code>/<role>/notes/new/: leave a note to whoever comes on duty next."""
    row = get_object_or_404(Roster, actor=code, role=role)
    if not may_write_note(request.who, row):
        raise Http404
    form = NoteForm(request.POST or None)

    def do() -> bool:
        return bool(actions.leave_note(roster=row, text=form.cleaned_data["text"], by=request.who))

    title = _("Handover note: %(role)s, %(actor)s") % words_of(code, role)
    return changing(request, form, do, title=title, back=back_to(code))
