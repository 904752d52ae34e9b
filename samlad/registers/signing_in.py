"""For which actor one speaks, in which language, and where one was going. How one signs in is the room `accounts`."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from samlad.registers.http import Request
from samlad.registers.middleware import SESSION_ACTOR, SESSION_MOVED

set_language = login_not_required(require_POST(django_set_language))


def safe_next(request: HttpRequest) -> str:
    """Where the visitor was going, if that is a page of ours; else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # Our own addresses begin with a slash; of another word `redirect` would look for a view of that name.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
def seat(request: Request) -> HttpResponse:
    """Speak for another actor from now on; 404 for one where the person holds no seat."""
    actor = request.POST.get("seat", "")
    if actor not in {held.actor for held in request.seats}:
        raise Http404
    request.session[SESSION_ACTOR] = actor
    there = safe_next(request)
    request.session[SESSION_MOVED] = there
    return redirect(there)
