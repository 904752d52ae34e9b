"""Who is speaking, on every request."""

from collections.abc import Callable
from typing import Final, cast

from django.http import HttpRequest, HttpResponse

from samlad.journal.who import NOBODY
from samlad.registers.http import Request
from samlad.registers.queries import seats_of, speaking

SESSION_ACTOR: Final = "actor"
"""Session key: the code of the actor the person chose to speak for."""


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
        return get_response(request)

    return answer
