"""The tables of what is prepared for a call-out: its texts, times, the answers to choose from, the bridge.

Known to Django through `models.py`. What an operation was called out with stands in its journal; these may change.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class CallOutTemplate(models.Model):
    """The words of a call-out for one outcome of the assessment, in one kind of operation or (empty) in any.

    `text` and `short` hold places such as {what}, {where} and {bridge}. `audience`: "all", "concerned", or "network:"
    with a network's code. `roles`: whom at the actor, none is every duty role. Minutes: until the answer is asked for,
    and until the conference (none: there is no conference).
    """

    code = models.SlugField(max_length=60, unique=True)
    outcome = models.CharField(max_length=20)
    operation_kind = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    short = models.TextField()
    audience = models.CharField(max_length=70, default="all")
    roles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    answer_minutes = models.PositiveSmallIntegerField(default=15)
    conference_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.TextField(blank=True)
    valid = models.BooleanField(default=True)

    class Meta:
        ordering = ("outcome", "operation_kind", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("outcome", "operation_kind"), condition=Q(valid=True), name="one_call_out_text_in_use"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="call_out_text_has_code"),
        ]

    def __str__(self) -> str:
        return self.code


class LadderTimes(models.Model):
    """When the next step is taken in a kind of operation, in seconds: of a call-out from when it was sent (`next_way`:
    from one of a person's ways to the next), of the first assessment from the alarm. `again` may be 0: left out.

    `same_hours`: for how long a second alarm is compared with this one.
    """

    operation_kind = models.CharField(primary_key=True, max_length=20)
    next_way = models.PositiveIntegerField(default=60)
    again = models.PositiveIntegerField(default=0)
    deputy = models.PositiveIntegerField(default=300)
    everyone = models.PositiveIntegerField(default=600)
    by_hand = models.PositiveIntegerField(default=900)
    assess_again = models.PositiveIntegerField(default=300)
    assess_deputy = models.PositiveIntegerField(default=600)
    assess_everyone = models.PositiveIntegerField(default=900)
    assess_by_hand = models.PositiveIntegerField(default=1200)
    same_hours = models.PositiveSmallIntegerField(default=6)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ("operation_kind",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deputy__lte=F("everyone"), everyone__lte=F("by_hand")), name="ladder_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.operation_kind


class AnswerOption(models.Model):
    """One answer to a call-out that can be chosen: its words, and what it says: affected or not, and whether somebody
    comes to the conference. `place` is its order, and the digit it is chosen by on a telephone."""

    code = models.SlugField(primary_key=True, max_length=40)
    label = models.CharField(max_length=60)
    affected = models.CharField(max_length=10)
    attends = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()
    source = models.TextField(blank=True)
    valid = models.BooleanField(default=True)

    class Meta:
        ordering = ("place", "code")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(affected__in=("yes", "no", "unclear")), name="answer_known"),
            models.UniqueConstraint(fields=("place",), condition=Q(valid=True), name="answer_place_taken_once"),
        ]

    def __str__(self) -> str:
        return self.label


class BridgeDefault(models.Model):
    """How to get into the conference unless something else is said. There is one row or none."""

    phone = models.CharField(max_length=120, blank=True)
    video = models.CharField(max_length=300, blank=True)
    talk_group = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="bridge_default_is_one")]

    def __str__(self) -> str:
        return self.phone or self.video
