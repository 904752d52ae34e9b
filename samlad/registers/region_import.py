"""A region's files into the registers: what is new is added, what differs is changed, what can't be used is told.

Nothing is ever deleted. What somebody has changed in a page since stays as they left it, and is told.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _

from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.registers import actions, network_actions
from samlad.registers.history import AREA_FIELDS, PERSON_FIELDS, SEAT_FIELDS, VERSION_FIELDS, edited_by_hand, snapshot
from samlad.registers.models import (
    Actor,
    ActorSet,
    ActorVersion,
    Area,
    Category,
    Person,
    Population,
    Role,
    Seat,
    SecrecyGround,
)
from samlad.registers.region_files import (
    FILES,
    ActorRow,
    AreaRow,
    GroundRow,
    NetworkRow,
    PersonRow,
    PopulationRow,
    Refusal,
    SeatRow,
    Table,
    Wrong,
    checked,
    read,
)

REASON: Final = "import"
# What the columns hold; told here so that a long text is refused with its line and not by the database.
LENGTHS: Final[dict[type[Any], Mapping[str, int]]] = {
    ActorRow: {"code": 60, "name": 120, "short": 40, "why": 200, "why_ended": 200},
    AreaRow: {"code": 12, "name": 80, "kind": 20},
    PopulationRow: {"edition": 80},
    NetworkRow: {"code": 60, "name": 80},
    GroundRow: {"code": 20, "title": 120, "title_en": 120, "protects": 300, "protects_en": 300},
    PersonRow: {"username": 60, "name": 80, "email": 254},
}


@dataclass
class Outcome:
    """What an import did: numbers of tables, what was refused, what was left as somebody had edited it."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    kept: list[Refusal] = field(default_factory=list)


class Kept(Exception):
    """The files say otherwise, but a person has edited this in a page."""


def import_region(folder: Path) -> Outcome:
    """Import a region's folder. All that can be used is saved in one transaction; the rest is in the outcome."""
    tables, refused = read(folder)
    outcome = Outcome(refused=refused)
    with transaction.atomic():
        for table in tables:
            _import_table(table, outcome)
    return outcome


def _import_table(table: Table, outcome: Outcome) -> None:
    """One table, in a savepoint of its own, so that one that fails leaves nothing and stops nothing."""
    try:
        row = checked(table.values, table.expected)
        _check_lengths(table)
        with transaction.atomic():
            done = IMPORTERS[table.expected](row)
    except Wrong as wrong:
        outcome.refused.append(Refusal(table.place.at(wrong.key), wrong.why))
    except Refused as refused:
        key = KEYS.get(refused.field or "", refused.field or "")
        outcome.refused.append(Refusal(table.place.at(key), str(refused.sentence)))
    except Kept:
        outcome.kept.append(Refusal(table.place.at(), _("Edited in a page since; left as it is there.")))
    else:
        setattr(outcome, done, getattr(outcome, done) + 1)


KEYS: Final = {"valid_from": "since", "valid_to": "until"}
"""The files' word for a field that a rule names."""


def _check_lengths(table: Table) -> None:
    for key, longest in LENGTHS.get(table.expected, {}).items():
        if len(str(table.values.get(key, ""))) > longest:
            raise Wrong(_("“%(key)s” is longer than %(longest)s characters.") % {"key": key, "longest": longest}, key)


def _done(before: Mapping[str, Any] | None, changed: bool) -> str:
    return "added" if before is None else "changed" if changed else "same"


def _before(
    row: models.Model | None, new: models.Model, fields: tuple[str, ...], register: str, key: str
) -> dict[str, Any] | None:
    """The stored state; raises Kept when it differs from the new one and somebody edited it in a page."""
    if row is None:
        return None
    before = snapshot(row, fields)
    if before != snapshot(new, fields) and edited_by_hand(register, key):
        raise Kept
    return before


def import_actor(row: ActorRow) -> str:
    """One version of an actor."""
    if row.category not in Category.values:
        raise Wrong(_("“category” should be one of %(known)s.") % {"known": ", ".join(Category.values)}, "category")
    if row.area and not Area.objects.filter(code=row.area).exists():
        raise Wrong(_("There is no area %(code)s.") % {"code": row.area}, "area")
    old = ActorVersion.objects.filter(actor=row.code, valid_from=row.since).first()
    new = ActorVersion(
        pk=old.pk if old else None,
        actor_id=row.code,
        name=row.name,
        short_name=row.short,
        category=row.category,
        area=row.area,
        valid_from=row.since,
        valid_to=row.until,
        why=row.why,
        why_ended=row.why_ended,
        source=row.source,
        assumed=row.assumed,
        convening=row.convening,
    )
    before = _before(old, new, VERSION_FIELDS, "actors", row.code)
    if not Actor.objects.filter(code=row.code).exists():
        return _done(before, actions.add_actor(version=new, reason=REASON, by=SYSTEM))
    return _done(before, actions.save_version(version=new, reason=REASON, by=SYSTEM))


def import_area(row: AreaRow) -> str:
    """One area."""
    if (row.column is None) != (row.row is None):
        raise Wrong(_("“column” and “row” are given together or not at all."), "column")
    if not all(place is None or 1 <= place <= 99 for place in (row.column, row.row)):
        raise Wrong(_("“column” and “row” count from 1."), "column")
    old = Area.objects.filter(code=row.code).first()
    new = Area(
        code=row.code,
        name=row.name,
        kind=row.kind,
        tile_column=row.column,
        tile_row=row.row,
        source=row.source,
    )
    before = _before(old, new, AREA_FIELDS, "areas", row.code)
    return _done(before, actions.save_area(area=new, reason=REASON, by=SYSTEM))


