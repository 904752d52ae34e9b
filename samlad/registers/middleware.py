"""Who is speaking, on every request."""

from collections.abc import Callable
from typing import Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from samlad.journal.who import NOBODY
from samlad.registers.http import Request
from samlad.registers.queries import seats_of, speaking

SESSION_ACTOR: Final = "actor"
"""Session key: the code of the actor the person chose to speak for."""
SESSION_MOVED: Final = "moved_to"
"""Session key: the address somebody is sent back to after they chose for whom to speak, until they have been there."""


def who(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.who` and `request.seats` from the seats held today. One query when signed in, none otherwise.

    Seats are read on each request: one that has ended gives nothing from then on, whatever the session remembers.
    """

    def answer(plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        request.who, request.seats = NOBODY, ()
        if request.user.is_authenticated:
            request.seats = seats_of(request.user.key)
            request.who = speaking(request.user, request.seats, request.session.get(SESSION_ACTOR, ""))
        return back_or_home(request, get_response(request))

    return answer


def back_or_home(request: Request, response: HttpResponse) -> HttpResponse:
    """Home, with a word, when the page somebody was on is not for the actor they have just chosen to speak for."""
    moved = request.session.get(SESSION_MOVED) if request.user.is_authenticated else None
    if moved is None or moved != request.get_full_path():
        return response
    del request.session[SESSION_MOVED]
    if response.status_code not in (403, 404):
        return response
    messages.info(request, _("The page you were on is not for the actor you speak for now."))
    return redirect("home")
