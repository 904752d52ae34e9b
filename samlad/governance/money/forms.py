"""The forms of the money: a year's terms, lines, what is decided, what is booked, who is invoiced."""

import re
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samlad.governance.models import BillingParty, Budget, BudgetLine, FeeRun, Forecast, MeetingDecision, Outcome
from samlad.governance.money.fields import Amount
from samlad.governance.money.models import BudgetState
from samlad.governance.pages import RowForm
from samlad.registers.queries import actors_ever, today

CHIEFS = "chefsgruppen"
FIRST_YEAR, LAST_YEAR = 2014, 2100
LUHN_SUM = 10
NUMBERS: Final = {
    "bankgiro": (r"[0-9]{3,4}-?[0-9]{4}", _("A bankgiro number has seven or eight digits.")),
    "plusgiro": (r"[0-9]{1,7}-?[0-9]", _("A plusgiro number has two to eight digits.")),
    "vat_number": (r"SE[0-9]{12}", _("A Swedish VAT number is SE and twelve digits.")),
    "iban": (r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", _("An IBAN is two letters, two digits and the account's number.")),
}
"""What numbers of accounts and of VAT look like, without spaces; Peppol refuses an invoice with others."""


def decisions(field: forms.Field) -> None:
    """Let a field choose among what chefsgruppen has decided, the latest first, each told in a line."""
    assert isinstance(field, forms.ModelChoiceField)
    of_chiefs = MeetingDecision.objects.filter(meeting__body__code=CHIEFS).select_related("meeting")
    field.queryset = of_chiefs.order_by("-meeting__starts", "number")
    field.label_from_instance = _decision_words  # type: ignore[method-assign, assignment]
    field.empty_label = _("Not in the register")


def _decision_words(one: Any) -> str:
    return f"{one.meeting.starts:%Y-%m-%d}, {one.number}: {one.text[:100]}"


def actors(field: forms.Field) -> None:
    """Let a field choose among actors, by name."""
    assert isinstance(field, forms.ModelChoiceField)
    names = {actor.code: actor.name for actor in actors_ever()}
    field.label_from_instance = lambda one: names.get(one.code, one.code)  # type: ignore[method-assign, assignment]


class BudgetForm(RowForm):
    """A year's budget and the terms it is shared by."""

    class Meta:
        model = Budget
        fields: ClassVar = [
            "year", "total", "cap", "what_is_cut", "unit", "state", "decided", "decision_text", "about", "source",
            "issuer", "due_days", "vat", "vat_reason", "vat_confirmed",
        ]  # fmt: skip
        field_classes: ClassVar = {"total": Amount, "cap": Amount}
        widgets: ClassVar = {"about": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "cap": _("The agreement says 1.50, by those registered at 30 June the year before."),
            "what_is_cut": _("The agreement does not say. The chiefs' group decides."),
            "issuer": _("The joint function is no legal person: one of the parties sends the invoices."),
            "vat": _("To be confirmed by the issuer's economist before the first invoice."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        decisions(self.fields["decided"])
        actors(self.fields["issuer"])
        if not self.adding:
            del self.fields["year"]

    def validate_unique(self) -> None:
        """Asked by the action, which knows a form that is sent twice from another budget for the year."""

    def clean_year(self) -> int:
        """A year that there could be a budget for."""
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_now("Write a year from 2014 to 2100."))
        return year

    def clean(self) -> dict[str, Any]:
        """What is decided has a decision; no VAT has a reason."""
        cleaned = super().clean() or {}
        decided = cleaned.get("decided") or cleaned.get("decision_text")
        if cleaned.get("state") == BudgetState.DECIDED and not decided:
            self.add_error("decided", _("Say by which decision."))
        return cleaned


class LineForm(RowForm):
    """What a part of the budget is for."""

    class Meta:
        model = BudgetLine
        fields: ClassVar = ["code", "text", "amount"]
        field_classes: ClassVar = {"amount": Amount}
        help_texts: ClassVar = {"code": _("As in the issuer's accounts, such as an account or a project.")}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(max_length=200, label=_("Why?"), help_text=_("Stands in the history."))


class RunForm(forms.Form):
    """Computing a year's fees."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        max_length=300,
        required=False,
        label=_("Note"),
        help_text=_("A correction of fees that are frozen says why."),
    )
    start_edition = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    cap_edition = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class DecideForm(RowForm):
    """Which decision a set of fees goes by."""

    class Meta:
        model = FeeRun
        fields: ClassVar = ["decided", "decision_text"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        decisions(self.fields["decided"])


class OutcomeForm(RowForm):
    """Something that has been booked."""

    class Meta:
        model = Outcome
        fields: ClassVar = ["line", "day", "amount", "text", "reference"]
        field_classes: ClassVar = {"amount": Amount}
        help_texts: ClassVar = {"amount": _("What came back is below zero.")}

    def __init__(self, *args: Any, budget: Budget, **options: Any) -> None:
        super().__init__(*args, **options)
        lines_of(self.fields["line"], budget)

    def clean_day(self) -> Any:
        """Nothing is booked ahead."""
        day = self.cleaned_data["day"]
        if day > today():
            raise forms.ValidationError(_now("This day has not come yet. What is expected is a forecast."))
        return day


class ForecastForm(RowForm):
    """What a line is expected to cost."""

    class Meta:
        model = Forecast
        fields: ClassVar = ["line", "day", "amount", "text"]
        field_classes: ClassVar = {"amount": Amount}

    def __init__(self, *args: Any, budget: Budget, **options: Any) -> None:
        super().__init__(*args, **options)
        lines_of(self.fields["line"], budget)


def lines_of(field: forms.Field, budget: Budget) -> None:
    """Let a field choose among a budget's lines."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = BudgetLine.objects.filter(budget=budget.pk)


class BillingForm(RowForm):
    """What must be known of an actor for an invoice."""

    class Meta:
        model = BillingParty
        fields: ClassVar = [
            "legal_name", "org_number", "endpoint_scheme", "endpoint_id", "reference", "street", "postal_code", "city",
            "vat_number", "bankgiro", "plusgiro", "iban", "source",
        ]  # fmt: skip
        help_texts: ClassVar = {
            "org_number": _("Ten digits."),
            "endpoint_scheme": _("0007 for an organisation number, 0088 for a GLN."),
            "reference": _("The code that the buyer demands. Not the name of a person."),
            "bankgiro": _("Only for the one that invoices, as plusgiro, IBAN and VAT number."),
            "source": _("Where this was said, such as the actor's own page on invoices."),
        }

    def clean_org_number(self) -> str:
        """Ten digits whose last one is right, written with a hyphen."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["org_number"])
        if digits and not (re.fullmatch(r"\d{10}", digits) and luhn(digits)):
            raise forms.ValidationError(_now("This is no organisation number: ten digits, of which the last checks."))
        return f"{digits[:6]}-{digits[6:]}" if digits else ""

    def clean_endpoint_scheme(self) -> str:
        """A code of ISO 6523, as Peppol has them."""
        scheme: str = self.cleaned_data["endpoint_scheme"]
        if scheme and not re.fullmatch(r"\d{4}", scheme):
            raise forms.ValidationError(_now("Four digits, such as 0007."))
        return scheme

    def clean(self) -> dict[str, Any]:
        """An address has a scheme, and one by organisation number is such a number; accounts are such numbers."""
        cleaned = super().clean() or {}
        for name, (form, sentence) in NUMBERS.items():
            given = re.sub(r"\s", "", cleaned.get(name, "")).upper()
            if given and not re.fullmatch(form, given):
                self.add_error(name, sentence)
            elif name in cleaned:
                cleaned[name] = given
        scheme, address = cleaned.get("endpoint_scheme", ""), cleaned.get("endpoint_id", "")
        if bool(scheme) != bool(address):
            self.add_error("endpoint_id", _("Peppol's scheme and address go together."))
        elif scheme == "0007" and not (re.fullmatch(r"\d{10}", address) and luhn(address)):
            self.add_error("endpoint_id", _("With scheme 0007 the address is the organisation number: ten digits."))
        return cleaned


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as in organisation numbers."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % LUHN_SUM == 0


def share_fields(payers: dict[str, str], there: dict[str, Decimal]) -> dict[str, Amount]:
    """A field for each actor of the others' half, by "share-<code>"."""
    return {
        f"share-{code}": Amount(
            label=name, min_value=0, max_value=100, max_digits=9, decimal_places=6, required=False,
            initial=there.get(code),
        )
        for code, name in payers.items()
    }  # fmt: skip


class SharesForm(forms.Form):
    """The whole table of the others' half."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=200,
        label=_("Decided how?"),
        help_text=_("Stands in the history: which meeting, or that it is a proposal."),
    )

    def __init__(self, *args: Any, payers: dict[str, str], there: dict[str, Decimal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.codes = list(payers)
        self.fields = share_fields(payers, there) | self.fields

    def shares(self) -> list[Any]:
        """The fields of the table."""
        return [self[f"share-{code}"] for code in self.codes]

    def percents(self) -> dict[str, Decimal]:
        """What the table says; who has no row is not in it."""
        given = {code: self.cleaned_data.get(f"share-{code}") for code in self.codes}
        return {code: percent for code, percent in given.items() if percent is not None}
