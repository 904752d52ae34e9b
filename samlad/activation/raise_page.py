"""The green button: what and where, and where a like alarm is there already, the question whether it is the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samlad.activation import actions, queries
from samlad.activation.asking import ROLES, asked_of
from samlad.activation.forms import RaiseForm
from samlad.activation.prepared import times_for
from samlad.activation.rules import check_can_raise
from samlad.activation.similar import Told, alike
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.operations import readable
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.notify.channels import leave_the_house
from samlad.registers.http import Request
from samlad.registers.on_call import on_call
from samlad.registers.queries import ActorView, areas, parties, tiles, today
from samlad.registers.readers import Circle

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
ASKED = 409  # not raised yet: it is asked whether it is the same
LONGEST_LIST = 5


class Candidate(msgspec.Struct, frozen=True):
    """An alarm that may be about the same matter."""

    operation: UUID
    title: str
    by: str
    at: datetime
    joined: int


@GET_OR_POST
def raise_operation(request: Request) -> HttpResponse:
    """GET and POST /raise/: the green button. Leads to the operation's front page."""
    try:
        check_can_raise(request.who)
    except Refused as refused:
        context: dict[str, Any] = {"why_not": refused.sentence, "exercise": settings.DEMO}
        return render(request, "activation/raise_not.html", context, status=403)
    form = RaiseForm(request.POST if request.method == "POST" else None, demo=settings.DEMO)
    candidates: list[Candidate] = []
    if form.is_bound and form.is_valid():
        candidates = [] if decided(form, request.who) else candidates_for(form, request.who)
        operation = None if candidates else attempt(form, lambda: pressed(form, request.who))
        if operation:
            return redirect("operation", operation)
    code = status(form) if not candidates else ASKED
    return render(request, "activation/raise.html", shown(request, form, candidates), status=code)


def decided(form: RaiseForm, who: Who) -> bool:
    """Whether it has been said if it is the same as another, or this very form has raised the alarm already."""
    told = form.cleaned_data
    return bool(told["apart"] or told["join"]) or read_before(told["id"], who)


def read_before(operation: UUID, who: Who) -> bool:
    """Whether this author has raised an alarm by this form."""
    return read.receipt(operation, who, operation) is not None


def pressed(form: RaiseForm, who: Who) -> UUID:
    """Raise the alarm, or join the one that was chosen; the operation's id either way."""
    told = form.cleaned_data
    if told["join"]:
        actions.join(by=who, operation=told["join"], what=told["what"], where=told["where"], id=told["id"])
        return UUID(str(told["join"]))
    taking_part = parties(today())
    return actions.raise_operation(
        by=who,
        what=told["what"],
        where=told["where"],
        kind=told["kind"],
        participants=queries.participants(taking_part),
        convening=queries.convening(taking_part),
        areas=queries.areas_named(told["where"], areas()),
        operation=told["id"],
    )


def candidates_for(form: RaiseForm, who: Who) -> list[Candidate]:
    """The open alarms that look like this one, newest first. An exercise is never the same as what is live."""
    told = form.cleaned_data
    named = queries.areas_named(told["where"], areas())
    this = Told(told["what"], told["where"], named, now())
    hours = times_for(told["kind"]).same_hours
    places = {tile.code: (tile.column or 0, tile.row or 0) for tile in tiles()}
    found = []
    for row in readable(who).filter(closed_at=None, exercise=told["kind"] == "exercise")[:50]:
        state, activation = basics(row.id, who), queries.activation(row.id, who)
        trigger = activation.trigger
        if state.replayed or trigger is None:
            continue
        other = Told(trigger.what, trigger.where, trigger.areas, trigger.at)
        if alike(this, other, hours, places):
            by = state.short(trigger.actor)
            found.append(Candidate(row.id, state.title, by, trigger.at, len(activation.also_raised)))
    return found[:LONGEST_LIST]


def shown(request: Request, form: RaiseForm, candidates: Sequence[Candidate]) -> dict[str, Any]:
    """The context of the page."""
    taking_part = parties(today())
    return asking(taking_part) | {
        "form": form,
        "candidates": candidates,
        "demo": settings.DEMO,
        "for_real": leave_the_house(),
        "exercise": settings.DEMO,
        "areas": areas(),
        "ongoing": queries.ongoing(request.who),
        "circle": Circle(taking_part, (), request.who),
    }


def asking(taking_part: Sequence[ActorView]) -> dict[str, Any]:
    """Who gets the alarm at once, to assess it: each actor with a number of people, and all people. Where that is
    nobody, how many would be called."""
    codes, at = [actor.code for actor in taking_part], now()
    asked = asked_of(codes, queries.convening(taking_part), at)
    people = on_call(asked or codes, at, ROLES if asked else None)
    seats = {code: one.first or one.deputies for code, one in people.items()}
    return {
        "asked": [(actor, len(seats[actor.code])) for actor in taking_part if actor.code in asked],
        "actors": len(taking_part),
        "persons": len({seat.person for some in seats.values() for seat in some}),
    }
