"""A person's own sign-in as one page: factors, sessions and history; where a new person sets it up; ending sessions."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samlad.accounts import factors, sessions
from samlad.accounts.history import before_this, latest
from samlad.accounts.middleware import while_weak
from samlad.accounts.session_seats import narrowed
from samlad.accounts.strength import strong_enough
from samlad.registers.http import Request
from samlad.registers.models import Person
from samlad.registers.signing_in import safe_next

GOING: Final = "set_up_next"
"""Session key: where somebody was going when they were led to set up their sign-in."""
NOT_FOR_ALL: Final = _(
    "You are signed in by one of your organisations, and have roles elsewhere too. Sign in with a passkey or a password"
    " to add a way to sign in, or ask your administrator."
)


def for_people(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a view from wall screens, which have no sign-in of their own: not there for them."""

    @wraps(view)
    def kept(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.screen:
            raise Http404
        return view(request, *args, **kwargs)

    return kept


def signed_in_for_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a view that makes a new way to sign in from sessions of an identity provider that can't vouch for all of the
    person's seats: whoever has broken into it would get a way to the others."""

    @wraps(view)
    def kept(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if narrowed(request):
            messages.error(request, NOT_FOR_ALL)
            return redirect("account")
        return view(request, *args, **kwargs)

    return kept


@require_safe
@never_cache
@for_people
def account(request: Request) -> HttpResponse:
    """My sign-in: what I sign in with, where I am signed in, and when somebody tried."""
    own = factors.all_of(request.user)
    shown = {
        "factors": own,
        "has_password": request.user.has_usable_password(),
        "sessions": sessions.open_sessions(request.user, request.session.session_key),
        "history": latest(request.user),
        "last_time": before_this(request.user),
        "strong_needed": settings.SAMLAD_SIGN_IN == "strong",
        "may_remove_codes": may_do_without(own, own.codes is not None),
    }
    return render(request, "accounts/account.html", shown)


def may_do_without(own: factors.Factors, exists: bool) -> bool:
    """Whether one factor can be taken away: where sign-in must be strong, something must be left."""
    return exists and (settings.SAMLAD_SIGN_IN != "strong" or len(own.passkeys) + (own.codes is not None) > 1)


@while_weak
@require_safe
@never_cache
@for_people
def set_up(request: Request) -> HttpResponse:
    """Where somebody without a strong sign-in is led: a passkey, or a password and one-time codes."""
    own = factors.all_of(request.user)
    if strong_enough(request) and own.any:
        return redirect(safe_next(request))
    if "next" in request.GET:
        request.session[GOING] = safe_next(request)
    shown = {
        "factors": own,
        "has_password": request.user.has_usable_password(),
        "must": not strong_enough(request),
        "going": request.session.get(GOING, reverse("home")),
    }
    return render(request, "accounts/set_up.html", shown)


def welcome(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign somebody in who has just accepted an invitation, and lead them to set up their sign-in.

    The invitation alone is never a strong sign-in: nothing else can be reached before a passkey, or a password and
    one-time codes, have been set up. Whoever has a second factor already is asked for it.
    """
    record_authentication(request, person, method="invitation")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=reverse("account_set_up")))
    return answer


@require_POST
@for_people
def sessions_end(request: Request) -> HttpResponse:
    """End one of my sessions (`session`), or all but this one."""
    chosen = request.POST.get("session", "")
    ids = [int(chosen)] if chosen.isdecimal() and len(chosen) < 19 else [] if chosen else None
    ended = sessions.end(request.user, ids, but=request.session.session_key)
    messages.success(
        request, ngettext("%(n)s session has been ended.", "%(n)s sessions have been ended.", ended) % {"n": ended}
    )
    return redirect(reverse("account") + "#sessions")
