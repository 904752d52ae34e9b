"""The registers as pages to read. Changing them is in edits.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samlad.base.answers import status
from samlad.registers.forms import PartiesForm, PeopleForm
from samlad.registers.gaps import gaps_of
from samlad.registers.history import changes_of, latest_edits
from samlad.registers.http import Request
from samlad.registers.loans import may_see as may_see_loan
from samlad.registers.models import Actor, ActorVersion, Area, Person, Role, Seat
from samlad.registers.phones import phones
from samlad.registers.queries import areas as all_areas
from samlad.registers.queries import holds_on, in_order, parties, swedish_key, tiles, today
from samlad.registers.rules import is_administrator, may_edit, may_see_people
from samlad.registers.seat_rules import (
    administers,
    may_change,
    may_change_phone,
    may_end,
    may_lend,
    may_look_after,
    may_seat,
    may_see_gaps,
    may_see_past,
)


@dataclass(frozen=True)
class HeldSeat:
    """A seat with its actor's short name."""

    seat: Seat
    actor: str


def shell(request: Request) -> dict[str, object]:
    """What every page of the registers shows around its content."""
    who = request.who
    return {
        "can_edit": may_edit(who),
        "can_see_people": may_see_people(who),
        "own_people": who.actor if administers(who, who.actor) else "",
        "sees_gaps": may_see_gaps(who),
        "sees_past": may_see_past(who, who.actor),
        "today": today(),
    }


@require_safe
def overview(request: Request) -> HttpResponse:
    """What the registers hold, and what was changed in them lately."""
    people = may_see_people(request.who)
    shown = {
        "parties": ActorVersion.objects.filter(holds_on(today())).count(),
        "areas": Area.objects.count(),
        "people": Person.objects.filter(is_active=True, screen=False).count() if people else None,
        "too_few": sum("administrators" in gap.lacks for gap in gaps_of(parties(today())))
        if may_see_gaps(request.who)
        else 0,
        "changes": latest_edits(people=people),
    }
    return render(request, "registers/overview.html", shell(request) | shown)


@require_safe
def actors(request: Request) -> HttpResponse:
    """Who were the parties on a day, and which other actors the register knows."""
    form = PartiesForm(request.GET) if request.GET else PartiesForm()
    day = form.day() if form.is_bound and form.is_valid() else today()
    category = form.cleaned_data["category"] if form.is_bound and not form.errors else ""
    versions = in_order(ActorVersion.objects.filter(holds_on(day)))
    chosen = [version for version in versions if category in ("", version.category)]
    others = _not_parties(day, {version.actor_id for version in versions})
    shown = {"form": form, "day": day, "versions": chosen, "total": len(versions), "others": others}
    return render(request, "registers/actors.html", shell(request) | shown, status=status(form))


def _not_parties(day: date, present: Iterable[str]) -> list[tuple[ActorVersion, date | None, date | None]]:
    """Actors that are no party on the day: their nearest version, until when they were one, or from when they are."""
    absent: dict[str, list[ActorVersion]] = {}
    for version in ActorVersion.objects.exclude(actor__in=present).order_by("valid_from"):
        absent.setdefault(version.actor_id, []).append(version)
    found: list[tuple[ActorVersion, date | None, date | None]] = []
    for versions in absent.values():
        before = [version for version in versions if version.valid_from <= day]
        if before:
            found.append((before[-1], before[-1].valid_to, None))
        else:
            found.append((versions[0], None, versions[0].valid_from))
    return sorted(found, key=lambda row: swedish_key(row[0].name))


@require_safe
def actor(request: Request, code: str) -> HttpResponse:
    """One actor: its versions, who sits there, and what was changed."""
    row = get_object_or_404(Actor, code=code)
    versions = list(row.versions.order_by("-valid_from"))
    day = today()
    current = next((version for version in versions if _holds(version, day)), None)
    names = {area.code: area.name for area in all_areas()}
    shown = {
        "actor": row,
        "versions": [(version, names.get(version.area, "")) for version in versions],
        "current": current,
        "title": (current or versions[0]).name if versions else row.code,
        "held_seats": seats_in_order(row.seats.filter(holds_on(day)).exclude(role="wall"))
        if may_see_people(request.who)
        else None,
        "may_seat": may_seat(request.who, code),
        "changes": changes_of("actors", code),
    }
    return render(request, "registers/actor.html", shell(request) | shown)


