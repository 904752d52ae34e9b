"""A wall screen fetches its own pages and nothing else: one gate, before every view."""

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from samlad.accounts import walls
from samlad.base.answers import GetResponse
from samlad.registers.models import Person

OPEN: Final = frozenset({"wall", "wall_operation", "wall_calling", "healthz"})
"""The routes a wall screen may fetch. What it shows beside them comes through its live stream."""


def wall_mode(get_response: GetResponse) -> GetResponse:
    """Nothing is here for a wall screen but the wall: every other page, and whatever is sent, is not found."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        person: Person | AnonymousUser = request.user
        if not isinstance(person, Person) or not person.screen:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method not in ("GET", "HEAD"):
            raise Http404
        if name in OPEN:
            walls.seen(person)
            return None
        if name in ("home", "sign_in"):
            return redirect("wall")
        raise Http404

    answer.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it
    return answer
