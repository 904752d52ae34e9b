"""The pages of the three modes: SSR's, each actor's own, and the national state, each with its history."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samlad.activation import states
from samlad.activation.actions.states import set_national_state, set_own_mode
from samlad.activation.forms import Identified, LocalTime, note_field, this_minute
from samlad.activation.queries import Setting, convening, settings
from samlad.activation.rules import OWN_MODE_ROLES, enters_national
from samlad.activation.state_fold import Played
from samlad.activation.state_models import Readiness
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.journal.operations import NotHere, readable
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.queries import actors_ever, parties, person_names, today

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])
OTHER: Final = "-"
ORDINARY: Final = "="
LONGEST_MODE: Final = 60
OPERATIONS: Final = 20  # how many operations the history of SSR's mode looks through


class Row(msgspec.Struct, frozen=True):
    """A line of a history: what was set, in words, and by whom."""

    played: Played
    words: str
    actor: str
    by: str


class SsrRow(msgspec.Struct, frozen=True):
    """A line of the history of SSR's mode: in which operation it was set. Without a setting: it was closed."""

    operation: UUID
    title: str
    actor: str
    setting: Setting


class OwnModeForm(Identified):
    """The actor's own mode: one of its own words, another, or the ordinary."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Our mode"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose one.")},
    )
    other = forms.CharField(
        required=False, max_length=LONGEST_MODE, label=pgettext_lazy("mode", "Another, in your own word")
    )
    since = LocalTime(label=gettext_lazy("From"))
    reason = note_field(rows=2, label=gettext_lazy("Why"), error_messages={"required": gettext_lazy("Say why.")})

    def __init__(self, *args: Any, terms: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        other = (OTHER, pgettext_lazy("mode", "Another"))
        choices = [(ORDINARY, gettext_lazy("Ordinary mode")), *((term, term) for term in terms), other]
        self.fields["mode"].choices = choices  # type: ignore[attr-defined]
        self.fields["since"].initial = this_minute

    def clean(self) -> dict[str, Any]:
        """Another is said in a word."""
        told = super().clean() or {}
        if told.get("mode") == ORDINARY:
            told["mode"] = ""
        if told.get("mode") == OTHER:
            told["mode"] = " ".join(str(told.get("other", "")).split())
            if not told["mode"] and "other" not in self.errors:
                self.add_error("other", _("Write what you call it."))
        return told


class NationalForm(Identified):
    """The national state, and where it was read."""

    state = forms.ChoiceField(
        label=gettext_lazy("National state"),
        choices=Readiness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    since = LocalTime(label=gettext_lazy("From"))
    source = forms.CharField(
        max_length=300,
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Such as the Government's decision, or who told it and how."),
        error_messages={"required": gettext_lazy("Say where it was read, or who told it.")},
    )
    reason = note_field(rows=2, label=gettext_lazy("Why"), error_messages={"required": gettext_lazy("Say why.")})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = this_minute


def in_words(found: Iterable[Played], *, national: bool = False) -> list[Row]:
    """Lines of a history with names in them."""
    rows = list(found)
    names, actors = person_names({row.author for row in rows}), {one.code: one.short for one in actors_ever()}
    ordinary = _("Ordinary mode")
    return [
        Row(
            row,
            str(Readiness(row.what).label) if national else row.what or ordinary,
            actors.get(row.actor, row.actor),
            names.get(row.author, ""),
        )
        for row in rows
    ]


def other_modes(page: OperationPage, who: Who) -> dict[str, Any]:
    """For an operation's page: the actors' own modes and the national state as they were at its moment, and where they
    are set; those of an exercise are its own."""
    held, basics = states.holding(page, who), page.basics
    taking_part = basics.participants.keys() | set(basics.observers)
    now_shown = page.at is None and not basics.closed_at and not basics.replayed
    sets_own, enters = bool(who.roles & OWN_MODE_ROLES), enters_national(who, basics.convening)
    own, national = ("played_own", "played_national") if basics.exercise else ("mode_own", "mode_national")
    where = [page.operation.id] if basics.exercise else []
    return {
        "own_modes": in_words(one for actor, one in held.raised.items() if actor in taking_part),
        "national": in_words([held.national], national=True)[0] if held.national else None,
        "set_own_url": reverse(own, args=where) if now_shown and sets_own and who.actor in basics.participants else "",
        "set_national_url": reverse(national, args=where) if now_shown and enters else "",
    }


def ssr_history(who: Who) -> list[SsrRow]:
    """How SSR's mode has been set in the latest live operations that the reader may know of, newest first."""
    found: list[SsrRow] = []
    for row in readable(who).filter(exercise=False)[:OPERATIONS]:
        state = basics(row.id, who)
        if state.replayed:
            continue
        told = settings(row.id, who)
        if not any(one.mode == "activated" for one in told):
            continue  # ordinary all the time: it changed nothing
        found += [SsrRow(row.id, state.title, state.short(one.actor), one) for one in told]
        if state.closed_at:
            ended = Setting(state.closed_at, state.closed_by, "ordinary", (), state.closed_reason)
            found.append(SsrRow(row.id, state.title, state.short(state.closed_by), ended))
    return sorted(found, key=lambda one: one.setting.at, reverse=True)


