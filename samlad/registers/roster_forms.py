"""The rosters' forms. They read what was typed; what is allowed is the rules' business."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from samlad.registers.forms import Day
from samlad.registers.models import Person
from samlad.registers.queries import swedish_key
from samlad.registers.roster_actions import LONGEST_NOTE
from samlad.registers.roster_models import OnHoliday
from samlad.registers.roster_patterns import MOST_TURNS

LOCAL: Final = "%Y-%m-%dT%H:%M"
FIRST, LAST = 2000, 2100
ROWS: Final = 12  # lines to choose people in, at least


def in_our_time(value: date | datetime) -> None:
    """Refuse years that no roster has; far ones can't be reckoned with."""
    if not FIRST <= value.year <= LAST:
        raise ValidationError(_("Give a year between 2000 and 2100."))


class Moment(forms.DateTimeField):
    """A moment by Stockholm's clocks, picked or typed as 2026-11-27 17:00."""

    default_validators = [in_our_time]

    def __init__(self, **options: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        formats = [LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(widget=picker, input_formats=formats, **options)


class ShortReason(forms.Form):
    """A change, with why it was made."""

    reason = forms.CharField(
        max_length=200, label=_("Why do you change it?"), help_text=_("Stands in the history beside your name.")
    )


class ShiftForm(ShortReason):
    """Who has duty, from when to when."""

    person = forms.ChoiceField(label=_("Person"))
    starts = Moment(label=_("From"), help_text=_("By the clock in Sweden, also when the clocks change."))
    ends = Moment(label=_("To"))
    deputy = forms.BooleanField(
        required=False, label=_("As deputy"), help_text=_("Called when whoever has the duty does not answer.")
    )

    field_order = ("person", "starts", "ends", "deputy", "reason")

    def __init__(self, *args: Any, people: Iterable[Person], begun: bool = False, **options: Any) -> None:
        """`begun`: the shift is under way, so that when it began stays."""
        super().__init__(*args, **options)
        self.people = {person.pk: person for person in people}
        self.fields["person"].choices = [("", _("Choose")), *names(self.people.values())]  # type: ignore[attr-defined]
        if begun:
            del self.fields["starts"]


def names(people: Iterable[Person]) -> list[tuple[str, str]]:
    """People as choices, in Swedish order."""
    return [(one.pk, one.name) for one in sorted(people, key=lambda one: swedish_key(one.name))]


class InOrder(forms.MultipleChoiceField):
    """Several choices in the order they came, the same again if it came again; empty ones are left out."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if one]


class PatternForm(ShortReason):
    """A recurring pattern: who comes after whom, when they hand over, from which day to which."""

    people = InOrder(label=_("The turns, in order"), error_messages={"required": _("Choose at least one person.")})
    weeks = forms.IntegerField(
        min_value=1, max_value=8, initial=1, label=_("Weeks for each turn"), help_text=_("1 to 8, mostly 1.")
    )
    weekday = forms.TypedChoiceField(coerce=int, choices=list(WEEKDAYS.items()), initial=4, label=_("Handover on"))
    handover = forms.TimeField(
        label=_("Handover at"),
        help_text=_("By the clock in Sweden, also when the clocks change."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    on_holiday = forms.ChoiceField(
        choices=OnHoliday.choices,
        initial="same",
        label=_("When the day is a public holiday"),
        help_text=_("Christmas, New Year's and Midsummer Eve count as holidays."),
    )
    deputy = forms.BooleanField(
        required=False, label=_("As deputies"), help_text=_("Called when whoever has the duty does not answer.")
    )
    valid_from = Day(
        label=_("From the day"),
        help_text=_("The first handover is on this day or after it."),
        validators=[in_our_time],
    )
    valid_to = Day(
        required=False,
        label=_("To the day"),
        help_text=_("Leave empty while it holds. The last handover is on this day or after it."),
        validators=[in_our_time],
    )

    field_order = ("people", "weekday", "handover", "weeks", "on_holiday", "valid_from", "valid_to", "deputy", "reason")

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "–"), *names(people)]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[int, list[tuple[str, str, bool]]]]:
        """The lines to choose in: number, and each choice with whether it is the one."""
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        choices: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]
        chosen = list(self["people"].value() or ())[:MOST_TURNS]
        lines = max(ROWS, len(chosen) + 2)
        chosen += [""] * (lines - len(chosen))
        return [
            (number, [(str(key), str(label), key == one) for key, label in choices])
            for number, one in enumerate(chosen, 1)
        ]


class EndForm(ShortReason):
    """The day a pattern ends."""

    on = Day(
        label=_("Ends with the handover on or after"),
        help_text=_("Shifts after that are taken away, swapped ones too."),
        validators=[in_our_time],
    )
    field_order = ("on", "reason")


class RosterForm(ShortReason):
    """What is expected of a roster."""

    round_clock = forms.BooleanField(
        required=False,
        label=_("Somebody is meant to be on duty at all hours"),
        help_text=_("Then hours without anybody are shown as gaps, and told to those who keep the roster."),
    )
    ended = forms.BooleanField(
        required=False, label=_("The roster is no longer kept"), help_text=_("Its shifts ahead are taken away.")
    )
    field_order = ("round_clock", "ended", "reason")


class NoteForm(forms.Form):
    """What the next person on duty needs to know."""

    text = forms.CharField(
        label=_("To whoever comes on duty"),
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[MaxLengthValidator(LONGEST_NOTE)],
    )


class SwapForm(forms.Form):
    """Whom to ask, and in exchange for what."""

    choice = forms.ChoiceField(label=_("Ask"), help_text=_("They have to agree before anything changes."))
    message = forms.CharField(required=False, max_length=300, label=_("Message"))

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["choice"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]


class SwapAnswer(forms.Form):
    """Yes, no, or taken back."""

    answer = forms.ChoiceField(choices=[("agree", _("Agree")), ("decline", _("Decline")), ("withdraw", _("Withdraw"))])


class FileForm(forms.Form):
    """A file to take shifts from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file (Excel can save as one) or a calendar file (.ics), at most 1 MB."),
        allow_empty_file=True,  # told by the reader
    )


class LookForm(forms.Form):
    """A moment to look at, and a role."""

    at = Moment(required=False, label=_("At the time"))
    role = forms.ChoiceField(required=False, label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", _("All roles")), *roles]  # type: ignore[attr-defined]
