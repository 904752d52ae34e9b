"""The forms of the calling board."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.activation.forms import Identified, line_field, note_field

OFF: Final = {"autocomplete": "off"}


class ByHandForm(Identified):
    """What came of a telephone call."""

    reached = forms.ChoiceField(
        label=_("Did you get hold of anybody?"),
        widget=forms.RadioSelect,
        choices=(("yes", pgettext_lazy("got hold of", "Yes")), ("no", pgettext_lazy("got hold of", "No"))),
        error_messages={"required": _("Say whether you got hold of anybody.")},
    )
    spoke_with = line_field(
        required=False, label=_("Whom you spoke with"), help_text=_("Role or function."), widget=forms.TextInput(OFF)
    )
    affected = forms.ChoiceField(
        required=False,
        label=_("What they said"),
        widget=forms.RadioSelect,
        choices=(
            ("", _("Nothing yet")),
            ("yes", _("Affected")),
            ("no", _("Not affected")),
            ("unclear", _("Unclear if affected")),
        ),
    )
    attends = line_field(required=False, label=_("Who attends the conference?"), widget=forms.TextInput(OFF))
    note = note_field(required=False, rows=2, label=_("In a few words"))


class StandInForm(Identified):
    """Who stands in: somebody of the actor's who is in the register, or anybody by their function."""

    person = forms.ChoiceField(required=False, label=_("Somebody in the register: called at once"))
    name = line_field(
        required=False,
        label=_("Or somebody else, by function"),
        help_text=_("Nobody is called by the program then: whoever calls by hand sees it."),
        widget=forms.TextInput(OFF),
    )
    reason = line_field(required=False, label=_("Why"), widget=forms.TextInput(OFF))

    def __init__(self, data: Any = None, people: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *people]


class ResendForm(Identified):
    """Call again: one actor, or all that have not answered."""

    call = forms.UUIDField(widget=forms.HiddenInput)
    actor = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
