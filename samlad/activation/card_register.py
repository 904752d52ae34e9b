"""The register of action cards: read by all, on paper too; the secretariat makes and changes them."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samlad.activation import card_edits
from samlad.activation.cards import HEADING, as_card, edition_of, latest, latest_cards
from samlad.activation.models import ActionCard
from samlad.base.answers import attempt, status
from samlad.journal.who import DUTY_ROLES, ROLES, Who
from samlad.registers.actions import stamp
from samlad.registers.forms import Reasoned
from samlad.registers.history import changes_of
from samlad.registers.http import Request
from samlad.registers.models import Role
from samlad.registers.rules import may_edit
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])
KIND_NAMES: Final = (
    ("disturbance", gettext_lazy("Incidents, and ordinary operations in activated mode")),
    ("planned", gettext_lazy("Planned events")),
    ("exercise", gettext_lazy("Exercises")),
    ("ordinary", gettext_lazy("The weekly conference and other work in ordinary mode")),
)
LONGEST_TEXT: Final = 20_000


class CardForm(Reasoned):
    """A card. The steps are one a line, so that they can be moved, and written anywhere and pasted here."""

    code = forms.CharField(
        max_length=60, label=gettext_lazy("Code"), help_text=gettext_lazy("Such as tib-larm. It never changes.")
    )
    title = forms.CharField(max_length=120, label=gettext_lazy("Title"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    operation_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Offered in"),
        choices=KIND_NAMES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose in which operations the card is offered.")},
    )
    steps = forms.CharField(
        max_length=LONGEST_TEXT,
        label=gettext_lazy("Steps"),
        help_text=gettext_lazy("One step a line, in order. A line that begins with # is a heading."),
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": gettext_lazy("Write at least one step.")},
    )
    source = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("What it is drawn from, and whether SSR has adopted it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    valid = forms.BooleanField(required=False, initial=True, label=gettext_lazy("The card is in use"))

    field_order = ("code", "title", "role", "operation_kinds", "steps", "source", "valid", "reason")

    def __init__(self, data: QueryDict | None = None, *, new: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        roles = [(role, Role(role).label) for role in ROLES if role in DUTY_ROLES]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        if not new:
            del self.fields["code"]

    def lines(self) -> list[str]:
        """The lines of the steps as they stand in the form, without empty ones."""
        return [line for text in str(self["steps"].value() or "").splitlines() if (line := " ".join(text.split()))]


def moved(lines: list[str], asked: str) -> list[str]:
    """The lines with one of them a place up or down; `asked` is such as "3:up". As they are where it makes no sense."""
    place, _colon, way = asked.partition(":")
    here = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else -1
    there = here + (-1 if way == "up" else 1)
    if 0 <= here < len(lines) and 0 <= there < len(lines):
        lines[here], lines[there] = lines[there], lines[here]
    return lines


def written(form: CardForm, code: str) -> ActionCard:
    """What is typed, as a row that is not saved."""
    value = {name: form[name].value() for name in ("title", "role", "operation_kinds", "source", "valid")}
    return ActionCard(
        code=code,
        title=str(value["title"] or "").strip(),
        role=str(value["role"] or ""),
        operation_kinds=list(value["operation_kinds"] or []),
        steps=form.lines(),
        source=str(value["source"] or "").strip(),
        valid=bool(value["valid"]),
    )


@require_safe
def cards(request: Request) -> HttpResponse:
    """/registers/cards/: every card, by role; those out of use apart."""
    names = dict(KIND_NAMES)
    rows = [
        (as_card(row), Role(row.role).label, [names[kind] for kind in as_card(row).kinds]) for row in latest_cards()
    ]
    shown = {"used": [row for row in rows if row[0].valid], "unused": [row for row in rows if not row[0].valid]}
    return render(request, "activation/card_register.html", shell(request) | shown)


@require_safe
def card(request: Request, card: str) -> HttpResponse:
    """/registers/cards/<card>/: one card as it is printed, with its history; `?edition=` shows an earlier one."""
    row = latest(card)
    if row is None:
        raise Http404
    asked = request.GET.get("edition", "")
    found = edition_of(card, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else as_card(row)
    if found is None:
        raise Http404
    shown = {
        "card": found,
        "role": Role(found.role).label,
        "kinds": [name for kind, name in KIND_NAMES if kind in found.kinds],
        "newest": row.edition,
        "editions": range(row.edition, 0, -1),
        "changes": changes_of(card_edits.REGISTER, card),
    }
    return render(request, "activation/card_sheet.html", shell(request) | shown)


@READ_OR_WRITE
def card_new(request: Request) -> HttpResponse:
    """/registers/cards/new/: for the secretariat and administrators."""
    if not may_edit(request.who):
        raise Http404
    form = CardForm(request.POST or None, new=True)
    return edited(request, form, None)


@READ_OR_WRITE
def card_edit(request: Request, card: str) -> HttpResponse:
    """/registers/cards/<card>/edit/: what is saved becomes the next edition."""
    row = latest(card) if may_edit(request.who) else None
    if row is None:
        raise Http404
    state = card_edits.state_of(row)
    initial = state | {"steps": "\n".join(row.steps), "seen": stamp(state)}
    form = CardForm(request.POST or None, new=False, initial=initial)
    return edited(request, form, row)


def edited(request: Request, form: CardForm, row: ActionCard | None) -> HttpResponse:
    """The page of the form: it moves a line, shows a preview, or saves."""
    looked = form.is_bound and bool(request.POST.get("preview") or request.POST.get("move"))
    if looked:  # not judged yet: what is missing is said when it is saved
        typed = {name: form[name].value() for name in form.fields}
        typed["steps"] = "\n".join(moved(form.lines(), request.POST.get("move", "")))
        form = CardForm(new=row is None, initial=typed)
    code = row.code if row else str(form["code"].value() or "")
    if form.is_bound and form.is_valid():
        found = saved(form, code, request.who, new=row is None)
        if found:
            messages.success(request, _("Saved."))
            return redirect("registers_card", code)
    shown = {
        "form": form,
        "title": _("Change an action card") if row else _("New action card"),
        "back": reverse("registers_card", args=[row.code]) if row else reverse("registers_cards"),
        "preview": as_card(written(form, code)) if looked or form.is_bound else None,
        "lines": [(number, line.startswith(HEADING), line.lstrip("# ")) for number, line in enumerate(form.lines())],
    }
    return render(request, "activation/card_edit.html", shell(request) | shown, status=status(form))


def saved(form: CardForm, code: str, who: Who, *, new: bool) -> bool:
    """Save what was typed; False where it was refused."""
    typed = form.cleaned_data

    def do() -> bool:
        card_edits.save_card(card=written(form, code), reason=typed["reason"], by=who, seen=typed["seen"], new=new)
        return True

    if attempt(form, do):
        return True
    stored = None if new else latest(code)
    if stored is not None:  # the next press is about what is stored now: the sentence says so
        data = QueryDict(mutable=True)
        data.update(form.data)
        data["seen"] = stamp(card_edits.state_of(stored))
        form.data = data
    return False
