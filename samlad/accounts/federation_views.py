"""Signing in by an identity provider: there, and back."""

from secrets import token_urlsafe
from typing import Any, Final, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from samlad.accounts import federation_oidc, federation_saml, limits
from samlad.accounts.federation import Provider
from samlad.accounts.federation_state import note_answer
from samlad.accounts.identities import TAKEN, link, person_of, vouched_seats
from samlad.accounts.identity import LATE, NotProven, Proven
from samlad.accounts.middleware import while_weak
from samlad.accounts.models import Attempt, Method
from samlad.accounts.session_seats import SESSION_PROVIDER
from samlad.accounts.strength import vouch
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.base.security import noted
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.models import Person
from samlad.registers.queries import speaking
from samlad.registers.signing_in import safe_next

SESSION_LINKING: Final = "federation_linking"
"""Session key: the provider that the person who is signed in has asked to be connected to."""
SESSION_SHOWN: Final = "federation_shown"
"""Session key: an identity that has been shown and belongs to nobody yet (`shown_identity`)."""
SHOWN_SECONDS: Final = 900

NO_SEAT: Final = gettext_lazy("You are known here, but hold no role now at an actor that this sign-in is for.")
INACTIVE: Final = gettext_lazy("This account may not sign in. Ask your administrator.")
LARGEST: Final = 400_000


def provider_or_404(id: str) -> Provider:
    """The provider of this id. Raises Http404."""
    provider: Provider | None = settings.FEDERATION.get(id)
    if provider is None:
        raise Http404
    return provider


@login_not_required
@never_cache
@while_weak
@require_safe
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead the browser to the identity provider. `?next=` is where to go afterwards; `?anew=1` asks to sign in anew."""
    chosen = provider_or_404(provider)
    fresh = chosen.fresh or request.GET.get("anew") == "1"
    state = token_urlsafe(32)
    try:
        if chosen.kind == "oidc":
            address, pending = federation_oidc.begin(request, chosen, back_address(request, chosen), state, fresh=fresh)
            note_answer(chosen)
        else:
            address, pending = federation_saml.begin(request, chosen, state, fresh=fresh)
    except NotProven as error:
        return refused(request, chosen, error)
    kept = {**pending, "next": safe_next(request), "link": request.session.pop(SESSION_LINKING, None) == chosen.id}
    statekit.stash_state(request, provider_id=chosen.id, state=kept, state_id=state)
    return redirect(address)


def back_address(request: HttpRequest, provider: Provider) -> str:
    """Where an OpenID provider sends the browser back to."""
    return request.build_absolute_uri(reverse("federation_answer", args=[provider.id]))


@login_not_required
@never_cache
@while_weak
@require_safe
def answer(request: HttpRequest, provider: str) -> HttpResponse:
    """An OpenID provider's answer."""
    chosen = provider_or_404(provider)
    if chosen.kind != "oidc":
        raise Http404
    try:
        pending = remembered(request, chosen, request.GET.get("state", ""))
        found = federation_oidc.prove(request, chosen, back_address(request, chosen), pending)
    except NotProven as error:
        return refused(request, chosen, error)
    return known(request, chosen, found, pending)


@csrf_exempt  # posted by the identity provider's page
@login_not_required
@never_cache
@while_weak
@require_POST
@sensitive_post_parameters()
def acs(request: HttpRequest, provider: str) -> HttpResponse:
    """A SAML provider's answer, as its page posts it. The browser has left our cookies out: it takes it one step on."""
    chosen = provider_or_404(provider)
    saml, state = request.POST.get("SAMLResponse", ""), request.POST.get("RelayState", "")
    if chosen.kind != "saml" or len(saml) > LARGEST:
        raise Http404
    return render(request, "accounts/federation_continue.html", {"provider": chosen, "saml": saml, "state": state})


@login_not_required
@never_cache
@while_weak
@require_POST
@sensitive_post_parameters()
def finish(request: HttpRequest, provider: str) -> HttpResponse:
    """A SAML provider's answer, now with the session that asked for it."""
    chosen = provider_or_404(provider)
    if chosen.kind != "saml":
        raise Http404
    try:
        pending = remembered(request, chosen, request.POST.get("RelayState", ""))
        found = federation_saml.prove(request, chosen, request.POST.get("SAMLResponse", ""), pending)
    except NotProven as error:
        return refused(request, chosen, error)
    return known(request, chosen, found, pending)


@login_not_required
@require_safe
def metadata(request: HttpRequest, provider: str) -> HttpResponse:
    """Our SAML metadata, for the provider's operator."""
    chosen = provider_or_404(provider)
    if chosen.kind != "saml":
        raise Http404
    return HttpResponse(federation_saml.metadata(request, chosen), content_type="application/samlmetadata+xml")


def remembered(request: HttpRequest, provider: Provider, state: str) -> dict[str, Any]:
    """What this session remembers of the request that is answered, once. Raises NotProven."""
    pending = statekit.unstash_state(request, state_id=state, provider_id=provider.id)
    if pending is None:
        raise NotProven(LATE, "no request remembered")
    return cast(dict[str, Any], pending)


