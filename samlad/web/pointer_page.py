"""Leaving a pointer to information that may not be in Samlad: that it exists, who has it, how to get it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samlad.activation.forms import Identified, line_field
from samlad.base.answers import attempt, status
from samlad.journal.actions import leave_pointer
from samlad.journal.entries import PointerLeft, Receipt
from samlad.journal.operations import NotHere
from samlad.journal.page import operation_page
from samlad.journal.wording import readers
from samlad.registers.audience import AudienceFields
from samlad.registers.http import Request
from samlad.registers.readers import Circle


class PointerForm(AudienceFields, Identified):
    """Three short answers, none of them the information itself."""

    what = line_field(
        label=_("What is the information about?"),
        help_text=_("In general words, such as: backup power at a protected site. Nothing of the content."),
        error_messages={"required": _("Say in general words what it is about.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    owner = line_field(
        label=_("Who has it?"),
        help_text=_("An authority and a role there, such as: the County Administrative Board, security officer."),
        error_messages={"required": _("Say who has it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    how = line_field(
        label=_("How is it fetched?"),
        help_text=_("Such as: by Signe, by courier, in person at a meeting."),
        error_messages={"required": _("Say how it is fetched.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pointer_new(request: Request, operation: UUID) -> HttpResponse:
    """GET and POST /operations/<operation>/pointers/new/, for those on duty. Leads to the journal."""
    page = operation_page(operation, request.who, {})
    if not request.who.on_duty:
        raise NotHere
    circle = Circle.of(page.basics, request.who)
    form = PointerForm(request.POST if request.method == "POST" else None, circle=circle, initial={"audience": "all"})
    if form.is_bound and form.is_valid():

        def leave() -> Receipt:
            typed = form.cleaned_data
            pointer = PointerLeft(typed["what"], typed["owner"], typed["how"])
            audience = form.chosen_audience()
            return leave_pointer(
                by=request.who, operation=operation, pointer=pointer, audience=audience, id=typed["id"]
            )

        if attempt(form, leave):
            told = readers(form.chosen_audience().text(request.who.actor), page.basics)
            messages.success(
                request, gettext("The pointer has been left. It is read by %(readers)s.") % {"readers": told}
            )
            return redirect("journal", operation)
    return render(request, "web/pointer.html", page.context() | {"form": form}, status=status(form))
