"""The page of whoever can't speak for their actor because it signs in elsewhere: there, or by breaking the glass."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samlad.accounts import actions
from samlad.accounts.again import confirmed_recently
from samlad.accounts.federation_state import choices
from samlad.accounts.session_seats import SESSION_GLASS, glass_of
from samlad.base.answers import attempt, status
from samlad.registers.http import Request
from samlad.registers.queries import SeatView, seats_of
from samlad.registers.signing_in import safe_next


class BreakGlassForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why your organisation's sign-in can't be used"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: the city's sign-in has been down since 14:05, the service desk knows."),
        error_messages={"required": gettext_lazy("Say why, in a sentence: everybody in the operation will read it.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: Request) -> HttpResponse:
    """Break the glass, with a reason, when one has confirmed who one is; or see why one can't, and what else."""
    return confirmed_recently(page)(request) if request.method == "POST" else page(request)


def page(request: Request) -> HttpResponse:
    """The page, and what it does."""
    form = BreakGlassForm(request.POST or None)
    named = actions.emergency_seats(request.user)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        glass = attempt(form, lambda: actions.break_glass(person=request.user, reason=reason))
        if glass is not None:
            request.session[SESSION_GLASS] = glass.pk
            messages.warning(request, _("The glass is broken. Everybody concerned has been told."))
            return redirect(safe_next(request))
    closed = closed_seats(request)
    actors = {seat.actor for seat in closed}
    shown = {
        "form": form,
        "glass": glass_of(request),
        "closed": sorted({seat.actor_name for seat in closed}),
        "named": [seat for seat in closed if seat.actor in {row.actor_id for row in named}],
        "choices": [choice for choice in choices() if actors & set(choice.provider.actors)],
        "hours": int(actions.LASTS.total_seconds() // 3600),
        "next": safe_next(request),
    }
    return render(request, "accounts/break_glass.html", shown, status=status(form))


def closed_seats(request: Request) -> list[SeatView]:
    """The seats that this session can't speak from because their actors sign in elsewhere."""
    return [seat for seat in seats_of(request.user.key) if seat.actor in settings.FEDERATION.only]


@require_POST
def mend_glass(request: Request) -> HttpResponse:
    """End the session's own break-glass sign-in."""
    glass = glass_of(request)
    if glass is not None:
        actions.mend_glass(glass=glass, by=request.who)
    request.session.pop(SESSION_GLASS, None)
    messages.success(request, _("The break-glass sign-in has ended."))
    return redirect("home")