def known(request: HttpRequest, provider: Provider, found: Proven, pending: dict[str, Any]) -> HttpResponse:
    """Somebody has been proven: connect them, or sign them in, or tell them how to become known."""
    note_answer(provider)
    if pending["link"] and request.user.is_authenticated:
        return linked(cast(Request, request), provider, found)
    person = person_of(found)
    if person is None:
        return unknown(request, provider, found, pending["next"])
    if not person.is_active:
        return refused(request, provider, NotProven(INACTIVE, "inactive"), person=person)
    if not vouched_seats(person, provider):
        return refused(request, provider, NotProven(NO_SEAT, "no seat at the provider's actors"), person=person)
    return sign_in_proven(request, person, found, pending["next"], anew=bool(pending.get("fresh")))


def sign_in_proven(
    request: HttpRequest, person: Person, found: Proven, next: str, *, anew: bool = False
) -> HttpResponse:
    """Sign a person in whom a provider has vouched for. The session speaks for the provider's actors only.

    `anew`: the provider has asked them who they are just now, and did not go by an earlier sign-in of its own.
    """
    facts = {"issuer": found.issuer, "level": found.level, "anew": "yes" if anew else ""}
    if request.user == person and request.session.get(SESSION_PROVIDER) == found.provider:
        # Confirming who one is: the session goes on.
        vouch(request, person, "federation", **facts)
        return redirect(next)
    if request.user.is_authenticated:
        logout(request)
    vouch(request, person, "federation", **facts)
    response = cast(HttpResponse, perform_login(request, Login(user=person, redirect_url=next)))
    if request.user != person:  # allauth has not signed them in after all: nothing of it stays in the session
        request.session.flush()
        return response
    request.session[SESSION_PROVIDER] = found.provider
    Attempt.objects.create(method=Method.FEDERATION, succeeded=True, person=person, address=limits.address_of(request))
    return response


def unknown(request: HttpRequest, provider: Provider, found: Proven, next: str) -> HttpResponse:
    """Nobody here has this identity. It is shown, to be given to an administrator; nothing is made."""
    noted("federation_refused", reason="unknown identity", provider=provider.id, address=limits.address_of(request))
    request.session[SESSION_SHOWN] = {
        "provider": found.provider, "issuer": found.issuer, "subject": found.subject, "level": found.level,
        "at": now().timestamp(),
    }  # fmt: skip
    if next.startswith("/invitation/"):
        return redirect(next)
    shown = {"provider": provider, "identity": found}
    return render(request, "accounts/federation_unknown.html", shown, status=403)


def shown_identity(request: HttpRequest) -> Proven | None:
    """An identity that this session has shown in the last quarter of an hour and that belongs to nobody.

    For accepting an invitation: `link` it to the new person, then `sign_in_proven`.
    """
    kept = request.session.get(SESSION_SHOWN)
    if not kept or now().timestamp() - kept["at"] > SHOWN_SECONDS:
        return None
    return Proven(kept["provider"], kept["issuer"], kept["subject"], kept["level"])


def signed_in_by_shown_identity(request: HttpRequest, person: Person) -> HttpResponse | None:
    """Connect somebody who has just accepted an invitation to the identity they have shown, and sign them in by it.

    None when they have shown none, or one that can't vouch for any of their seats.
    """
    found = shown_identity(request)
    provider: Provider | None = settings.FEDERATION.get(found.provider) if found is not None else None
    if found is None or provider is None or not vouched_seats(person, provider):
        return None
    try:
        link(person, found.issuer, found.subject, speaking(person, vouched_seats(person, provider)))
    except Refused:
        return None
    del request.session[SESSION_SHOWN]
    return sign_in_proven(request, person, found, reverse("home"))


def linked(request: Request, provider: Provider, found: Proven) -> HttpResponse:
    """Connect whoever is signed in to the identity that they have just shown."""
    by: Who = speaking(request.user, request.seats, request.who.actor)
    try:
        if not vouched_seats(request.user, provider):
            raise Refused(NO_SEAT)
        link(request.user, found.issuer, found.subject, by)
    except Refused as error:
        noted("federation_refused", reason="not linked", provider=provider.id, person=request.user.key)
        return refused(request, provider, NotProven(error.sentence if error.sentence else TAKEN, "not linked"))
    noted("factor_added", person=request.user.key, kind="federation", provider=provider.id)
    messages.success(request, _("You can now sign in with %(provider)s.") % {"provider": provider.name})
    return redirect("account_identities")


def refused(
    request: HttpRequest, provider: Provider, error: NotProven, *, person: Person | None = None
) -> HttpResponse:
    """Nobody is signed in: says why, and what else there is."""
    key = person.key if person else ""
    address = limits.address_of(request)
    noted("federation_refused", reason=error.reason, provider=provider.id, person=key, address=address)
    if error.silent:
        note_answer(provider, error.reason)
    shown = {
        "provider": provider, "sentence": error.sentence, "silent": error.silent,
        "next": safe_next(request), "emergency": provider.local == "emergency",
    }  # fmt: skip
    return render(request, "accounts/federation_refused.html", shown, status=503 if error.silent else 403)
