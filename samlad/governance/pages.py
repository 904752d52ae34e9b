"""What every page of governance has: its tabs, the day it is seen as on, forms that change a row."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from samlad.base.answers import attempt, status
from samlad.governance import record
from samlad.governance.rules import keeps, speaks_for
from samlad.registers.forms import Day
from samlad.registers.history import ChangeView
from samlad.registers.http import Request
from samlad.registers.queries import today

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

EARLIEST: Final = date(1900, 1, 1)
"""No register is older; what is reckoned from a day, such as a year back, has somewhere to go."""
DASHES: Final = BLANK_CHOICE_DASH[0][1]
CHOOSE: Final = _("Choose")
READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def say_choose(field: Any) -> None:
    """Django's dashes, where nothing has been chosen yet, in words."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = str(CHOOSE)
    elif isinstance(field, forms.TypedChoiceField):
        field.choices = [("", CHOOSE) if one == ("", DASHES) else one for one in field.choices]  # type: ignore[misc, union-attr]


class RowForm(ModelForm):
    """A form for one row of a register: its id is made when the form is, so that sending twice is saving once.

    Subclasses name Meta.model and Meta.fields. `seen` notices a colleague who was faster.
    """

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=200, required=False, label=_("Why do you change it?"), help_text=_("Stands in the history.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.adding = self.instance._state.adding
        if self.adding:
            self.initial["id"] = uuid4()
            del self.fields["reason"]
        else:
            self.initial = {**self.initial, "id": self.instance.pk, "seen": record.seen(self.instance)}
        for name, field in self.fields.items():
            if type(field) is forms.DateField:
                day = Day(label=field.label, help_text=field.help_text, required=field.required)
                self.fields[name] = day
            say_choose(field)

    def row(self) -> Any:
        """The row as the form has it, not saved."""
        made = self.instance
        if self.adding and self.cleaned_data.get("id"):
            made.pk = self.cleaned_data["id"]
        return made

    @property
    def why(self) -> str:
        """Why it is changed; empty for what is new."""
        return str(self.cleaned_data.get("reason", ""))


def on_day(request: Request) -> date | None:
    """The day the page is asked for as it was (?on=2026-01-31); None: as it is, also where the day is none."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return max(asked, EARLIEST) if asked < today() else None


TABS: Final = (
    ("governance", pgettext_lazy("tab", "Overview")),
    ("documents", _("Steering documents")),
    ("adoption", pgettext_lazy("tab", "Adoption")),
    ("goals", pgettext_lazy("tab", "Joint goals")),
    ("plans", pgettext_lazy("tab", "Annual plan")),
    ("bodies", _("Bodies and meetings")),
    ("money", pgettext_lazy("tab", "Money")),
    ("lent", _("Lent staff")),
)
"""The parts of governance: the name of each one's first page. The addresses of its other pages begin as that does."""


def tabs(path: str) -> list[tuple[str, str, bool]]:
    """The tabs for somebody at an address: what each is called, where it leads, whether one is there."""
    first, *others = [(str(label), reverse(name)) for name, label in TABS]
    there = [(label, url, path.startswith(url)) for label, url in others]
    return [(*first, not any(current for _label, _url, current in there)), *there]


def shell(request: Request, on: date | None = None) -> dict[str, Any]:
    """What every page of governance shows around its content."""
    who = request.who
    return {
        "governance_tabs": tabs(request.path),
        "keeps": keeps(who),
        "own_actor": who.actor,
        "speaks": speaks_for(who, who.actor) and not keeps(who),
        "on": on,
        "today": today(),
    }


def page(
    request: Request,
    template: str,
    shown: dict[str, Any],
    *,
    on: date | None = None,
    changes: Sequence[ChangeView] = (),
    code: int = 200,
) -> HttpResponse:
    """A page of governance, with the history of what it shows at its foot."""
    return render(request, template, shell(request, on) | {"changes": changes} | shown, status=code)


def changing(
    request: Request,
    form: forms.BaseForm,
    do: Callable[[], bool],
    *,
    title: str | Promise,
    back: str,
    done: Callable[[], str] | None = None,
    template: str = "governance/edit.html",
    **shown: Any,
) -> HttpResponse:
    """Show the form, or do it and go to `done`; `back` (the default of `done`) is where it was opened from."""
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, do)
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing had changed."))
            return redirect(done() if done else back)
    files = any(isinstance(field, forms.FileField) for field in form.fields.values())
    keep = f"{request.path}:{form.initial.get('id', '') if not getattr(form, 'adding', False) else ''}"
    content = {"form": form, "title": title, "back": back, "files": files, "keep": keep} | shown
    return page(request, template, content, code=status(form))
