"""The forms of joint goals."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.governance.documents.models import DocumentVersion, Kind
from samlad.governance.goals.file import LARGEST
from samlad.governance.goals.models import Capability, Goal, GoalArea, SubCapability, Vision
from samlad.governance.goals.queries import Goals
from samlad.governance.pages import RowForm

if TYPE_CHECKING:
    VersionChoice = forms.ModelChoiceField[DocumentVersion]
else:
    VersionChoice = forms.ModelChoiceField


class VersionField(VersionChoice):
    """A version of a document of goals, told by title and number."""

    def label_from_instance(self, version: DocumentVersion) -> str:
        """Title and number."""
        return f"{version.document.title} {version.number}"


class VisionForm(RowForm):
    """The goals of a period."""

    version = VersionField(
        DocumentVersion.objects.filter(document__kind=Kind.VISION).select_related("document"),
        required=False,
        label=_("Version of the document"),
        help_text=_("The steering document that the goals stand in; its page says where it is."),
    )

    class Meta:
        model = Vision
        fields: ClassVar = ["title", "code", "first_day", "last_day", "aim", "version", "source"]
        help_texts: ClassVar = {"code": _("Small letters, digits and hyphens, such as malbild-2019-2022.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].disabled = not self.adding

    def clean_aim(self) -> str:
        """With line breaks as files have them."""
        return lines(self.cleaned_data["aim"])


class AreaForm(RowForm):
    """A goal area."""

    class Meta:
        model = GoalArea
        fields: ClassVar = ["code", "name", "text", "obtained", "source"]
        help_texts: ClassVar = {
            "code": _("What it is called in lists, such as 1 or robusthet."),
            "obtained": _("Not ticked: the page says that the wording has not been obtained."),
        }

    def clean_text(self) -> str:
        """With line breaks as files have them."""
        return lines(self.cleaned_data["text"])


class GoalForm(RowForm):
    """A goal, with what it aims at."""

    aims_at = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("What it aims at"))

    class Meta:
        model = Goal
        fields: ClassVar = ["code", "text", "source"]
        help_texts: ClassVar = {
            "text": _("A direction. How it is measured stands in the annual plan."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        goals = Goals()
        self.aims: dict[str, Capability | SubCapability] = {}
        for capability in goals.capabilities.values():
            self.aims[capability.code] = capability
            self.aims |= {one.code: one for one in goals.subs_of(capability)}
        field: Any = self.fields["aims_at"]
        field.choices = [(code, f"{code} {aim.name}") for code, aim in self.aims.items()]
        if not self.adding:
            self.initial["aims_at"] = [aim.code for aim in goals.aims(self.instance)]

    def clean_text(self) -> str:
        """With line breaks as files have them."""
        return lines(self.cleaned_data["text"])

    def aimed_at(self) -> list[Capability | SubCapability]:
        """What was chosen."""
        return [self.aims[code] for code in self.cleaned_data["aims_at"]]


class GoalRemovalForm(forms.Form):
    """Why a goal or an area is taken away."""

    reason = forms.CharField(max_length=200, label=_("Why do you take it away?"), help_text=_("Stands in the history."))


class ImportForm(forms.Form):
    """A file of joint goals, sent or written here; `seen` is the stamp of the register when it was shown."""

    attached = forms.FileField(
        required=False,
        label=_("A file of joint goals"),
        help_text=_("TOML, at most 500 kB. Nothing is changed until you have seen what would be."),
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=_("The file as text, to write or put right"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
    )
    reason = forms.CharField(
        required=False, max_length=200, label=_("Why is it read in?"), help_text=_("Stands in the history.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One of the two must be there; the file counts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("attached")
        if "attached" not in self.errors and not file and not cleaned.get("text", "").strip():
            self.add_error("attached", _("Choose a file, or write below."))
        elif file and file.size > LARGEST:
            self.add_error("attached", _("The file is larger than 500 kB; joint goals are not that long."))
        return cleaned

    def sent(self) -> tuple[str, bytes]:
        """What to call it, and what it holds."""
        file = self.cleaned_data.get("attached")
        if file:
            return str(file.name), bytes(file.read())
        return str(_("the text")), lines(self.cleaned_data["text"]).encode()


def lines(text: str) -> str:
    """A text with line breaks as files have them; browsers send two letters for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
