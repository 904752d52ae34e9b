"""The forms of what is prepared for a call-out: one for each table."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.activation.entries.trigger import OUTCOMES
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.activation.prepared import OPERATION_KINDS, PLACES
from samlad.activation.templatetags.activation import OUTCOMES as OUTCOME_NAMES
from samlad.journal.who import DUTY_ROLES, ROLES
from samlad.registers.forms import Reasoned
from samlad.registers.models import ActorSet, Role

KIND_NAMES: Final = {
    "disturbance": pgettext_lazy("kind of operation", "Incident"),
    "planned": pgettext_lazy("kind of operation", "Planned event"),
    "exercise": pgettext_lazy("kind of operation", "Exercise"),
    "ordinary": pgettext_lazy("kind of operation", "Ordinary mode"),
}
assert tuple(KIND_NAMES) == OPERATION_KINDS
ALL_KINDS: Final = ("", pgettext_lazy("kind of operation", "Every kind"))
PLACES_TOLD: Final = " ".join(f"{{{place}}}" for place in PLACES)
AFFECTED: Final = (("yes", _("Affected")), ("no", _("Not affected")), ("unclear", _("Unclear if affected")))
STEPS: Final = {
    "next_way": _("Next way to the same person, after"),
    "again": _("Called again, after (0: not at all)"),
    "deputy": _("Deputies, after"),
    "everyone": _("Everyone at the actor, after"),
    "by_hand": _("Call by hand, after"),
    "assess_again": _("RSK and TiB are asked again, after"),
    "assess_deputy": _("Their deputies, after"),
    "assess_everyone": _("Everyone at their actors, after"),
    "assess_by_hand": _("Call by hand, after"),
    "same_hours": _("A second alarm is compared for so many hours"),
}
SECONDS: Final = _("Seconds. 300 is 5 minutes.")


class TextForm(Reasoned):
    """A prepared text."""

    code = forms.CharField(max_length=60, label=_("Code"), help_text=_("Such as konferens-natt. It never changes."))
    outcome = forms.ChoiceField(
        label=_("For the outcome"), choices=[(code, OUTCOME_NAMES[code]) for code in OUTCOMES if code != "none"]
    )
    operation_kind = forms.ChoiceField(label=_("In"), required=False, choices=[ALL_KINDS, *KIND_NAMES.items()])
    subject = forms.CharField(max_length=120, label=_("Subject"))
    text = forms.CharField(
        max_length=4000,
        label=pgettext_lazy("call-out", "Text"),
        help_text=_("Filled in when it is used: %(places)s.") % {"places": PLACES_TOLD},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    short = forms.CharField(
        max_length=1000,
        label=_("SMS, call and notice"),
        help_text=_("About 240 characters. The link to answer by is put after it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(label=_("Who is called"))
    roles = forms.MultipleChoiceField(
        required=False,
        label=_("Which roles"),
        help_text=_("None: every duty role."),
        widget=forms.CheckboxSelectMultiple,
    )
    answer_minutes = forms.IntegerField(label=_("Minutes to answer"), min_value=1, max_value=1440)
    conference_minutes = forms.IntegerField(
        label=_("Minutes to the conference"), help_text=_("Empty: there is no conference."), required=False,
        min_value=1, max_value=1440,
    )  # fmt: skip
    source = forms.CharField(
        required=False, max_length=1000, label=_("Source"), widget=forms.Textarea(attrs={"rows": 2})
    )
    valid = forms.BooleanField(required=False, initial=True, label=_("In use"))
    field_order = ("code", "outcome", "operation_kind", "subject", "text", "short", "audience", "roles",
                   "answer_minutes", "conference_minutes", "source", "valid", "reason")  # fmt: skip

    def __init__(self, *args: Any, new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        networks = ActorSet.objects.filter(owner=None, valid_to=None).exclude(code="").order_by("name")
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            ("all", _("All participants")),
            ("concerned", _("Those whom it concerns")),
            *((f"network:{one.code}", one.name) for one in networks),
        ]
        roles = [(role, Role(role).label) for role in ROLES if role in DUTY_ROLES]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        if not new:
            del self.fields["code"]

    def row(self, code: str = "") -> CallOutTemplate:
        """What is typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "seen")}
        typed["text"] = "\n".join(typed["text"].splitlines())
        return CallOutTemplate(**({"code": code} | typed))


class TimesForm(Reasoned):
    """The times in one kind of operation."""

    field_order = (*STEPS, "source", "reason")
    source = forms.CharField(
        required=False, max_length=1000, label=_("Source"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in STEPS.items():
            most = 72 if name == "same_hours" else 86400
            help_text = "" if name == "same_hours" else SECONDS if name == "next_way" else ""
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=most, help_text=help_text)
        self.order_fields(self.field_order)

    def row(self, kind: str) -> LadderTimes:
        """What is typed."""
        typed = {name: self.cleaned_data[name] for name in (*STEPS, "source")}
        return LadderTimes(operation_kind=kind, **typed)


class AnswerForm(Reasoned):
    """One answer to choose."""

    code = forms.CharField(max_length=40, label=_("Code"), help_text=_("Such as berord-deltar. It never changes."))
    label = forms.CharField(max_length=60, label=pgettext_lazy("answer to a call", "Words on the button"))
    affected = forms.ChoiceField(label=_("It says that the actor is"), choices=AFFECTED)
    attends = forms.BooleanField(required=False, label=_("Somebody comes to the conference"))
    place = forms.IntegerField(
        label=_("Digit"), min_value=1, max_value=9, help_text=_("Its order, and the key on a telephone.")
    )
    source = forms.CharField(
        required=False, max_length=1000, label=_("Source"), widget=forms.Textarea(attrs={"rows": 2})
    )
    valid = forms.BooleanField(required=False, initial=True, label=_("In use"))
    field_order = ("code", "label", "affected", "attends", "place", "source", "valid", "reason")

    def __init__(self, *args: Any, new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not new:
            del self.fields["code"]

    def row(self, code: str = "") -> AnswerOption:
        """What is typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "seen")}
        return AnswerOption(**({"code": code} | typed))


class BridgeForm(Reasoned):
    """How to get into the conference unless something else is said."""

    phone = forms.CharField(required=False, max_length=120, label=_("Telephone"))
    video = forms.CharField(required=False, max_length=300, label=_("Video"))
    talk_group = forms.CharField(required=False, max_length=120, label=_("Rakel talk group"))
    source = forms.CharField(
        required=False, max_length=1000, label=_("Source"), widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("phone", "video", "talk_group", "source", "reason")

    def row(self, code: str = "") -> BridgeDefault:
        """What is typed."""
        typed = {name: self.cleaned_data[name] for name in ("phone", "video", "talk_group", "source")}
        return BridgeDefault(pk=1, **typed)
