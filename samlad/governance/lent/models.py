"""The tables of lent staff: who is lent to the secretariat, what it costs, and the pool of coordinators on call.

A secondment's days are whole days, the last one included. Money is in kronor, to the öre.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Secondment(models.Model):
    """Somebody lent by an actor to the coordination secretariat, for a period and a share of full time.

    It is agreed when both sides have said so (`lender_agreed_at`, `kansli_agreed_at`); whether it runs or has ended
    follows from the days. Broken off: `broken_off_on` was the last day instead.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seat = models.CharField(_("Function in the secretariat"), max_length=120)
    lender = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Lender"))
    person = models.ForeignKey(
        "registers.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    share = models.PositiveSmallIntegerField(
        _("Share of full time, per cent"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    monthly_amount = models.DecimalField(
        _("Agreed amount per month, kronor"), max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    agreement = models.TextField(_("What is agreed"), max_length=4000, blank=True)
    source = models.CharField(pgettext_lazy("of a fact", "Source"), max_length=200, blank=True)
    proposed_by = models.CharField(_("Proposed by"), max_length=32)
    proposed_at = models.DateTimeField(_("Proposed"))
    lender_agreed_by = models.CharField(_("Agreed for the lender by"), max_length=32, blank=True)
    lender_agreed_at = models.DateTimeField(_("Agreed by the lender"), null=True, blank=True)
    kansli_agreed_by = models.CharField(_("Agreed for the secretariat by"), max_length=32, blank=True)
    kansli_agreed_at = models.DateTimeField(_("Agreed by the secretariat"), null=True, blank=True)
    declined_at = models.DateTimeField(_("Declined"), null=True, blank=True)
    declined_why = models.CharField(_("Why it was declined"), max_length=300, blank=True)
    broken_off_on = models.DateField(_("Broken off, last day"), null=True, blank=True)
    broken_off_why = models.CharField(_("Why it was broken off"), max_length=300, blank=True)

    class Meta:
        ordering = ("first_day", "seat", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="secondment_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="secondment_share_of_full_time"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} ({self.lender_id})"


class MonthCost(models.Model):
    """What a lender reports that a month has cost it (självkostnad), and whether the secretariat has certified it.

    A certified row is never changed. What turns out wrong is a row of its own with `corrects`, whose amount is the
    difference: what a month has cost is the sum of its certified rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    secondment = models.ForeignKey(Secondment, models.PROTECT, related_name="costs")
    month = models.DateField(_("Month"))
    amount = models.DecimalField(_("Own cost, kronor"), max_digits=12, decimal_places=2)
    consists_of = models.TextField(_("What it consists of"), max_length=2000)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    reported_by = models.CharField(_("Reported by"), max_length=32)
    reported_at = models.DateTimeField(pgettext_lazy("own cost", "Reported"))
    returned_by = models.CharField(_("Returned by"), max_length=32, blank=True)
    returned_at = models.DateTimeField(_("Returned"), null=True, blank=True)
    returned_why = models.CharField(_("Why it was returned"), max_length=300, blank=True)
    certified_by = models.CharField(_("Certified by"), max_length=32, blank=True)
    certified_at = models.DateTimeField(_("Certified"), null=True, blank=True)
    paid_on = models.DateField(_("Paid"), null=True, blank=True)

    class Meta:
        ordering = ("month", "reported_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("secondment", "month"), condition=Q(corrects=None), name="month_reported_once"
            ),
            models.UniqueConstraint(
                fields=("secondment", "month"), condition=Q(certified_at=None), name="month_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.secondment_id} {self.month}"


class PoolMember(models.Model):
    """Somebody in the pool of regional coordinators (RSK), lent by an actor from a day; `last_day` is in it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    person = models.ForeignKey(
        "registers.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    seat = models.CharField(_("Function at the actor"), max_length=120, blank=True)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"), null=True, blank=True)
    agreement = models.TextField(_("What is agreed"), max_length=4000, blank=True)
    source = models.CharField(pgettext_lazy("of a fact", "Source"), max_length=200, blank=True)

    class Meta:
        ordering = ("actor", "first_day", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="pool_member_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.first_day}"


class PoolRates(models.Model):
    """What duty in the pool is compensated with from a day, until the next row's. An empty rate is not known.

    Per hour of the four kinds, and per week; both are paid where both are given. Night is between `night_begins` and
    `night_ends` by the clock on the wall; without them no hour is night.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    valid_from = models.DateField(_("Holds from"), unique=True)
    weekday_hour = models.DecimalField(_("Hour on a weekday"), max_digits=9, decimal_places=2, null=True, blank=True)
    night_hour = models.DecimalField(_("Hour at night"), max_digits=9, decimal_places=2, null=True, blank=True)
    weekend_hour = models.DecimalField(_("Hour on a weekend"), max_digits=9, decimal_places=2, null=True, blank=True)
    holiday_hour = models.DecimalField(_("Hour on a holiday"), max_digits=9, decimal_places=2, null=True, blank=True)
    week = models.DecimalField(_("Week of duty"), max_digits=9, decimal_places=2, null=True, blank=True)
    night_begins = models.TimeField(_("Night begins"), null=True, blank=True)
    night_ends = models.TimeField(_("Night ends"), null=True, blank=True)
    deputies = models.BooleanField(_("Deputies are compensated too"), default=False)
    source = models.CharField(_("Where the amounts come from"), max_length=200)

    class Meta:
        ordering = ("valid_from",)

    def __str__(self) -> str:
        return str(self.valid_from)


class PoolBasis(models.Model):
    """A month's basis for compensation to an actor, certified, with everything it was computed from.

    `inputs` is that: shifts, rates, hours by kind. A month can be computed anew when its roster was corrected; the new
    row has a higher `number`, `total` is the whole month and `amount` what is added to, or taken from, the earlier.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    month = models.DateField(_("Month"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("basis", "Number"), default=1)
    total = models.DecimalField(_("The whole month, kronor"), max_digits=12, decimal_places=2)
    amount = models.DecimalField(_("To be paid, kronor"), max_digits=12, decimal_places=2)
    inputs: "models.JSONField[Any, Any]" = models.JSONField(_("What it was computed from"))
    certified_by = models.CharField(_("Certified by"), max_length=32)
    certified_at = models.DateTimeField(_("Certified"))
    paid_on = models.DateField(_("Paid"), null=True, blank=True)

    class Meta:
        ordering = ("month", "actor", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("actor", "month", "number"), name="pool_basis_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.month} {self.number}"