def import_population(row: PopulationRow) -> str:
    """One population figure."""
    if not Area.objects.filter(code=row.area).exists():
        raise Wrong(_("There is no area %(code)s.") % {"code": row.area}, "area")
    old = Population.objects.filter(area=row.area, on_date=row.on, edition=row.edition).first()
    new = Population(area_id=row.area, on_date=row.on, edition=row.edition, figure=row.figure, source=row.source)
    before = _before(old, new, ("figure", "source"), "areas", row.area)
    return _done(before, actions.save_population(population=new, reason=REASON, by=SYSTEM))


def import_person(row: PersonRow) -> str:
    """One person, without a password."""
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            raise Wrong(_("“email” is not an e-mail address."), "email") from None
    if not re.fullmatch(r"[\w.@+-]+", row.username):
        raise Wrong(_("“username” takes letters, digits and . @ + - _ only."), "username")
    old = Person.objects.filter(username=row.username).first()
    new = Person.objects.get(pk=old.pk) if old else Person(username=row.username)
    new.name, new.email, new.screen = row.name, row.email, row.screen
    before = _before(old, new, PERSON_FIELDS, "people", new.key)
    return _done(before, actions.save_person(person=new, reason=REASON, by=SYSTEM))


def import_seat(row: SeatRow) -> str:
    """One seat."""
    person = Person.objects.filter(username=row.person).first()
    if person is None:
        raise Wrong(_("There is nobody with the username %(username)s.") % {"username": row.person}, "person")
    if not Actor.objects.filter(code=row.actor).exists():
        raise Wrong(_("There is no actor %(code)s.") % {"code": row.actor}, "actor")
    if row.lender and not Actor.objects.filter(code=row.lender).exists():
        raise Wrong(_("There is no actor %(code)s.") % {"code": row.lender}, "lender")
    if row.role not in Role.values:
        raise Wrong(_("“role” should be one of %(known)s.") % {"known": ", ".join(Role.values)}, "role")
    old = Seat.objects.filter(person=person, actor=row.actor, role=row.role, valid_from=row.since).first()
    new = Seat(
        pk=old.pk if old else None,
        person=person,
        actor_id=row.actor,
        role=row.role,
        valid_from=row.since,
        valid_to=row.until,
        lender_id=row.lender or None,
        deputy=row.deputy,
        emergency=row.emergency,
    )
    before = _before(old, new, SEAT_FIELDS, "people", person.key)
    return _done(before, actions.save_seat(seat=new, reason=REASON, by=SYSTEM))


def import_network(row: NetworkRow) -> str:
    """One network of all."""
    stored = ActorSet.objects.filter(code=row.code).first()
    new = ActorSet.objects.get(pk=stored.pk) if stored else ActorSet(code=row.code)
    new.name, new.source, new.valid_from, new.valid_to = row.name, row.source, row.since, row.until
    if stored and edited_by_hand("networks", str(stored.pk)):
        after = snapshot(new, network_actions.NETWORK_FIELDS) | {"members": sorted(set(row.members))}
        if network_actions.state_of(stored) != after:
            raise Kept
    changed = network_actions.save_network(network=new, members=row.members, reason=REASON, by=SYSTEM)
    return _done({} if stored else None, changed)


def import_ground(row: GroundRow) -> str:
    """One ground for secrecy."""
    new = SecrecyGround(**{name: getattr(row, name) for name in ("code", *network_actions.GROUND_FIELDS)})
    stored = SecrecyGround.objects.filter(code=row.code).first()
    before = _before(stored, new, network_actions.GROUND_FIELDS, "grounds", row.code)
    return _done(before, network_actions.save_ground(ground=new, reason=REASON, by=SYSTEM))


IMPORTERS: Final[dict[type[Any], Callable[[Any], str]]] = {
    ActorRow: import_actor,
    AreaRow: import_area,
    PopulationRow: import_population,
    PersonRow: import_person,
    SeatRow: import_seat,
    NetworkRow: import_network,
    GroundRow: import_ground,
}


@dataclass(frozen=True)
class RoomTable:
    """A table in a region's files that belongs to a room above: its file and header, the dataclass that a table of it
    becomes, the function that imports one ("added", "changed" or "same"), how long its texts may be."""

    file: str
    kind: str
    row: type[Any]
    importer: Callable[[Any], str]
    lengths: Mapping[str, int] = field(default_factory=dict)


def also_import(tables: Iterable[RoomTable]) -> None:
    """Make tables of rooms above known, after those of the registers. Twice is as once. Called by `web/wiring.py`."""
    for table in tables:
        FILES[table.file] = {**FILES.get(table.file, {}), table.kind: table.row}
        IMPORTERS[table.row] = table.importer
        LENGTHS[table.row] = table.lengths


def set_demo_passwords(password: str) -> int:
    """Give every person whose address ends in .example this password; returns how many. Others are never touched.

    One hash for all: it is one password, and a hash each would take seconds.
    """
    somebody = Person()
    somebody.set_password(password)
    humans = Person.objects.filter(email__endswith=".example", screen=False)
    return humans.update(password=somebody.password)
