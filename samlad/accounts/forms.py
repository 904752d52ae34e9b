"""The forms of sign-in. Whether what was typed is right is found here, within the limits on attempts."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samlad.accounts import limits
from samlad.accounts.models import Method
from samlad.registers.models import Person


class Limited(forms.Form):
    """A form that may be wrong only so often; `until` is set when it has been too often."""

    status: int
    retry_after = 0

    def refuse(self, too_many: limits.TooMany) -> None:
        """Say when to try again; `base.answers.status` then gives 429."""
        self.add_error(None, too_many.sentence)
        self.status = limits.TOO_MANY
        self.retry_after = max(1, int((too_many.until - limits.now()).total_seconds()))


class SignInForm(Limited):
    """User name and password. The same answer for a name nobody has, a wrong password and an account that is closed."""

    username = forms.CharField(
        label=_("Username"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person, or say no."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        name = values["username"].strip()
        try:
            attempt = limits.begin(self.request, Method.PASSWORD, name)
        except limits.TooMany as too_many:
            self.refuse(too_many)
            return values
        person = get_adapter(self.request).authenticate(self.request, username=name, password=values["password"])
        if person is None or not person.is_active:
            limits.failed(attempt, Person.objects.filter(username__iexact=name).first())
            raise ValidationError(_("The username or the password is not right. Both are needed exactly as given."))
        limits.succeeded(attempt, person)
        self.person = person
        return values


class CodeForm(Limited):
    """A one-time code, or a recovery code instead."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, person: Person, data: Any = None, method: Method = Method.CODE) -> None:
        super().__init__(data)
        self.request, self.person, self.method = request, person, method
        self.authenticator: Authenticator | None = None

    def clean(self) -> dict[str, Any]:
        """Find which of the person's factors the code belongs to, or say no."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        try:
            attempt = limits.begin(self.request, self.method, self.person.key, self.person)
        except limits.TooMany as too_many:
            self.refuse(too_many)
            return values
        self.authenticator = right_code(self.person, values["code"])
        if self.authenticator is None:
            limits.failed(attempt, self.person)
            self.add_error("code", get_adapter(self.request).error_messages["incorrect_code"])
            return values
        limits.succeeded(attempt, self.person)
        return values


def right_code(person: Person, typed: str) -> Authenticator | None:
    """The factor whose code this is; a code is used up by this. Spaces and hyphens in it don't matter."""
    code = "".join(character for character in typed if character.isascii() and character.isdigit())
    factors = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN)
    for factor in factors.select_related("user"):
        if code and factor.wrap().validate_code(code):
            return factor
    return None


class NewPasswordForm(forms.Form):
    """A new password, typed once: it can be shown, and a manager or a passkey beats typing it twice."""

    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Four words that have nothing to do with each other are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_new_password(self) -> str:
        """Refuse what is too short, too common or too like the person's name."""
        typed: str = self.cleaned_data["new_password"]
        validate_password(typed, self.person)
        return typed
