"""The form of a decision on how long something is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """How many days, and on which ground."""

    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=73_000,
        label=_("Keep for this many days"),
        help_text=_("Empty: until further notice."),
    )
    ground = forms.CharField(
        max_length=300,
        label=_("Ground"),
        help_text=_("Which decision on disposal (gallringsbeslut) or rule this follows."),
    )
