"""The registers' forms as pages: each read, acted on and answered. 404 for readers who may not change registers."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samlad.base.answers import attempt, status
from samlad.registers import actions
from samlad.registers.forms import (
    ActorForm,
    EndSeatForm,
    PasswordForm,
    PersonForm,
    PopulationForm,
    SeatForm,
    VersionForm,
)
from samlad.registers.history import PERSON_FIELDS, VERSION_FIELDS, snapshot
from samlad.registers.http import Request
from samlad.registers.models import Actor, ActorVersion, Area, Person, Population, Seat
from samlad.registers.queries import today
from samlad.registers.rules import is_administrator, may_edit
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def _check_editor(request: Request) -> None:
    if not may_edit(request.who):
        raise Http404


def _answer(
    request: Request,
    form: forms.Form,
    do: Callable[[], bool],
    *,
    title: str | Promise,
    back: str,
    done: Callable[[], str] | None = None,
    stamp: str = "",
) -> HttpResponse:
    """Show the form, or do it and go to `done`; `back` (the default of `done`) is where it was opened from.

    `stamp` is of what is stored now: after a refusal the form carries it, so that saving again is a decision.
    """
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, do)
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing had changed."))
            return redirect(done() if done else back)
        if stamp:
            form.data = {**request.POST.dict(), "seen": stamp}
    shown = shell(request) | {"form": form, "title": title, "back": back}
    return render(request, "registers/edit.html", shown, status=status(form))


@READ_OR_WRITE
def actor_new(request: Request) -> HttpResponse:
    """A new actor and its first version."""
    _check_editor(request)
    form = ActorForm(request.POST or None, initial={"valid_from": today()})

    def do() -> bool:
        version = form.fill(ActorVersion(actor_id=form.cleaned_data["code"]))
        return actions.add_actor(version=version, reason=form.cleaned_data["reason"], by=request.who)

    def done() -> str:
        return reverse("registers_actor", args=[form.cleaned_data["code"]])

    return _answer(request, form, do, title=_("New actor"), back=reverse("registers_actors"), done=done)


@READ_OR_WRITE
def actor_version_new(request: Request, code: str) -> HttpResponse:
    """A new version of an actor, such as a new name; the one open until now ends where it begins."""
    _check_editor(request)
    actor = get_object_or_404(Actor, code=code)
    latest = actor.versions.order_by("-valid_from").first()
    initial = {"valid_from": today()}
    if latest is not None:
        initial |= {name: getattr(latest, name) for name in ("name", "short_name", "category", "area", "convening")}
    form = VersionForm(request.POST or None, initial=initial)

    def do() -> bool:
        version = form.fill(ActorVersion(actor=actor))
        reason = form.cleaned_data["reason"]
        return actions.save_version(version=version, reason=reason, by=request.who, follow_on=True)

    return _answer(request, form, do, title=_("New version"), back=reverse("registers_actor", args=[code]))


@READ_OR_WRITE
def actor_edit(request: Request, code: str, version: int) -> HttpResponse:
    """Change a version: put right what is wrong in it, or end it."""
    _check_editor(request)
    row = get_object_or_404(ActorVersion, actor=code, pk=version)
    stored = snapshot(row, VERSION_FIELDS)
    stamp = actions.stamp(stored)
    initial = {name: getattr(row, name) for name in VERSION_FIELDS} | {"seen": stamp}
    form = VersionForm(request.POST or None, initial=initial)

    def do() -> bool:
        values = form.cleaned_data
        return actions.save_version(
            version=form.fill(row), reason=values["reason"], by=request.who, seen=values["seen"]
        )

    back = reverse("registers_actor", args=[code])
    return _answer(request, form, do, title=_("Change a version"), back=back, stamp=stamp)


@READ_OR_WRITE
def population_new(request: Request, code: str) -> HttpResponse:
    """A population figure for an area."""
    _check_editor(request)
    area = get_object_or_404(Area, code=code)
    form = PopulationForm(request.POST or None)

    def do() -> bool:
        values = form.cleaned_data
        figure = Population(
            area=area,
            on_date=values["on_date"],
            edition=values["edition"],
            figure=values["figure"],
            source=values["source"],
        )
        return actions.save_population(population=figure, reason=values["reason"], by=request.who)

    title = _("New population figure for %(area)s") % {"area": area.name}
    return _answer(request, form, do, title=title, back=reverse("registers_area", args=[code]))


@READ_OR_WRITE
def person_new(request: Request) -> HttpResponse:
    """A new person; seats and a password are given on their page."""
    _check_editor(request)
    form = PersonForm(request.POST or None)
    person = Person()

    def do() -> bool:
        return actions.save_person(person=form.fill(person), reason=form.cleaned_data["reason"], by=request.who)

    done = reverse("registers_person", args=[person.key])
    return _answer(request, form, do, title=_("New person"), back=reverse("registers_people"), done=lambda: done)


@READ_OR_WRITE
def person_edit(request: Request, key: str) -> HttpResponse:
    """Change a person's name, address, or whether they may sign in."""
    _check_editor(request)
    person = get_object_or_404(Person, key=key)
    stamp = actions.stamp(snapshot(person, PERSON_FIELDS))
    initial = {name: getattr(person, name) for name in PERSON_FIELDS} | {"seen": stamp}
    form = PersonForm(request.POST or None, initial=initial)

    def do() -> bool:
        values = form.cleaned_data
        return actions.save_person(
            person=form.fill(person), reason=values["reason"], by=request.who, seen=values["seen"]
        )

    back = reverse("registers_person", args=[key])
    return _answer(request, form, do, title=_("Change a person"), back=back, stamp=stamp)


@READ_OR_WRITE
def seat_new(request: Request, key: str) -> HttpResponse:
    """Give a person a role at an actor."""
    _check_editor(request)
    person = get_object_or_404(Person, key=key)
    form = SeatForm(request.POST or None, initial={"valid_from": today()})

    def do() -> bool:
        values = form.cleaned_data
        days = {"valid_from": values["valid_from"], "valid_to": values["valid_to"]}
        seat = Seat(person=person, actor_id=values["actor"], role=values["role"], **days)
        return actions.save_seat(seat=seat, reason=values["reason"], by=request.who)

    title = _("New role for %(person)s") % {"person": person.name}
    return _answer(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@READ_OR_WRITE
def seat_end(request: Request, key: str, seat: int) -> HttpResponse:
    """End a person's role at an actor."""
    _check_editor(request)
    row = get_object_or_404(Seat.objects.select_related("person"), person=key, pk=seat)
    form = EndSeatForm(request.POST or None, initial={"on": today()})

    def do() -> bool:
        values = form.cleaned_data
        return actions.end_seat(seat=row, on=values["on"], reason=values["reason"], by=request.who)

    shown = {"role": row.get_role_display(), "person": row.person.name}
    title = _("End: %(role)s, %(person)s") % shown
    return _answer(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@sensitive_post_parameters()
@READ_OR_WRITE
def password(request: Request, key: str) -> HttpResponse:
    """Set somebody's password; administrators only."""
    if not is_administrator(request.who):
        raise Http404
    person = get_object_or_404(Person, key=key)
    form = PasswordForm(request.POST or None)

    def do() -> bool:
        actions.set_password(person=person, password=form.cleaned_data["password"], by=request.who)
        return True

    title = _("New password for %(person)s") % {"person": person.name}
    return _answer(request, form, do, title=title, back=reverse("registers_person", args=[key]))
