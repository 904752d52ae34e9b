"""The form by which a set is opened to all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.governance import record
from samlad.governance.open_data.models import OpenSet


class SwitchForm(forms.Form):
    """Open or not, and why: the reason is asked for each time, since it stands in the history."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_open = forms.BooleanField(required=False, label=_("Open to all, without sign-in"))
    reason = forms.CharField(
        max_length=200, label=_("Why, and who has decided it?"), help_text=_("Stands in the history.")
    )

    def __init__(self, posted: Any, row: OpenSet) -> None:
        seen = "" if row._state.adding else record.seen(row)
        super().__init__(posted, initial={"is_open": row.is_open, "seen": seen})
        self.stored = row

    def row(self) -> OpenSet:
        """The row as the form has it, not saved."""
        self.stored.is_open = self.cleaned_data["is_open"]
        return self.stored
