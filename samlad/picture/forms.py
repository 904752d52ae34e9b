"""The forms of the picture. They read what was typed; what is allowed is the rules' business."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import STOCKHOLM
from samlad.base.templatetags.marks import STATUS
from samlad.journal.files_field import FilesField
from samlad.picture.entries import BLOCKS, TEXTS, Figure
from samlad.picture.wording import BLOCK_NAMES, CONFIDENCE, FIELD_NAMES
from samlad.registers.marking import MarkingFields
from samlad.registers.seldom import Maker

STATUSES: Final = [(code, STATUS[code][1]) for code in ("green", "yellow", "red", "black")]
LOCAL: Final = "%Y-%m-%dT%H:%M"
LONGEST: Final = 20_000  # characters of one text: ten pages
HELP: Final = {
    "event": _("What has happened, where and when, as you know it."),
    "consequences": _("For whom, where and how much. Figures where you have them."),
    "measures": _("What you have done and are doing."),
    "resources": _("What you use, and what you have left."),
    "forecast_24h": _("What you expect until this time tomorrow."),
    "forecast_72h": _("What you expect over three days, and what would make it worse."),
    "needs": _("What you need from others."),
    "offers": _("What you can lend or do for others."),
    "communication": _("What you have told the public, and what they ask."),
}


class LocalTime(forms.DateTimeField):
    """A moment on the clock in Stockholm."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(widget=widget, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **options)


def minute(moment: datetime) -> str:
    """A moment as a datetime-local field holds it."""
    return moment.astimezone(STOCKHOLM).strftime(LOCAL)


