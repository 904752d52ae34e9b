"""The registers' forms. They read what was typed; what is allowed is the rules' business."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.journal.who import Who
from samlad.registers.models import ActorVersion, Category, Person, Role
from samlad.registers.queries import actors_ever, areas, today
from samlad.registers.rules import may_edit
from samlad.registers.seat_rules import roles_to_give

ISO: Final = "%Y-%m-%d"
DEPUTY: Final = _("Steps in for whoever holds the role; has the same rights.")
EMERGENCY: Final = _("May sign in here when the actor's own sign-in is down. That is always told to administrators.")


Choices = list[tuple[str, Any]]


def area_choices() -> Choices:
    """Every area, or none."""
    return [("", _("No area")), *((area.code, f"{area.name} ({area.code})") for area in areas())]


def any_actor() -> Choices:
    """Every actor, or all of them."""
    return [("", pgettext_lazy("no filter", "All")), *((actor.code, actor.short) for actor in actors_ever())]


def some_actor() -> Choices:
    """Every actor, one of which has to be chosen."""
    return [("", _("Choose")), *((actor.code, actor.name) for actor in actors_ever())]


class Day(forms.DateField):
    """A day, picked or typed as 2019-01-31."""

    def __init__(self, **options: Any) -> None:
        picker = forms.DateInput(attrs={"type": "date", "placeholder": _("yyyy-mm-dd")}, format=ISO)
        super().__init__(widget=picker, input_formats=[ISO], **options)


class Reasoned(forms.Form):
    """A change, with why it was made; `seen` is the stamp of what the form was filled from."""

    reason = forms.CharField(
        max_length=200, label=_("Why do you change it?"), help_text=_("Stands in the history beside your name.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PartiesForm(forms.Form):
    """Which parties to list: on which day, of which category."""

    on = Day(required=False, label=_("On the day"))
    category = forms.ChoiceField(
        required=False, choices=[("", pgettext_lazy("no filter", "All")), *Category.choices], label=_("Category")
    )

    def day(self) -> date:
        """The day asked for, or today."""
        asked: date | None = self.cleaned_data.get("on")
        return asked or today()


class VersionForm(Reasoned):
    """An actor's name, category and area from a day on."""

    name = forms.CharField(max_length=120, label=_("Name"))
    short_name = forms.CharField(max_length=40, label=_("Short name"), help_text=_("For tables and maps."))
    category = forms.ChoiceField(choices=Category.choices, label=_("Category"))
    area = forms.ChoiceField(
        required=False, choices=area_choices, label=_("Area"), help_text=_("For municipalities: its place on the map.")
    )
    valid_from = Day(label=_("First day"))
    valid_to = Day(
        required=False,
        label=_("First day it no longer holds"),
        help_text=_("Leave empty while it holds. For an actor that leaves or merges: the day it is no longer a party."),
    )
    convening = forms.BooleanField(
        required=False,
        label=_("Convenes the others"),
        help_text=_("Its duty officer (TiB) leads an operation until somebody else does."),
    )
    assumed = forms.BooleanField(required=False, label=_("A day is assumed, not known"))
    why = forms.CharField(max_length=200, label=_("Why it begins"), help_text=_("Such as: joined, was renamed."))
    why_ended = forms.CharField(required=False, max_length=200, label=_("Why it ends"))
    source = forms.CharField(
        required=False, label=_("Source"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    field_order = (
        "code",
        "name",
        "short_name",
        "category",
        "area",
        "convening",
        "valid_from",
        "why",
        "valid_to",
        "why_ended",
        "assumed",
        "source",
        "reason",
    )

    def fill(self, version: ActorVersion) -> ActorVersion:
        """The version with what was typed."""
        for name in ("name", "short_name", "category", "area", "valid_from", "valid_to"):
            setattr(version, name, self.cleaned_data[name])
        for name in ("why", "why_ended", "source", "assumed", "convening"):
            setattr(version, name, self.cleaned_data[name])
        return version


class ActorForm(VersionForm):
    """A new actor with its first version."""

    code = forms.CharField(
        max_length=60, label=_("Code"), help_text=_("Small letters a–z, digits and hyphens. It can't be changed later.")
    )


class PopulationForm(Reasoned):
    """One population figure."""

    on_date = Day(label=_("On the day"))
    edition = forms.CharField(max_length=80, label=_("Edition"), help_text=_("Which statistics, such as: SCB 2024."))
    figure = forms.IntegerField(min_value=0, max_value=2_000_000_000, label=_("Population"))
    source = forms.CharField(max_length=1000, label=_("Source"))

    field_order = ("on_date", "edition", "figure", "source", "reason")


class PeopleForm(forms.Form):
    """Which people to list."""

    q = forms.CharField(required=False, max_length=80, label=_("Name, username or e-mail"))
    actor = forms.ChoiceField(required=False, choices=any_actor, label=_("Actor"))


class PersonForm(Reasoned):
    """Somebody who can sign in."""

    name = forms.CharField(max_length=80, label=_("Name"), help_text=_("As pages show it."))
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        max_length=60,
        label=_("Username"),
        error_messages={"invalid": _("Letters, digits and . @ + - _ only.")},
    )
    email = forms.EmailField(required=False, max_length=254, label=_("E-mail"), help_text=_("Alarms are sent here."))
    is_active = forms.BooleanField(required=False, initial=True, label=_("May sign in"))

    field_order = ("name", "username", "email", "is_active", "reason")

    def fill(self, person: Person) -> Person:
        """The person with what was typed."""
        for name in ("name", "username", "email", "is_active"):
            setattr(person, name, self.cleaned_data[name])
        return person


class SeatForm(Reasoned):
    """A role at an actor, from a day on."""

    actor = forms.ChoiceField(label=_("Actor"))
    role = forms.ChoiceField(label=_("Role"))
    valid_from = Day(label=_("First day"))
    valid_to = Day(required=False, label=_("First day without the role"), help_text=_("Leave empty for no end."))
    deputy = forms.BooleanField(required=False, label=_("Deputy"), help_text=DEPUTY)
    emergency = forms.BooleanField(required=False, label=_("Emergency sign-in"), help_text=EMERGENCY)

    field_order = ("actor", "role", "valid_from", "valid_to", "deputy", "emergency", "reason")

    def __init__(self, *args: Any, who: Who, **options: Any) -> None:
        super().__init__(*args, **options)
        own = () if may_edit(who) else (who.actor,)
        actors, roles = self.fields["actor"], self.fields["role"]
        assert isinstance(actors, forms.ChoiceField) and isinstance(roles, forms.ChoiceField)
        actors.choices = [choice for choice in some_actor() if not own or choice[0] in own]
        given = roles_to_give(who, who.actor)
        roles.choices = [choice for choice in Role.choices if choice[0] in given]


class SeatDetailsForm(Reasoned):
    """What is said about a seat beside who, where and in which role."""

    valid_to = Day(required=False, label=_("First day without the role"), help_text=_("Leave empty for no end."))
    deputy = forms.BooleanField(required=False, label=_("Deputy"), help_text=DEPUTY)
    emergency = forms.BooleanField(required=False, label=_("Emergency sign-in"), help_text=EMERGENCY)

    field_order = ("valid_to", "deputy", "emergency", "reason")


class PhoneForm(forms.Form):
    """A private number."""

    phone = forms.RegexField(
        r"^[0-9+() \-]*$",
        required=False,
        max_length=30,
        label=_("Private number"),
        help_text=_(
            "Seen by the person themself, their administrators, the duty officer (TiB) of their own actor, and the duty"
            " officer and coordinator (RSK) of the actor that convenes. By nobody else."
        ),
        error_messages={"invalid": _("Digits, spaces and + ( ) - only.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class EndSeatForm(Reasoned):
    """From which day a seat is no longer held."""

    on = Day(label=_("First day without the role"), help_text=_("Today takes effect at once."))

    field_order = ("on", "reason")


class PasswordForm(forms.Form):
    """A new password for somebody."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Whoever is signed in as this person is signed out."),
    )
