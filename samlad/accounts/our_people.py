"""An actor's own people on one page, for its administrator: seats, loans, invitations, screens, private numbers."""

from collections.abc import Iterable

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samlad.accounts.invitations import can_resend, invitations_of, role_names
from samlad.accounts.models import Invitation, Screen
from samlad.journal.who import Who
from samlad.registers import loans
from samlad.registers.http import Request
from samlad.registers.models import Actor, Loan, Person, Seat
from samlad.registers.phones import phones
from samlad.registers.queries import actor_view, actors_ever, holds_on, swedish_key, today
from samlad.registers.seat_rules import (
    FEWEST_ADMINISTRATORS,
    may_change,
    may_seat,
    open_seats,
    too_few_administrators,
)
from samlad.registers.views import shell


class Member(msgspec.Struct, frozen=True):
    """Somebody who holds a seat here. `phone` is None where the reader may not see it."""

    person: Person
    seats: tuple[Seat, ...]
    phone: str | None
    elsewhere: tuple[str, ...]
    can_change: bool


@require_safe
def our_people(request: Request, code: str) -> HttpResponse:
    """GET /our-people/<actor>/: for the actor's administrator, the secretariat and system administrators."""
    who = request.who
    get_object_or_404(Actor, code=code)
    if not may_seat(who, code):
        raise Http404
    view, day = actor_view(code, today()), today()
    names = {actor.code: actor.short for actor in actors_ever()}
    shown = {
        "code": code,
        "actor": view.name if view else code,
        "members": members(code, who),
        "lent_out": [
            (seat, names.get(seat.actor_id, seat.actor_id))
            for seat in open_seats(day).filter(lender=code).select_related("person")
        ],
        "loans": [(loan, loans.may_answer(who, loan), _line(loan, names)) for loan in loans.waiting(code)],
        "invitations": [(row, role_names(row.roles), can_resend(row)) for row in _recent(code)],
        "screens": Screen.objects.filter(actor=code, ended_at=None).count(),
        "too_few": too_few_administrators(code, day),
        "fewest": FEWEST_ADMINISTRATORS,
    }
    return render(request, "accounts/our_people.html", shell(request) | shown)


def _line(loan: Loan, names: dict[str, str]) -> str:
    return f"{names.get(loan.lender_id, loan.lender_id)} → {names.get(loan.borrower_id, loan.borrower_id)}"


def _recent(code: str) -> Iterable[Invitation]:
    """Invitations that still wait for something, and the latest of the others."""
    return invitations_of(code)[:30]


def members(code: str, who: Who) -> list[Member]:
    """Who holds a seat at an actor today or later, in Swedish order, screens left out."""
    day = today()
    rows = open_seats(day).filter(actor=code).exclude(role="wall").select_related("person")
    held: dict[str, list[Seat]] = {}
    people: dict[str, Person] = {}
    for seat in rows:
        held.setdefault(seat.person_id, []).append(seat)
        people[seat.person_id] = seat.person
    numbers = phones(people.values(), who)
    elsewhere = _elsewhere(people, code)
    found = [
        Member(
            person,
            tuple(held[key]),
            numbers.get(key),
            tuple(sorted(elsewhere.get(key, ()))),
            may_change(who, person, today=day),
        )
        for key, person in people.items()
    ]
    return sorted(found, key=lambda member: swedish_key(member.person.name))


def _elsewhere(people: Iterable[str], code: str) -> dict[str, set[str]]:
    """The other actors at which these people hold a seat today, by their short names."""
    names = {actor.code: actor.short for actor in actors_ever()}
    found: dict[str, set[str]] = {}
    others = Seat.objects.filter(holds_on(today()), person__in=list(people)).exclude(actor=code)
    for person, actor in others.values_list("person", "actor"):
        found.setdefault(person, set()).add(names.get(actor, actor))
    return found
