"""Decisions on how long personal data is kept. A new decision is a new row; the latest one holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RetentionDecision(models.Model):
    """That something is kept for a number of days (empty: until further notice), why, decided by whom and when (UTC).

    `what` is the name of a holding, or of a kind of entry; for entries `exercises` says whether it is about
    exercises or about everything else. `by` is a person's key.
    """

    what = models.CharField(max_length=80)
    exercises = models.BooleanField(default=False)
    days = models.PositiveIntegerField(null=True, blank=True)
    ground = models.CharField(max_length=300)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [models.Index(fields=["what", "exercises", "-at"], name="retention_latest")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(ground=""), name="retention_has_ground")]

    def __str__(self) -> str:
        return f"{self.what}: {self.days}"


class RetentionRun(models.Model):
    """What the worker removed at a time (UTC), under which decision or default: so that somebody can tell."""

    what = models.CharField(max_length=80)
    at = models.DateTimeField()
    before = models.DateTimeField()
    removed = models.PositiveIntegerField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.what} {self.at}: {self.removed}"
