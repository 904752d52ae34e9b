"""One-time codes and recovery codes as pages."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from samlad.accounts import factors
from samlad.accounts.account import GOING, for_people, may_do_without, signed_in_for_all
from samlad.accounts.again import confirmed_recently
from samlad.accounts.forms import NewCodesForm, right_code
from samlad.accounts.middleware import while_weak
from samlad.base.answers import status
from samlad.registers.http import Request

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@while_weak
@READ_OR_WRITE
@never_cache
@sensitive_post_parameters()
@sensitive_variables("secret")
@for_people
@signed_in_for_all
@confirmed_recently
def codes(request: Request) -> HttpResponse:
    """Set up one-time codes: the picture for the app, and the first code back. In place of earlier ones, if any."""
    secret = get_totp_secret()  # the same until it is used: a page that is fetched again shows no other picture
    form = NewCodesForm(request, secret, request.POST or None)
    if request.method == "POST" and form.is_valid():
        factor = factors.start_codes(request.user, secret)
        right_code(request.user, form.cleaned_data["code"])  # used up by this
        clear_totp_secret(request)
        factors.added(request, request.user, factor, request.who)
        messages.success(request, _("One-time codes can be used from now on."))
        return redirect("account" if factors.has_recovery_codes(request.user) else "account_recovery")
    shown = {
        "form": form,
        "qr": factors.qr_code(request.user, secret),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "app_link": get_adapter().build_totp_url(request.user, secret),
        "replaces": factors.all_of(request.user).codes is not None,
    }
    return render(request, "accounts/codes.html", shown, status=status(form))


@require_POST
@for_people
@confirmed_recently
def codes_remove(request: Request) -> HttpResponse:
    """Do without one-time codes; 404 where there are none, or nothing else is left."""
    own = factors.all_of(request.user)
    if own.codes is None or not may_do_without(own, True):
        raise Http404
    if request.method != "POST":  # asked by `again` whether this reader may, before it asks who they are
        return HttpResponseNotAllowed(["POST"])
    factors.remove(request.user, own.codes, request.who)
    messages.success(request, _("One-time codes have been removed. Remove the account from your app as well."))
    return redirect("account")


@while_weak
@READ_OR_WRITE
@never_cache
@for_people
@signed_in_for_all
@confirmed_recently
def recovery(request: Request) -> HttpResponse:
    """Recovery codes: how many are left; posted: ten new ones, shown this once. 404 for who has no second factor."""
    own = factors.all_of(request.user)
    if not own.any:
        raise Http404
    fresh = factors.new_recovery_codes(request.user) if request.method == "POST" else []
    going = request.session.pop(GOING, "") if fresh else request.session.get(GOING, "")
    shown = {
        "factors": own,
        "codes": [f"{code[:4]} {code[4:]}" for code in fresh],
        "going": going or reverse("account"),
        "username": request.user.username,
    }
    return render(request, "accounts/recovery.html", shown)
