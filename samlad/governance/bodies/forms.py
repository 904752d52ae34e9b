"""The forms of bodies and meetings. They read what was typed; what is allowed is the rules' business."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.bodies.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    DecisionState,
    ItemMinutes,
    Meeting,
    MeetingDecision,
    Presence,
)
from samlad.governance.bodies.queries import agenda
from samlad.governance.pages import RowForm
from samlad.journal.files_field import FilesField
from samlad.registers.forms import Day, some_actor
from samlad.registers.models import Person
from samlad.registers.queries import ActorView, parties, swedish_key, today
from samlad.registers.roster_forms import Moment

ROWS: Final = {"rows": 4}


def actors_for(form: forms.BaseForm, name: str, *, none: bool) -> None:
    """Let a field choose among the actors by name, in the usual order; `none`: or no one."""
    chosen = [("", _("Nobody in particular")), *some_actor()[1:]] if none else some_actor()
    form.fields[name].choices = chosen  # type: ignore[attr-defined]


class BodyForm(RowForm):
    """A body."""

    class Meta:
        model = Body
        fields: ClassVar = (
            "name", "code", "kind", "level", "mandate", "members_text", "chair", "rhythm", "readers", "source",
            "ended_on",
        )  # fmt: skip
        widgets: ClassVar = {"mandate": forms.Textarea(ROWS), "members_text": forms.Textarea(ROWS)}
        help_texts: ClassVar = {
            "code": _("Small letters, digits and hyphens."),
            "source": _("Where this is known from, or that you have decided it."),
        }


class MemberForm(RowForm):
    """An actor's place in a body."""

    class Meta:
        model = BodyMember
        fields: ClassVar = ("actor", "seat", "person", "chair", "valid_from", "valid_to", "source")
        help_texts: ClassVar = {
            "seat": _("For example “County director”. The function is what counts; a person is not needed."),
            "person": _("Gets calls to meetings, and reads drafts. Without one the actor's chiefs do."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        actors_for(self, "actor", none=False)
        people = Person.objects.filter(is_active=True, screen=False)
        own = [(one.pk, one.name) for one in sorted(people, key=lambda one: swedish_key(one.name))]
        self.fields["person"].choices = [("", _("No registered person")), *own]  # type: ignore[attr-defined]


class MeetingForm(RowForm):
    """When and where a meeting is."""

    starts = Moment(label=pgettext_lazy("meeting", "Begins"), help_text=_("By the clock in Sweden."))
    ends = Moment(label=pgettext_lazy("meeting", "Ends"))
    link = forms.URLField(
        label=_("Link to a video meeting"), max_length=300, required=False, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields: ClassVar = ("number", "starts", "ends", "place", "link", "about")
        widgets: ClassVar = {"about": forms.Textarea(ROWS)}
        help_texts: ClassVar = {"number": _("For example 2/2026."), "about": _("Stands in the call.")}


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    why = forms.CharField(max_length=200, label=_("Why it is cancelled"), help_text=_("The members are told this."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(max_length=200, label=_("Why is it taken away?"), help_text=_("Stands in the history."))


class ItemForm(RowForm):
    """An item of an agenda."""

    class Meta:
        model = AgendaItem
        fields: ClassVar = ("title", "purpose", "text", "presenter", "minutes")
        widgets: ClassVar = {"text": forms.Textarea(ROWS), "purpose": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        actors_for(self, "presenter", none=True)


class PapersForm(forms.Form):
    """Papers for an item."""

    title = forms.CharField(
        max_length=160, required=False, label=_("What it is"), help_text=_("For one file. Without it: the file's name.")
    )
    attached = FilesField()

    def clean(self) -> dict[str, Any]:
        """Without a file there is nothing to save."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("attached") and "attached" not in self.errors:
            self.add_error("attached", _("Choose at least one file."))
        return cleaned


class AttendanceForm(forms.Form):
    """How each actor took part: a choice and a function for each."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, actors: list[ActorView], stored: dict[str, Attendance], seats: dict[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.actors = actors
        longest = Attendance._meta.get_field("who").max_length
        for actor in actors:
            row = stored.get(actor.code)
            self.fields[f"presence-{actor.code}"] = forms.ChoiceField(
                choices=[("", _("Not recorded")), *Presence.choices], required=False, label=actor.short,
                initial=row.presence if row else "",
            )  # fmt: skip
            self.fields[f"who-{actor.code}"] = forms.CharField(
                max_length=longest,
                required=False,
                label=_("By which function"),
                initial=row.who if row else seats.get(actor.code, ""),
            )

    def rows(self) -> list[tuple[ActorView, forms.BoundField, forms.BoundField]]:
        """Each actor with its two fields."""
        return [(one, self[f"presence-{one.code}"], self[f"who-{one.code}"]) for one in self.actors]

    def answers(self) -> dict[str, tuple[str, str]]:
        """What was answered, by actor."""
        given = self.cleaned_data
        return {one.code: (given[f"presence-{one.code}"], given[f"who-{one.code}"]) for one in self.actors}


class MinutesForm(forms.Form):
    """What the minutes say, item by item."""

    secretary = forms.CharField(
        max_length=120, required=False, label=_("Took the minutes"), help_text=_("A function, not only a name.")
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, items: list[AgendaItem], stored: dict[Any, ItemMinutes], adjusted: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.items = items
        longest = ItemMinutes._meta.get_field("text").max_length
        for number, one in enumerate(items, 1):
            text = stored[one.pk].text if one.pk in stored else ""
            self.fields[f"text-{one.pk}"] = forms.CharField(
                label=f"{number}. {one.title}", required=False, max_length=longest, initial=text,
                widget=forms.Textarea({"rows": 5}),
            )  # fmt: skip
        if adjusted:
            self.fields["reason"] = forms.CharField(
                max_length=200, label=_("Why are the minutes corrected?"), help_text=_("Is shown in the minutes.")
            )

    def texts(self) -> dict[Any, str]:
        """The texts by item."""
        return {one.pk: self.cleaned_data[f"text-{one.pk}"] for one in self.items}


class AdjustForm(forms.Form):
    """Who has adjusted the minutes, and when."""

    adjusted_by = forms.CharField(
        max_length=200, label=_("Adjusted by"), help_text=_("Functions, for example “County director, Länsstyrelsen”.")
    )
    adjusted_on = Day(label=_("Adjusted on"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["adjusted_on"].initial = today()


class DecisionForm(RowForm):
    """A decision of a meeting."""

    class Meta:
        model = MeetingDecision
        fields: ClassVar = ("number", "item", "text", "responsible", "due")
        widgets: ClassVar = {"text": forms.Textarea(ROWS)}
        help_texts: ClassVar = {"number": _("For example § 14.")}

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        actors_for(self, "responsible", none=True)
        items = [(one.pk, f"{number}. {one.title}") for number, one in enumerate(agenda(meeting), 1)]
        self.fields["item"].choices = [("", _("No item in particular")), *items]  # type: ignore[attr-defined]
        self.fields["item"].queryset = AgendaItem.objects.filter(meeting=meeting)  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", _("No item in particular")), *items]  # type: ignore[attr-defined]


class FollowUpForm(RowForm):
    """What has become of a decision."""

    class Meta:
        model = MeetingDecision
        fields: ClassVar = ("state", "followed_up")
        widgets: ClassVar = {
            "followed_up": forms.Textarea(ROWS),
            "state": forms.RadioSelect(choices=DecisionState.choices),
        }


def actors_of(day: Any) -> list[ActorView]:
    """The parties of a day, in the usual order."""
    return list(parties(day))
