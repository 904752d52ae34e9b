"""The forms of lent staff. Amounts are typed as people write them: 45 231,50."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.models import MonthCost, PoolMember, PoolRates, Secondment
from samlad.governance.pages import RowForm
from samlad.governance.rules import keeps
from samlad.journal.files_field import FilesField
from samlad.journal.who import Who
from samlad.registers.forms import Day
from samlad.registers.models import Actor, Person, Seat
from samlad.registers.queries import actors_ever, holds_on, parties, swedish_key, today

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[Person]
    ActorChoice = forms.ModelChoiceField[Actor]
else:
    PersonChoice = ActorChoice = forms.ModelChoiceField


class Kronor(forms.DecimalField):
    """An amount in kronor, to the öre, typed with comma or point, with or without spaces."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        usual: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal(0), "widget": widget}
        super().__init__(**usual | options)

    def to_python(self, value: Any) -> Any:
        """The amount."""
        if isinstance(value, str):
            value = "".join(value.replace("kr", "").replace(":", ",").split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """As it is written in Swedish."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


def actor_choices(who: Who) -> list[tuple[str, str]]:
    """The actors that this reader can record for."""
    some = parties(today())
    found = [(actor.code, actor.name) for actor in some if keeps(who) or actor.code == who.actor]
    return [("", str(_("Choose"))), *found] if len(found) != 1 else found


def people_of(actor: str = "") -> list[tuple[str, str]]:
    """People who have a role of their own at an actor (none: at any), by name; each once, with where that is."""
    names = {one.code: one.short for one in actors_ever()}
    seats = Seat.objects.filter(holds_on(today()), lender=None, person__screen=False, person__is_active=True)
    rows = (seats.filter(actor=actor) if actor else seats).values_list("person", "person__name", "actor")
    found = {key: f"{name} ({names.get(code, code)})" for key, name, code in rows}
    return sorted(found.items(), key=lambda one: swedish_key(one[1]))


def person_field(actor: str, chosen: str | None) -> PersonChoice:
    """A choice of one of an actor's people, or nobody yet."""
    field = PersonChoice(Person.objects.filter(screen=False), required=False, label=_("Person"))
    known = people_of(actor)
    if chosen and chosen not in dict(known):
        known += list(Person.objects.filter(pk=chosen).values_list("key", "name"))
    field.choices = [("", _("Not named yet")), *known]
    field.help_text = str(_("Somebody with a role at the lender. Can be named later."))
    return field


class SecondmentForm(RowForm):
    """A secondment."""

    monthly_amount = Kronor(
        required=False, label=_("Agreed amount per month, kronor"),
        help_text=_("For the share of full time above. Empty where no amount is agreed."),
    )  # fmt: skip
    attached = FilesField()

    class Meta:
        model = Secondment
        fields = (
            "lender", "seat", "person", "first_day", "last_day", "share", "monthly_amount", "agreement", "source",
        )  # fmt: skip
        widgets: ClassVar = {"agreement": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, who: Who, **options: Any) -> None:
        super().__init__(*args, **options)
        lender = ActorChoice(Actor.objects.all(), label=_("Lender"))
        lender.choices = actor_choices(who)
        lender.disabled = not self.adding
        if not self.adding:
            lender.choices = [(one.code, one.name) for one in actors_ever()]
        self.fields["lender"] = lender
        own = "" if self.adding and keeps(who) else (who.actor if self.adding else self.instance.lender_id)
        self.fields["person"] = person_field(own, self.instance.person_id)
        self.fields["share"].help_text = str(_("100 is full time."))
        self.fields["attached"].label = _("The agreement as a file")
        self.order_fields([*self.Meta.fields, "attached", "reason", "id", "seen"])


class AnswerForm(forms.Form):
    """Yes or no to a proposal."""

    side = forms.ChoiceField(label=pgettext_lazy("secondment", "On behalf of"), widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect, choices=[("agree", _("Agree")), ("decline", _("Decline"))]
    )
    reason = forms.CharField(required=False, max_length=200, label=_("Reason, if you decline"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sides: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        side.choices = sides
        if len(sides) == 1:
            side.initial, side.widget = sides[0][0], forms.HiddenInput()


class BreakOffForm(forms.Form):
    """The end of a secondment before its time."""

    last_day = Day(label=_("Last day in the secretariat"))
    reason = forms.CharField(max_length=200, label=_("Why is it broken off?"))


class CostForm(RowForm):
    """What a month has cost."""

    right = Kronor(label=_("Own cost of the whole month, kronor"))
    attached = FilesField()

    class Meta:
        model = MonthCost
        fields = ("consists_of", "note")
        widgets: ClassVar = {"consists_of": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("reason", None)
        self.fields["consists_of"].help_text = str(
            _("Such as salary, social security contributions, travel. Only the lender's own cost, with no surcharge.")
        )
        self.fields["attached"].label = _("What it is based on, as a file")
        self.order_fields(["right", "consists_of", "note", "attached", "id", "seen"])


class DecideForm(forms.Form):
    """Certify a report or return it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("certify", pgettext_lazy("own cost", "Certify")), ("return", _("Return to the lender"))],
    )  # fmt: skip
    reason = forms.CharField(required=False, max_length=200, label=_("What has to be changed, if you return it"))


class PaidForm(forms.Form):
    """When something was paid."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    paid_on = Day(label=pgettext_lazy("on a day", "Paid"), initial=today)


class MemberForm(RowForm):
    """Somebody in the pool."""

    attached = FilesField()

    class Meta:
        model = PoolMember
        fields = ("actor", "person", "seat", "first_day", "last_day", "agreement", "source")
        widgets: ClassVar = {"agreement": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, who: Who, **options: Any) -> None:
        super().__init__(*args, **options)
        actor = ActorChoice(Actor.objects.all(), label=_("Actor that lends"))
        actor.choices = actor_choices(who)
        self.fields["actor"] = actor
        self.fields["person"] = person_field("", self.instance.person_id)
        self.fields["person"].help_text = str(_("The same person as in the RSK roster: hours are found by that."))
        self.fields["attached"].label = _("The agreement as a file")
        self.order_fields([*self.Meta.fields, "attached", "reason", "id", "seen"])


RATES = ("weekday_hour", "night_hour", "weekend_hour", "holiday_hour", "week")


class RatesForm(RowForm):
    """The rates from a day on."""

    class Meta:
        model = PoolRates
        fields = ("valid_from", *RATES, "night_begins", "night_ends", "deputies", "source")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in RATES:
            label = f"{self.fields[name].label}, kr"
            self.fields[name] = Kronor(required=False, label=label, max_digits=9)
        for name in ("night_begins", "night_ends"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        self.fields["source"].help_text = str(_("Such as the agreement and its paragraph, or the decision."))
        self.order_fields([*self.Meta.fields, "reason", "id", "seen"])


class CertifyForm(forms.Form):
    """Certify an actor's month in the pool, as the page showed it."""

    expected = forms.CharField(widget=forms.HiddenInput)
