"""Pages of who is who: one's own identities, a person's for administrators, and the identity providers themselves."""

from contextlib import suppress
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samlad.accounts import actions, federation_saml
from samlad.accounts.account import signed_in_for_all
from samlad.accounts.again import confirmed_recently
from samlad.accounts.federation import Provider
from samlad.accounts.federation_state import Choice, ask, choices
from samlad.accounts.federation_views import SESSION_LINKING, back_address, provider_or_404
from samlad.accounts.identities import issuer_of, issuers, link, unlink, vouched_seats
from samlad.accounts.identity import NotProven
from samlad.accounts.models import BrokenGlass, ExternalId
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.registers.http import Request
from samlad.registers.models import Actor, Person
from samlad.registers.queries import actors_ever, person_names, today
from samlad.registers.rules import is_administrator
from samlad.registers.seat_rules import may_look_after

KINDS = {"oidc": "OpenID Connect", "saml": "SAML 2.0"}
SOON = 30  # days before a certificate ends that it is pointed out


class IdentityForm(forms.Form):
    """An identity, given by hand by whoever has been told it."""

    issuer = forms.ChoiceField(label=gettext_lazy("Identity provider"))
    subject = forms.CharField(
        label=gettext_lazy("Identity"),
        max_length=255,
        help_text=gettext_lazy("Exactly as the person was shown it when the sign-in did not know them."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)

    def __init__(self, data: Any, known: dict[str, str]) -> None:
        super().__init__(data)
        field = self.fields["issuer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(known.items())


@never_cache
@require_safe
def account_identities(request: Request) -> HttpResponse:
    """One's own: which organisations' sign-ins lead to this account, and which could be connected."""
    mine = list(ExternalId.objects.filter(person=request.user))
    names = issuers()
    usable = [choice.provider for choice in choices() if vouched_seats(request.user, choice.provider)]
    shown = {"identities": [(identity, names.get(identity.issuer, identity.issuer)) for identity in mine]}
    return render(request, "accounts/identities.html", shown | {"providers": usable})


@never_cache
@require_POST
@signed_in_for_all
@confirmed_recently
def account_identity_new(request: Request) -> HttpResponse:
    """Ask to be connected to a provider: a page that leads there (a form must not lead to another host)."""
    if request.method != "POST":  # asked by `again` whether this reader may, before it asks who they are
        return HttpResponseNotAllowed(["POST"])
    provider = provider_or_404(request.POST.get("provider", ""))
    request.session[SESSION_LINKING] = provider.id
    return render(request, "accounts/identity_new.html", {"provider": provider})


@require_POST
@confirmed_recently
def account_identity_end(request: Request, identity: int) -> HttpResponse:
    """Take one of one's own identities away."""
    row = get_object_or_404(ExternalId, pk=identity, person=request.user)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    unlink(row, request.who)
    messages.success(request, _("The identity no longer leads to this account."))
    return redirect("account_identities")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def person_identities(request: Request, key: str) -> HttpResponse:
    """A person's identities and break-glass sign-ins, for administrators: see, give and take away.

    An actor's own administrator gives identities at the actor's own providers.
    """
    person = _person_for_administrator(request, key)
    own = [provider.id for provider in settings.FEDERATION.of([request.who.actor])]
    form = IdentityForm(request.POST or None, issuers(None if is_administrator(request.who) else own))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: link(person, given["issuer"], given["subject"], request.who, given["reason"])):
            messages.success(request, _("The identity now leads to this account."))
            return redirect("person_identities", key)
    names = issuers()
    rows = list(ExternalId.objects.filter(person=person))
    adders = person_names({row.added_by for row in rows})
    shown = {
        "person": person,
        "form": form,
        "identities": [(row, names.get(row.issuer, row.issuer), adders.get(row.added_by, "")) for row in rows],
        "glasses": BrokenGlass.objects.filter(person=person)[:20],
        "now": now(),
    }
    return render(request, "accounts/person_identities.html", shown, status=status(form))


@require_POST
@confirmed_recently
def person_identity_end(request: Request, key: str, identity: int) -> HttpResponse:
    """Take an identity away from a person."""
    person = _person_for_administrator(request, key)
    row = get_object_or_404(ExternalId, pk=identity, person=person)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    unlink(row, request.who)
    messages.success(request, _("The identity no longer leads to this account."))
    return redirect("person_identities", key)


@require_POST
@confirmed_recently
def person_glass_end(request: Request, key: str, glass: int) -> HttpResponse:
    """End a person's break-glass sign-in before its time."""
    person = _person_for_administrator(request, key)
    row = get_object_or_404(BrokenGlass, pk=glass, person=person)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.mend_glass(glass=row, by=request.who)
    messages.success(request, _("The break-glass sign-in has ended."))
    return redirect("person_identities", key)


def _person_for_administrator(request: Request, key: str) -> Person:
    person = get_object_or_404(Person, key=key, screen=False)
    if not may_look_after(request.who, person, today=today()):
        raise Http404
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def providers(request: Request) -> HttpResponse:
    """The identity providers: what for, whether they answer, what their operators need. Posted: ask one now."""
    if not is_administrator(request.who):
        raise Http404
    if request.method == "POST":
        chosen = provider_or_404(request.POST.get("provider", ""))
        if ask(chosen):
            messages.success(request, _("%(provider)s answers.") % {"provider": chosen.name})
        return redirect("providers")
    shown = {
        "rows": [_row(request, choice) for choice in choices()],
        "troubles": settings.FEDERATION.troubles,
        "soon": now(),
    }
    return render(request, "accounts/providers.html", shown)


def _issuers(provider: Provider) -> list[str]:
    with suppress(NotProven):
        return [issuer_of(provider)]
    return []


def _row(request: Request, choice: Choice) -> dict[str, object]:
    """A provider as the page shows it."""
    provider = choice.provider
    names = {actor.code: actor.short for actor in actors_ever()}
    registered = set(Actor.objects.filter(code__in=provider.actors).values_list("code", flat=True))
    row: dict[str, object] = {
        "choice": choice,
        "provider": provider,
        "kind": KINDS[provider.kind],
        "actors": [names.get(actor, actor) for actor in provider.actors if actor in registered],
        "unknown": [actor for actor in provider.actors if actor not in registered],
        "known": ExternalId.objects.filter(issuer__in=_issuers(provider)).values("person").distinct().count(),
    }
    if provider.kind == "oidc":
        return row | {"back": back_address(request, provider), "issuer": provider.issuer}
    address = request.build_absolute_uri(reverse("federation_metadata", args=[provider.id]))
    try:
        held = [(name, until, (until - now()).days < SOON) for name, until in federation_saml.certificates(provider)]
        issuer = federation_saml.idp_of(provider)["entityId"]
        return row | {"metadata": address, "certificates": held, "issuer": issuer}
    except NotProven as error:
        return row | {"metadata": address, "unusable": error.reason}
