"""The tables of test alarms (larmprov): when they are to be, and which there have been. Known by `models.py`.

Neither says anything of people: who set a plan stands in the history of changes, who answered in the journal.
"""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now
from samlad.base.ids import new_id

HIDDEN_BYTES = 16


class DayRule(models.TextChoices):
    """On which day of the month."""

    WEEKDAY = "weekday", _("A certain weekday, such as the first Wednesday")
    RANDOM = "random", _("A day that nobody knows beforehand")


class TimeRule(models.TextChoices):
    """At what time of the day."""

    FIXED = "fixed", _("At a fixed time")
    OFFICE = "office", _("Some time within office hours (8–16)")
    NIGHT = "night", _("Some time at night (22–06)")


class DrillState(models.TextChoices):
    """What became of a test alarm."""

    POSTPONED = "postponed", _("Postponed")
    RUNNING = "running", _("Going on")
    ENDED = "ended", pgettext_lazy("test alarm", "Done")
    STOPPED = "stopped", _("Broken off")
    SKIPPED = "skipped", _("Did not take place")


class Why(models.TextChoices):
    """Why a test alarm was postponed, broken off or did not take place."""

    LIVE = "live", _("A live operation is activated")
    BUSY = "busy", _("Another test alarm was going on")
    LATE = "late", _("The program was not running when it should have begun")
    NOBODY = "nobody", _("None of the actors is a party any more")


def hidden() -> str:
    """What the days and times that nobody is to know beforehand follow from."""
    return secrets.token_hex(HIDDEN_BYTES)


class DrillPlan(models.Model):
    """A test alarm each month: when, announced or not, which actors (none: all) and roles (none: every duty role).

    `nth` 5 is the last one of the month; `weekday` 0 is Monday; `at` is a time of day in Stockholm. `whole_ladder`:
    deputies and everyone are called too, as in earnest. `since`: what should have been before it is not made up for.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    title = models.CharField(max_length=60)
    day_rule = models.CharField(max_length=10, choices=DayRule.choices)
    nth = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField(default=2)
    time_rule = models.CharField(max_length=10, choices=TimeRule.choices)
    at = models.TimeField(null=True, blank=True)
    announced = models.BooleanField(default=True)
    actors: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    roles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    whole_ladder = models.BooleanField(default=True)
    answer_within = models.PositiveSmallIntegerField(default=30)
    paused = models.BooleanField(default=False)
    seed = models.CharField(max_length=40, default=hidden)
    since = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(nth__gte=1, nth__lte=5, weekday__lte=6), name="drill_plan_known_day"),
            models.CheckConstraint(
                condition=~Q(time_rule="fixed") | Q(at__isnull=False), name="drill_plan_fixed_time_told"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Drill(models.Model):
    """A test alarm that has been, is going on, or should have been. `id` is its operation's; a plan has one a month.

    `due_at` is when it should begin or began. `made_up`: of the demo, whose answers nobody gave.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(DrillPlan, models.PROTECT, null=True, related_name="drills")
    month = models.DateField()
    title = models.CharField(max_length=120)
    announced = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DrillState.choices)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ("-due_at", "id")
        indexes: ClassVar = [models.Index(fields=["state"], name="drill_in_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("plan", "month"), name="drill_once_a_month"),
        ]

    def __str__(self) -> str:
        return self.title
