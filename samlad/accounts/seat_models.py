"""The tables of invitations and of wall screens. Tokens are never stored, only their digests."""

from typing import ClassVar

from django.db import models

from samlad.base.clock import now
from samlad.registers.models import Actor, Person


class Invitation(models.Model):
    """An invitation to take seats at an actor. Times are UTC; the seats stand in `roles` until it is accepted.

    `digest` is of the token in the link, empty once the link is used up. `lender` and `until`: the seats are on loan.
    """

    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField()
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="invitations")
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField()
    lender = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    invited_by = models.CharField(max_length=32)
    invited_for = models.CharField(max_length=60, blank=True)
    invited_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="invitations")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("-invited_at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lender=None) | models.Q(until__isnull=False), name="invitation_loan_has_an_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.actor_id}"

    @property
    def state(self) -> str:
        """sent, opened, accepted, expired or withdrawn."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        if self.expires_at <= now():
            return "expired"
        return "opened" if self.opened_at else "sent"


class Screen(models.Model):
    """A wall screen: which person stands for it, who made it, how it was opened, when it was last seen."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="screen_of")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="screens")
    made_by = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=now)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    session_key = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("actor", "person__name")

    def __str__(self) -> str:
        return f"{self.person_id} {self.actor_id}"
