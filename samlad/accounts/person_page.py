"""Somebody else's sign-in, for who administers them: ending their sessions, and letting them set up anew."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samlad.accounts import factors, sessions
from samlad.accounts.again import confirmed_recently
from samlad.registers.history import note
from samlad.registers.http import Request
from samlad.registers.models import Person
from samlad.registers.queries import today
from samlad.registers.seat_rules import may_look_after


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed_recently
def person_sign_in(request: Request, key: str) -> HttpResponse:
    """How somebody signs in; posted (`act`): end all their sessions, or take their second factors away as well."""
    person = get_object_or_404(Person, key=key)
    if not may_look_after(request.who, person, today=today()):
        raise Http404
    if request.method == "POST":
        if request.POST.get("act") == "factors":
            factors.remove_all(person, request.who)
            messages.success(
                request, _("The second factors have been removed. At the next sign-in new ones are set up.")
            )
        ended = sessions.end(person)
        note(
            register="people",
            key=person.key,
            by=request.who,
            before={"sessions": ended},
            after={"sessions": 0},
            reason="",
        )
        told = ngettext("%(n)s session has been ended.", "%(n)s sessions have been ended.", ended)
        messages.success(request, told % {"n": ended})
        return redirect("person_sign_in", key=key)
    shown = {
        "person": person,
        "factors": factors.all_of(person),
        "has_password": person.has_usable_password(),
        "open": len(sessions.open_sessions(person)),
    }
    return render(request, "accounts/person.html", shown)
