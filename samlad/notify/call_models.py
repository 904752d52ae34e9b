"""Calls under way: an alert, the actors it calls, the people at each, and what the program has done about it.

All of it is there to be carried out; what has been done is told in the journal, and only that is believed. Times are
UTC. The ladder is counted from the alert and kept as moments, so that a process that dies goes on where it was.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Alert(models.Model):
    """One call-out: its words, whom it asks for, and the ladder. `id` is the entry that it was decided by.

    `ladder` is a list of [seconds, step], steps being those of `alerts.Steps`; `next_way` the seconds between a
    person's ways (none: only the first way that works). `keys` is said last in a call: which key is which. `until`: the
    last moment at which it means anything.
    """

    id = models.UUIDField(primary_key=True)
    operation = models.UUIDField()
    purpose = models.CharField(max_length=20)
    roles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    short = models.TextField()
    keys = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10)
    exercise = models.BooleanField()
    answerable = models.BooleanField(default=True)
    ladder: "models.JSONField[Any, Any]" = models.JSONField()
    next_way = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["operation"], name="alert_of_operation")]

    def __str__(self) -> str:
        return self.subject


class Call(models.Model):
    """One actor in an alert. `step` is how far up the ladder it has come, `next_at` when the next one is due."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="calls")
    actor = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("alert", "actor"), name="call_once")]
        indexes: ClassVar = [models.Index(F("next_at"), condition=Q(next_at__isnull=False), name="call_due")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.actor}"


class Recipient(models.Model):
    """One person in a call, or with an empty `person` the actor's switchboard: which of their ways is next, and when.

    `code` is what they answer with by SMS. `answered_at`: their link has been used.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="recipients")
    person = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=6)
    next_way = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("call", "person"), name="recipient_once")]
        indexes: ClassVar = [
            models.Index(F("next_at"), condition=Q(next_at__isnull=False), name="recipient_due"),
            models.Index(fields=["code"], name="recipient_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person}"


class Happening(models.Model):
    """One thing the program did in an alert, written in the transaction in which it did it. `told`: in the journal."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="happenings")
    actor = models.CharField(max_length=60)
    person = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    what = models.CharField(max_length=20)
    trouble = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    told = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(F("id"), condition=Q(told=False), name="happening_untold")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.actor} {self.what}"
