"""Who receives at an actor: its registrar, at the addresses of those who hold that seat."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, today

BETWEEN: Final = re.compile(r"[\s,;]+")
FUNCTION: Final = "Registrator"
"""What stands on letters: it is written in Swedish, whoever looks at the page."""


def default_function() -> str:
    """Whom a letter is addressed to when nothing else is known."""
    return FUNCTION


def default_emails(actor: str) -> str:
    """The addresses of an actor's registrars today, comma between; "" where it has none."""
    seats = Seat.objects.filter(holds_on(today()), actor=actor, role="registrar", person__is_active=True)
    found = seats.exclude(person__email="").order_by("person__email").values_list("person__email", flat=True)
    return ", ".join(dict.fromkeys(found))


def addresses(text: str) -> list[str]:
    """The e-mail addresses in a field, each once."""
    return list(dict.fromkeys(one for one in BETWEEN.split(text.strip()) if one))


def checked(text: str) -> str:
    """Addresses as they are stored. Raises ValidationError that names the one that is none."""
    for address in addresses(text):
        try:
            validate_email(address)
        except ValidationError as wrong:
            sentence = _("“%(address)s” is no e-mail address. Write a comma between several.")
            raise ValidationError(sentence % {"address": address}) from wrong
    return ", ".join(addresses(text))
