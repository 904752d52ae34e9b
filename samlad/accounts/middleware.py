"""A session that is not strong enough leads nowhere but to where it can be made so."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from samlad.accounts import sessions
from samlad.accounts.strength import left_behind, strong_enough
from samlad.base.answers import GetResponse

View = TypeVar("View", bound=Callable[..., Any])


def while_weak(view: View) -> View:
    """Mark a view that somebody may reach whose sign-in is not strong yet."""
    view.while_weak = True  # type: ignore[attr-defined]  # read below
    return view


def strong_sign_in(get_response: GetResponse) -> GetResponse:
    """Lead whoever has only given a password to set up a second factor, before anything else. No query; a write in ten
    minutes, so that a session's owner sees where it is used. A session that has lasted too long ends here, and so does
    a weak one whose owner has set up a second factor elsewhere meanwhile: it must not set up one of its own.

    What is sent is refused with 403 rather than redirected: form.js then keeps what was written.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated and (not sessions.seen(request) or left_behind(request)):
            logout(request)
            return redirect_to_login(request.get_full_path())
        open_to_all = getattr(view, "while_weak", False) or not getattr(view, "login_required", True)
        if open_to_all or strong_enough(request) or not request.user.is_authenticated:
            return None
        if request.method in ("GET", "HEAD"):
            return redirect(f"{reverse('account_set_up')}?{urlencode({'next': request.get_full_path()})}")
        return render(request, "accounts/not_strong.html", status=403)

    answer.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it
    return answer
