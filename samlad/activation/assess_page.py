"""The first assessment and the call-out: an outcome is one press, what is prepared for it can be sent as it stands."""

import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from samlad.activation import actions, queries
from samlad.activation.assess_forms import AssessForm, CallForm, initial_of
from samlad.activation.assessing_fold import Assessing
from samlad.activation.calling_out import (
    LANGUAGE,
    Called,
    actors_in,
    assessing,
    audience_of,
    left_to_call,
    proposal,
    reached_first,
    with_times,
)
from samlad.activation.entries.calling import CalledOut
from samlad.activation.entries.trigger import OUTCOMES
from samlad.activation.fold import Activation
from samlad.activation.forms import Identified, note_field
from samlad.activation.prepared import LONGEST_SHORT, bridge_names, prepared, sms_length
from samlad.activation.rules import can_assess, check_can_assess
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.who import Who
from samlad.notify.channels import leave_the_house
from samlad.registers.http import Request
from samlad.registers.networks import networks_for
from samlad.registers.readers import Circle

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
FORBIDDEN: Final = 403


class Desk(msgspec.Struct, frozen=True):
    """What the page is about: the operation, who assesses, and how it stands."""

    page: OperationPage
    who: Who
    state: Assessing
    situation: Activation
    moment: datetime

    @property
    def actors(self) -> list[tuple[str, str]]:
        """The participants to tick."""
        return [(code, one.short) for code, one in self.page.basics.participants.items()]


class WithdrawForm(Identified):
    """Why a call is withdrawn."""

    reason = note_field(rows=2, label=_("Why it is withdrawn"))


