"""Passwords as pages: changing one's own, and setting a new one by a link when it has been forgotten."""

from typing import Final

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samlad.accounts import limits, mail, sessions
from samlad.accounts.account import for_people, signed_in_for_all
from samlad.accounts.again import confirmed_recently
from samlad.accounts.forms import ForgottenForm, NewPasswordForm, OwnPasswordForm
from samlad.accounts.middleware import while_weak
from samlad.accounts.models import Method
from samlad.accounts.signing_in import limited
from samlad.base.answers import attempt, status
from samlad.base.security import noted
from samlad.journal.who import Who
from samlad.notify.sender import sends_for_real
from samlad.registers import actions
from samlad.registers.http import Request
from samlad.registers.models import Person

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])
MINUTES: Final = settings.PASSWORD_RESET_TIMEOUT // 60


@while_weak
@READ_OR_WRITE
@never_cache
@sensitive_post_parameters()
@for_people
@signed_in_for_all
@confirmed_recently
def password(request: Request) -> HttpResponse:
    """Change my password, or set the first one. All my other sessions end."""
    person = request.user
    form = OwnPasswordForm(request, person, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: set_new(person, form, request.who)):
        keep_session(request, person)
        messages.success(request, _("The password has been changed. You are signed in here and nowhere else."))
        return redirect("account_set_up")
    shown = {"form": form, "has_password": person.has_usable_password()}
    return limited(render(request, "accounts/password.html", shown, status=status(form)), form)


def set_new(person: Person, form: NewPasswordForm, by: Who) -> bool:
    """Set what was typed. Raises Refused when it is too weak."""
    actions.set_password(person=person, password=form.cleaned_data["new_password"], by=by)
    noted("password_changed", person=person.key, by=by.person)
    return True


def keep_session(request: Request, person: Person) -> None:
    """Let this session live on under the new password, and end all others."""
    before = request.session.session_key
    update_session_auth_hash(request, person)
    record_authentication(request, person, method="password")  # who chose it knows it
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    sessions.end(person, but=request.session.session_key)


@login_not_required
@READ_OR_WRITE
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to set a new password. The answer is the same whether anybody has the address or not."""
    if request.user.is_authenticated:
        return redirect("account_password")
    form = ForgottenForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        try:
            limits.begin(request, Method.RESET, form.cleaned_data["email"])
        except limits.TooMany as too_many:
            form.refuse(too_many)
        else:
            mail.later(lambda: send_links(form.cleaned_data["email"], language=request.LANGUAGE_CODE))
            sent = True
    shown = {"form": form, "sent": sent, "can_send": sends_for_real(), "minutes": MINUTES}
    return limited(render(request, "accounts/forgotten.html", shown, status=status(form)), form)


def send_links(email: str, language: str) -> None:
    """Send a link to everybody with this address who signs in with a password here."""
    for person in Person.objects.filter(email__iexact=email, is_active=True):
        if person.has_usable_password():
            where = reverse("forgotten_new", args=[person.key, default_token_generator.make_token(person)])
            shown = {"person": person, "link": settings.SAMLAD_URL + where, "minutes": MINUTES}
            mail.send(person.email, "accounts/mail/forgotten", shown, language)


@login_not_required
@READ_OR_WRITE
@never_cache
@sensitive_post_parameters()
def forgotten_new(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Set a new password by the link of a mail: once, within half an hour. The second factor is still asked for."""
    person = Person.objects.filter(key=key, is_active=True).first() if key.isalnum() else None
    if person is None or not default_token_generator.check_token(person, token):
        return render(request, "accounts/forgotten_too_late.html", status=404)
    form = NewPasswordForm(request.POST or None)
    by = Who(person.key, "", frozenset(), person.name)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: set_new(person, form, by)):
        sessions.end(person)
        messages.success(request, _("The password has been changed. Sign in with it."))
        return redirect("sign_in")
    return render(request, "accounts/forgotten_new.html", {"form": form, "person": person}, status=status(form))
