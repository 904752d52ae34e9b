"""The reader's action cards in an operation: what to do, ticked off step by step, and what colleagues have done."""

from typing import Any, Final
from uuid import UUID

import msgspec
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samlad.activation.actions import cards as actions
from samlad.activation.card_fold import Begun, Tick
from samlad.activation.cards import Card, Step, editions
from samlad.activation.forms import TOO_LONG, Identified
from samlad.base.answers import attempt, status
from samlad.base.ids import follows
from samlad.base.refused import Refused
from samlad.journal.fold import Basics
from samlad.journal.operations import NotHere
from samlad.journal.page import operation_page
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.models import Role
from samlad.registers.queries import person_names
from samlad.registers.readers import Circle

LONGEST_NOTE: Final = 500
PANEL: Final = 3  # steps in the panel of the front page


class Line(msgspec.Struct, frozen=True):
    """A step as a page shows it: done or not, and who said so last, when, with which note."""

    step: Step
    done: bool
    tick: Tick | None
    by: str


class Shown(msgspec.Struct, frozen=True):
    """A card as a page shows it. `begun_at` is empty until its first tick."""

    card: Card
    begun: Begun | None
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(line.done for line in self.lines)

    @property
    def next(self) -> tuple[Line, ...]:
        """The first steps that are not done."""
        return tuple(line for line in self.lines if not line.done)[:PANEL]

    @property
    def role(self) -> str:
        """For which role it is, in the reader's language."""
        return str(Role(self.card.role).label)


class TickForm(Identified):
    """A press beside one of the card's steps, with the note that is written there."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    tick = forms.IntegerField(required=False, min_value=1, max_value=1000)
    untick = forms.IntegerField(required=False, min_value=1, max_value=1000)
    note = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def __init__(self, card: Card, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"edition": card.edition})
        for step in card.steps:
            self.fields[note_name(step.number)] = forms.CharField(
                required=False,
                label=_("Note"),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                validators=[MaxLengthValidator(LONGEST_NOTE, TOO_LONG)],
            )

    def clean(self) -> dict[str, Any]:
        """One press, beside one step."""
        told = super().clean() or {}
        if sum(told.get(name) is not None for name in ("tick", "untick", "note")) != 1 and not self.errors:
            raise forms.ValidationError(_("Tick off one step."))
        return told


def note_name(number: int) -> str:
    """The name of the field of the note of a step."""
    return f"note-{number}"


def cards_of(operation: UUID, who: Who, basics: Basics, at: int | None = None) -> list[Shown]:
    """The cards of the reader: those begun by their actor for their roles, and those offered to them; then those that
    colleagues in other roles at the same actor have begun."""
    begun = actions.cards_in(operation, who, at).of(who.actor)
    old = editions((one.card, one.edition) for one in begun.values())
    found = {code: old[one.card, one.edition] for code, one in begun.items() if (one.card, one.edition) in old}
    for card in actions.offered(operation, who, basics, at):
        found.setdefault(card.code, card)
    names = person_names({tick.author for one in begun.values() for tick in one.ticks.values()})
    shown = [shown_card(card, begun.get(code), names) for code, card in found.items()]
    return sorted(shown, key=lambda one: (one.card.role not in who.roles, one.card.role, one.card.title))


def shown_card(card: Card, begun: Begun | None, names: dict[str, str]) -> Shown:
    """A card with what has been said of its steps."""
    ticks = begun.ticks if begun else {}
    lines = (
        Line(step, bool(tick and tick.done), tick, names.get(tick.author, "") if tick else "")
        for step in card.steps
        for tick in [ticks.get(step.number)]
    )
    return Shown(card, begun, tuple(lines))


def panel(operation: UUID, who: Who, basics: Basics) -> dict[str, Any]:
    """What the panel on the operation's front page needs: the reader's card that is not done, if they can tick it."""
    if not can_tick(who, basics):
        return {}
    mine = [one for one in cards_of(operation, who, basics) if one.card.role in who.roles and one.next]
    if not mine:
        return {}
    return {
        "action_card": mine[0],
        "action_card_form": TickForm(mine[0].card),
        "action_card_url": reverse("card", args=[operation, mine[0].card.code]),
    }


def can_tick(who: Who, basics: Basics) -> bool:
    """Whether steps can be ticked off now."""
    try:
        actions.check_can_tick(who, basics)
    except Refused:
        return False
    return True


@require_safe
def cards(request: Request, operation: UUID) -> HttpResponse:
    """GET /operations/<operation>/cards/: the reader's cards here, and those that colleagues work by."""
    page = operation_page(operation, request.who, request.GET)
    context = page.context() | {"cards": cards_of(operation, request.who, page.basics, page.at)}
    return render(request, "activation/cards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: Request, operation: UUID, card: str) -> HttpResponse:
    """GET and POST /operations/<operation>/cards/<card>/: one card; a press beside a step says that it is done."""
    page = operation_page(operation, request.who, request.GET)
    who = request.who
    shown = next((one for one in cards_of(operation, who, page.basics, page.at) if one.card.code == card), None)
    if shown is None:
        raise NotHere
    form = TickForm(shown.card, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and attempt(form, lambda: pressed(form, operation, who, shown)):
        back = "operation" if request.POST.get("panel") else "card"
        return redirect(back, operation, *([card] if back == "card" else []))
    context = page.context() | {
        "shown": shown,
        "form": form,
        "note_fields": {line.step.number: form[note_name(line.step.number)] for line in shown.lines},
        "can_tick": page.at is None and can_tick(who, page.basics),
        "circle": Circle.of(page.basics, who),
    }
    return render(request, "activation/card.html", context, status=status(form))


def pressed(form: TickForm, operation: UUID, who: Who, shown: Shown) -> bool:
    """Do what was pressed."""
    told = form.cleaned_data
    step = told["tick"] or told["untick"] or told["note"] or 0
    was = next((line.done for line in shown.lines if line.step.number == step), False)
    done = bool(told["tick"]) or (was and not told["untick"])
    actions.tick(
        by=who,
        operation=operation,
        card=shown.card.code,
        edition=told["edition"],
        step=step,
        done=done,
        note=told.get(note_name(step), ""),
        # One page has one id, and many buttons.
        id=follows(told["id"], f"{step} {done} {told['note'] or ''}"),
    )
    return True
