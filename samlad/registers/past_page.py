"""The page that answers: who could read what on a given day?"""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.base.answers import status
from samlad.base.clock import STOCKHOLM
from samlad.journal.models import Operation
from samlad.journal.who import Who
from samlad.registers.forms import Day, some_actor
from samlad.registers.http import Request
from samlad.registers.models import Person, Seat
from samlad.registers.past import operations_of, readable_entries, seats_on
from samlad.registers.queries import actors_ever, swedish_key, today
from samlad.registers.seat_rules import may_see_past
from samlad.registers.views import shell


class PastForm(forms.Form):
    """Of which actor or person, on which day, and about which operation one asks."""

    actor = forms.ChoiceField(required=False, label=_("Actor"))
    person = forms.ChoiceField(required=False, label=_("Or a person"))
    on = Day(label=_("On the day"))
    operation = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, who: Who, **options: Any) -> None:
        super().__init__(*args, **options)
        everywhere = may_see_past(who)
        actor, person = self.fields["actor"], self.fields["person"]
        assert isinstance(actor, forms.ChoiceField) and isinstance(person, forms.ChoiceField)
        actor.choices = [one for one in some_actor() if everywhere or one[0] in ("", who.actor)]
        people = Person.objects.all()
        if not everywhere:
            people = people.filter(key__in=Seat.objects.filter(actor=who.actor).values("person"))
        named = sorted(((one.key, f"{one.name} ({one.username})") for one in people), key=lambda it: swedish_key(it[1]))
        person.choices = [("", _("Choose")), *named]

    def clean(self) -> dict[str, Any]:
        """One of actor and person, and a day that has begun."""
        values: dict[str, Any] = super().clean() or {}
        if bool(values.get("actor")) == bool(values.get("person")) and not self.errors:
            raise ValidationError(_("Choose an actor or a person."))
        if (on := values.get("on")) and on > today():
            self.add_error("on", _("What can be read on a day to come is not known yet."))
        return values


@require_safe
def past(request: Request) -> HttpResponse:
    """GET /registers/past/?actor=nacka&on=2026-11-22[&operation=...]. An actor's administrator asks about its own."""
    who = request.who
    if not may_see_past(who, who.actor):
        raise Http404
    asked = request.GET if "on" in request.GET else None
    form = PastForm(asked, initial={"on": today(), "actor": who.actor}, who=who)
    shown: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        shown |= answer(who, form.cleaned_data)
    return render(request, "registers/past.html", shell(request) | shown, status=status(form))


def answer(who: Who, asked: dict[str, Any]) -> dict[str, object]:
    """What the page shows: seats, the operations to choose among, and the counts for the chosen one."""
    day: date = asked["on"]
    seats = seats_on(day, actor=asked["actor"], person=asked["person"])
    if not may_see_past(who):
        seats = tuple(seat for seat in seats if seat.actor == who.actor)
    names = {actor.code: actor.short for actor in actors_ever()}
    choices = operations_of({seat.actor for seat in seats if seat.could_read}, day, who)
    chosen = _chosen(choices, asked["operation"])
    counts = readable_entries(chosen, seats, day, who) if chosen else {}
    return {
        "day": day,
        "over": day < today(),
        "rows": [(seat, names.get(seat.actor, seat.actor)) for seat in seats],
        "differs": any(seat.told_at for seat in seats),
        "operations": [(one, one.opened_at.astimezone(STOCKHOLM)) for one in choices],
        "chosen": chosen,
        "counts": [(names.get(actor, actor), rows, sum(it.count for it in rows)) for actor, rows in counts.items()],
    }


def _chosen(choices: list[Operation], asked: UUID | None) -> Operation | None:
    if asked is None:
        return None
    found = next((one for one in choices if one.id == asked), None)
    if found is None:
        raise Http404
    return found
