"""How an actor is reached: its switchboard, and who of its people can be reached, without their addresses."""

from collections.abc import Collection

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samlad.journal.who import DUTY_ROLES
from samlad.notify import channels, way_actions, ways
from samlad.notify.way_models import Channel
from samlad.notify.way_pages import adding, lines
from samlad.notify.way_rules import Owner, may_change, may_see_overview, may_see_states
from samlad.notify.ways import WayState
from samlad.registers.http import Request
from samlad.registers.queries import ActorView, parties, person_names, reading_seats, swedish_key, today
from samlad.registers.views import shell


class Reached(msgspec.Struct, frozen=True):
    """How somebody at an actor can be reached. `last` is when any of their ways is last known to have worked."""

    key: str
    name: str
    roles: tuple[str, ...]
    states: tuple[tuple[str, WayState], ...]

    @property
    def verified(self) -> int:
        """How many of their ways are known to work."""
        return sum(state.works for _label, state in self.states)

    @property
    def dead(self) -> int:
        """How many were refused for good."""
        return sum(state.dead for _label, state in self.states)


class Summary(msgspec.Struct, frozen=True):
    """An actor in the overview, in numbers of people with duties."""

    actor: ActorView
    people: int
    verified: int
    dead: int
    none: int
    switchboards: int


@require_safe
def ways_overview(request: Request) -> HttpResponse:
    """GET /ways/actors/: every actor, and how many of its people can be reached on ways that are known to work."""
    if not may_see_overview(request.who):
        raise Http404
    actors = parties(today())
    codes = [actor.code for actor in actors]
    people, boards = reached(codes), ways.of_actors(codes)
    rows = [summary(actor, people[actor.code], len(boards[actor.code])) for actor in actors]
    return render(request, "notify/ways_overview.html", shell(request) | {"rows": rows})


@require_safe
def actor_ways(request: Request, code: str) -> HttpResponse:
    """GET /ways/actors/CODE/: its switchboard, and its people."""
    if not may_see_states(request.who, code):
        raise Http404
    actor = actor_of(code)
    owner = Owner(actor=code)
    context = {
        "actor": actor,
        "owner": owner,
        "can_change": may_change(request.who, owner),
        "overview": may_see_overview(request.who),
        "lines": lines(way_actions.states(owner)),
        "people": sorted(reached([code])[code], key=lambda it: (bool(it.verified), swedish_key(it.name))),
    }
    return render(request, "notify/actor_ways.html", shell(request) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def actor_way_new(request: Request, code: str) -> HttpResponse:
    """A new way to an actor's switchboard."""
    owner = Owner(actor=code)
    if not may_change(request.who, owner):
        raise Http404
    actor_of(code)
    return adding(request, owner, reverse("actor_ways", args=[code]))


def actor_of(code: str) -> ActorView:
    """A party of today, or not there."""
    found = next((actor for actor in parties(today()) if actor.code == code), None)
    if found is None:
        raise Http404
    return found


def reached(codes: Collection[str]) -> dict[str, list[Reached]]:
    """The people with duties at each actor, and how they can be reached on channels that are in use."""
    seats = reading_seats(codes)
    duties = {
        code: {key: roles & DUTY_ROLES for key, roles in held.items() if roles & DUTY_ROLES}
        for code, held in seats.items()
    }
    keys = {key for held in duties.values() for key in held}
    names, states, used = person_names(keys), ways.of_people(keys), set(channels.in_use())
    return {
        code: [
            Reached(
                key,
                names.get(key, _("Unknown person")),
                tuple(sorted(roles)),
                tuple((str(Channel(state.channel).label), state) for state in states[key] if state.channel in used),
            )
            for key, roles in held.items()
        ]
        for code, held in duties.items()
    }


def summary(actor: ActorView, people: list[Reached], boards: int) -> Summary:
    """An actor's people in numbers."""
    return Summary(
        actor=actor,
        people=len(people),
        verified=sum(bool(one.verified) for one in people),
        dead=sum(bool(one.dead) for one in people),
        none=sum(not one.states for one in people),
        switchboards=boards,
    )
