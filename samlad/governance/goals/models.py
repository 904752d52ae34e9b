"""The joint goals of a period, and the capabilities that they aim at. Goals point a direction; measures are planned."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Vision(models.Model):
    """The goals of a period (målbild). `version`: of the steering document that they stand in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("Short name"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    version = models.ForeignKey(
        "governance.DocumentVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Version of the document"),
    )
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    aim = models.TextField(_("Overall aim"), max_length=4000, blank=True)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["-first_day", "code"]

    def __str__(self) -> str:
        return self.title


class GoalArea(models.Model):
    """A goal area. `obtained`: whether its wording is here; where not, `text` tells what is known of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vision = models.ForeignKey(Vision, models.PROTECT, related_name="+", verbose_name=_("Joint goals"))
    code = models.SlugField(_("Short name"), max_length=20)
    name = models.CharField(pgettext_lazy("goal area", "Name"), max_length=200)
    text = models.TextField(pgettext_lazy("goal area", "Text"), max_length=4000, blank=True)
    obtained = models.BooleanField(_("The wording is obtained"), default=True)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["vision_id", "code", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["vision", "code"], name="one_area_of_each_code")]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal, directional by design."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(GoalArea, models.PROTECT, related_name="+", verbose_name=_("Goal area"))
    code = models.SlugField(_("Short name"), max_length=20)
    text = models.TextField(pgettext_lazy("goal", "Goal"), max_length=4000)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["area_id", "code", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "code"], name="one_goal_of_each_code")]

    def __str__(self) -> str:
        return self.text


class Capability(models.Model):
    """One of the basic capabilities (grundförmågor) that every actor is to meet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("Short name"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("capability", "Name"), max_length=200)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class SubCapability(models.Model):
    """A part of a capability (delförmåga). `ours`: a reconstruction, not the wording of the parties' document."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="+", verbose_name=_("Basic capability"))
    code = models.CharField(_("Short name"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("capability", "Name"), max_length=300)
    basis = models.CharField(_("What it is built on"), max_length=600, blank=True)
    ours = models.BooleanField(_("A reconstruction"), default=False)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class GoalCapability(models.Model):
    """That a goal aims at a capability; `sub`: at this part of it, None: at the whole."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("goal", "Goal"))
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="+", verbose_name=_("Basic capability"))
    sub = models.ForeignKey(
        SubCapability, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Sub-capability")
    )

    class Meta:
        ordering: ClassVar = ["goal_id", "capability_id", "sub_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "capability", "sub"], name="a_goal_aims_once_at_a_part"),
            models.UniqueConstraint(
                fields=["goal", "capability"], condition=models.Q(sub=None), name="a_goal_aims_once_at_a_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.capability_id} {self.sub_id}"
