"""The joint cost: budget, what it is spent on, who pays how much of it and why exactly that, and what it became.

Money is decimals in Swedish kronor with öre. A fee keeps everything it was computed from.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    Money = models.DecimalField[Decimal, Decimal]
    MaybeMoney = models.DecimalField[Decimal | None, Decimal | None]
else:
    Money = MaybeMoney = models.DecimalField

DIGITS, PLACES, PERCENT_PLACES = 14, 2, 6


class Cut(models.TextChoices):
    """What becomes of what is cut from the municipalities' half."""

    NOTHING = "nothing", _("Nothing: it is not financed, and chefsgruppen is told")
    SHARED = "shared", _("Shared among the municipalities that are under their cap")
    OTHERS = "others", _("Added to the other actors' half")
    REDUCE = "reduce", _("The total is lowered: the others pay as much as the municipalities")


class Unit(models.TextChoices):
    """What fees are rounded to."""

    KRONA = "1", _("Whole kronor")
    ORE = "0.01", _("Öre")


class BudgetState(models.TextChoices):
    """How far a year's budget has come."""

    PROPOSED = "proposed", pgettext_lazy("budget", "Proposed")
    DECIDED = "decided", pgettext_lazy("budget", "Decided")


class RunState(models.TextChoices):
    """How far a set of fees has come: what is frozen is what was charged."""

    PROPOSED = "proposed", pgettext_lazy("fees", "Proposed")
    DECIDED = "decided", pgettext_lazy("fees", "Decided")
    FROZEN = "frozen", pgettext_lazy("fees", "Frozen")


class Vat(models.TextChoices):
    """How the invoices treat VAT, in the codes of UNCL5305 that Peppol uses."""

    OUTSIDE = "O", _("Outside the scope of VAT")
    EXEMPT = "E", _("Exempt from VAT")
    STANDARD = "S", _("Standard rate, 25 %")


class Budget(models.Model):
    """A year's joint budget, and the rules by which it is shared. `issuer`: the party that invoices, since the joint
    function is no legal person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("Budget year"), unique=True)
    total = Money(_("Total, SEK"), max_digits=DIGITS, decimal_places=PLACES, validators=[MinValueValidator(0)])
    cap = Money(
        _("Cap per inhabitant, SEK"),
        max_digits=6,
        decimal_places=2,
        default=Decimal("1.50"),
        validators=[MinValueValidator(0)],
    )
    what_is_cut = models.CharField(
        _("What becomes of what is cut"), max_length=10, choices=Cut.choices, default=Cut.NOTHING
    )
    unit = models.CharField(_("Fees are rounded to"), max_length=4, choices=Unit.choices, default=Unit.KRONA)
    state = models.CharField(_("Status"), max_length=10, choices=BudgetState.choices, default=BudgetState.PROPOSED)
    decided = models.ForeignKey(
        "governance.MeetingDecision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Decision"),
    )
    decision_text = models.CharField(
        _("Decided how, where the meeting is not in the register"), max_length=200, blank=True
    )
    about = models.TextField(_("About the budget"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    issuer = models.ForeignKey(
        "registers.Actor", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who invoices")
    )
    due_days = models.PositiveSmallIntegerField(_("Days to pay"), default=30)
    vat = models.CharField(_("VAT on the invoices"), max_length=1, choices=Vat.choices, default=Vat.OUTSIDE)
    vat_reason = models.CharField(_("Why no VAT, as it is said on the invoice"), max_length=200, blank=True)
    vat_confirmed = models.CharField(_("The VAT is confirmed by the issuer (who, when)"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(total__gte=0), name="budget_not_below_zero"),
            models.CheckConstraint(condition=models.Q(cap__gte=0), name="budget_cap_not_below_zero"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class BudgetLine(models.Model):
    """What a part of the budget is for."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="+", verbose_name=_("Budget year"))
    code = models.CharField(_("Code"), max_length=20)
    text = models.CharField(pgettext_lazy("budget", "What for"), max_length=160)
    amount = Money(_("Amount, SEK"), max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        ordering: ClassVar = ["budget", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("budget", "code"), name="budget_line_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class OthersShare(models.Model):
    """How much of the others' half an actor pays, as chefsgruppen has decided."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="+", verbose_name=_("Budget year"))
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    percent = Money(_("Percent of the others' half"), max_digits=9, decimal_places=PERCENT_PLACES)

    class Meta:
        ordering: ClassVar = ["budget", "actor"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("budget", "actor"), name="others_share_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.percent} %"


class FeeRun(models.Model):
    """All actors' fees for a year, computed once from what is kept here and in each fee. Never computed anew: a
    correction is a new run that says which it `corrects`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+", verbose_name=_("Budget year"))
    number = models.PositiveSmallIntegerField(_("Set of fees"))
    state = models.CharField(_("Status"), max_length=10, choices=RunState.choices, default=RunState.PROPOSED)
    computed_at = models.DateTimeField(_("Computed"))
    party_day = models.DateField(_("Parties on the day"))
    total = Money(_("Total, SEK"), max_digits=DIGITS, decimal_places=PLACES)
    cap = Money(_("Cap per inhabitant, SEK"), max_digits=6, decimal_places=2)
    what_is_cut = models.CharField(_("What becomes of what is cut"), max_length=10, choices=Cut.choices)
    unit = models.CharField(_("Fees are rounded to"), max_length=4, choices=Unit.choices)
    municipal_half = Money(_("The municipalities' half"), max_digits=DIGITS, decimal_places=PLACES)
    others_half = Money(_("The others' half"), max_digits=DIGITS, decimal_places=PLACES)
    cut = Money(_("Cut by the cap"), max_digits=DIGITS, decimal_places=PLACES)
    not_financed = Money(_("Not financed"), max_digits=DIGITS, decimal_places=PLACES)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Corrects")
    )
    decided = models.ForeignKey(
        "governance.MeetingDecision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Decision"),
    )
    decision_text = models.CharField(
        _("Decided how, where the meeting is not in the register"), max_length=200, blank=True
    )

    class Meta:
        ordering: ClassVar = ["budget", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("budget", "number"), name="fee_run_number_once")]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.number}"


