"""Standing down: the closing picture is published, then the operation is closed. Two rooms meet here."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samlad.activation.actions import stand_down as close
from samlad.activation.card_pages import Shown, cards_of
from samlad.activation.entries.situation import OpenNeed
from samlad.activation.queries import activation, needs_left, reach
from samlad.activation.rules import leads
from samlad.base.answers import attempt, status
from samlad.base.ids import follows
from samlad.base.refused import Refused
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.read import receipt
from samlad.journal.who import NOBODY, Who
from samlad.picture.actions import publish
from samlad.picture.queries import not_reported, picture
from samlad.picture.rules import check_can_compile
from samlad.registers.http import Request
from samlad.registers.queries import today
from samlad.registers.readers import Circle
from samlad.web.needs_form import LONGEST, StandDownForm

FOLLOWED_UP: Final = timedelta(days=14)  # what is proposed as the last day of a need that is left open


@require_http_methods(["GET", "HEAD", "POST"])
def stand_down(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/standing-down/, for those who lead. Leads to the front page."""
    page = operation_page(operation, request.who, {})
    if not leads(request.who, page.basics):
        raise NotHere
    taking_part = page.basics.participants
    matters = open_matters(page, request.who)
    until = (today() + FOLLOWED_UP).isoformat()
    proposed = [OpenNeed(need[:LONGEST], code, until) for code, need in known_to_all(operation)]
    form = StandDownForm(request.POST if request.method == "POST" else None, owners=taking_part, proposed=proposed)
    if form.is_bound and request.POST.get("more"):
        form = StandDownForm(owners=taking_part, initial=request.POST.dict())
    if form.is_bound:
        if published(form, operation, request.who):
            form.fields["closing_text"].required = False
        if form.is_valid() and attempt(form, lambda: publish_and_close(request.who, operation, form)):
            return redirect("operation", operation)
    context = (
        page.context()
        | matters
        | {
            "form": form,
            "published": published(form, operation, request.who),
            "why_not": why_not(page, request.who),
            "circle": Circle.of(page.basics, request.who),
        }
    )
    return render(request, "web/standing_down.html", context, status=status(form))


def publish_and_close(who: Who, operation: UUID, form: StandDownForm) -> bool:
    """Both, one after the other. Sent again after it stopped between the two, it goes on where it stopped."""
    told = form.cleaned_data
    picture_id = follows(told["id"])
    if receipt(operation, who, picture_id) is None:
        publish(by=who, operation=operation, closing=True, closing_text=told["closing_text"], id=picture_id)
    close(by=who, operation=operation, reason=told["reason"], needs=form.needs(), id=told["id"])
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
        "unticked": [(one, [line.step for line in one.lines if not line.done]) for one in begun_cards(page, who)],
        "left_open": needs_left(operation, who, basics),
    }


def known_to_all(operation: UUID) -> list[tuple[str, str]]:
    """The actors' last needs, by code, from what everybody may read: what is left open is told to all."""
    reports = picture(operation, NOBODY).reports.items()
    return [(code, it.current.payload.needs) for code, it in reports if it.current.payload.needs]


def begun_cards(page: OperationPage, who: Who) -> list[Shown]:
    """The own actor's action cards that were begun and are not done."""
    return [one for one in cards_of(page.operation.id, who, page.basics) if one.begun and one.next]
