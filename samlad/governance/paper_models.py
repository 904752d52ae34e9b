"""Files of the governance registers: attachments, protocol extracts, papers for meetings, minutes."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now


class Paper(models.Model):
    """A file that goes with a row of a register. `of` is that row's id; `readers`: "parties" (all who read governance),
    "keepers" (a draft of the secretariat's), "public" (also in what is open to all), or an actor's code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.UUIDField(db_index=True)
    title = models.CharField(_("What it is"), max_length=160)
    name = models.CharField(_("File"), max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    readers = models.CharField(max_length=60, default="parties")
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=32)

    class Meta:
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class PaperContent(models.Model):
    """The bytes of a file, apart, so that lists don't fetch them."""

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="held")
    content = models.BinaryField()
