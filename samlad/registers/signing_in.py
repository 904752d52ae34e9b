"""Signing in and out, and choosing for which actor one speaks."""

from typing import Final

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from samlad.base.answers import status
from samlad.registers.forms import SignInForm
from samlad.registers.http import Request
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.models import Person, Seat
from samlad.registers.queries import holds_on, swedish_key, today

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
# The demo's groups, the few that a newcomer looks for first.
DEMO_GROUPS: Final = (
    (_("Leading the collaboration"), ("rsk", "picture_lead", "secretariat")),
    (_("Duty officers (TiB)"), ("tib",)),
    (_("Liaisons"), ("liaison",)),
    (_("Chiefs and communicators"), ("chief", "communicator")),
    (_("Observer and administrator"), ("observer", "administrator")),
)

set_language = login_not_required(require_POST(django_set_language))


def safe_next(request: HttpRequest) -> str:
    """Where the visitor was going, if that is a page of ours; else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page: username and password, and in the demo a button for each seat."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(safe_next(request))
    shown = {"form": form, "next": safe_next(request), "groups": demo_groups()}
    return render(request, "registers/sign_in.html", shown, status=status(form))


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people with one click; in the demo only, and only to addresses that can't exist."""
    key = request.POST.get("person", "")
    # Keys are hexadecimal; PostgreSQL would not even look for one with a NUL in it.
    if not (settings.DEMO and key.isalnum()):
        raise Http404
    person = get_object_or_404(Person, key=key, is_active=True, email__endswith=".example")
    login(request, person, backend=BACKEND)
    return redirect(safe_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("sign_in")


@require_POST
def seat(request: Request) -> HttpResponse:
    """Speak for another actor from now on; 404 for one where the person holds no seat."""
    actor = request.POST.get("seat", "")
    if actor not in {held.actor for held in request.seats}:
        raise Http404
    request.session[SESSION_ACTOR] = actor
    return redirect(safe_next(request))


def demo_groups() -> list[tuple[str, list[Person]]]:
    """The demo's people by kind of seat; nothing outside the demo."""
    if not settings.DEMO:
        return []
    held: dict[str, list[Person]] = {}
    seats = Seat.objects.filter(holds_on(today()), person__is_active=True, person__email__endswith=".example")
    for taken in seats.select_related("person"):
        held.setdefault(taken.role, []).append(taken.person)
    groups = []
    for title, roles in DEMO_GROUPS:
        # By role, then by name; nobody twice in a group.
        people = [person for role in roles for person in sorted(held.get(role, []), key=lambda p: swedish_key(p.name))]
        if people:
            groups.append((str(title), list(dict.fromkeys(people))))
    return groups
