"""An operation with everything in it that an address can name, and everybody's session: what the proofs stand on.

    def test_it(everything: Everything) -> None:
        path = address("report", everything.names())

The same for all tests of a module: each request is rolled back, and so is the whole in the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import Audience
from samlad.picture.actions import publish, take_statement, write_assessment
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.models import ActorVersion, Area, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member, make_everybody
from samlad.web.tests.scene import report, snow
from tests.architecture.test_routes import routes
from tests.fuzz import profile


@dataclass(frozen=True, eq=False)  # known by itself, so that what was found in it can be kept
class Everything:
    """The scene."""

    cast: Everybody
    sessions: Mapping[str, str]
    operation: UUID
    report: UUID
    limited: UUID
    statement: UUID
    assessment: UUID
    version: int
    seat: int

    def names(self) -> dict[str, Any]:
        """What stands in the addresses."""
        return {
            "operation": self.operation,
            "entry": self.report,
            "statement": self.statement,
            "number": 1,
            "code": "nacka",
            "area": "0182",
            "key": self.cast.rsk.person.key,
            "version": self.version,
            "seat": self.seat,
        }

    def position(self, reader: str) -> int:
        """The reader's last but one position."""
        member = self.cast.members().get(reader)
        return read.position(self.operation, member.who) - 1 if member else 1


MISSING: Final = {
    "operation": new_id(),
    "entry": new_id(),
    "statement": new_id(),
    "number": 7,
    "code": "ingen",
    "area": "9999",
    "key": new_id().hex,
    "version": 99_999,
    "seat": 99_999,
}
"""The same names for what is not there."""


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Everything]:
    """The scene, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made(make_everybody())
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def figures_of_fuzzing() -> Iterator[None]:
    """Tell in the end what a long run came to."""
    yield
    profile.tell()


def made(cast: Everybody) -> Everything:
    """Snow over the county; Södertälje has reported, to all and to Nacka and the board only; the first picture is
    out."""
    for code, place in (("0182", 5), ("0181", 1)):
        Area.objects.create(code=code, name=code, kind="municipality", tile_column=place, tile_row=place)
    operation, lead = snow(cast), cast.picture_lead.who
    filed = report(cast.liaison.who, operation)
    taken = take_statement(by=lead, operation=operation, block="consequences", text="Snö.", report=filed)
    written = write_assessment(by=lead, operation=operation, status="yellow", text="Ansträngt.")
    publish(by=lead, operation=operation, number=1)
    some = Audience("actors", ("nacka", "lansstyrelsen-stockholm"))
    limited = report(cast.liaison.who, operation, "red", "Endast för några.", audience=some)
    report(cast.rsk.who, operation)
    sessions = {reader: session(member) for reader, member in cast.members().items()}
    version, seat = ActorVersion.objects.get(actor="nacka"), Seat.objects.get(person=cast.rsk.person)
    return Everything(cast, sessions, operation, filed, limited, taken.id, written.id, version.pk, seat.pk)


def session(member: Member) -> str:
    """The cookie of somebody who has signed in and speaks for their actor of the cast."""
    client = Client()
    client.force_login(member.person)
    if member.who.actor:
        kept = client.session
        kept[SESSION_ACTOR] = member.who.actor
        kept.save()
    return client.cookies["sessionid"].value


VERSION: Final = {"name": "Ny", "short_name": "Ny", "category": "state", "valid_from": "2040-01-01", "why": "renamed"}
PERSON: Final = {"name": "Ny", "username": "ny", "email": "ny@nacka.example", "is_active": "on", "reason": "ny"}
REPORT: Final = {"status": "red", "audience": "all", "consequences": "Värre.", "source": "Egen personal"}
FIGURES: Final = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}


def posted(route: str, scene: Everything) -> Mapping[str, Any]:
    """What a person would send who was allowed to."""
    day = {"reason": "för att", "valid_from": today().isoformat()}
    bodies: dict[str, Mapping[str, Any]] = {
        "set_language": {"language": "en"},
        "sign_in": {"username": "rsk", "password": "fel"},
        "demo_sign_in": {"person": scene.cast.rsk.person.key},
        "seat": {"seat": "nacka"},
        "raise": {"id": new_id(), "what": "Storm", "where": "Nacka", "kind": "exercise"},
        "acknowledge": {"id": new_id(), "affected": "yes"},
        "situation": {"id": new_id(), "mode": "activated", "levels": ["samordnande"], "reason": "behövs"},
        "stand_down": {"id": new_id(), "reason": "Över.", "closing_text": "Väl.", "understood": "on"},
        "report_new": {"id": new_id()} | REPORT | FIGURES,
        "report_unchanged": {"id": new_id(), "since": scene.limited},
        "desk_take": {"id": new_id(), "block": "event", "text": "Snö."},
        "desk_drop": {"id": new_id(), "block": "event"},
        "desk_assess": {"id": new_id(), "replaces": scene.assessment, "status": "red", "text": "Allvarligt."},
        "desk_preview": {"id": new_id(), "number": 2},
        "deadline": {"id": new_id(), "minutes": 30},
        "registers_actor_new": VERSION | {"code": "ny", "reason": "ny"},
        "registers_actor_version_new": VERSION | {"reason": "ny"},
        "registers_actor_edit": VERSION | {"reason": "ny", "valid_from": "2014-04-01"},
        "registers_population_new": {"on_date": "2024-12-31", "edition": "2024", "figure": "9", "source": "SCB"} | day,
        "registers_person_new": PERSON,
        "registers_person_edit": PERSON,
        "registers_seat_new": {"actor": "nacka", "role": "chief"} | day,
        "registers_seat_end": {"on": today().isoformat(), "reason": "slut"},
        "registers_password": {"password": "en lång vinternatt"},
    }
    return bodies.get(route, {})


PARAMETERS: Final = {str(route.name): list(route.pattern.converters) for _address, route in routes()}
"""What stands in each address."""
NOTHING: Final = {"uuid": new_id(), "int": 99_999, "slug": "ingen", "str": "ingen"}
ELSE: Final = {
    name: NOTHING[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
    for _address, route in routes()
    for name, converter in route.pattern.converters.items()
}
"""What stands there for names that the scene has nothing of."""


def address(route: str, names: Mapping[str, Any]) -> str:
    """The address with those of the names that it has."""
    return reverse(route, kwargs=parts(route, names))


def parts(route: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the address of a route."""
    if route in ("registers_area", "registers_population_new"):
        names = {"code": names["area"]}
    return {name: names.get(name, ELSE[name]) for name in PARAMETERS[route]}
