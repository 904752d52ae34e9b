"""Forms for actors and areas as pages: each read, acted on and answered. 404 for who may not change registers.

People and their seats are changed in people_edits.py.
"""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samlad.base.answers import attempt, status
from samlad.registers import actions
from samlad.registers.forms import ActorForm, PopulationForm, VersionForm
from samlad.registers.history import VERSION_FIELDS, snapshot
from samlad.registers.http import Request
from samlad.registers.models import Actor, ActorVersion, Area, Population
from samlad.registers.queries import today
from samlad.registers.rules import may_edit
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def check_editor(request: Request) -> None:
    if not may_edit(request.who):
        raise Http404


def changing(
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
    check_editor(request)
    form = ActorForm(request.POST or None, initial={"valid_from": today()})

    def do() -> bool:
        version = form.fill(ActorVersion(actor_id=form.cleaned_data["code"]))
        return actions.add_actor(version=version, reason=form.cleaned_data["reason"], by=request.who)

    def done() -> str:
        return reverse("registers_actor", args=[form.cleaned_data["code"]])

    return changing(request, form, do, title=_("New actor"), back=reverse("registers_actors"), done=done)


@READ_OR_WRITE
def actor_version_new(request: Request, code: str) -> HttpResponse:
    """A new version of an actor, such as a new name; the one open until now ends where it begins."""
    check_editor(request)
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

    return changing(request, form, do, title=_("New version"), back=reverse("registers_actor", args=[code]))


@READ_OR_WRITE
def actor_edit(request: Request, code: str, version: int) -> HttpResponse:
    """Change a version: put right what is wrong in it, or end it."""
    check_editor(request)
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
    return changing(request, form, do, title=_("Change a version"), back=back, stamp=stamp)


@READ_OR_WRITE
def population_new(request: Request, code: str) -> HttpResponse:
    """A population figure for an area."""
    check_editor(request)
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
    return changing(request, form, do, title=title, back=reverse("registers_area", args=[code]))
