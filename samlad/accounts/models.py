"""The tables of sign-in: who tried, who succeeded, and what processes remember together."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.registers.models import Person


class Method(models.TextChoices):
    """How somebody signed in, or tried to."""

    PASSKEY = "passkey", _("Passkey")
    PASSWORD = "password", _("Password")
    CODE = "code", _("Password and code")
    FEDERATION = "federation", _("Own organisation")
    RESET = "reset", _("Forgotten password")
    CONFIRM = "confirm", _("Confirmation")


class Attempt(models.Model):
    """One try to sign in. Limits count the failed ones; the person sees the history of their own.

    `name` is a keyed digest of the name that was typed: a password typed in the wrong field must not stand here.
    """

    at = models.DateTimeField(default=now)
    method = models.CharField(max_length=12, choices=Method.choices)
    succeeded = models.BooleanField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="attempts")
    name = models.CharField(max_length=64)
    address = models.CharField(max_length=45)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("name", "-at"), name="attempt_by_name"),
            models.Index(fields=("address", "-at"), name="attempt_by_address"),
            models.Index(fields=("person", "-at"), name="attempt_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.method} {'in' if self.succeeded else 'failed'}"


class Cached(models.Model):
    """Django's database cache (one-time codes that have been used): a table like all others, made by a migration."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cached"

    def __str__(self) -> str:
        return self.cache_key
