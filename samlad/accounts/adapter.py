"""What allauth asks the program: names, addresses, secrets, the steps of a sign-in. Nobody signs up."""

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.accounts import history, sessions
from samlad.registers.models import Person

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 nothing is bound to it


def shown_name(person: Person) -> str:
    """What a person is called where allauth shows one."""
    return person.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in as Samlad has it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made in the registers and by invitation."""
        return False

    def add_message(self, *args: Any, **options: Any) -> None:
        """Our pages say themselves what was done, in their own words."""

    def get_login_stages(self) -> list[str]:
        """After the first step only the second factor."""
        return ["samlad.accounts.stages.SecondFactor"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request comes from: behind a proxy what uvicorn takes from a trusted one, never a header itself."""
        return clean_client_ip(request.META.get("REMOTE_ADDR", "")) or UNKNOWN_ADDRESS

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """Note the session and the sign-in; every step has been taken."""
        answer: HttpResponse = super().post_login(request, user, **options)
        sessions.begun(request)
        person = cast(Person, user)
        history.signed_in(request, person)
        if failed := history.failed_since_last(person):
            told = ngettext(
                "%(n)s attempt to sign in as you has failed since you were last here. See My sign-in.",
                "%(n)s attempts to sign in as you have failed since you were last here. See My sign-in.",
                failed,
            )
            messages.warning(request, told % {"n": failed})
        return answer

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Back to the sign-in page."""
        messages.error(request, _("This account may not sign in. Ask your administrator."))
        return redirect("sign_in")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors as Samlad has them: the secrets of one-time codes lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Under the program's secret key."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted; nothing that any code fits when the key is another now."""
        try:
            return box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            never = hashlib.sha256(f"{settings.SECRET_KEY}\0{encrypted_text}".encode()).digest()
            return base64.b32encode(never[:20]).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the authenticator app calls the account."""
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host the page came from."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Samlad"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """A passkey's account, as the browser and the phone show it."""
        return {**super().get_public_key_credential_user_entity(user), "name": user.get_username()}


def box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"samlad one-time codes\0" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