class Fee(models.Model):
    """What an actor pays, with each figure it was computed from and each step, so that it can be computed again.

    A municipality has population figures, another actor a percent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey(FeeRun, models.CASCADE, related_name="+", verbose_name=_("Fees"))
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    name = models.CharField(_("Name that day"), max_length=120)
    category = models.CharField(_("Category that day"), max_length=20)
    area = models.CharField(_("Area"), max_length=12, blank=True)
    people = models.PositiveIntegerField(_("Inhabitants at the start of the year"), null=True, blank=True)
    people_on = models.DateField(_("Figure of"), null=True, blank=True)
    people_edition = models.CharField(_("Edition"), max_length=80, blank=True)
    people_source = models.TextField(_("Source"), blank=True)
    cap_people = models.PositiveIntegerField(_("Registered at 30 June the year before"), null=True, blank=True)
    cap_people_on = models.DateField(_("Figure for the cap of"), null=True, blank=True)
    cap_people_edition = models.CharField(_("Edition of the figure for the cap"), max_length=80, blank=True)
    cap_people_source = models.TextField(_("Source of the figure for the cap"), blank=True)
    percent = MaybeMoney(_("Percent"), max_digits=9, decimal_places=PERCENT_PLACES, null=True, blank=True)
    before_cap = Money(_("Before the cap"), max_digits=DIGITS, decimal_places=PLACES)
    ceiling = MaybeMoney(_("Most by the cap"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    cut = Money(_("Cut by the cap"), max_digits=DIGITS, decimal_places=PLACES)
    added = Money(_("Added or taken off by what becomes of the cut"), max_digits=DIGITS, decimal_places=PLACES)
    amount = Money(_("Fee"), max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        ordering: ClassVar = ["run", "actor"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("run", "actor"), name="fee_once")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.amount}"


class Outcome(models.Model):
    """Something that the budget has paid, or got back (below zero), as booked by the issuer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("Budget line"))
    day = models.DateField(_("Booked on"))
    amount = Money(_("Amount, SEK"), max_digits=DIGITS, decimal_places=PLACES)
    text = models.CharField(pgettext_lazy("budget", "What for"), max_length=160)
    reference = models.CharField(_("Voucher"), max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.amount}"


class Forecast(models.Model):
    """What a line is expected to cost in the whole year, as seen on a day; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="+", verbose_name=_("Budget line"))
    day = models.DateField(_("As seen on"))
    amount = Money(_("Expected for the whole year, SEK"), max_digits=DIGITS, decimal_places=PLACES)
    text = models.CharField(_("Why"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["line", "day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.amount}"


class BillingParty(models.Model):
    """What must be known of an actor to invoice it, or for it to invoice: never guessed, from the actor itself.

    `reference` is the code that the buyer demands on an invoice, not the name of a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    actor = models.OneToOneField("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    legal_name = models.CharField(_("Name of the legal person"), max_length=120, blank=True)
    org_number = models.CharField(_("Organisation number"), max_length=13, blank=True)
    endpoint_scheme = models.CharField(_("Peppol: scheme"), max_length=4, blank=True)
    endpoint_id = models.CharField(_("Peppol: address"), max_length=60, blank=True)
    reference = models.CharField(_("Reference code of the buyer"), max_length=60, blank=True)
    street = models.CharField(_("Address"), max_length=120, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=10, blank=True)
    city = models.CharField(_("Town"), max_length=60, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    bankgiro = models.CharField(_("Bankgiro"), max_length=10, blank=True)
    plusgiro = models.CharField(_("Plusgiro"), max_length=12, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["actor"]

    def __str__(self) -> str:
        return self.actor_id
