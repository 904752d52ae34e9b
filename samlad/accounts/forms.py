"""The forms of sign-in. Whether what was typed is right is found here, within the limits on attempts."""

from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samlad.accounts import limits
from samlad.accounts.models import Method
from samlad.base.security import noted
from samlad.registers.models import Person

WRONG_CODE: Final = _("The code is not right. Codes change every half minute: type the one shown now.")


class Limited(forms.Form):
    """A form that may be wrong only so often; `until` is set when it has been too often."""

    status: int
    retry_after = 0

    def refuse(self, too_many: limits.TooMany) -> None:
        """Say when to try again; `base.answers.status` then gives 429."""
        self.add_error(None, too_many.sentence)
        self.status = limits.TOO_MANY
        self.retry_after = max(1, too_many.seconds)


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
            self.add_error("code", WRONG_CODE)
            return values
        limits.succeeded(attempt, self.person)
        return values


def right_code(person: Person, typed: str) -> Authenticator | None:
    """The factor whose code this is; a code is used up by this. Spaces and hyphens in it don't matter."""
    code = digits(typed)
    factors = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN)
    for factor in factors.select_related("user"):
        if code and factor.wrap().validate_code(code) and _first_use(factor, code):
            if factor.type == Authenticator.Type.RECOVERY_CODES:
                noted("recovery_code_used", person=person.key)
            return factor
    return None


def _first_use(factor: Authenticator, code: str) -> bool:
    """Whether this code has not been used before. allauth forgets after one period; a code is right for three."""
    return bool(cache.add(f"samlad:used:{factor.pk}:{code}", "y", timeout=5 * TOTP_PERIOD))


def digits(typed: str) -> str:
    """What was typed without spaces, hyphens and the like."""
    return "".join(character for character in typed if character.isascii() and character.isdigit())


class NewCodesForm(Limited):
    """The first code of an app that has just been set up: proof that it works."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=20,
        help_text=_("Six digits. The app shows new ones every half minute."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, secret: str, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.secret = request, secret

    def clean_code(self) -> str:
        """The digits, when they are the secret's."""
        code = digits(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code):
            raise ValidationError(WRONG_CODE)
        return code


class PasskeyNameForm(forms.Form):
    """What somebody calls one of their passkeys."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("So that you know it again, such as: my phone, the key in the safe."),
    )


class PasskeyForm(PasskeyNameForm):
    """A new passkey: its name, and what the browser made."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = False  # a passkey that has been made is not refused for want of a name


class NewPasswordForm(forms.Form):
    """A new password, typed once: the browser can show it, and better keeps it."""

    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Four words that have nothing to do with each other are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class OwnPasswordForm(Limited, NewPasswordForm):
    """A new password for oneself, by who knows the old one (where there is one)."""

    password = forms.CharField(
        label=_("The password you have now"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "new_password")

    def __init__(self, request: HttpRequest, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.person = request, person
        if not person.has_usable_password():
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        """Say no to a wrong old password, within the limits on attempts."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors or "password" not in values:
            return values
        try:
            attempt = limits.begin(self.request, Method.CONFIRM, self.person.key, self.person)
        except limits.TooMany as too_many:
            self.refuse(too_many)
            return values
        if self.person.check_password(values["password"]):
            limits.succeeded(attempt, self.person)
        else:
            limits.failed(attempt, self.person)
            self.add_error("password", _("The password is not right."))
        return values


class ForgottenForm(Limited):
    """Where to send a link."""

    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
