"""The forms of a plan. They read what was typed; what is allowed is the rules' business."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samlad.governance.bodies.models import Meeting, MeetingDecision, MeetingState
from samlad.governance.bodies.queries import day_of
from samlad.governance.goals.models import Goal, GoalArea, Vision
from samlad.governance.pages import RowForm
from samlad.governance.plan.fields import ActorField, amount_like, areas_text, named
from samlad.governance.plan.models import (
    Activity,
    ActivityState,
    FollowUp,
    PlanStance,
    PlanYear,
    ReportSection,
)
from samlad.governance.plan.stances import CHIEFS, COUNCIL
from samlad.registers.forms import Day
from samlad.registers.queries import parties, today


class YearForm(RowForm):
    """A year's plan: what it is built on, and until when one proposes."""

    class Meta:
        model = PlanYear
        fields: ClassVar = ["year", "vision", "about", "proposals_by"]
        widgets: ClassVar = areas_text("about")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named(self.fields["vision"], Vision.objects.all(), lambda vision: str(vision.title))
        if not self.adding:
            del self.fields["year"]


class ActivityForm(RowForm):
    """An activity, as its proposer and the secretariat write it."""

    participants = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Participants")
    )

    class Meta:
        model = Activity
        fields: ClassVar = [
            "title", "goal_area", "goal", "text", "why", "responsible", "proposed_by", "first_day", "last_day",
            "amount", "measure", "priority", "participants",
        ]  # fmt: skip
        widgets: ClassVar = areas_text("text", "why", "measure")
        help_texts: ClassVar = {
            "measure": _("The joint goals point a direction. What is to be seen, and when, is said here."),
            "amount": _("0 where it is done within the actors' own budgets."),
            "last_day": _("May be after the year: it is then followed up until the year's end, and carried on."),
        }

    def __init__(self, *args: Any, plan: PlanYear, speaks: str, keeps: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"] = amount_like(self.fields["amount"])
        areas = GoalArea.objects.filter(vision=plan.vision_id)
        self.fields["responsible"] = ActorField(label=_("Responsible actor"))
        named(self.fields["goal_area"], areas, lambda area: str(area.name))
        named(self.fields["goal"], Goal.objects.filter(area__in=areas), lambda goal: str(goal.text)[:120])
        if not areas:
            del self.fields["goal_area"], self.fields["goal"]
        elif not Goal.objects.filter(area__in=areas).exists():
            del self.fields["goal"]
        if keeps:
            self.fields["proposed_by"] = ActorField(label=_("Proposed by"))
        else:
            del self.fields["proposed_by"]
        several = self.fields["participants"]
        assert isinstance(several, forms.MultipleChoiceField)
        several.choices = [(one.code, one.short) for one in parties(today())]
        if self.adding:
            self.initial.update(responsible=speaks, proposed_by=speaks)
            self.initial.update(first_day=date(plan.year, 1, 1), last_day=date(plan.year, 12, 31))

    def clean(self) -> dict[str, Any]:
        """A goal belongs to the area that is chosen."""
        cleaned = super().clean() or {}
        goal, area = cleaned.get("goal"), cleaned.get("goal_area")
        if goal and area and goal.area_id != area.pk:
            self.add_error("goal", _("The goal belongs to another goal area."))
        elif goal and not area:
            cleaned["goal_area"] = goal.area
        return cleaned


class PlaceForm(RowForm):
    """The secretariat deals with a proposal."""

    class Meta:
        model = Activity
        fields: ClassVar = ["state", "place", "left_out"]
        widgets: ClassVar = areas_text("left_out") | {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("reason", None)
        chosen = (ActivityState.IN_PLAN, ActivityState.LEFT_OUT, ActivityState.PROPOSED)
        self.fields["state"] = forms.ChoiceField(
            choices=[(one.value, one.label) for one in chosen], widget=forms.RadioSelect, label=_("What becomes of it")
        )


class WhyForm(forms.Form):
    """Why something is done; stands in the history."""

    reason = forms.CharField(max_length=200, label=_("Why?"), help_text=_("Stands in the history."))


class WithdrawForm(WhyForm):
    """Taking a proposal back, or (`again`) putting it forward again; the form says which, so that twice is once."""

    again = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SendForm(forms.Form):
    """When chefsgruppen should have answered."""

    reply_by = Day(label=_("Stances at the latest"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class OwnKeyForm(RowForm):
    """A row that has its id from what it belongs to, so that two who save it first meet in the same row."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["id"] = self.instance.pk
        self.fields.pop("reason", None)


class StanceForm(OwnKeyForm):
    """An actor's stance."""

    class Meta:
        model = PlanStance
        fields: ClassVar = ["stance", "text"]
        widgets: ClassVar = areas_text("text")
        help_texts: ClassVar = {
            "text": _("Required with a reservation and where the actor disagrees. All parties read it.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stance"].widget = forms.RadioSelect(choices=self.instance._meta.get_field("stance").choices)


class FollowUpForm(OwnKeyForm):
    """How an activity stands at the end of a quarter."""

    class Meta:
        model = FollowUp
        fields: ClassVar = ["status", "done", "deviation", "spent"]
        widgets: ClassVar = areas_text("done", "deviation")
        help_texts: ClassVar = {
            "deviation": _("Required where it deviates or is broken off: what, why, and what is done about it."),
            "spent": _("Of the joint budget, from the beginning of the year."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["spent"] = amount_like(self.fields["spent"])
        self.fields["status"].widget = forms.RadioSelect(choices=self.instance._meta.get_field("status").choices)


def meeting_words(one: Meeting) -> str:
    """A meeting in a list of choices: 2026-11-20, and its number where it has one."""
    number = f" ({one.number})" if one.number else ""
    return f"{day_of(one).isoformat()}{number}"


def meetings_of(code: str) -> "QuerySet[Meeting]":
    """A body's meetings that have not been cancelled, latest first."""
    return Meeting.objects.filter(body__code=code).exclude(state=MeetingState.CANCELLED).order_by("-starts")


def check_day(form: RowForm, meeting: Meeting | None, field: str) -> None:
    """What is done at a meeting is done on its day."""
    day = form.cleaned_data.get(field)
    if meeting and day and day != day_of(meeting):
        form.add_error(field, _("The meeting is on %(day)s.") % {"day": day_of(meeting).isoformat()})


class DecideForm(RowForm):
    """What chefsgruppen decided, at which meeting, and what it said."""

    class Meta:
        model = PlanYear
        fields: ClassVar = ["meeting", "decision", "decided_on", "said"]
        widgets: ClassVar = areas_text("said", rows=6)
        help_texts: ClassVar = {
            "said": _("Word for word as in the minutes, also where all did not agree. It is shown as it is written."),
            "decision": _("Where the decision is recorded with the meeting."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named(self.fields["meeting"], meetings_of(CHIEFS), meeting_words)
        of_chiefs = MeetingDecision.objects.filter(meeting__body__code=CHIEFS).order_by("-meeting__starts", "number")
        named(self.fields["decision"], of_chiefs, lambda one: f"{one.number}: {one.text[:100]}")
        self.fields.pop("reason", None)
        for name in ("meeting", "decided_on", "said"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """The decision is one of the meeting's."""
        cleaned = super().clean() or {}
        decision, meeting = cleaned.get("decision"), cleaned.get("meeting")
        if decision and meeting and decision.meeting_id != meeting.pk:
            self.add_error("decision", _("The decision is from another meeting."))
        check_day(self, meeting, "decided_on")
        return cleaned


class PresentForm(RowForm):
    """When the plan was presented to Regionala rådet, and what was said."""

    class Meta:
        model = PlanYear
        fields: ClassVar = ["council_meeting", "presented_on", "council_said"]
        widgets: ClassVar = areas_text("council_said", rows=6)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named(self.fields["council_meeting"], meetings_of(COUNCIL), meeting_words)
        self.fields.pop("reason", None)
        self.fields["presented_on"].required = True

    def clean(self) -> dict[str, Any]:
        """It was presented on the day of the meeting."""
        cleaned = super().clean() or {}
        check_day(self, cleaned.get("council_meeting"), "presented_on")
        return cleaned


class SectionForm(RowForm):
    """The text of a section of the annual report."""

    class Meta:
        model = ReportSection
        fields: ClassVar = ["heading", "text"]
        widgets: ClassVar = areas_text("text", rows=16)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("reason", None)


class OrderForm(forms.Form):
    """The order of all activities in the plan: a number for each."""

    def __init__(self, *args: Any, activities: "list[Activity]", **options: Any) -> None:
        super().__init__(*args, **options)
        for one in activities:
            self.fields[str(one.pk)] = forms.IntegerField(
                label=one.title, required=False, min_value=1, max_value=999, initial=one.place,
                widget=forms.NumberInput({"class": "short"}),
            )  # fmt: skip


class NothingForm(forms.Form):
    """A question that is only answered yes."""
