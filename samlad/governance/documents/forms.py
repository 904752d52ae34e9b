"""The forms of steering documents."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import STOCKHOLM
from samlad.governance.documents.models import DocumentVersion, Relation, SteeringDocument, VersionPart, VersionStep
from samlad.governance.documents.rules import warnings
from samlad.governance.models import Meeting
from samlad.governance.pages import RowForm
from samlad.governance.record import rows
from samlad.journal.files_field import FilesField
from samlad.registers.forms import Day

if TYPE_CHECKING:
    VersionChoice = forms.ModelChoiceField[DocumentVersion]
    MeetingChoice = forms.ModelChoiceField[Meeting]
else:
    VersionChoice = MeetingChoice = forms.ModelChoiceField


class DocumentForm(RowForm):
    """A steering document."""

    class Meta:
        model = SteeringDocument
        fields: ClassVar = ["title", "code", "kind", "binding", "part_of", "follows", "about", "source"]
        help_texts: ClassVar = {
            "code": _("Small letters, digits and hyphens, such as malbild-2019-2022."),
            "follows": _("For a målbild: that of the period before. It is replaced when this one comes into force."),
            "source": _("Where this is stated: a document, a page, its date."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.adding:
            self.fields["code"].disabled = True  # addresses and files say it
            for name in ("part_of", "follows"):
                field: Any = self.fields[name]
                field.queryset = field.queryset.exclude(pk=self.instance.pk)


class VersionForm(RowForm):
    """One version of a document."""

    class Meta:
        model = DocumentVersion
        fields: ClassVar = ["number", "dated", "valid_from", "valid_to", "obtained", "note", "source"]
        help_texts: ClassVar = {
            "number": _("As the document itself says, such as 1.0."),
            "valid_from": _("What the document says of itself. When it came into force is a step of its own."),
            "obtained": _("Not ticked: the page says that the text has not been obtained."),
            "source": _("Where this is stated: a document, a page, its date."),
        }


class MeetingField(MeetingChoice):
    """A meeting, told by its body and day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        """The body's name and the day in Stockholm."""
        return f"{meeting.body.name} {meeting.starts.astimezone(STOCKHOLM).date()}"


class StepForm(RowForm):
    """What became of a version. An unusual order is asked about once, and saved where it is confirmed."""

    meeting = MeetingField(
        Meeting.objects.select_related("body").order_by("-starts"),
        required=False,
        label=_("Meeting"),
        help_text=_("Where it was presented or approved, if the meeting is in the register."),
    )

    class Meta:
        model = VersionStep
        fields: ClassVar = ["status", "on", "assumed", "meeting", "note", "source"]
        help_texts: ClassVar = {
            "assumed": _("No source tells the day: give the first day on which a source shows that it had been done."),
            "source": _("Where this is stated: a document, a page, its date."),
        }

    def clean(self) -> dict[str, Any]:
        """Ask about what is unusual and was not so before."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or not cleaned.get("on"):
            return cleaned
        others = [one for one in rows(VersionStep, version_id=self.instance.version_id) if one.pk != self.instance.pk]
        now = VersionStep(version_id=self.instance.version_id, status=cleaned["status"], on=cleaned["on"])
        before = {str(one) for one in warnings(others)}
        new = [one for one in warnings([*others, now]) if str(one) not in before]
        if new:
            self.fields["anyway"] = forms.BooleanField(label=_("It is right: save it"))
            if not self.data.get("anyway"):
                self.add_error("anyway", [str(one) for one in new])
        return cleaned


class VersionField(VersionChoice):
    """A version, told by its document's title and its number."""

    def label_from_instance(self, version: DocumentVersion) -> str:
        """Title and number."""
        return f"{version.document.title} {version.number}"


class PartForm(RowForm):
    """What belongs to a version."""

    part = VersionField(
        DocumentVersion.objects.select_related("document").order_by("document__title", "number"),
        label=_("Which version"),
    )

    class Meta:
        model = VersionPart
        fields: ClassVar = ["part", "relation", "source"]

    def __init__(self, *args: Any, whole: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["part"]
        field.queryset = field.queryset.exclude(pk=self.instance.whole_id)
        choices = {one: f"… {one.label} {whole}" for one in Relation}
        relation: Any = self.fields["relation"]
        relation.choices = list(choices.items())


class VersionFilesForm(forms.Form):
    """Files of a version."""

    title = forms.CharField(
        max_length=160, required=False, label=_("What it is"), help_text=_("Empty: the file's own name.")
    )
    public = forms.BooleanField(
        required=False,
        label=_("Open to all, also without signing in"),
        help_text=_("A draft is the secretariat's own until it has been presented, whatever is chosen here."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        attached = FilesField()
        attached.required = True
        self.fields = {"attached": attached, **self.fields}


class RemovalForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(max_length=200, label=_("Why do you take it away?"), help_text=_("Stands in the history."))


class DayForm(forms.Form):
    """The day that is asked about."""

    day = Day(required=False, label=_("What was in force on"))
