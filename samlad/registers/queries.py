"""What other rooms and pages ask the registers. Everything returned is frozen and free of the database."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

import msgspec
from django.db import connection
from django.db.models import Q

from samlad.base.clock import STOCKHOLM, now
from samlad.journal.who import DUTY_ROLES, READING_ROLES, Who
from samlad.registers.models import ActorVersion, Area, Category, Person, Population, Role, Seat


class ActorView(msgspec.Struct, frozen=True):
    """An actor as it was on the day asked about. `category` is one of `models.Category`; `area` an SCB code or "".

    `convening`: its duty officer convenes the others and leads until somebody else does.
    """

    code: str
    name: str
    short: str
    category: str
    area: str = ""
    convening: bool = False


class AreaView(msgspec.Struct, frozen=True):
    """An area with its latest population figure, if one is known, and its place on the tile map, if it has one.

    Columns and rows count from 1, in the north-west.
    """

    code: str
    name: str
    kind: str
    column: int | None
    row: int | None
    population: int | None = None
    population_on: date | None = None
    edition: str = ""


class SeatView(msgspec.Struct, frozen=True):
    """A seat held now: whose, where, in which role. `actor_name` is the actor's short name today, or its code."""

    person: str
    actor: str
    actor_name: str
    role: str


class DutySeat(msgspec.Struct, frozen=True):
    """Somebody to call at an actor. One person with two duty roles comes twice: join by person before sending."""

    person: str
    name: str
    email: str
    actor: str
    role: str


SWEDISH: Final = {"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y", "æ": "|", "ø": "}"}
"""Where Swedish letters outside a-z sort: å ä ö after z. Both databases must agree, so it is done here."""


SEATS: Final = """
    SELECT seat.actor_id, version.short_name, seat.role
    FROM registers_seat seat
    LEFT JOIN registers_actorversion version
        ON version.actor_id = seat.actor_id
        AND version.valid_from <= %(day)s AND (version.valid_to IS NULL OR version.valid_to > %(day)s)
    WHERE seat.person_id = %(person)s
        AND seat.valid_from <= %(day)s AND (seat.valid_to IS NULL OR seat.valid_to > %(day)s)
"""
"""The seats a person holds on a day, with the actor's name that day. Asked on every request, so in plain SQL: the
ORM takes longer to compose it than the database to answer."""


def swedish_key(text: str) -> str:
    """A sort key for names in Swedish order, upper and lower case alike."""
    return "".join(SWEDISH.get(letter, letter) for letter in text.casefold())


def today() -> date:
    """Today's date in Stockholm."""
    return now().astimezone(STOCKHOLM).date()


