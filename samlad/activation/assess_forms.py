"""The form of the assessment: what is known of the matter, what it comes to, and the call-out that follows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.activation.calling_out import LONGEST_SUBJECT, NETWORK
from samlad.activation.entries.calling import Bridge, CalledOut
from samlad.activation.entries.trigger import OUTCOMES, Assessed
from samlad.activation.forms import TOO_LONG, Identified, line_field, note_field
from samlad.base.clock import STOCKHOLM, now
from samlad.registers.networks import Network

UNCLEAR: Final = ("unclear", pgettext_lazy("assessment", "Not known yet"))
VERIFIED: Final = (UNCLEAR, ("yes", _("Verified")), ("no", _("Not verified")))
SEVERITY: Final = (
    UNCLEAR,
    ("minor", pgettext_lazy("severity", "Minor")),
    ("serious", pgettext_lazy("severity", "Serious")),
    ("very_serious", pgettext_lazy("severity", "Very serious")),
)
SPREAD: Final = (
    UNCLEAR,
    ("local", pgettext_lazy("spread", "One place or municipality")),
    ("several", pgettext_lazy("spread", "Several municipalities")),
    ("county", pgettext_lazy("spread", "The whole county")),
    ("national", pgettext_lazy("spread", "Several counties, or the country")),
)
PRESSURE: Final = (
    UNCLEAR,
    ("minutes", pgettext_lazy("time pressure", "Minutes")),
    ("hours", pgettext_lazy("time pressure", "Hours")),
    ("days", pgettext_lazy("time pressure", "Days")),
)
LONGEST_TEXT: Final = 4000
LATE: Final = timedelta(minutes=5)  # a time of day that has just passed is today's
DAY: Final = timedelta(days=1)


class Clock(forms.CharField):
    """A time of day: the next time the clock shows it. Written 14:05, 14.05 or 1405."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"invalid": _("Write a time, such as 14:05.")}, **options)
        self.moment = now()

    def clean(self, value: Any) -> datetime | None:
        """The moment in UTC; None where nothing is written."""
        text = str(super().clean(value) or "").strip().replace(".", ":")
        if not text:
            return None
        try:
            hour, minute = text.split(":")[:2] if ":" in text else (text[:-2], text[-2:])
            local = self.moment.astimezone(STOCKHOLM)
            wanted = local.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None
        if wanted < local - LATE:
            wanted = (wanted.replace(tzinfo=None) + DAY).replace(tzinfo=STOCKHOLM)
        return wanted.astimezone(UTC)


class AssessForm(Identified):
    """What is known. Only the outcome must be said, and it is a button pressed before."""

    outcome = forms.ChoiceField(
        choices=[(code, code) for code in OUTCOMES],
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose what it comes to."), "invalid_choice": _("Choose what it comes to.")},
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)
    verified = forms.ChoiceField(label=_("Verified?"), choices=VERIFIED, required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=SEVERITY, required=False)
    spread = forms.ChoiceField(label=_("Spread"), choices=SPREAD, required=False)
    pressure = forms.ChoiceField(label=_("Time pressure"), choices=PRESSURE, required=False)
    concerns = forms.MultipleChoiceField(
        label=_("Whom it concerns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    secrecy = forms.BooleanField(label=_("Parts of it must not be told to everybody"), required=False)
    grounds = note_field(required=False, rows=2, label=_("Grounds"))

    def __init__(self, *args: Any, actors: Sequence[tuple[str, str]], changed: bool = False, **options: Any) -> None:
        """`actors`: codes and short names of the participants; `changed`: there is an assessment already."""
        super().__init__(*args, **options)
        self.fields["concerns"].choices = actors  # type: ignore[attr-defined]
        if changed:
            grounds = self.fields["grounds"]
            grounds.label, grounds.required = _("Why it is changed"), True
            grounds.error_messages["required"] = _("Say why the assessment is changed, or more actors are called.")

    def told(self) -> Assessed:
        """What is said of the matter."""
        value = self.cleaned_data
        return Assessed(
            outcome=value["outcome"],
            verified=value["verified"] or "unclear",
            severity=value["severity"] or "unclear",
            spread=value["spread"] or "unclear",
            pressure=value["pressure"] or "unclear",
            concerns=tuple(value["concerns"]),
            secrecy=value["secrecy"],
            grounds=value["grounds"].strip(),
            conference_at=value.get("conference_at"),
        )


class CallForm(AssessForm):
    """The same with a call-out, prepared so that it can be sent as it stands."""

    audience = forms.ChoiceField(label=_("Who is called"), widget=forms.RadioSelect)
    again = forms.BooleanField(required=False, label=_("Also those who have been called before and answered"))
    subject = forms.CharField(label=_("Subject"), validators=[MaxLengthValidator(LONGEST_SUBJECT, TOO_LONG)])
    text = forms.CharField(
        label=pgettext_lazy("call-out", "Text"),
        help_text=_("{when}, {until} and {bridge} are filled in from the times and the bridge in the form."),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    short = forms.CharField(
        label=_("SMS, call and notice"), required=False, validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    conference_at = Clock(label=_("Conference at"), required=False)
    answer_by = Clock(label=_("Answer by"), required=False)
    phone = line_field(label=_("Telephone"), required=False)
    video = forms.CharField(label=_("Video"), required=False, validators=[MaxLengthValidator(300, TOO_LONG)])
    talk_group = line_field(label=_("Rakel talk group"), required=False)

    def __init__(self, *args: Any, networks: Sequence[Network], moment: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            ("all", _("All participants")),
            ("concerned", _("Those whom it concerns, ticked below")),
            *((f"{NETWORK}{one.id}", one.name) for one in networks),
        ]
        for name in ("conference_at", "answer_by"):
            self.fields[name].moment = moment  # type: ignore[attr-defined]

    def call(self, prepared: CalledOut, actors: tuple[str, ...]) -> CalledOut:
        """What is typed, in place of what was prepared."""
        value = self.cleaned_data
        return CalledOut(
            purpose=prepared.purpose,
            actors=actors,
            subject=" ".join(value["subject"].split()),
            text=value["text"],
            short=value["short"] or value["subject"],
            answer_by=value["answer_by"] if prepared.purpose == "call_out" else None,
            conference_at=value["conference_at"],
            bridge=Bridge(value["phone"].strip(), value["video"].strip(), value["talk_group"].strip()),
            options=prepared.options,
            times=prepared.times,
            roles=prepared.roles,
            template=prepared.template,
        )


def initial_of(call: CalledOut, audience: str) -> Mapping[str, Any]:
    """A prepared call-out as the form shows it at first."""
    return {
        "audience": audience,
        "subject": call.subject,
        "text": call.text,
        "short": call.short,
        "conference_at": local(call.conference_at),
        "answer_by": local(call.answer_by),
        "phone": call.bridge.phone,
        "video": call.bridge.video,
        "talk_group": call.bridge.talk_group,
    }


def local(moment: datetime | None) -> str:
    """A moment as the browser's field for a time of day has it."""
    return f"{moment.astimezone(STOCKHOLM):%H:%M}" if moment else ""
