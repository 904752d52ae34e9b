"""The table of action cards (åtgärdskort): one row for each edition of each card. Django knows it by `models.py`."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from samlad.base.clock import now


class ActionCard(models.Model):
    """One edition of a card. It is never changed: a change is the next edition, since operations refer to this one.

    `steps` are lines in order; one that begins with "# " is the heading of those after it. `operation_kinds` are the
    kinds of operation in which the card is offered. The latest edition holds; where it is not `valid` the card is out
    of use.
    """

    code = models.SlugField(max_length=60)
    edition = models.PositiveIntegerField(default=1)
    role = models.CharField(max_length=20)
    operation_kinds: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    title = models.CharField(max_length=120)
    steps: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    source = models.TextField(blank=True)
    valid = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("code", "-edition")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "edition"), name="action_card_edition_once"),
            models.CheckConstraint(condition=~Q(code=""), name="action_card_has_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"
