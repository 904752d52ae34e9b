"""Which acts are asked to be confirmed, wherever they are done: by who did not sign in within the last ten minutes.

A room's own pages can carry `confirmed_recently` themselves; those of rooms below sign-in, which do not know of it, and
those where it depends on what is sent, stand here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from samlad.accounts.again import confirmed_recently
from samlad.base.answers import GetResponse
from samlad.registers.models import Person

ADMINISTERING: Final = frozenset({"administrator", "actor_administrator"})


def always(request: HttpRequest) -> bool:
    """Whatever is sent."""
    return True


def sent(request: HttpRequest) -> bool:
    """The form is sent; looking at it is nothing."""
    return request.method == "POST"


def gives_administration(request: HttpRequest) -> bool:
    """Somebody is made an administrator."""
    return bool(ADMINISTERING & {*request.POST.getlist("role"), *request.POST.getlist("roles")})


def names_for_emergencies(request: HttpRequest) -> bool:
    """A seat is named for sign-in when a federation is down."""
    return "emergency" in request.POST


def makes_somebody_mighty(request: HttpRequest) -> bool:
    """Either of the two."""
    return gives_administration(request) or names_for_emergencies(request)


def changes_address(request: HttpRequest) -> bool:
    """Somebody's address becomes another: a link to set a new password goes there."""
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return False
    return Person.objects.filter(key=match.kwargs["key"]).exclude(email=request.POST.get("email", "").strip()).exists()


DANGEROUS: Final[Mapping[str, Callable[[HttpRequest], bool]]] = {
    "registers_password": always,
    "registers_person_edit": changes_address,
    "registers_seat_new": makes_somebody_mighty,
    "registers_seat_edit": names_for_emergencies,
    "invitation_new": gives_administration,
    "privacy_decide": sent,
    "privacy_mine": always,
    "privacy_person": always,
}
"""By the name of the address."""


def dangerous(get_response: GetResponse) -> GetResponse:
    """Middleware: ask first."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        rule = DANGEROUS.get(match.url_name or "") if match else None
        if rule is None or not rule(request) or not request.user.is_authenticated:
            return None
        return confirmed_recently(view)(request, *args, **kwargs)

    answer.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it
    return answer
