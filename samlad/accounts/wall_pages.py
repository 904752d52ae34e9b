"""Wall screens as pages: an actor's list, making one, its link, revoking it, and opening it on the wall."""

from collections.abc import Callable
from typing import Final, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samlad.accounts import walls
from samlad.accounts.again import confirmed_recently
from samlad.accounts.invitations import actor_name
from samlad.accounts.middleware import while_weak
from samlad.accounts.models import Screen
from samlad.accounts.walls import Opening
from samlad.base.answers import attempt, status
from samlad.registers.http import Request
from samlad.registers.models import Actor
from samlad.registers.queries import person_names
from samlad.registers.views import shell

Done = TypeVar("Done")
READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


class ScreenForm(forms.Form):
    """What a screen is called."""

    name = forms.CharField(
        max_length=80,
        label=_("What the screen is called"),
        help_text=_("Where it hangs, such as: Wall screen, Nacka control room."),
    )


@READ_OR_WRITE
def screens(request: Request, code: str) -> HttpResponse:
    """An actor's wall screens, and a form for one more, which asks who one is before it makes it."""
    return _making(request, code) if request.method == "POST" else _screens(request, code)


def _screens(request: Request, code: str) -> HttpResponse:
    get_object_or_404(Actor, code=code)
    if not walls.may_make(request.who, code):
        raise Http404
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: walls.make_screen(name=form.cleaned_data["name"], actor=code, by=request.who))
        if made is not None:
            return _link(request, made)
    rows = list(walls.screens_of(code))
    names = person_names(row.made_by for row in rows)
    shown = {"form": form, "code": code, "actor": actor_name(code)}
    shown["rows"] = [(row, names.get(row.made_by, "")) for row in rows]
    return render(request, "accounts/screens.html", shell(request) | shown, status=status(form))


_making: Final = confirmed_recently(_screens)


def _link(request: Request, made: Opening) -> HttpResponse:
    back = reverse("screens", args=[made.screen.actor_id])
    shown = {"screen": made.screen, "link": made.link, "back": back}
    answer = render(request, "accounts/screen_link.html", shell(request) | shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@confirmed_recently
def screen_link(request: Request, screen: int) -> HttpResponse:
    """A new link for a screen, which signs out whatever is open."""
    row = _own(request, screen)
    if request.method != "POST":  # asked by `again` whether this reader may, before it asks who they are
        return HttpResponseNotAllowed(["POST"])
    made = _done(request, lambda: walls.new_link(row, by=request.who))
    return _link(request, made) if made is not None else redirect("screens", row.actor_id)


@require_POST
def screen_end(request: Request, screen: int) -> HttpResponse:
    """Revoke a screen."""
    row = _own(request, screen)
    if _done(request, lambda: walls.end_screen(row, by=request.who)):
        messages.success(request, _("%(screen)s has been revoked and is signed out.") % {"screen": row.person.name})
    return redirect("screens", row.actor_id)


def _own(request: Request, screen: int) -> Screen:
    row = get_object_or_404(Screen.objects.select_related("person"), pk=screen)
    if not walls.may_make(request.who, row.actor_id):
        raise Http404
    return row


def _done(request: Request, do: Callable[[], Done]) -> Done | None:
    """Do it; what is refused is told on the next page."""
    form = forms.Form(request.POST)
    found = attempt(form, do) if form.is_valid() else None
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return found


@login_not_required
@while_weak
@never_cache
@READ_OR_WRITE
def screen_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a screen, opened on the wall: a button makes this browser the screen."""
    screen = walls.to_open(token)
    if screen is None:
        return render(request, "accounts/invitation_gone.html", {"sentence": walls.GONE}, status=404)
    form = forms.Form(request.POST)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: walls.open_screen(token, request)):
            return redirect("wall")
        return render(request, "accounts/invitation_gone.html", {"sentence": walls.GONE}, status=409)
    shown = {"screen": screen, "actor": actor_name(screen.actor_id)}
    return render(request, "accounts/screen_open.html", shown)
