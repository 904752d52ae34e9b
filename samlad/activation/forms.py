"""The forms of activation."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.activation.entries import LEVELS
from samlad.activation.entries.calling import Option
from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import new_id

LOCAL: Final = "%Y-%m-%dT%H:%M"
LONGEST_LINE: Final = 120
LONGEST_NOTE: Final = 2000
TOO_LONG: Final = _("At most %(limit_value)s characters; this is %(show_value)s.")

LIVE = ("disturbance", _("Live: this is happening, or may happen"))
EXERCISE = ("exercise", _("Exercise: everything is marked EXERCISE"))

MODE_CHOICES: Final = (
    ("ordinary", _("Ordinary mode")),
    ("activated", _("Activated mode")),
)
LEVEL_NAMES: Final = {
    "inriktande": pgettext_lazy("level", "Direction level (inriktande): chiefs"),
    "samordnande": pgettext_lazy("level", "Coordination level (samordnande): duty officers and liaisons"),
    "verkställande": pgettext_lazy("level", "Execution level (verkställande): staffs and units"),
}
assert tuple(LEVEL_NAMES) == LEVELS


def line_field(**options: Any) -> forms.CharField:
    """One line of text. The browser is given no maxlength: it would cut a pasted text without a word."""
    return forms.CharField(validators=[MaxLengthValidator(LONGEST_LINE, TOO_LONG)], **options)


def note_field(**options: Any) -> forms.CharField:
    """A text of some lines."""
    rows = options.pop("rows", 3)
    return forms.CharField(
        validators=[MaxLengthValidator(LONGEST_NOTE, TOO_LONG)], widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class LocalTime(forms.DateTimeField):
    """A moment on the clock in Stockholm, picked or typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(widget=widget, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **options)


def this_minute() -> str:
    """The present minute in Stockholm, as such a field holds it."""
    return now().astimezone(STOCKHOLM).strftime(LOCAL)


class Identified(forms.Form):
    """A form whose entry has its id before it is sent, so that sending it twice is sending it once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class RaiseForm(Identified):
    """The green button: what and where, and nothing else."""

    what = line_field(
        label=_("What has happened, or may happen?"),
        help_text=_("In a few words. More can be told afterwards."),
        error_messages={"required": _("Say in a few words what has happened.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "enterkeyhint": "next"}),
    )
    where = line_field(
        label=_("Where?"),
        help_text=_("A municipality, a place or the whole county. “Unknown” is an answer too."),
        error_messages={"required": _("Say where. “Unknown” is an answer too.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "areas", "enterkeyhint": "done"}),
    )
    kind = forms.ChoiceField(label=_("Live or exercise"), widget=forms.RadioSelect, choices=(LIVE, EXERCISE))
    join = forms.UUIDField(required=False, widget=forms.HiddenInput)
    apart = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, demo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [EXERCISE] if demo else [LIVE, EXERCISE]
        kind.initial = kind.choices[0][0]
        kind.error_messages["invalid_choice"] = _("Only exercises can be raised here.") if demo else _("Choose one.")

    def clean_what(self) -> str:
        """The text as one line."""
        return " ".join(self.cleaned_data["what"].split())

    def clean_where(self) -> str:
        """The text as one line."""
        return " ".join(self.cleaned_data["where"].split())


class AcknowledgeForm(Identified):
    """The answer to the call. The answers are buttons, so the fields have no widgets of their own: the options of the
    call that asks, or where none does the three that there always are."""

    affected = forms.ChoiceField(
        choices=(("yes", _("Affected")), ("no", _("Not affected")), ("unclear", _("Unclear if affected"))),
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid_choice": _("Press one of the answers.")},
    )
    option = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    attends = line_field(
        required=False, label=_("Who attends the conference?"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    note = note_field(
        required=False, rows=2, label=_("In a few words"), help_text=_("Such as: what you do, how to reach you.")
    )

    def __init__(self, data: Any = None, options: Sequence[Option] = ()) -> None:
        super().__init__(data)
        self.options = {option.code: option for option in options}

    def clean(self) -> dict[str, Any]:
        """An option says whether the actor is affected; one of the two was pressed."""
        told = super().clean() or {}
        option = self.options.get(told.get("option", ""))
        if option is not None:
            told["affected"] = option.affected
        elif told.get("option") or (not told.get("affected") and "affected" not in self.errors):
            self.add_error("affected", _("Press one of the answers."))
        return told


class SituationForm(Identified):
    """The mode, and the levels that work together now."""

    mode = forms.ChoiceField(label=_("Mode"), choices=MODE_CHOICES, widget=forms.RadioSelect)
    levels = forms.MultipleChoiceField(
        label=_("Levels that work together now"),
        choices=tuple(LEVEL_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Several can work at the same time."),
    )
    reason = note_field(
        rows=2,
        label=_("Why"),
        help_text=_("For those who come on shift later."),
        error_messages={"required": _("Say why. It is a decision that others read later.")},
    )
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
