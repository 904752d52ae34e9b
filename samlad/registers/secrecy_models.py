"""The table of grounds for secrecy that a region adds to those that come with the program."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SecrecyGround(models.Model):
    """A paragraph that a marking can state, as `secrecy.Ground` describes it. Known to Django through `models.py`."""

    code = models.CharField(primary_key=True, max_length=20)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    protects = models.CharField(max_length=300)
    protects_en = models.CharField(max_length=300)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(code=""), name="secrecy_ground_has_code")]

    def __str__(self) -> str:
        return self.code