def holds_on(day: date) -> Q:
    """The condition that something with valid_from and valid_to holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def parties(on: date) -> tuple[ActorView, ...]:
    """The parties on a day, by category in the order of `models.Category`, then in Swedish alphabetical order."""
    return tuple(_actor_view(version) for version in in_order(ActorVersion.objects.filter(holds_on(on))))


def in_order(versions: Iterable[ActorVersion]) -> list[ActorVersion]:
    """Versions of actors in the order in which actors are listed everywhere."""
    order = {code: place for place, code in enumerate(Category.values)}
    return sorted(versions, key=lambda version: (order[version.category], swedish_key(version.name), version.actor_id))


def actors_ever() -> tuple[ActorView, ...]:
    """Every actor that is, was or will be a party, each under its latest name, in the usual order."""
    latest = {version.actor_id: version for version in ActorVersion.objects.order_by("valid_from")}
    return tuple(_actor_view(version) for version in in_order(latest.values()))


def actor_view(code: str, on: date) -> ActorView | None:
    """One actor as it was on a day; None when it was no party then."""
    version = ActorVersion.objects.filter(holds_on(on), actor=code).first()
    return _actor_view(version) if version else None


def areas(*, on: date | None = None) -> tuple[AreaView, ...]:
    """All areas in code order, each with its latest population figure (no later than `on`, where given)."""
    figures = Population.objects.order_by("on_date", "edition")
    if on is not None:
        figures = figures.filter(on_date__lte=on)
    latest = {figure.area_id: figure for figure in figures}
    return tuple(_area_view(area, latest.get(area.code)) for area in Area.objects.order_by("code"))


def tiles() -> tuple[AreaView, ...]:
    """The areas that have a place on the tile map, in code order, without figures."""
    return tuple(_area_view(area, None) for area in Area.objects.filter(tile_column__isnull=False).order_by("code"))


def duty_seats(actor_codes: Collection[str], at: datetime) -> dict[str, tuple[DutySeat, ...]]:
    """Whom to call: for each actor asked about, its active holders of duty roles at a moment, in role order."""
    day = at.astimezone(STOCKHOLM).date()
    found: dict[str, list[DutySeat]] = {code: [] for code in actor_codes}
    rows = Seat.objects.filter(holds_on(day), actor__in=found, role__in=DUTY_ROLES, person__is_active=True)
    for seat in rows.select_related("person"):
        person = seat.person
        found[seat.actor_id].append(DutySeat(person.key, person.name, person.email, seat.actor_id, seat.role))
    order = {code: place for place, code in enumerate(Role.values)}
    return {
        code: tuple(sorted(seats, key=lambda seat: (order[seat.role], swedish_key(seat.name))))
        for code, seats in found.items()
    }


def reading_seats(actor_codes: Collection[str], on: date | None = None) -> dict[str, dict[str, frozenset[str]]]:
    """Who could read an operation for each of these actors on a day (default: today): actor -> person -> their roles.

    One query. People, not wall screens, and only those who may sign in. Every actor asked about has its place.
    """
    found: dict[str, dict[str, frozenset[str]]] = {code: {} for code in actor_codes}
    rows = Seat.objects.filter(
        holds_on(on or today()),
        actor__in=found,
        role__in=READING_ROLES,
        person__is_active=True,
        person__screen=False,
    )
    for actor, person, role in rows.values_list("actor_id", "person_id", "role"):
        found[actor][person] = found[actor].get(person, frozenset()) | {role}
    return found


def people_counts(actor_codes: Collection[str], on: date | None = None) -> dict[str, int]:
    """How many people could read for each of these actors on a day (default: today). One query.

    A person who sits at two of them is counted at both: for a sum, join `reading_seats`.
    """
    return {actor: len(people) for actor, people in reading_seats(actor_codes, on).items()}


def person_names(keys: Iterable[str]) -> dict[str, str]:
    """The shown names of persons by key. Keys nobody has (any more) are left out."""
    return dict(Person.objects.filter(key__in=set(keys)).values_list("key", "name"))


def emails(keys: Iterable[str]) -> dict[str, str]:
    """The e-mail addresses of persons by key. People without one, or who are no longer here, are left out."""
    rows = Person.objects.filter(key__in=set(keys), is_active=True).exclude(email="")
    return dict(rows.values_list("key", "email"))


def seats_of(person: str, *, on: date | None = None) -> tuple[SeatView, ...]:
    """The seats a person holds on a day (default: today), duty roles first, then in role order."""
    day = on or today()
    order = {code: (code not in DUTY_ROLES, place) for place, code in enumerate(Role.values)}
    with connection.cursor() as cursor:
        cursor.execute(SEATS, {"day": day.isoformat(), "person": person})
        seats = [SeatView(person, actor, name or actor, role) for actor, name, role in cursor.fetchall()]
    return tuple(sorted(seats, key=lambda seat: (order[seat.role], swedish_key(seat.actor_name))))


def speaking(person: Person, seats: tuple[SeatView, ...], actor: str = "") -> Who:
    """Who a person is when they speak for `actor`, or for the first actor in `seats` when they hold nothing there."""
    held = {seat.actor for seat in seats}
    chosen = actor if actor in held else (seats[0].actor if seats else "")
    return Who(person.key, chosen, frozenset(seat.role for seat in seats if seat.actor == chosen), person.name)


def who_for(username: str, actor: str = "") -> Who:
    """The person with this username speaking for an actor. Raises Person.DoesNotExist. For commands and replays."""
    person = Person.objects.get(username=username)
    return speaking(person, seats_of(person.key), actor)


def _actor_view(version: ActorVersion) -> ActorView:
    return ActorView(
        version.actor_id, version.name, version.short_name, version.category, version.area, version.convening
    )


def _area_view(area: Area, figure: Population | None) -> AreaView:
    view = AreaView(area.code, area.name, area.kind, area.tile_column, area.tile_row)
    if figure is None:
        return view
    return msgspec.structs.replace(view, population=figure.figure, population_on=figure.on_date, edition=figure.edition)
