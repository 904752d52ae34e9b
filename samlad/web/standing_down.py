"""Standing down: the closing picture is published, then the operation is closed. Two rooms meet here."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samlad.activation.actions import stand_down as close
from samlad.activation.forms import Identified, note_field
from samlad.activation.queries import activation, reach
from samlad.activation.rules import leads
from samlad.base.answers import attempt, status
from samlad.base.ids import follows
from samlad.base.refused import Refused
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.read import receipt
from samlad.journal.who import Who
from samlad.picture.actions import publish
from samlad.picture.queries import not_reported, picture
from samlad.picture.rules import check_can_compile
from samlad.registers.http import Request
from samlad.registers.readers import Circle


class StandDownForm(Identified):
    """Why the operation ends, the closing summary, and that one knows what it means."""

    reason = note_field(
        rows=2,
        label=_("Why can the operation be closed?"),
        error_messages={"required": _("Say why the operation can be closed.")},
    )
    closing_text = note_field(
        rows=6,
        label=_("Closing summary"),
        help_text=_("The last text of the closing picture: how it went, what remains, who carries it on."),
        error_messages={"required": _("Write a closing summary.")},
    )
    understood = forms.BooleanField(
        label=_("I understand that nothing more can be added but corrections"),
        error_messages={"required": _("Tick this to go on.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stand_down(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/standing-down/, for those who lead. Leads to the front page."""
    page = operation_page(operation, request.who, {})
    if not leads(request.who, page.basics):
        raise NotHere
    form = StandDownForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if published(form, operation, request.who):
            form.fields["closing_text"].required = False
        if form.is_valid() and attempt(form, lambda: publish_and_close(request.who, operation, form.cleaned_data)):
            return redirect("operation", operation)
    context = (
        page.context()
        | open_matters(page, request.who)
        | {
            "form": form,
            "published": published(form, operation, request.who),
            "why_not": why_not(page, request.who),
            "circle": Circle.of(page.basics, request.who),
        }
    )
    return render(request, "web/standing_down.html", context, status=status(form))


def publish_and_close(who: Who, operation: UUID, told: dict[str, Any]) -> bool:
    """Both, one after the other. Sent again after it stopped between the two, it goes on where it stopped."""
    picture_id = follows(told["id"])
    if receipt(operation, who, picture_id) is None:
        publish(by=who, operation=operation, closing=True, closing_text=told["closing_text"], id=picture_id)
    close(by=who, operation=operation, reason=told["reason"], id=told["id"])
    return True


def published(form: StandDownForm, operation: UUID, who: Who) -> bool:
    """Whether the closing picture of this very form is out already, and only the closing remains."""
    try:
        id = UUID(str(form["id"].value()))
    except ValueError:
        return False
    return receipt(operation, who, follows(id)) is not None


def why_not(page: OperationPage, who: Who) -> str:
    """Why this reader, who leads, can't stand down; empty when they can."""
    try:
        check_can_compile(who, page.basics)
    except Refused as refused:
        return str(refused.sentence)
    return ""


def open_matters(page: OperationPage, who: Who) -> dict[str, Any]:
    """What is left open: who never answered, who never reported, what was last said to be needed."""
    operation, basics = page.operation.id, page.basics
    situation = picture(operation, who)
    reached = reach(activation(operation, who), basics, page.moment)
    own = {code for code, it in situation.reports.items() if it.own_at}
    return {
        "never_answered": [basics.short(code) for code, it in reached.items() if not it.reached_at and code not in own],
        "never_reported": [basics.short(code) for code in not_reported(situation, basics)],
        "needs": [
            (basics.short(code), it.current.payload.needs)
            for code, it in situation.reports.items()
            if it.current.payload.needs
        ],
    }
