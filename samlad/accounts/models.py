"""The tables of sign-in: who tried, who succeeded, and what processes remember together."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samlad.accounts.seat_models import Invitation as Invitation
from samlad.accounts.seat_models import Screen as Screen
from samlad.base.clock import now
from samlad.registers.models import Person


class Method(models.TextChoices):
    """How somebody signed in, or tried to."""

    PASSKEY = "passkey", _("Passkey")
    PASSWORD = "password", _("Password")
    CODE = "code", _("Password and a second step")
    FEDERATION = "federation", _("Own organisation")
    INVITATION = "invitation", _("Invitation")
    WALL = "wall", _("Wall screen")
    RESET = "reset", _("Forgotten password")
    CONFIRM = "confirm", _("Confirmation")


class Attempt(models.Model):
    """One try to sign in, or one step of it. Limits count the failed ones; the person sees the history of their own.

    `name` is a keyed digest of the name that was typed: a password typed in the wrong field must not stand here.
    `whole`: not a step but a sign-in with all its steps. `device` is rough: "Firefox, Windows".
    """

    at = models.DateTimeField(default=now)
    method = models.CharField(max_length=12, choices=Method.choices)
    succeeded = models.BooleanField()
    whole = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="attempts")
    name = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=40, blank=True)

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


class ExternalId(models.Model):
    """Who an identity provider's person is here: the issuer, and what it calls them. Nothing else connects the two."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="external_ids")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=32)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("issuer", "subject")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("issuer", "subject"), name="external_id_is_one_person"),
            models.CheckConstraint(condition=~models.Q(issuer="") & ~models.Q(subject=""), name="external_id_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.issuer})"


class ProviderState(models.Model):
    """When an identity provider last answered, and what went wrong when it did not. Times are UTC."""

    provider = models.CharField(max_length=60, primary_key=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.provider} {self.trouble or 'answers'}"


class UsedAnswer(models.Model):
    """An identity provider's answer that has been used: it signs nobody in a second time."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class BrokenGlass(models.Model):
    """One break-glass sign-in: who, for which actors, why, from when to when. Ended earlier when `ended_at` is set."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="broken_glass")
    actors = models.JSONField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M}"
