"""Passkeys as pages: making, naming and removing one's own."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samlad.accounts import factors, passkeys
from samlad.accounts.account import for_people, may_do_without, signed_in_for_all
from samlad.accounts.again import confirmed_recently
from samlad.accounts.devices import device
from samlad.accounts.forms import PasskeyForm, PasskeyNameForm
from samlad.accounts.middleware import while_weak
from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.registers.http import Request

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@while_weak
@READ_OR_WRITE
@never_cache
@for_people
@signed_in_for_all
@confirmed_recently
def passkey_new(request: Request) -> HttpResponse:
    """Make a passkey in this browser, or on the phone or key it reaches."""
    form = PasskeyForm(request.POST or None, initial={"name": device(request.headers.get("User-Agent", ""))})
    wrong: object = ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"] or _("Passkey")
        made = passkeys.made(form.cleaned_data["credential"], request.user, name)
        if made is not None:
            factors.added(request, request.user, made, request.who)
            messages.success(request, _("The passkey “%(name)s” can be used from now on.") % {"name": name})
            return redirect("account" if factors.has_recovery_codes(request.user) else "account_recovery")
        wrong = factors.NOT_ACCEPTED
    shown = {"form": form, "passkey_error": wrong, "options": passkeys.options_for_new(request.user)}
    shown["passkeys_possible"] = passkeys.possible(request)
    return render(request, "accounts/passkey_new.html", shown, status=400 if wrong else status(form))


@READ_OR_WRITE
@never_cache
@for_people
@confirmed_recently
def passkey(request: Request, factor: int) -> HttpResponse:
    """One of my passkeys: give it another name, or remove it (`remove`)."""
    row = get_object_or_404(Authenticator, pk=factor, user=request.user, type=Authenticator.Type.WEBAUTHN)
    form = PasskeyNameForm(request.POST or None, initial={"name": row.wrap().name})
    own = factors.all_of(request.user)

    def remove() -> bool:
        if not may_do_without(own, True):
            raise Refused(_("This is all you have to sign in with. Add another passkey first, or one-time codes."))
        factors.remove(request.user, row, request.who)
        return True

    if "remove" in request.POST:
        form = PasskeyNameForm({"name": row.wrap().name})
        if form.is_valid() and attempt(form, remove):
            messages.success(request, _("The passkey has been removed. Remove it from your phone or computer as well."))
            return redirect("account")
    elif request.method == "POST" and form.is_valid():
        row.wrap().name = form.cleaned_data["name"]
        row.save()
        return redirect("account")
    shown = {"form": form, "passkey": row, "may_remove": may_do_without(own, True)}
    return render(request, "accounts/passkey.html", shown, status=status(form))
