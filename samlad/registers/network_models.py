"""The tables of networks of actors (aktörsnätverk): prepared sets that somebody writes to, and who is in them when.

Known to Django through `models.py`. Days are half open, as in all registers.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samlad.base.ids import new_id


class ActorSet(models.Model):
    """A network: the secretariat's and for all, or `owner`'s own and for its people only.

    `code` is what a region's file calls it; one made in a page has none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey("registers.Actor", models.PROTECT, null=True, blank=True, related_name="networks")
    source = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="network_code_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="network_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActorSetMember(models.Model):
    """An actor in a network from a day to a day; out on the day it came in: it never was."""

    network = models.ForeignKey(ActorSet, models.PROTECT, related_name="members")
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="network_memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("network", "actor", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("network", "actor"), condition=Q(valid_to=None), name="network_member_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="network_member_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.actor_id}"
