"""The coordinator's board of a call-out, live; and one actor in it: whom to telephone, what came of it, a stand-in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samlad.activation import live as regions
from samlad.activation import names
from samlad.activation.actions.board import called_by_hand, name_stand_in, resend
from samlad.activation.asked import SWITCHBOARD, calls_of
from samlad.activation.board import SHOWN, row
from samlad.activation.board_forms import ByHandForm, ResendForm, StandInForm
from samlad.activation.calling_fold import ActorCall, CallOut
from samlad.activation.rules import can_assess
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.journal import live
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.who import Who
from samlad.notify.queries import stalled
from samlad.registers.http import Request
from samlad.registers.models import Person
from samlad.registers.phones import phones
from samlad.registers.queries import duty_seats, person_names
from samlad.registers.readers import Circle

LABELS: Final = {
    "all": gettext_lazy("All"),
    "waiting": gettext_lazy("Not reached"),
    "failed": gettext_lazy("Something failed"),
}


class Callee(msgspec.Struct, frozen=True):
    """Somebody who can be telephoned; `phone` where the reader may see it."""

    key: str
    name: str
    role: str
    code: str
    phone: str


@require_safe
def calling(request: Request, operation: UUID) -> HttpResponse:
    """GET /operations/<operation>/calling/. `call`: which call (default: the latest); `show`: all, waiting, failed."""
    page = operation_page(operation, request.who, request.GET)
    found = calls_of(operation, request.who, page.at)
    call = regions.chosen(found, request.GET.get("call", ""))
    if call is None:
        return render(request, "activation/calling/page.html", page.context())
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "all"
    board = regions.board_of(page, call)
    html = regions.regions_of(page, call, board, show)
    language = get_language() or "sv"
    url = live.url("calling", operation, request.who, language, position=page.position, call=call.id.hex, show=show)
    context = page.context(url) | {
        "call": call,
        "board": board,
        "regions": {name.removeprefix("calling-"): it for name, it in html.items() if name.startswith("calling-")},
        "rows": [html[f"call-{one.code}"] for one in board.rows],
        "filters": [(code, str(LABELS[code]), board.count(code), code == show) for code in SHOWN],
        "others": [(one, one.id == call.id) for one in found.calls.values()] if len(found.calls) > 1 else [],
        "leads": leads(page, call, request.who),
        "stalled": stalled(now()) if page.at is None else None,
        "resend_form": ResendForm(),
        "circle": Circle.of(page.basics, request.who),
    }
    return render(request, "activation/calling/page.html", context)


def leads(page: OperationPage, call: CallOut, who: Who) -> bool:
    """Whether the page has what those who lead can do."""
    return page.at is None and can_assess(who, page.basics) and not call.withdrawn_at


@require_POST
def calling_resend(request: Request, operation: UUID) -> HttpResponse:
    """POST /operations/<operation>/calling/again/: call again whoever has not answered, or one actor."""
    page = operation_page(operation, request.who, {})
    form = ResendForm(request.POST)
    found = calls_of(operation, request.who)
    call = found.calls.get(form.cleaned_data["call"]) if form.is_valid() else None
    if call is None:
        raise NotHere
    told = form.cleaned_data
    actors = [told["actor"]] if told["actor"] else list(call.actors)
    if attempt(form, lambda: resend(by=request.who, operation=operation, call=call.id, actors=actors, id=told["id"])):
        messages.success(request, _("They are called again."))
        return back(operation, call)
    context = page.context() | {"form": form, "call": call}
    return render(request, "activation/calling/refused.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def calling_actor(request: Request, operation: UUID, code: str) -> HttpResponse:
    """GET and POST /operations/<operation>/calling/<actor>/: whom to telephone; for those who lead two forms, told
    apart by `do`: what came of a call by hand, and a stand-in."""
    page = operation_page(operation, request.who, request.GET)
    asked = request.POST if request.method == "POST" else request.GET
    call = regions.chosen(calls_of(operation, request.who, page.at), asked.get("call", ""))
    if call is None or code not in call.actors:
        raise NotHere
    callees = people_of(call.actors[code], code, request.who, page.moment)
    choices = [(one.key, f"{one.name} ({one.role})") for one in callees]
    data = request.POST if request.method == "POST" else None
    by_hand = ByHandForm(data if data and data.get("do") != "stand_in" else None)
    stand_in = StandInForm(data if data and data.get("do") == "stand_in" else None, choices)
    form: Form = stand_in if stand_in.is_bound else by_hand
    if form.is_bound and form.is_valid() and entered(request.who, page, call, code, form, callees):
        return back(operation, call)
    context = page.context() | {
        "call": call,
        "row": row(code, call, page.basics, page.moment, {}),
        "people": callees,
        "done": list(done(call, code)),
        "leads": leads(page, call, request.who),
        "by_hand": by_hand,
        "stand_in": stand_in,
        "resend_form": ResendForm(),
        "form": form,
        "circle": Circle.of(page.basics, request.who),
    }
    return render(request, "activation/calling/actor.html", context, status=status(form))


def entered(who: Who, page: OperationPage, call: CallOut, code: str, form: Form, people: list[Callee]) -> bool:
    """Enter what one of the two forms says; False with why not in the form."""
    told: dict[str, Any] = dict(form.cleaned_data)
    common: dict[str, Any] = {"by": who, "operation": page.operation.id, "call": call.id, "actor": code}
    if isinstance(form, StandInForm):
        chosen = next((one for one in people if one.key == told["person"]), None)
        if chosen and not told["name"]:
            told["name"] = chosen.name
        told["role"] = chosen.code if chosen else ""
        return attempt(form, lambda: name_stand_in(**common, **told)) is not None
    told["reached"] = told["reached"] == "yes"
    return attempt(form, lambda: called_by_hand(**common, **told)) is not None


def people_of(one: ActorCall, code: str, who: Who, at: datetime) -> list[Callee]:
    """The people of an actor with a duty role, and those who were tried; with the numbers that the reader may see."""
    roles = {seat.person: seat.role for seat in reversed(duty_seats([code], now())[code])}
    keys = list(dict.fromkeys([*reversed(list(roles)), *(tried.person for tried in one.tried if tried.person)]))
    found = {person.key: person for person in Person.objects.filter(key__in=keys)}
    numbers = phones(found.values(), who)
    return [
        Callee(key, found[key].name, names.roles_named(key, roles.get(key, "")), roles.get(key, ""),
               numbers.get(key, ""))
        for key in keys if key in found
    ]  # fmt: skip


def done(call: CallOut, code: str) -> Iterator[tuple[datetime, str]]:
    """All that has been done to reach an actor, line by line, latest first."""
    one = call.actors[code]
    known = person_names({tried.person for tried in one.tried} - {""})
    lines: list[tuple[datetime, str]] = []
    for tried in one.tried:
        whom = known.get(tried.person) or names.roles_named(tried.person or SWITCHBOARD, tried.role)
        why = f": {names.trouble(tried.trouble)}" if tried.trouble else ""
        lines.append((tried.at, f"{names.channel(tried.channel)} – {whom}{why}".strip(" –")))
    for hand in one.by_hand:
        told = _("Called by hand: got hold of somebody") if hand.reached else _("Called by hand: no answer")
        lines.append((hand.at, ". ".join(part for part in (told, hand.spoke_with, hand.note) if part)))
    for noted in one.noted:
        said = f" ({noted.text})" if noted.text else ""
        told = _("An answer that changed nothing: %(why)s") % {"why": names.why_noted(noted.why)}
        lines.append((noted.at, told + said))
    yield from sorted(lines, key=lambda line: line[0], reverse=True)


def back(operation: UUID, call: CallOut) -> HttpResponse:
    """To the board of the call."""
    response = redirect("calling", operation)
    response.headers["Location"] += f"?call={call.id.hex}"
    return response
