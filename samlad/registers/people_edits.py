"""Forms for people and their seats as pages: each read, acted on and answered. 404 for who may not change these."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from samlad.registers import actions
from samlad.registers.edits import READ_OR_WRITE, changing, check_editor
from samlad.registers.forms import EndSeatForm, PasswordForm, PersonForm, PhoneForm, SeatDetailsForm, SeatForm
from samlad.registers.history import PERSON_FIELDS, snapshot
from samlad.registers.http import Request
from samlad.registers.models import Person, Seat
from samlad.registers.queries import today
from samlad.registers.rules import is_administrator, may_edit
from samlad.registers.seat_rules import (
    may_change,
    may_change_phone,
    may_end,
    may_seat,
    too_few_administrators,
)


def _human(key: str) -> Person:
    """A person who is no wall screen."""
    return get_object_or_404(Person, key=key, screen=False)


@READ_OR_WRITE
def person_new(request: Request) -> HttpResponse:
    """A new person; seats and a password are given on their page."""
    check_editor(request)
    form = PersonForm(request.POST or None)
    person = Person()

    def do() -> bool:
        return actions.save_person(person=form.fill(person), reason=form.cleaned_data["reason"], by=request.who)

    done = reverse("registers_person", args=[person.key])
    return changing(request, form, do, title=_("New person"), back=reverse("registers_people"), done=lambda: done)


@READ_OR_WRITE
def person_edit(request: Request, key: str) -> HttpResponse:
    """Change a person's name, address, or whether they may sign in."""
    person = _human(key)
    if not (may_edit(request.who) or may_change(request.who, person, today=today())):
        raise Http404
    stamp = actions.stamp(snapshot(person, PERSON_FIELDS))
    initial = {name: getattr(person, name) for name in PERSON_FIELDS} | {"seen": stamp}
    form = PersonForm(request.POST or None, initial=initial)

    def do() -> bool:
        values = form.cleaned_data
        return actions.save_person(
            person=form.fill(person), reason=values["reason"], by=request.who, seen=values["seen"]
        )

    back = reverse("registers_person", args=[key])
    return changing(request, form, do, title=_("Change a person"), back=back, stamp=stamp)


@READ_OR_WRITE
def phone(request: Request, key: str) -> HttpResponse:
    """Change a private number: one's own, or that of somebody at one's actor."""
    person = _human(key)
    if not may_change_phone(request.who, person, today=today()):
        raise Http404
    form = PhoneForm(request.POST or None, initial={"phone": person.phone})

    def do() -> bool:
        return actions.save_phone(person=person, phone=form.cleaned_data["phone"], by=request.who)

    title = _("Private number of %(person)s") % {"person": person.name}
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@READ_OR_WRITE
def seat_new(request: Request, key: str) -> HttpResponse:
    """Give a person a role at an actor."""
    if not may_seat(request.who, request.who.actor):
        raise Http404
    person = _human(key)
    form = SeatForm(request.POST or None, initial={"valid_from": today()}, who=request.who)

    def do() -> bool:
        values = form.cleaned_data
        details = {name: values[name] for name in ("role", "valid_from", "valid_to", "deputy", "emergency")}
        seat = Seat(person=person, actor_id=values["actor"], **details)
        return actions.save_seat(seat=seat, reason=values["reason"], by=request.who)

    title = _("New role for %(person)s") % {"person": person.name}
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@READ_OR_WRITE
def seat_edit(request: Request, key: str, seat: int) -> HttpResponse:
    """Say whether a seat is a deputy's, whether it may be used in an emergency, when it ends."""
    row = _seat(request, key, seat)
    initial = {"deputy": row.deputy, "emergency": row.emergency, "valid_to": row.valid_to}
    form = SeatDetailsForm(request.POST or None, initial=initial)

    def do() -> bool:
        values = {name: form.cleaned_data[name] for name in ("deputy", "emergency", "valid_to", "reason")}
        return actions.change_seat(seat=row, by=request.who, **values)

    shown = {"role": row.get_role_display(), "person": row.person.name}
    title = _("Change: %(role)s, %(person)s") % shown
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@READ_OR_WRITE
def seat_end(request: Request, key: str, seat: int) -> HttpResponse:
    """End a person's role at an actor. Warns when that leaves an actor with fewer than two administrators."""
    row = _seat(request, key, seat, lent=True)
    form = EndSeatForm(request.POST or None, initial={"on": today()})

    def do() -> bool:
        values = form.cleaned_data
        changed = actions.end_seat(seat=row, on=values["on"], reason=values["reason"], by=request.who)
        if row.role == "actor_administrator" and (left := too_few_administrators(row.actor_id, today())) is not None:
            few = ngettext(
                "Your actor now has %(count)s administrator. There should be at least two.",
                "Your actor now has %(count)s administrators. There should be at least two.",
                left,
            )
            messages.warning(request, few % {"count": left})
        return changed

    shown = {"role": row.get_role_display(), "person": row.person.name}
    title = _("End: %(role)s, %(person)s") % shown
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))


def _seat(request: Request, key: str, seat: int, *, lent: bool = False) -> Seat:
    """A seat this reader may change, or (where `lent`) may end because it is on loan from their actor."""
    rows = Seat.objects.select_related("person").exclude(role="wall")
    row = get_object_or_404(rows, person=key, pk=seat)
    if may_seat(request.who, row.actor_id) or (lent and may_end(request.who, row)):
        return row
    raise Http404


@sensitive_post_parameters()
@READ_OR_WRITE
def password(request: Request, key: str) -> HttpResponse:
    """Set somebody's password; administrators only."""
    if not is_administrator(request.who):
        raise Http404
    person = _human(key)
    form = PasswordForm(request.POST or None)

    def do() -> bool:
        actions.set_password(person=person, password=form.cleaned_data["password"], by=request.who)
        return True

    title = _("New password for %(person)s") % {"person": person.name}
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))
