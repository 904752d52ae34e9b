"""The pages of activation: answering the alarm, mode and levels."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samlad.activation import actions, queries
from samlad.activation.calling_fold import CallOut
from samlad.activation.fold import Answer
from samlad.activation.forms import LEVEL_NAMES, AcknowledgeForm, SituationForm
from samlad.activation.mode_pages import other_modes
from samlad.activation.rules import can_acknowledge, can_assess, can_lead, check_can_acknowledge
from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.journal.fold import Basics
from samlad.journal.page import operation_page
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.readers import Circle

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def acknowledge(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/acknowledgements/: the alarm page, and the answer to the alarm."""
    page = operation_page(operation, request.who, {})
    asked = queries.asks(operation, request.who)
    form = AcknowledgeForm(request.POST if request.method == "POST" else None, asked.called.options if asked else ())
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("affected", "note", "attends", "option", "id")}
        receipt = attempt(form, lambda: actions.acknowledge(by=request.who, operation=operation, **told))
        if receipt:
            return redirect("acknowledge", operation)
    state = queries.activation(operation, request.who)
    context = page.context() | answering(page.basics, state.answers.get(request.who.actor), request.who, form, asked)
    context |= {
        "trigger": state.trigger,
        "raised_by": page.basics.name(state.trigger.actor) if state.trigger else "",
        "since": state.trigger.at if state.trigger else page.basics.opened_at,
        "reached": len(state.answers.keys() & page.basics.participants.keys()),
    }
    return render(request, "activation/acknowledge.html", context, status=status(form))


def answering(
    basics: Basics,
    answer: Answer | None,
    who: Who,
    form: AcknowledgeForm | None = None,
    asked: CallOut | None = None,
) -> dict[str, Any]:
    """The context of activation/acknowledge_form.html, which also needs `operation`.

    `answer` is what the reader's actor has answered so far, `form` one that was sent and could not be taken, `asked`
    the call that asks.
    """
    why_not = ""
    try:
        check_can_acknowledge(who, basics)
    except Refused as refused:
        why_not = str(refused.sentence)
    options = asked.called.options if asked else ()
    return {
        "acknowledge_form": form or AcknowledgeForm(options=options),
        "asked": asked.called if asked else None,
        "answer_words": next((it.label for it in options if answer and it.code == answer.option), ""),
        "can_acknowledge": can_acknowledge(who, basics),
        "why_not_acknowledge": why_not,
        "answer": answer,
        "own_actor": basics.name(who.actor),
        "circle": Circle.of(basics, who),
    }


@GET_OR_POST
def situation(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/situation/: mode, levels and their history; a form for those who lead."""
    page = operation_page(operation, request.who, request.GET)
    state = queries.activation(operation, request.who, page.at)
    initial = {"mode": state.mode, "levels": state.levels, "replaces": state.levels_id}
    form = SituationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        receipt = attempt(form, lambda: actions.set_levels(by=request.who, operation=operation, **told))
        if receipt:
            return redirect("situation", operation)
        # The next press is about what is set now: it stands on the page, with the sentence that says so.
        data = request.POST.copy()
        data["replaces"] = str(queries.activation(operation, request.who).levels_id)
        form.data = data
    context = (
        page.context()
        | other_modes(page, request.who)
        | {
            "form": form,
            "state": state,
            "set_by": page.basics.name(state.levels_actor),
            "level_names": LEVEL_NAMES,
            "levels_now": [LEVEL_NAMES[level] for level in state.levels if level in LEVEL_NAMES],
            "history": [(it, page.basics.short(it.actor)) for it in queries.settings(operation, request.who, page.at)],
            "circle": Circle.of(page.basics, request.who),
            "leads": page.at is None and can_lead(request.who, page.basics),
            "calls_out": can_assess(request.who, page.basics),
        }
    )
    return render(request, "activation/situation.html", context, status=status(form))
