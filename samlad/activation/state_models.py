"""The tables of an actor's own mode and of the national state: what was set, when, by whom and why, for ever.

A row is never changed; a mistake is another row. Exercises have none here: theirs is in their journals.
Known to Django through `models.py`.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now


class Readiness(models.TextChoices):
    """The national state of readiness. Skärpt and högsta beredskap are the two degrees of höjd beredskap."""

    NORMAL = "normal", _("Normal state")
    SKARPT = "skarpt", _("Heightened readiness (skärpt beredskap)")
    HOGSTA = "hogsta", _("Highest readiness (högsta beredskap)")


class ActorMode(models.Model):
    """An actor's own mode, in its own word; an empty one is its ordinary mode. `since` is from when it holds."""

    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="own_modes")
    mode = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    reason = models.CharField(max_length=500)
    set_by = models.CharField(max_length=32)
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-set_at", "-id")
        indexes: ClassVar = [models.Index(fields=("actor", "-set_at", "-id"), name="own_mode_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.mode}"


class NationalState(models.Model):
    """The national state as it was entered here, with where it was read; `actor` is for whom it was entered."""

    state = models.CharField(max_length=10, choices=Readiness.choices)
    since = models.DateTimeField()
    reason = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    actor = models.CharField(max_length=60)
    set_by = models.CharField(max_length=32)
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-set_at", "-id")
        indexes: ClassVar = [models.Index(fields=("-set_at", "-id"), name="national_state_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=Readiness.values), name="national_state_known")
        ]

    def __str__(self) -> str:
        return self.state


class ModeTerms(models.Model):
    """The words an actor has for its own modes beside the ordinary: what its form proposes."""

    actor = models.OneToOneField("registers.Actor", models.PROTECT, primary_key=True, related_name="mode_terms")
    terms: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.actor_id}: {', '.join(self.terms)}"