@require_safe
def mode(request: Request) -> HttpResponse:
    """GET /mode/: the three modes as they are, and the history of each. What is played in exercises is not here."""
    who = request.who
    if not who.actor:
        raise Http404
    held = states.live(now())
    context = {
        "activated": [(id, basics(id, who).title) for id in states.activated(who)],
        "national": in_words([held.national], national=True)[0] if held.national else None,
        "raised": in_words(held.raised.values()),
        "ssr": ssr_history(who),
        "own": in_words(states.own_history()),
        "national_history": in_words(states.national_history(), national=True),
        "may_set_own": may_set_own(who),
        "may_set_national": enters_national(who, convening(parties(today()))),
    }
    return render(request, "activation/modes.html", context)


def may_set_own(who: Who) -> bool:
    """Whether somebody sets the mode of their actor, which is a party."""
    return bool(who.roles & OWN_MODE_ROLES) and any(one.code == who.actor for one in parties(today()))


@READ_OR_WRITE
def mode_own(request: Request) -> HttpResponse:
    """GET and POST /mode/own/: for the duty officers and chiefs of the parties."""
    if not may_set_own(request.who):
        raise Http404
    held = states.live(now()).modes.get(request.who.actor)
    return own_form(request, held, reverse("mode"), None)


@READ_OR_WRITE
def mode_national(request: Request) -> HttpResponse:
    """GET and POST /mode/national/: for RSK, the secretariat and the convening duty officer."""
    if not enters_national(request.who, convening(parties(today()))):
        raise Http404
    return national_form(request, states.live(now()).national, reverse("mode"), None)


@READ_OR_WRITE
def played_own(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/own-mode/: an actor's own mode in an exercise, and in it only."""
    page = exercise_page(request, operation)
    if not request.who.roles & OWN_MODE_ROLES or request.who.actor not in page.basics.participants:
        raise NotHere
    held = states.played(operation, request.who).modes.get(request.who.actor)
    return own_form(request, held, reverse("situation", args=[operation]), page)


@READ_OR_WRITE
def played_national(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/national-state/: the national state that is played in an exercise."""
    page = exercise_page(request, operation)
    if not enters_national(request.who, page.basics.convening):
        raise NotHere
    held = states.played(operation, request.who).national
    return national_form(request, held, reverse("situation", args=[operation]), page)


def exercise_page(request: Request, operation: UUID) -> OperationPage:
    """The page of an exercise that goes on. Raises NotHere for every other operation."""
    page = operation_page(operation, request.who, {})
    if not page.basics.exercise or page.basics.replayed or page.basics.closed_at:
        raise NotHere
    return page


def own_form(request: Request, held: Played | None, back: str, page: OperationPage | None) -> HttpResponse:
    """The form of the own mode, and what it does."""
    who, operation = request.who, page.operation.id if page else None
    terms = states.terms_of(who.actor)
    sent = request.POST if request.method == "POST" else None
    form = OwnModeForm(sent, terms=terms, initial={"mode": (held and held.what) or ORDINARY})
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("mode", "reason", "since", "id")}
        if attempt(form, lambda: set_own_mode(by=who, operation=operation, **told)):
            messages.success(request, _("Your actor's mode is set."))
            return redirect(back)
    names = {one.code: one.short for one in parties(today())}
    shown = {"form": form, "back": back, "held": held, "actor": names.get(who.actor, who.actor)}
    return answered(request, "mode_own", shown, page, form)


def national_form(request: Request, held: Played | None, back: str, page: OperationPage | None) -> HttpResponse:
    """The form of the national state, and what it does."""
    who, operation = request.who, page.operation.id if page else None
    sent = request.POST if request.method == "POST" else None
    form = NationalForm(sent, initial={"state": held.what if held else states.NORMAL})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        if attempt(form, lambda: set_national_state(by=who, operation=operation, **told)):
            messages.success(request, _("The national state is entered."))
            return redirect(back)
    return answered(request, "mode_national", {"form": form, "back": back, "held": held}, page, form)


def answered(
    request: Request, name: str, shown: dict[str, Any], page: OperationPage | None, form: forms.Form
) -> HttpResponse:
    """The form on a page of its own, within the exercise where it is of one."""
    context = (page.context() if page else {}) | shown | {"shell": shell_of(page)}
    return render(request, f"activation/{name}.html", context, status=status(form))


def shell_of(page: OperationPage | None) -> str:
    """The template that the page extends."""
    return "journal/operation.html" if page else "base/page.html"
