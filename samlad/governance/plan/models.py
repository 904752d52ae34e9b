"""The annual plan (verksamhetsplan): proposed by all, ordered by the secretariat, decided by chefsgruppen, followed up
each quarter; and the annual report (verksamhetsberättelse) that is made from it."""

from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now


class PlanState(models.TextChoices):
    """How far a year's plan has come."""

    DRAFTING = "drafting", pgettext_lazy("plan", "Open for proposals")
    PROPOSED = "proposed", pgettext_lazy("plan", "With chefsgruppen")
    DECIDED = "decided", pgettext_lazy("plan", "Decided")
    PRESENTED = "presented", pgettext_lazy("plan", "Presented to Regionala rådet")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")


class PlanYear(models.Model):
    """The plan of one year. `sent_at` is when chefsgruppen got it the last time: a stance from before that was on
    another proposal. `said` is what chefsgruppen said, word for word, also where all did not agree."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField(
        _("Year"), unique=True, validators=[MinValueValidator(2010), MaxValueValidator(2100)]
    )
    vision = models.ForeignKey(
        "governance.Vision", models.PROTECT, verbose_name=_("Joint goals"), null=True, blank=True, related_name="+"
    )
    about = models.TextField(_("About the plan"), max_length=4000, blank=True)
    state = models.CharField(pgettext_lazy("plan", "State"), max_length=12, choices=PlanState, default="drafting")
    proposals_by = models.DateField(_("Proposals at the latest"), null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent to chefsgruppen"), null=True, blank=True)
    reply_by = models.DateField(_("Stances at the latest"), null=True, blank=True)
    meeting = models.ForeignKey(
        "governance.Meeting", models.PROTECT, verbose_name=_("Decided at"), null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        "governance.MeetingDecision",
        models.PROTECT,
        verbose_name=_("Decision in the minutes"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    said = models.TextField(_("What chefsgruppen said"), max_length=20000, blank=True)
    council_meeting = models.ForeignKey(
        "governance.Meeting", models.PROTECT, verbose_name=_("Presented at"), null=True, blank=True, related_name="+"
    )
    presented_on = models.DateField(_("Presented on"), null=True, blank=True)
    council_said = models.TextField(_("What rådet said"), max_length=4000, blank=True)

    class Meta:
        ordering: ClassVar = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class ActivityState(models.TextChoices):
    """Whether an activity is part of the plan."""

    PROPOSED = "proposed", pgettext_lazy("activity", "Proposed")
    IN_PLAN = "in_plan", pgettext_lazy("activity", "In the plan")
    LEFT_OUT = "left_out", pgettext_lazy("activity", "Left out")
    WITHDRAWN = "withdrawn", pgettext_lazy("activity", "Withdrawn")


class Priority(models.IntegerChoices):
    """How much whoever proposes it wants it."""

    HIGH = 1, pgettext_lazy("priority", "High")
    MIDDLE = 2, pgettext_lazy("priority", "Medium")
    LOW = 3, pgettext_lazy("priority", "Low")


class Activity(models.Model):
    """Something to be done in a year. Goals are directional by design: `measure` is how one sees that it was done.

    `place` is the secretariat's order within the goal area. `planned_on` is when it was put into the plan: after the
    decision is told. `carried_from` is the same in the year before; it can be carried once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.ForeignKey("governance.PlanYear", models.PROTECT, verbose_name=_("Year"), related_name="+")
    goal_area = models.ForeignKey(
        "governance.GoalArea", models.PROTECT, verbose_name=_("Goal area"), null=True, blank=True, related_name="+"
    )
    goal = models.ForeignKey(
        "governance.Goal", models.PROTECT, verbose_name=_("Goal"), null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("Activity"), max_length=160)
    text = models.TextField(_("What is to be done"), max_length=4000)
    why = models.TextField(_("Why"), max_length=4000, blank=True)
    responsible = models.ForeignKey(
        "registers.Actor", models.PROTECT, verbose_name=_("Responsible actor"), related_name="+"
    )
    participants = models.JSONField(_("Participants"), default=list, blank=True)
    amount = models.DecimalField(
        _("Money from the joint budget (SEK)"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    first_day = models.DateField(_("From"))
    last_day = models.DateField(_("Up to and including"))
    measure = models.TextField(_("How it is followed up"), max_length=4000)
    priority = models.PositiveSmallIntegerField(_("Priority"), choices=Priority, default=Priority.MIDDLE)
    place = models.PositiveSmallIntegerField(_("Order in the plan"), null=True, blank=True)
    state = models.CharField(
        pgettext_lazy("activity", "State"), max_length=12, choices=ActivityState, default="proposed"
    )
    planned_on = models.DateField(_("Put into the plan on"), null=True, blank=True)
    left_out = models.TextField(_("Why it is left out"), max_length=4000, blank=True)
    proposed_by = models.ForeignKey("registers.Actor", models.PROTECT, verbose_name=_("Proposed by"), related_name="+")
    carried_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("Carried from"), null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["place", "priority", "first_day", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["carried_from"], name="activity_is_carried_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Stance(models.TextChoices):
    """What an actor says of a plan. They are not votes, and are not counted into an outcome."""

    AGREES = "agrees", pgettext_lazy("stance", "Agrees")
    RESERVATION = "reservation", pgettext_lazy("stance", "Agrees with reservation")
    NOT_CONCERNED = "not_concerned", pgettext_lazy("stance", "Not concerned")
    DISAGREES = "disagrees", pgettext_lazy("stance", "Disagrees")


class PlanStance(models.Model):
    """An actor's stance on a year's plan: the latest it has taken; the history keeps the earlier."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.ForeignKey("governance.PlanYear", models.PROTECT, verbose_name=_("Year"), related_name="+")
    actor = models.ForeignKey("registers.Actor", models.PROTECT, verbose_name=_("Actor"), related_name="+")
    stance = models.CharField(_("Stance"), max_length=16, choices=Stance)
    text = models.TextField(_("Reservation or reason"), max_length=4000, blank=True)
    taken_at = models.DateTimeField(_("Taken at"), default=now)

    class Meta:
        ordering: ClassVar = ["actor"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "actor"], name="one_stance_of_an_actor_on_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.get_stance_display()}"


class Progress(models.TextChoices):
    """How an activity goes."""

    NOT_BEGUN = "not_begun", pgettext_lazy("follow-up", "Not begun")
    ON_PLAN = "on_plan", pgettext_lazy("follow-up", "According to plan")
    DEVIATES = "deviates", pgettext_lazy("follow-up", "Deviates")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    BROKEN_OFF = "broken_off", pgettext_lazy("follow-up", "Broken off")


class FollowUp(models.Model):
    """How an activity stood at the end of a quarter of its plan's year. `spent` is all that it has cost so far that
    year, not that quarter's part."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey("governance.Activity", models.PROTECT, verbose_name=_("Activity"), related_name="+")
    quarter = models.PositiveSmallIntegerField(_("Quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    status = models.CharField(pgettext_lazy("follow-up", "Status"), max_length=12, choices=Progress)
    done = models.TextField(_("What has been done"), max_length=4000, blank=True)
    deviation = models.TextField(_("Deviation"), max_length=4000, blank=True)
    spent = models.DecimalField(
        _("Spent so far this year (SEK)"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    reported_on = models.DateField(_("Reported on"))

    class Meta:
        ordering: ClassVar = ["activity", "quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "quarter"], name="one_follow_up_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.get_status_display()}"


class ReportState(models.TextChoices):
    """How far an annual report has come."""

    DRAFT = "draft", pgettext_lazy("annual report", "Draft")
    FINAL = "final", pgettext_lazy("annual report", "Final")


class AnnualReport(models.Model):
    """The report of a year: a draft is the secretariat's, a final one is for all parties. `facts` are the figures that
    it was made final with, so that it says the same for ever."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.OneToOneField("governance.PlanYear", models.PROTECT, verbose_name=_("Year"), related_name="+")
    state = models.CharField(
        pgettext_lazy("annual report", "State"), max_length=8, choices=ReportState, default="draft"
    )
    made_on = models.DateField(_("Made from the plan on"))
    final_on = models.DateField(_("Final on"), null=True, blank=True)
    facts = models.JSONField(_("Figures"), default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_on"]

    def __str__(self) -> str:
        return str(self.year_id)


class ReportSection(models.Model):
    """A section of an annual report. `made` is what was made from the plan the last time; `text` is what it says, and
    is not touched by making it anew once `edited`. `base` is the made text that the edited one was written from."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(
        "governance.AnnualReport", models.PROTECT, verbose_name=_("Annual report"), related_name="+"
    )
    place = models.PositiveSmallIntegerField(_("Order"), default=0)
    code = models.CharField(max_length=60)
    heading = models.CharField(_("Heading"), max_length=160)
    made = models.TextField(_("Text from the plan"), blank=True)
    base = models.TextField(blank=True, default="")
    text = models.TextField(_("Text"), max_length=20000, blank=True)
    edited = models.BooleanField(_("Edited by hand"), default=False)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "code"], name="one_section_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.heading
