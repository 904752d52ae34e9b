"""For which actors a session may speak: it depends on how the person signed in.

- By an identity provider: for its actors only, and for those to which one of them has lent the person. A provider that
  somebody has broken into can then not speak for another actor.
- Otherwise: not for actors whose people sign in by their provider only, unless the glass is broken.

A wall screen has a token of its own and is left alone.
"""

from collections.abc import Callable
from typing import Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from samlad.accounts.federation import Provider
from samlad.accounts.models import BrokenGlass
from samlad.base.clock import now
from samlad.registers.http import Request
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.models import Seat
from samlad.registers.queries import SeatView, holds_on, seats_of, speaking, today

SESSION_PROVIDER: Final = "federation"
"""Session key: the id of the identity provider that the person signed in by."""
SESSION_GLASS: Final = "broken_glass"
"""Session key: the BrokenGlass that this session stands on."""


def within_sign_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Narrow `request.seats` and `request.who` to what the session may speak for. No query where nothing is narrowed.

    Whoever is left without a seat is led from the home page to where it says why.
    """

    def answer(plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        held = request.seats
        if held and not request.user.screen:
            request.seats = speakable(request, held)
            if request.seats != held:
                request.who = speaking(request.user, request.seats, request.session.get(SESSION_ACTOR, ""))
            if not request.seats and request.path == reverse("home"):
                return redirect("break_glass")
        return get_response(request)

    return answer


def speakable(request: Request, held: tuple[SeatView, ...]) -> tuple[SeatView, ...]:
    """The seats, of those that the person holds, that this session may speak from."""
    signed_in_by = request.session.get(SESSION_PROVIDER)
    if signed_in_by is not None:
        provider = settings.FEDERATION.get(signed_in_by)
        return of_provider(provider, held) if provider is not None else ()
    closed = settings.FEDERATION.only
    if not closed or not any(seat.actor in closed for seat in held):
        return held
    glass = glass_of(request)
    opened = named_seats(request, glass) if glass is not None else set()
    return tuple(seat for seat in held if seat.actor not in closed or (seat.actor, seat.role) in opened)


def of_provider(provider: Provider, held: tuple[SeatView, ...]) -> tuple[SeatView, ...]:
    """The seats a provider can vouch for: at its actors, and those that its actors have lent the person to."""
    actors, lent = set(provider.actors), set[tuple[str, str]]()
    if held and any(seat.actor not in actors for seat in held):
        rows = Seat.objects.filter(holds_on(today()), person=held[0].person, lender__in=provider.actors)
        lent = set(rows.values_list("actor", "role"))
    return tuple(seat for seat in held if seat.actor in actors or (seat.actor, seat.role) in lent)


def narrowed(request: Request) -> bool:
    """Whether the session is a provider's that can't vouch for all the seats the person holds."""
    if SESSION_PROVIDER not in request.session:
        return False
    return set(request.seats) != set(seats_of(request.user.key))


def glass_of(request: Request) -> BrokenGlass | None:
    """The break-glass sign-in that this session stands on, while it lasts and its seats do."""
    id = request.session.get(SESSION_GLASS)
    if id is None:
        return None
    found = BrokenGlass.objects.filter(pk=id, person=request.user, ended_at=None, until__gt=now()).first()
    if found is None:
        return None
    found.actors = sorted({actor for actor, _role in named_seats(request, found)})
    return found


def named_seats(request: Request, glass: BrokenGlass) -> set[tuple[str, str]]:
    """The seats that a broken glass lets somebody speak from: those named for it today, actor and role."""
    named = Seat.objects.filter(holds_on(today()), person=request.user, emergency=True, actor__in=glass.actors)
    return set(named.values_list("actor", "role"))
