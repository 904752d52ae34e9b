"""The queue of what is to be sent to people outside the program, and what became of it."""

from typing import ClassVar, Literal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EXERCISE_MARKS: dict[str, str] = {"sv": "ÖVNING", "en": "EXERCISE"}
"""What every notice of an exercise begins with, by language."""

State = Literal["queued", "waiting", "sent", "outbox", "failed"]


class Trouble(models.TextChoices):
    """Why a notice has not been sent (yet), in words for the person who looks at the outbox."""

    NO_ADDRESS = "no_address", _("There is no e-mail address in the register")
    UNREACHABLE = "unreachable", _("The mail server cannot be reached")
    TIMEOUT = "timeout", _("The mail server did not answer in time")
    SIGN_IN = "sign_in", _("The mail server did not accept Samlad's sign-in")
    RECIPIENT = "recipient", _("The mail server did not accept the address")
    REFUSED = "refused", _("The mail server did not accept the message")
    CLOSED = "closed", _("The operation was closed before it could be sent")
    TOO_OLD = "too_old", _("It could not be sent in time, and is not sent afterwards")
    OTHER = "other", pgettext_lazy("why a message was not sent", "It could not be sent")


class Notice(models.Model):
    """One text to one person on one channel. `key` makes it one, however often it is asked for.

    Times are UTC. `due_at` is when it is next tried; `claimed_at` when somebody began to send it; `sent_by` says
    whether it left the house ("email") or only lies in the local outbox ("outbox").
    """

    key = models.CharField(max_length=160, unique=True)
    operation = models.UUIDField()
    entry = models.UUIDField()
    person = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    language = models.CharField(max_length=10)
    exercise = models.BooleanField()
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=20, blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-queued_at", "-id")
        indexes: ClassVar = [
            models.Index(F("due_at"), condition=Q(sent_at=None, given_up_at=None), name="notice_due"),
            models.Index(fields=["actor", "-queued_at"], name="notice_of_actor"),
            models.Index(fields=["-queued_at"], name="notice_newest"),
        ]
        constraints: ClassVar = [
            # An exercise can never be taken for the real thing, whatever the program above does.
            models.CheckConstraint(
                condition=Q(exercise=False)
                | Q(subject__startswith=EXERCISE_MARKS["sv"], body__startswith=EXERCISE_MARKS["sv"])
                | Q(subject__startswith=EXERCISE_MARKS["en"], body__startswith=EXERCISE_MARKS["en"]),
                name="notice_exercise_marked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.address})"

    @property
    def state(self) -> State:
        """queued (not tried yet), waiting (tried, and will be again), sent, outbox (kept here), failed (for good)."""
        if self.sent_at:
            return "outbox" if self.sent_by == "outbox" else "sent"
        if self.given_up_at:
            return "failed"
        return "waiting" if self.trouble else "queued"
