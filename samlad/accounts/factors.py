"""What somebody can sign in with: passkeys, one-time codes, recovery codes, a password. Reading and changing them."""

import io
from dataclasses import dataclass
from typing import Any, Final

import qrcode
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from samlad.accounts import passkeys
from samlad.base.security import noted
from samlad.journal.who import Who
from samlad.registers.history import note
from samlad.registers.models import Person

NOT_ACCEPTED: Final = _("The passkey was not accepted. Try once more, or use another way.")
Type = Authenticator.Type


@dataclass(frozen=True)
class Factors:
    """Somebody's factors, as pages show them."""

    passkeys: tuple[Authenticator, ...]
    codes: Authenticator | None
    recovery: Authenticator | None
    recovery_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor."""
        return bool(self.passkeys or self.codes)


def all_of(person: Person) -> Factors:
    """Everything there is; one query."""
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    codes = next((row for row in rows if row.type == Type.TOTP), None)
    recovery = next((row for row in rows if row.type == Type.RECOVERY_CODES), None)
    left = len(recovery.wrap().get_unused_codes()) if recovery else 0
    return Factors(tuple(row for row in rows if row.type == Type.WEBAUTHN), codes, recovery, left)


def factors_of(person: Person) -> dict[str, Any]:
    """What a page that asks for a factor shows: which there are, and what a browser needs to use a passkey."""
    types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {
        "has_code": Type.TOTP in types,
        "has_recovery": Type.RECOVERY_CODES in types,
        "passkey_options": passkeys.options_for_sign_in(person) if Type.WEBAUTHN in types else None,
    }


def added(request: HttpRequest, person: Person, factor: Authenticator, by: Who) -> None:
    """Note a new factor: in the session, which has just shown it and is as strong as it from now on, and in history."""
    passwordless = {"passwordless": True} if factor.type == Type.WEBAUTHN else {}
    record_authentication(request, person, method="mfa", id=factor.pk, type=factor.type, **passwordless)
    _note(person, by, factor.type, after=True)
    noted("factor_added", person=person.key, factor=factor.type)


@transaction.atomic
def remove(person: Person, factor: Authenticator, by: Who) -> None:
    """Take a factor away, and the recovery codes with the last one."""
    factor.delete()
    if not Authenticator.objects.filter(user=person).exclude(type=Type.RECOVERY_CODES).exists():
        Authenticator.objects.filter(user=person).delete()
    _note(person, by, factor.type, after=False)
    noted("factor_removed", person=person.key, by=by.person, factor=factor.type)


@transaction.atomic
def remove_all(person: Person, by: Who) -> None:
    """Take all factors away: somebody has lost their phone and the codes as well, and sets up anew."""
    if Authenticator.objects.filter(user=person).delete()[0]:
        _note(person, by, "factors", after=False)
        noted("factor_removed", person=person.key, by=by.person, factor="all")


def start_codes(person: Person, secret: str) -> Authenticator:
    """Save the secret of one-time codes, in place of an earlier one."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type=Type.TOTP).delete()
        return TOTP.activate(person, secret).instance


@transaction.atomic
def new_recovery_codes(person: Person) -> list[str]:
    """Ten fresh codes, which can be read this once; earlier ones are worth nothing from now on."""
    Person.objects.select_for_update().get(pk=person.pk)
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def has_recovery_codes(person: Person) -> bool:
    """Whether there are any, used or not."""
    return bool(Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).exists())


def qr_code(person: Person, secret: str) -> str:
    """The picture an authenticator app reads, as SVG."""
    url = get_adapter().build_totp_url(person, secret)
    out = io.BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=2).save(out)
    return out.getvalue().decode()


def _note(person: Person, by: Who, what: str, *, after: bool) -> None:
    note(
        register="people", key=person.key, by=by, before={what: not after}, after={what: after}, reason="",
        action="changed",
    )  # fmt: skip
