"""The tables of the weekly conference in ordinary mode: its schedule, the weeks that differ, and what has been done.

Clock times are Stockholm's. Known to Django through `models.py`.
"""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q


class WeeklySchedule(models.Model):
    """When the conference is, and what happens around it by itself. There is one row or none."""

    weekday = models.PositiveSmallIntegerField(default=4)  # ISO 8601: Monday is 1
    at = models.TimeField(default=time(9, 0))
    opens_days = models.PositiveSmallIntegerField(default=2)  # before, at the conference's own clock time
    remind_hours = models.PositiveSmallIntegerField(default=20)  # before
    report_minutes = models.PositiveSmallIntegerField(default=60)  # before: when reports are wanted
    closes_hours = models.PositiveSmallIntegerField(default=8)  # after
    phone = models.CharField(max_length=120, blank=True)
    video = models.CharField(max_length=300, blank=True)
    talk_group = models.CharField(max_length=120, blank=True)
    paused = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="weekly_schedule_is_one"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="weekly_schedule_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.at}"


class WeeklyException(models.Model):
    """A week that differs: the conference is on another day or at another time, or with neither not held."""

    week = models.CharField(primary_key=True, max_length=8)  # ISO 8601: 2026-W52
    day = models.DateField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ("week",)

    def __str__(self) -> str:
        return self.week


class WeeklyRun(models.Model):
    """What has been done for a week's conference, in UTC; an operation that is not there was never opened."""

    week = models.CharField(primary_key=True, max_length=8)
    operation = models.UUIDField(null=True)
    conference_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-week",)

    def __str__(self) -> str:
        return self.week
