"""When the next reports are wanted: the form, on the desk and as a page of its own."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.templatetags.times import clock_text
from samlad.journal.operations import NotHere
from samlad.journal.page import operation_page
from samlad.picture import actions
from samlad.picture.forms import DeadlineForm, minute
from samlad.picture.queries import picture
from samlad.picture.rules import COMPILING_ROLES
from samlad.registers.http import Request
from samlad.registers.readers import Circle

QUARTER = timedelta(minutes=15)


def next_quarter(moment: datetime) -> datetime:
    """An even quarter of an hour, at least half an hour ahead."""
    ahead = moment + timedelta(minutes=30)
    return ahead + (
        QUARTER - timedelta(minutes=ahead.minute % 15, seconds=ahead.second, microseconds=ahead.microsecond)
    )


def empty_form() -> DeadlineForm:
    """The form as it is first shown."""
    return DeadlineForm(initial={"id": new_id(), "at": minute(next_quarter(now()))}, auto_id="deadline_%s")


@require_http_methods(["GET", "POST"])
def deadline(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/deadline/: set or take away the deadline; for those who compile."""
    page = operation_page(operation, request.who, {})
    if not request.who.roles & COMPILING_ROLES:
        raise NotHere
    form = DeadlineForm(request.POST, auto_id="deadline_%s") if request.method == "POST" else empty_form()
    if form.is_bound and form.is_valid() and attempt(form, lambda: set_deadline(request, operation, form)):
        return redirect("desk", operation)
    context = {
        "deadline_form": form,
        "deadline": picture(operation, request.who).deadline,
        "operation_key": str(operation),
        "circle": Circle.of(page.basics, request.who),
    }
    return render(request, "picture/deadline.html", page.context() | context, status=status(form))


def set_deadline(request: Request, operation: UUID, form: DeadlineForm) -> bool:
    """Set what the form says, and tell."""
    typed = form.cleaned_data
    at: datetime | None = typed["at"]
    if form.cleared:
        at = None
    elif typed["minutes"] is not None:
        at = (now() + timedelta(minutes=typed["minutes"])).replace(second=0, microsecond=0)
    actions.set_deadline(by=request.who, operation=operation, at=at, note=typed["note"], id=typed["id"])
    if at:
        messages.success(request, _("Reports are wanted at %(time)s.") % {"time": clock_text(at)})
    else:
        messages.success(request, _("No time is set for the next reports."))
    return True
