"""The queue of what is to be sent to people outside the program, and what became of it."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now
from samlad.notify.call_models import Alert as Alert
from samlad.notify.call_models import Call as Call
from samlad.notify.call_models import Happening as Happening
from samlad.notify.call_models import Recipient as Recipient
from samlad.notify.way_models import Way as Way
from samlad.notify.way_models import WayTest as WayTest

EXPIRES: Final = timedelta(hours=6)
"""An alarm that is older than this says something that no longer holds: it is never sent afterwards."""

EXERCISE_MARKS: dict[str, str] = {"sv": "ÖVNING", "en": "EXERCISE"}
"""What every notice of an exercise begins with, by language."""

State = Literal["queued", "waiting", "sent", "outbox", "failed"]


class Trouble(models.TextChoices):
    """Why a notice has not been sent (yet), in words for the person who looks at the outbox."""

    NO_ADDRESS = "no_address", _("There is no address or number in the register")
    UNREACHABLE = "unreachable", _("The server for this channel cannot be reached")
    TIMEOUT = "timeout", _("The server for this channel did not answer in time")
    SIGN_IN = "sign_in", _("The server for this channel did not accept Samlad's sign-in")
    RECIPIENT = "recipient", _("The server did not accept the address or number")
    REFUSED = "refused", _("The server did not accept the message")
    NO_GATEWAY = "no_gateway", _("The channel is no longer in use")
    NOT_FOR_EXERCISES = "not_for_exercises", _("The channel may not be used in exercises")
    ANSWERED = "answered", _("The actor had answered before it was sent")
    WITHDRAWN = "withdrawn", _("The call was withdrawn before it was sent")
    CLOSED = "closed", _("The operation was closed before it could be sent")
    TOO_OLD = "too_old", _("It could not be sent in time, and is not sent afterwards")
    OTHER = "other", pgettext_lazy("why a message was not sent", "It could not be sent")


def expiry() -> datetime:
    """When a notice that is queued now says something that no longer holds."""
    return now() + EXPIRES


class Notice(models.Model):
    """One text to one person on one channel. `key` makes it one, however often it is asked for.

    Times are UTC. `recipient`: part of a call; `way`: which of their ways. `due_at` is when it is next tried,
    `expires_at` when it says something that no longer holds and is never sent; `claimed_at` when somebody began to
    send it; `sent_by` says whether it left the house ("email") or only lies in the local outbox ("outbox").
    """

    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey("Recipient", models.CASCADE, null=True, related_name="notices")
    way = models.CharField(max_length=60, blank=True)
    operation = models.UUIDField()
    entry = models.UUIDField()
    person = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    address = models.TextField(blank=True)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    language = models.CharField(max_length=10)
    exercise = models.BooleanField()
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(default=expiry)
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
            models.Index(F("recipient"), condition=Q(sent_at=None, given_up_at=None), name="notice_waiting_for"),
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
