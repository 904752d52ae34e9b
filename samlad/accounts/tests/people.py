"""People with passwords and one-time codes, and what their app shows."""

import time
from typing import Final

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from samlad.accounts.factors import start_codes
from samlad.registers.models import Person

PASSWORD: Final = "snow over the county"
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(person: Person) -> Person:
    """Give somebody a password."""
    person.set_password(PASSWORD)
    person.save()
    return person


def with_codes(person: Person) -> Person:
    """Give somebody a password and an app."""
    start_codes(with_password(person), SECRET)
    return person


def code(secret: str = SECRET, ahead: int = 0) -> str:
    """What the app shows now, or some half minutes ahead."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def give_password(client: Client, person: Person, next: str = "/registers/") -> str:
    """Type the name and password; where that leads."""
    answer = client.post("/sign-in/", {"username": person.username, "password": PASSWORD, "next": next})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]