def text_field(name: str) -> forms.CharField:
    """One text of a report."""
    rows = 2 if name in ("resources", "forecast_24h", "forecast_72h", "offers", "event") else 3
    return forms.CharField(
        required=False,
        max_length=LONGEST,
        label=FIELD_NAMES[name],
        help_text=HELP[name],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReportForm(MarkingFields):
    """A situation report, in about two minutes."""

    attached = FilesField()
    id = forms.UUIDField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        choices=STATUSES,
        widget=forms.RadioSelect,
        label=_("Overall status"),
        help_text=_("Green: normal. Yellow: strained, we cope. Red: serious. Black: we do not cope."),
        error_messages={"required": _("Choose a status.")},
    )
    source = forms.CharField(
        required=False,
        max_length=500,
        label=_("Source"),
        help_text=_("Where the information comes from: own staff, a control centre, another actor."),
    )
    as_of = LocalTime(
        required=False, label=_("The situation as of"), help_text=_("If you leave it as it is: when you send.")
    )
    as_of_shown = forms.CharField(required=False, widget=forms.HiddenInput)
    confidence = forms.ChoiceField(
        required=False,
        choices=[("", pgettext_lazy("confidence", "Not stated")), *CONFIDENCE.items()],
        label=_("How sure"),
    )

    def __init__(self, *args: Any, before: str = "", conveying: bool = False, **options: Any) -> None:
        """`before`: the status that was told last. `options` say who could read it; see AudienceFields."""
        super().__init__(*args, **options)
        self.before = before
        self.fields["source"].required = conveying

    def seldom(self) -> Mapping[str, Maker]:
        """Of the texts most reports have one or two; few are limited, and fewer have a line to the others."""
        return {
            **super().seldom(),
            **{name: partial(text_field, name) for name in TEXTS},
            "line": lambda: forms.CharField(
                required=False,
                max_length=300,
                label=_("Line to the others (what they need to know)"),
                help_text=_("Read by all participants, without your report. Such as: Road closed round X."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            ),
            "line_until": lambda: LocalTime(
                required=False, label=_("Holds until"), help_text=_("Leave empty for until further notice.")
            ),
            "without_text": lambda: forms.BooleanField(required=False, label=_("Send without a word about why")),
        }

    def clean(self) -> dict[str, Any]:
        """What several fields say together."""
        typed = super().clean()
        if typed.get("line_until") and not typed.get("line") and typed.get("audience") != "all":
            self.wrong("line", _("Say what holds until then, or take the time away."))
        changed = self.before and typed.get("status") and typed["status"] != self.before
        wordless = not any(typed.get(name, "").strip() for name in TEXTS)
        if changed and wordless and not typed.get("without_text"):
            self.wrong("consequences", _("The status has changed. Say in a few words why, or send without."))
        return typed

    @property
    def asks_why(self) -> bool:
        """Whether the way out "send without a word" is shown."""
        return bool(self.is_bound and ("consequences" in self.errors or self["without_text"].value()))

    def moment(self) -> datetime | None:
        """The moment the report describes; None where the time was left as it was shown: then when it is sent."""
        told: datetime | None = self.cleaned_data["as_of"]
        return None if told is None or minute(told) == self.cleaned_data["as_of_shown"] else told


class Number(forms.DecimalField):
    """A number as people write it: 4 200, 4200, 3,5 or 3.5."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def to_python(self, value: Any) -> Any:
        """The number. Raises ValidationError."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)


class FigureForm(forms.Form):
    """One figure of a report; an empty row is none."""

    label = forms.CharField(required=False, max_length=100, label=_("What"))
    value = Number(required=False, max_digits=18, decimal_places=4, label=pgettext_lazy("figure", "Number"))
    unit = forms.CharField(required=False, max_length=30, label=_("Unit"))
    cumulative = forms.BooleanField(required=False, label=_("Total so far (only grows)"))

    def clean(self) -> dict[str, Any]:
        """A number needs to say what it counts. A label without a number is silence, not zero."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("value") is not None and not typed.get("label"):
            self.add_error("label", _("Say what the number counts."))
        return typed

    def figure(self) -> Figure | None:
        """The figure; None for a row without a number."""
        typed = self.cleaned_data
        if typed.get("value") is None:
            return None
        return Figure(typed["label"], typed["value"], typed["unit"], typed["cumulative"])


class Figures(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only in the stubs
    """The figures of a report."""

    def clean(self) -> None:
        """Each label once: two numbers for the same thing say nothing."""
        seen: set[str] = set()
        for row in self.forms:
            label = (
                row.cleaned_data.get("label", "")
                if row.is_valid() and row.cleaned_data.get("value") is not None
                else ""
            )
            if label and label in seen:
                row.add_error("label", _("This figure is already there."))
                raise forms.ValidationError("")
            seen.add(label)

    def figures(self) -> tuple[Figure, ...]:
        """The figures that were filled in."""
        return tuple(figure for row in self.forms if (figure := row.figure()))


FigureRows = forms.formset_factory(FigureForm, formset=Figures, extra=2, max_num=40, absolute_max=60, validate_max=True)


class StatementForm(forms.Form):
    """A statement for the working version: taken from a report, edited, or the compiler's own."""

    id = forms.UUIDField(required=False)
    block = forms.ChoiceField(choices=[(block, BLOCK_NAMES[block]) for block in BLOCKS])
    text = forms.CharField(max_length=LONGEST, error_messages={"required": _("The statement is empty.")})
    report = forms.UUIDField(required=False)
    replaces = forms.UUIDField(required=False)


class DropForm(forms.Form):
    """Taking a statement out."""

    id = forms.UUIDField(required=False)
    block = forms.CharField(required=False)


class AssessmentForm(forms.Form):
    """The overall assessment. `replaces` is the one that it was written from."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        choices=STATUSES,
        widget=forms.RadioSelect,
        label=_("Overall status"),
        error_messages={"required": _("Choose a status.")},
    )
    text = forms.CharField(
        max_length=LONGEST,
        label=_("Overall assessment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the assessment.")},
    )
    outlook = forms.CharField(
        required=False, max_length=LONGEST, label=_("Outlook"), widget=forms.Textarea(attrs={"rows": 3})
    )


class PublishForm(forms.Form):
    """Publishing the version that was previewed."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)


class UnchangedForm(forms.Form):
    """One click: nothing has changed since the report that was shown."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    since = forms.UUIDField(widget=forms.HiddenInput)


class DeadlineForm(forms.Form):
    """When the next reports are wanted: a number of minutes from now, a time, or no time any more."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=7 * 24 * 60)
    at = LocalTime(required=False, label=_("Reports wanted at"))
    note = forms.CharField(required=False, max_length=200, label=_("To the reporters"))

    def clean(self) -> dict[str, Any]:
        """One of the ways to say when."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and typed.get("minutes") is None and typed.get("at") is None and not self.cleared:
            self.add_error("at", _("Say when the reports are wanted."))
        return typed

    @property
    def cleared(self) -> bool:
        """Whether the button that takes the deadline away was pressed."""
        return "clear" in self.data