@GET_OR_POST
def assessment(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/assessment/. `?outcome=` opens the form with what is prepared for it.

    Read by all participants; the form is for RSK and the convening duty officer.
    """
    page = operation_page(operation, request.who, request.GET)
    desk = Desk(page, request.who, assessing(operation, request.who, page.at),
                queries.activation(operation, request.who, page.at), now())  # fmt: skip
    may = page.at is None and can_assess(request.who, page.basics)
    if request.method == "POST" and not may:
        return not_for(request, desk)
    outcome = (request.POST if request.method == "POST" else request.GET).get("outcome", "")
    if not may or outcome not in OUTCOMES:
        if request.method != "POST":
            return render(request, "activation/assessment.html", shown(desk, may))
        outcome = "none"  # the form tells what is missing
    call = proposal(outcome, page.basics, desk.situation, request.who, desk.moment)
    form = form_for(request, desk, outcome, call)
    if form.is_bound and form.is_valid() and not request.POST.get("look"):
        called = whom(form, desk, call)
        words = form.call(call, called) if call and isinstance(form, CallForm) else None
        typed = form.cleaned_data
        receipt = attempt(
            form,
            lambda: actions.assess(
                by=request.who, operation=operation, told=form.told(), call=words, replaces=typed["replaces"],
                id=typed["id"],
            ),
        )  # fmt: skip
        if receipt:
            told_of(request, words, repeated=receipt.repeated)
            return redirect("calling" if words and words.purpose == "call_out" else "assessment", operation)
        follow(form, request, operation)
    context = shown(desk, may) | chosen(form, desk, call, outcome)
    return render(request, "activation/assessment.html", context, status=status(form))


def not_for(request: Request, desk: Desk) -> HttpResponse:
    """Somebody else than those who assess sent the form."""
    context = shown(desk, False)
    try:
        check_can_assess(request.who, desk.page.basics)
    except Refused as refused:
        context["why_not"] = refused.sentence
    return render(request, "activation/assessment.html", context, status=FORBIDDEN)


def form_for(request: Request, desk: Desk, outcome: str, call: CalledOut | None) -> AssessForm:
    """The form for an outcome: at first with what is prepared, and with what was said in the latest assessment."""
    latest = desk.state.latest
    data = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"outcome": outcome, "replaces": latest.id if latest else None}
    if latest:
        kept = ("verified", "severity", "spread", "pressure", "concerns", "secrecy")
        initial |= {name: getattr(latest.told, name) for name in kept}
    # A form that was opened before there was any assessment is judged as such: sent twice, it is the same one.
    changed = latest is not None if data is None else bool(data.get("replaces"))
    options: dict[str, Any] = {"actors": desk.actors, "changed": changed}
    words = prepared(outcome, desk.page.basics.kind)
    if call is None or words is None:
        return AssessForm(data, initial=initial, **options)
    initial |= initial_of(call, audience_of(words))
    networks = networks_for(desk.who)
    return CallForm(data, initial=initial, networks=networks, moment=desk.moment, **options)


def whom(form: AssessForm, desk: Desk, call: CalledOut | None) -> tuple[str, ...]:
    """The actors that what stands in the form would call."""
    if call is None or not isinstance(form, CallForm):
        return ()
    value = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else form.initial
    audience, concerned = value.get("audience") or "all", value.get("concerns") or ()
    chosen = actors_in(audience, desk.page.basics, concerned)
    if value.get("again"):
        return chosen
    return left_to_call(chosen, desk.state, desk.situation, "inform" if call.purpose == "inform" else "call_out")


def follow(form: AssessForm, request: Request, operation: UUID) -> None:
    """After a refusal the next press is about the assessment that stands now: it is on the page, with the sentence."""
    latest = assessing(operation, request.who).latest
    data = request.POST.copy()
    data["replaces"] = str(latest.id) if latest else ""
    form.data = data


def told_of(request: Request, words: CalledOut | None, *, repeated: bool) -> None:
    """Say what was done; that the SMS became long is said, and stops nothing."""
    if words is None or repeated:
        messages.success(request, _("The assessment is saved."))
        return
    messages.success(request, _("The assessment is saved and the call-out has begun."))
    if (length := sms_length(with_times(words).short)) > LONGEST_SHORT:
        messages.warning(request, _("The SMS text is long (%(length)s characters) and is sent as several.")
                         % {"length": length})  # fmt: skip


def shown(desk: Desk, may: bool) -> dict[str, Any]:
    """The context of the page without a form: how it stands, and the outcomes to choose from."""
    state, basics = desk.state, desk.page.basics
    waiting = state.latest is None and state.asked_at is not None and not basics.closed_at and not basics.replayed
    return desk.page.context() | {
        "state": state,
        "latest": state.latest,
        "latest_by": basics.name(state.latest.actor) if state.latest else "",
        "concerns": [basics.short(code) for code in state.latest.told.concerns] if state.latest else [],
        "earlier": [(one, basics.short(one.actor)) for one in state.assessments[-2::-1]],
        "calls": [(one, basics.short(one.actor)) for one in state.calls[::-1]],
        "joined": [(one, basics.short(one.actor)) for one in state.joined],
        "trigger": desk.situation.trigger,
        "raised_by": basics.name(desk.situation.trigger.actor) if desk.situation.trigger else "",
        "waiting": waiting,
        "may": may,
        "outcomes": OUTCOMES,
        "withdraw_form": WithdrawForm(),
        "circle": Circle.of(basics, desk.who),
    }


def chosen(form: AssessForm, desk: Desk, call: CalledOut | None, outcome: str) -> dict[str, Any]:
    """The context of the form: who would be called by what stands in it, and how the message reads."""
    context: dict[str, Any] = {"form": form, "outcome": outcome, "call": call, "for_real": leave_the_house()}
    if call is None or not isinstance(form, CallForm):
        return context
    everybody = reached_first(list(desk.page.basics.participants), desk.page.basics, call.roles, desk.moment)
    reached = {one.code: one for one in everybody}
    now_called = [reached[code] for code in whom(form, desk, call)]
    offers = [value for value, _label in form.fields["audience"].choices]  # type: ignore[attr-defined]
    sizes = {value: size(desk, value, reached, call) for value in offers if value != "concerned"}
    words = call
    if form.is_bound and form.is_valid():
        words = form.call(call, tuple(one.code for one in now_called))
    return context | {
        "called": now_called,
        "people": people_in(now_called),
        "unmanned": [one.short for one in now_called if not one.people],
        "sizes": sizes,
        "preview": with_times(words),
        "sms": sms_length(with_times(words).short),
        "sms_most": LONGEST_SHORT,
        "done": sorted(desk.state.called & desk.situation.answers.keys()),
        "words": json.dumps(preview_words()),
        "words_wrong": any(form[name].errors for name in ("subject", "text", "short", "phone", "video", "talk_group")),
        "reach": json.dumps({one.code: len(one.people) for one in everybody}),
    }


def preview_words() -> dict[str, str]:
    """What the preview puts in by script, in the language of the message."""
    with override(LANGUAGE):
        return bridge_names() | {"at": _("%(day)sat %(time)s") % {"day": "", "time": "{}"}}


def size(desk: Desk, audience: str, reached: dict[str, Called], call: CalledOut) -> tuple[int, int]:
    """How many actors and people an audience calls."""
    found = actors_in(audience, desk.page.basics, ())
    left = left_to_call(found, desk.state, desk.situation, "inform" if call.purpose == "inform" else "call_out")
    return len(left), people_in([reached[code] for code in left])


def people_in(called: list[Called]) -> int:
    """How many people are called first, each counted once."""
    return len({seat.person for one in called for seat in one.people})


@require_POST
def withdraw(request: Request, operation: UUID, call: UUID) -> HttpResponse:
    """POST .../assessment/calls/<call>/withdrawn/: what waits of a call-out is never sent."""
    page = operation_page(operation, request.who, {})
    if not can_assess(request.who, page.basics):
        raise NotHere
    form = WithdrawForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        receipt = attempt(
            form,
            lambda: actions.withdraw_call(
                by=request.who, operation=operation, call=call, reason=typed["reason"], id=typed["id"]
            ),
        )
        if receipt:
            messages.success(request, _("The call is withdrawn. What had not been sent is not sent."))
            return redirect(reverse("assessment", args=[operation]))
    desk = Desk(page, request.who, assessing(operation, request.who), queries.activation(operation, request.who), now())
    context = shown(desk, True) | {"withdraw_form": form, "withdrawing": call}
    return render(request, "activation/assessment.html", context, status=status(form))
