"""The forms of test alarms: a plan, and one at once."""

from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.ids import new_id
from samlad.journal.who import DUTY_ROLES, ROLES
from samlad.learning.drill_models import DayRule, TimeRule
from samlad.learning.drill_rules import LONGEST, SHORTEST
from samlad.learning.models import DrillPlan
from samlad.registers.forms import Reasoned
from samlad.registers.models import Role
from samlad.registers.queries import parties, today

LONGEST_TITLE: Final = 60
TOO_LONG: Final = _("At most %(limit_value)s characters; this is %(show_value)s.")
NTHS: Final = (
    (1, pgettext_lazy("weekday of a month", "first")),
    (2, pgettext_lazy("weekday of a month", "second")),
    (3, pgettext_lazy("weekday of a month", "third")),
    (4, pgettext_lazy("weekday of a month", "fourth")),
    (5, pgettext_lazy("weekday of a month", "last")),
)
WEEKDAYS: Final = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Asked(forms.Form):
    """Whom a test alarm calls, and until when it is answered."""

    title = forms.CharField(
        label=pgettext_lazy("of a test alarm", "Name"),
        help_text=_("The month is put after it."),
        validators=[MaxLengthValidator(LONGEST_TITLE, TOO_LONG)],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    actors = forms.MultipleChoiceField(
        required=False,
        label=_("Actors"),
        help_text=_("None ticked: all parties of the day."),
        widget=forms.CheckboxSelectMultiple,
    )
    roles = forms.MultipleChoiceField(
        required=False,
        label=_("Roles"),
        help_text=_("None ticked: every duty role."),
        choices=[(code, Role(code).label) for code in ROLES if code in DUTY_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    whole_ladder = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Call deputies and everyone too, as in earnest"),
    )
    answer_within = forms.IntegerField(
        initial=30, min_value=SHORTEST, max_value=LONGEST, label=_("Minutes to answer within")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = self.fields["title"].initial or _("Test alarm")
        actors = self.fields["actors"]
        assert isinstance(actors, forms.MultipleChoiceField)
        chosen = kwargs.get("initial", {}).get("actors", []) if kwargs.get("initial") else []
        here = {actor.code: actor.short for actor in parties(today())}
        actors.choices = [*here.items(), *((code, code) for code in chosen if code not in here)]


class NowForm(Asked):
    """One at once. Its id is made with the form, so that sending it twice is one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class PlanForm(Asked, Reasoned):
    """A plan: on which day, at what time, announced or not."""

    day_rule = forms.ChoiceField(label=_("On which day of the month"), choices=DayRule.choices, initial="weekday",
                                 widget=forms.RadioSelect)  # fmt: skip
    nth = forms.TypedChoiceField(label=_("Which of them"), choices=NTHS, coerce=int, initial=1)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int, initial=2)
    time_rule = forms.ChoiceField(label=_("At what time"), choices=TimeRule.choices, initial="fixed",
                                  widget=forms.RadioSelect)  # fmt: skip
    at = forms.TimeField(
        required=False,
        initial="10:00",
        label=_("Fixed time"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    announced = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Announced: those who are called see beforehand when it is"),
    )
    paused = forms.BooleanField(required=False, label=_("Paused"))

    field_order = ("title", "day_rule", "nth", "weekday", "time_rule", "at", "announced", "actors", "roles",
                   "whole_ladder", "answer_within", "paused", "reason", "seen")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A fixed time is told."""
        told = super().clean() or {}
        if told.get("time_rule") == "fixed" and not told.get("at") and "at" not in self.errors:
            self.add_error("at", _("Say at what time."))
        return told

    def fill(self, plan: DrillPlan) -> DrillPlan:
        """The plan with what was typed; of no use what the rule does not ask for."""
        for name in ("day_rule", "nth", "weekday", "time_rule", "announced", "actors", "roles", "whole_ladder",
                     "answer_within", "paused"):  # fmt: skip
            setattr(plan, name, self.cleaned_data[name])
        plan.title = " ".join(self.cleaned_data["title"].split())
        plan.at = self.cleaned_data["at"] if plan.time_rule == "fixed" else None
        return plan
