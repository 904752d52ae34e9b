"""Confirming that it is still you, before something dangerous. Whoever signed in just now need not.

The question is asked at the address of the act itself. What was posted comes back as hidden fields of the question, and
is posted once more with the answer: nothing that was typed is lost, and none of it lies on the server meanwhile.
"""

import copy
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from samlad.accounts import limits, passkeys
from samlad.accounts.factors import NOT_ACCEPTED, factors_of
from samlad.accounts.forms import Limited, right_code
from samlad.accounts.models import Method
from samlad.base.answers import status
from samlad.base.security import noted
from samlad.registers.http import Request

VALID: Final = 10 * 60
"""Seconds for which a confirmation, or the sign-in itself, is enough."""
PREFIX: Final = "confirm-"
COUNTS: Final = {"password": VALID, "mfa": VALID, "federation": VALID, "invitation": 60 * 60}
"""What shows who somebody is, and for how many seconds. An invitation leads nowhere but to setting up a sign-in."""

View = Callable[..., HttpResponse]


class ConfirmForm(Limited):
    """The password, or a code where there is no password."""

    password = forms.CharField(
        required=False,
        strip=False,
        max_length=200,
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        required=False,
        max_length=20,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX.rstrip("-"))
        self.request = request
        self.factor: Any = None
        del self.fields["code" if request.user.has_usable_password() else "password"]
        for field in self.fields.values():
            field.required = True

    def clean(self) -> dict[str, Any]:
        """Say no to what is wrong, within the limits on attempts."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        person = self.request.user
        try:
            attempt = limits.begin(self.request, Method.CONFIRM, person.key, person)
        except limits.TooMany as too_many:
            self.refuse(too_many)
            return values
        if "password" in values:
            right = person.check_password(values["password"])
        else:
            self.factor = right_code(person, values["code"])
            right = self.factor is not None
        if right:
            limits.succeeded(attempt, person)
        else:
            limits.failed(attempt, person)
            sentence = _("The password is not right.") if "password" in values else _("The code is not right.")
            self.add_error("password" if "password" in values else "code", sentence)
        return values


def recently(request: Request) -> bool:
    """Whether this session has shown within the last ten minutes who it is. No query."""
    records = get_authentication_records(request, request.user)
    return any(_counts(record) for record in records)


def _counts(record: dict[str, Any]) -> bool:
    """Whether a record shows who it is. A provider that went by its own earlier sign-in has asked nobody."""
    how = str(record.get("method"))
    if how == "federation" and not record.get("anew"):
        return False
    return float(record["at"]) > time.time() - COUNTS.get(how, 0)


def confirmed_recently(view: View) -> View:
    """Wrap a view that does something dangerous: it is reached only by who has confirmed who they are of late.

    What the view would refuse to show (404) it still refuses, without a question.
    """

    @wraps(view)
    @sensitive_post_parameters()
    def confirmed(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if recently(request):
            return view(request, *args, **kwargs)
        refused = _refusal(view, request, *args, **kwargs)
        return refused or _asked(view, request, *args, **kwargs)

    return confirmed


def _refusal(view: View, request: Request, *args: Any, **kwargs: Any) -> HttpResponse | None:
    """What the view says to whoever may not see it: it is asked as if only the head of its page were fetched.

    So a view that is wrapped does and notes nothing for HEAD; one that is only ever posted to answers it with 405.
    """
    as_head = copy.copy(request)
    as_head.method, as_head.POST = "HEAD", QueryDict()
    answer = view(as_head, *args, **kwargs)
    forbidden = answer.status_code >= 400 and answer.status_code != 405
    return answer if forbidden else None


def _asked(view: View, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """Ask; and when the answer is right, do what was asked for."""
    question = _unless_right(request)
    if question is not None:
        return question
    noted("reauthenticated", person=request.user.key, address=limits.address_of(request))
    if request.POST.get(PREFIX + "fetched"):
        return HttpResponseRedirect(request.get_full_path())
    return view(request, *args, **kwargs)


def _unless_right(request: Request) -> HttpResponse | None:
    """The question, with what was wrong; None when the answer is right, which is then noted in the session."""
    credential = request.POST.get(PREFIX + "credential")
    if credential is not None:
        factor = passkeys.used(credential, request.user)
        if factor is None:
            return _question(request, ConfirmForm(request), NOT_ACCEPTED)
        post_authentication(request, factor, reauthenticated=True)
        return None
    answered = any(name.startswith(PREFIX) for name in request.POST)
    form = ConfirmForm(request, request.POST if answered else None)
    if not (answered and form.is_valid()):
        return _question(request, form)
    if form.factor is not None:
        post_authentication(request, form.factor, reauthenticated=True)
    else:
        record_authentication(request, request.user, method="password", reauthenticated=True)
    return None


def _question(request: Request, form: ConfirmForm, wrong: object = "") -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not name.startswith(PREFIX) and name != "csrfmiddlewaretoken"
    ]
    fetched = request.method != "POST" or bool(request.POST.get(PREFIX + "fetched"))
    shown = {"form": form, "kept": kept, "fetched": fetched, "passkey_error": wrong}
    shown["demo_password"] = settings.SAMLAD_DEMO_PASSWORD if settings.DEMO else ""
    shown |= factors_of(request.user)
    shown["nothing"] = not (request.user.has_usable_password() or shown["passkey_options"] or shown["has_code"])
    answer = render(request, "accounts/confirm.html", shown, status=400 if wrong else status(form))
    add_never_cache_headers(answer)
    return answer