def _holds(version: ActorVersion, day: date) -> bool:
    return version.valid_from <= day and (version.valid_to is None or version.valid_to > day)


@require_safe
def areas(request: Request) -> HttpResponse:
    """The areas: the tile map, and each area's population with its date and edition."""
    rows = sorted(all_areas(), key=lambda area: (area.column is not None, swedish_key(area.name)))
    return render(request, "registers/areas.html", shell(request) | {"rows": rows, "tiles": tiles()})


@require_safe
def area(request: Request, code: str) -> HttpResponse:
    """One area: every figure known, and what was changed."""
    row = get_object_or_404(Area, code=code)
    here = in_order(ActorVersion.objects.filter(holds_on(today()), area=code))
    shown = {"area": row, "figures": row.figures.all(), "actors": here, "changes": changes_of("areas", code)}
    return render(request, "registers/area.html", shell(request) | shown)


@require_safe
def people(request: Request) -> HttpResponse:
    """People and the seats they hold today; 404 for who may not see them."""
    if not may_see_people(request.who):
        raise Http404
    form = PeopleForm(request.GET) if request.GET else PeopleForm()
    if form.is_bound and form.is_valid():
        rows = _people(form.cleaned_data["q"], form.cleaned_data["actor"])
    else:
        rows = _people("", "")
    return render(request, "registers/people.html", shell(request) | {"form": form, "rows": rows}, status=status(form))


def _people(text: str, actor_code: str) -> list[tuple[Person, list[HeldSeat]]]:
    """People whose name, username or address holds the text, each with today's seats, in Swedish order."""
    seats: dict[str, list[HeldSeat]] = {}
    for held in seats_in_order(Seat.objects.filter(holds_on(today())).exclude(role="wall")):
        seats.setdefault(held.seat.person_id, []).append(held)
    wanted = text.casefold()
    found = [
        (person, seats.get(person.key, []))
        for person in Person.objects.filter(screen=False)
        # In Python: SQLite folds only a-z, and å must be found as Å on both databases.
        if wanted in f"{person.name} {person.username} {person.email}".casefold()
    ]
    if actor_code:
        found = [row for row in found if any(held.seat.actor_id == actor_code for held in row[1])]
    return sorted(found, key=lambda row: swedish_key(row[0].name))


@require_safe
def person(request: Request, key: str) -> HttpResponse:
    """One person: seats held and ended, and what was changed."""
    if not (may_see_people(request.who) or key == request.who.person):
        raise Http404
    shown_person, who = get_object_or_404(Person, key=key, screen=False), request.who
    day = today()
    seats = seats_in_order(shown_person.seats.all())
    held = [row for row in seats if row.seat.valid_to is None or row.seat.valid_to > day]
    shown = {
        "person": shown_person,
        "held_seats": [(row, may_seat(who, row.seat.actor_id), may_end(who, row.seat)) for row in held],
        "ended": [row for row in seats if row.seat.valid_to is not None and row.seat.valid_to <= day],
        "can_change": may_change(who, shown_person, today=day),
        "can_seat": may_seat(who, who.actor),
        "can_lend": may_lend(who, shown_person),
        "can_change_phone": may_change_phone(who, shown_person, today=day),
        "phone": phones([shown_person], who).get(key),
        "can_set_password": is_administrator(who),
        "can_look_after": may_look_after(who, shown_person, today=day),
        "loans": [loan for loan in shown_person.loans.filter(agreed=None) if may_see_loan(who, loan)],
        "changes": changes_of("people", key),
    }
    return render(request, "registers/person.html", shell(request) | shown)


def seats_in_order(seats: "QuerySet[Seat]") -> list[HeldSeat]:
    """Seats by actor in Swedish order, then by role and person. An actor has its latest short name."""
    names = {version.actor_id: version.short_name for version in ActorVersion.objects.order_by("valid_from")}
    roles = {code: place for place, code in enumerate(Role.values)}
    rows = [HeldSeat(seat, names.get(seat.actor_id, seat.actor_id)) for seat in seats.select_related("person")]
    return sorted(
        rows, key=lambda row: (swedish_key(row.actor), roles[row.seat.role], swedish_key(row.seat.person.name))
    )
