"""The front pages: the secretariat's, with what waits for whom, and each actor's own."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from samlad.governance.adoption.binding import in_force_for
from samlad.governance.adoption.queries import Asked
from samlad.governance.adoption.standing import Standing
from samlad.governance.front import kansli, numbers, of_actor
from samlad.governance.front.fees import fees_of
from samlad.governance.front.gathered import Gathered
from samlad.governance.front.waits import grouped, to
from samlad.governance.pages import on_day, page
from samlad.governance.plan.models import Progress
from samlad.governance.rules import keeps, reader_or_404, speaks_for
from samlad.registers.http import Request
from samlad.registers.models import Actor


@require_safe
def governance(request: Request) -> HttpResponse:
    """GET /governance/: what waits for whom, for the secretariat; everybody else comes to their actor's page."""
    reader_or_404(request.who)
    if not keeps(request.who):
        return redirect("governance_actor", code=request.who.actor)
    on = on_day(request)
    seen = Gathered(on)
    waits = kansli.waits(seen)
    shown = {
        "groups": grouped(waits),
        "count": len(waits),
        "adoptions": numbers.adoptions(seen),
        "plans": numbers.plans(seen, {code.value: str(code.label) for code in Progress}),
        "money": numbers.economy(seen),
        "year": seen.day.year,
        "staff": numbers.staff(seen),
        "meetings": numbers.meetings(seen),
        "seen_on": True,
    }
    return page(request, "governance/front.html", shown, on=on)


@require_safe
def governance_actor(request: Request, code: str) -> HttpResponse:
    """GET /governance/actors/<code>/: what is waited for from an actor, what it has decided, pays, lends, is to do.

    ?day= is the day that its versions in force are asked for.
    """
    reader_or_404(request.who)
    on = on_day(request)
    seen = Gathered(on)
    actor = seen.actors.get(code)
    if actor is None:
        raise Http404
    day = asked_day(request, seen.day)
    waits = of_actor.waits(seen, code, request.who)
    shown: dict[str, Any] = {
        "actor": actor,
        "actors": list(seen.actors.values()),
        "own": code == request.who.actor,
        "speaks_here": speaks_for(request.who, code),
        "groups": grouped(waits),
        "count": len(waits),
        "answers": answers(seen, code),
        "in_force": in_force_for(code, day, on),
        "in_force_day": day,
        "fees": fees_of(seen, code),
        "lends": of_actor.lends(seen, code, request.who),
        "places": of_actor.places(seen, code, request.who),
        "activities": of_actor.activities(seen, code),
        "seen_on": True,
    }
    return page(request, "governance/actor.html", shown, on=on)


@require_safe
def governance_actor_choice(request: Request) -> HttpResponse:
    """GET /governance/actors/?code=: to the page of the actor that was chosen in the list; to one's own without."""
    reader_or_404(request.who)
    code = request.GET.get("code", "")
    chosen = code if Actor.objects.filter(code=code).exists() else request.who.actor
    on = on_day(request)
    return redirect(to("governance_actor", chosen, on=on))


def answers(seen: Gathered, code: str) -> list[tuple[Asked, Standing]]:
    """What an actor has been asked to decide on and has decided something about, latest first."""
    return [
        (one, place) for one in seen.asked for place in one.standings if place.actor.code == code and place.decision
    ]


def asked_day(request: Request, otherwise: date) -> date:
    """The day in ?day=; another where it is none."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return otherwise
