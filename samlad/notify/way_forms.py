"""The forms about ways."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.notify import channels
from samlad.notify.way_addresses import LONGEST
from samlad.notify.way_models import Channel
from samlad.notify.way_rules import Owner


def offered(owner: Owner) -> list[tuple[str, str]]:
    """The channels that a way can be stated on by typing an address, for this sort of owner."""
    left_out = {"push", "webhook"} if owner.person else {"push"}  # a browser gives its own address
    return [(name, str(Channel(name).label)) for name in channels.in_use() if name not in left_out]


class WayForm(forms.Form):
    """A new way."""

    channel = forms.ChoiceField(label=_("By what"))
    address = forms.CharField(
        max_length=LONGEST,
        label=_("Number or address"),
        help_text=_("A telephone number, an e-mail address, or the address of an incoming webhook."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    label = forms.CharField(
        required=False,
        max_length=60,
        label=_("What you call it"),
        help_text=_("So that you know it again, such as: the work phone."),
    )
    exercises = forms.BooleanField(
        required=False,
        label=_("May be used in exercises"),
        help_text=_("Otherwise nothing is sent here from an exercise."),
    )

    def __init__(self, data: Any = None, *, owner: Owner, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered(owner)
        if owner.person:
            del self.fields["exercises"]


class PushForm(forms.Form):
    """What a browser gave when it was asked for notices."""

    address = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    label = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code of a test message."""

    code = forms.CharField(
        max_length=20,
        label=_("Code"),
        help_text=_("Six digits, in the message."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class NothingForm(forms.Form):
    """A button and nothing else; holds why it could not be done."""
