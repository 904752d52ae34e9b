"""Adoption's forms. They read what was typed; what is allowed is the rules' business."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.governance.adoption.models import AdoptionDecision, Dispatch, Receiver
from samlad.governance.adoption.recipients import checked
from samlad.governance.models import DocumentVersion
from samlad.governance.pages import RowForm
from samlad.journal.files_field import FilesField
from samlad.registers.forms import some_actor

if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[DocumentVersion]
else:
    ModelChoiceField = forms.ModelChoiceField


class VersionField(ModelChoiceField):
    """A version, under its document's title."""

    def label_from_instance(self, version: Any) -> str:
        """What it is called in the list."""
        return f"{version.document.title} {version.number}"


def versions() -> Any:
    """All versions, by document."""
    return DocumentVersion.objects.select_related("document").order_by("document__title", "-valid_from", "number")


class DispatchForm(RowForm):
    """A version to be adopted by each of the parties."""

    version = VersionField(queryset=DocumentVersion.objects.none(), label=_("What is to be adopted"))

    class Meta:
        model = Dispatch
        fields = ("version", "sent_on", "reply_by", "about", "reminds", "source")
        help_texts: ClassVar = {
            "sent_on": _("It is addressed to those who are parties on this day."),
            "reply_by": _("Eight to eleven months have been usual."),
            "about": _("Stands in the letter. What to decide on, and what is enclosed."),
            "reminds": _("30 and 7 days before the reply date, the day after it, then every 30 days."),
            "source": _("For what was sent out before it was recorded here: where that is known from."),
        }
        widgets: ClassVar = {"about": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].queryset = versions()  # type: ignore[attr-defined]
        if not self.adding:
            self.fields["version"].disabled = self.fields["sent_on"].disabled = True


class ReceiverForm(RowForm):
    """Who receives at an actor."""

    class Meta:
        model = Receiver
        fields = ("function", "emails", "sent_on", "reply_by", "note")
        help_texts: ClassVar = {
            "emails": _("Several with a comma between. Without one, it goes by letter."),
            "reply_by": _("Only where this actor has been given another date."),
        }
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean_emails(self) -> str:
        """The addresses, each of them one."""
        return checked(str(self.cleaned_data["emails"]))


class NewReceiverForm(ReceiverForm):
    """An actor that was no party when it was sent out, or was left out."""

    actor = forms.ChoiceField(label=_("Actor"), choices=some_actor)
    field_order = ("actor",)

    def row(self) -> Any:
        """The recipient as the form has it, not saved."""
        made = super().row()
        made.actor_id = self.cleaned_data["actor"]
        return made


class PlansForm(RowForm):
    """What is known ahead of the decision."""

    class Meta:
        model = Receiver
        fields = (
            "reference",
            "planned_body",
            "planned_on",
            "preparing_body",
            "prepared_on",
            "prepared_paragraph",
            "note",
        )
        help_texts: ClassVar = {
            "reference": _("As you write it yourselves: KS 2026/123."),
            "planned_body": _("Kommunstyrelsen, the directors, the board ..."),
            "preparing_body": _("Arbetsutskott, kommunledningsutskott ..."),
        }
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}


class DecisionForm(RowForm):
    """What was decided. The extract of the minutes goes with it."""

    attached = FilesField()

    class Meta:
        model = AdoptionDecision
        fields = (
            "outcome", "condition", "deciding_body", "decided_on", "paragraph", "reference", "preparing_body",
            "prepared_on", "prepared_paragraph", "adjusted_on", "final_on",
        )  # fmt: skip
        help_texts: ClassVar = {
            "condition": _("Only for adopted with a condition. As it stands in the decision, nothing left out."),
            "deciding_body": _("Kommunstyrelsen, the directors, the board ..."),
            "paragraph": _("The number alone: 90."),
            "reference": _("As you write it yourselves: KS 2026/123."),
        }
        widgets: ClassVar = {"condition": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attached"].label = _("Extract of the minutes")

    def clean_paragraph(self) -> str:
        """The number, without the sign."""
        return bare(str(self.cleaned_data["paragraph"]))

    def clean_prepared_paragraph(self) -> str:
        """The number, without the sign."""
        return bare(str(self.cleaned_data["prepared_paragraph"]))


def bare(paragraph: str) -> str:
    """A paragraph's number without the sign, which the pages put before it."""
    return paragraph.replace("§", "").strip()


class WhyForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(max_length=200, label=_("Why is it taken away?"), help_text=_("Stands in the history."))
