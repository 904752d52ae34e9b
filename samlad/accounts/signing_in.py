"""Signing in and out: a passkey, or a password and then a code; in the demo a button for each seat."""

from typing import Final, cast

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samlad.accounts import limits, passkeys, sessions
from samlad.accounts.factors import NOT_ACCEPTED, factors_of
from samlad.accounts.forms import CodeForm, Limited, SignInForm
from samlad.accounts.middleware import while_weak
from samlad.accounts.models import Method
from samlad.accounts.stages import SecondFactor
from samlad.base.answers import status
from samlad.base.security import noted
from samlad.registers.http import Request
from samlad.registers.models import Person, Seat
from samlad.registers.queries import holds_on, swedish_key, today
from samlad.registers.signing_in import safe_next

# The demo's groups, the few that a newcomer looks for first.
DEMO_GROUPS: Final = (
    (_("Leading the collaboration"), ("rsk", "picture_lead", "secretariat")),
    (_("Duty officers (TiB)"), ("tib",)),
    (_("Liaisons"), ("liaison",)),
    (_("Chiefs and communicators"), ("chief", "communicator")),
    (_("Registrars"), ("registrar",)),
    (_("Observers, administrators and wall screens"), ("observer", "administrator", "actor_administrator", "wall")),
)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page: a passkey first, or username and password; in the demo a button for each seat."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        started = Login(user=form.person, redirect_url=safe_next(request))
        return cast(HttpResponse, perform_password_login(request, {"username": form.person.username}, started))
    return sign_in_page(request, form)


def sign_in_page(request: HttpRequest, form: SignInForm, passkey_error: object = "") -> HttpResponse:
    """The page, with what was wrong."""
    shown = {"form": form, "next": safe_next(request), "groups": demo_groups(), "passkey_error": passkey_error}
    shown["passkeys_possible"] = passkeys.possible(request)
    return limited(render(request, "accounts/sign_in.html", shown, status=400 if passkey_error else status(form)), form)


def limited(answer: HttpResponse, form: Limited) -> HttpResponse:
    """The answer, which says to machines as well when to try again."""
    if form.retry_after:
        answer.headers["Retry-After"] = str(form.retry_after)
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to use a passkey, as JSON; posted: the passkey used, which signs its owner in."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    if request.method != "POST":
        return JsonResponse(passkeys.options_for_sign_in())
    authenticator = passkeys.used(request.POST.get("credential", ""))
    if authenticator is None:
        noted("sign_in_refused", address=limits.address_of(request), method=Method.PASSKEY)
        return sign_in_page(request, SignInForm(request), NOT_ACCEPTED)
    started = Login(user=authenticator.user, redirect_url=safe_next(request))
    return cast(HttpResponse, perform_passwordless_login(request, authenticator, started))


@login_stage_required(  # type: ignore[untyped-decorator]
    stage=SecondFactor.key, redirect_urlname="sign_in"
)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step after a password: a code, or a passkey."""
    stage: SecondFactor = request._login_stage  # type: ignore[attr-defined]  # allauth's decorator puts it there
    person: Person = stage.login.user
    wrong: object = ""
    form = CodeForm(request, person, request.POST if "code" in request.POST else None)
    factor: Authenticator | None = None
    if "credential" in request.POST:
        factor = passkeys.used(request.POST["credential"], person)
        wrong = "" if factor else NOT_ACCEPTED
    elif request.method == "POST" and form.is_valid():
        factor = form.authenticator
    if factor is not None:
        post_authentication(request, factor)
        return cast(HttpResponse, stage.exit())
    shown = {"form": form, "passkey_error": wrong, **factors_of(person)}
    if not shown["has_code"]:
        form.fields["code"].help_text = _("One of your recovery codes.")
    return limited(render(request, "accounts/code.html", shown, status=400 if wrong else status(form)), form)


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people with one click; in the demo only, and only to addresses that can't exist."""
    key = request.POST.get("person", "")
    # Keys are hexadecimal; PostgreSQL would not even look for one with a NUL in it.
    if not (settings.DEMO and key.isalnum()):
        raise Http404
    person = get_object_or_404(Person, key=key, is_active=True, email__endswith=".example")
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    sessions.begun(request)
    return redirect(safe_next(request))


@require_POST
@while_weak
def sign_out(request: Request) -> HttpResponse:
    """Sign out."""
    noted("signed_out", person=request.user.key, address=limits.address_of(request))
    logout(request)
    return redirect("sign_in")


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
