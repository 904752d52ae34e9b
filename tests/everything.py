"""An operation with everything in it that an address can name, and everybody's session: what the proofs stand on.

    def test_it(everything: Everything) -> None:
        path = address("report", everything.names())

The same for all tests of a module: each request is rolled back, and so is the whole in the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from samlad.accounts.invitations import Wanted, invite
from samlad.accounts.walls import make_screen
from samlad.base.ids import new_id
from samlad.journal import files, read
from samlad.journal.entries import Audience
from samlad.journal.who import SYSTEM
from samlad.picture.actions import publish, take_statement, write_assessment
from samlad.registers.loans import propose
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.models import ActorSet, ActorVersion, Area, Seat
from samlad.registers.network_actions import save_network
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
    files: Mapping[UUID, UUID]  # of the reports
    statement: UUID
    assessment: UUID
    version: int
    seat: int
    network: UUID
    loan: int
    invitation: int
    screen: int

    def names(self) -> dict[str, Any]:
        """What stands in the addresses."""
        return {
            "operation": self.operation,
            "entry": self.report,
            "file": self.files[self.report],
            "statement": self.statement,
            "number": 1,
            "code": "nacka",
            "area": "0182",
            "key": self.cast.duty_officer.person.key,
            "version": self.version,
            "seat": self.seat,
            "network": self.network,
            "loan": self.loan,
            "invitation": self.invitation,
            "screen": self.screen,
            "what": "picture.report_filed",
        }

    def limited_names(self) -> dict[str, Any]:
        """The same, with the report that is for some only."""
        return self.names() | {"entry": self.limited, "file": self.files[self.limited]}

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
    "network": new_id(),
    "loan": 99_999,
    "invitation": 99_999,
    "screen": 99_999,
    "what": "no.such_kind",
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
    out. Nacka has a network of its own, a screen on its wall, has invited somebody, and asks to borrow a liaison."""
    for code, place in (("0182", 5), ("0181", 1)):
        Area.objects.create(code=code, name=code, kind="municipality", tile_column=place, tile_row=place)
    operation, lead, admin = snow(cast), cast.picture_lead.who, cast.actor_administrator.who
    map_ = files.Held("karta.txt", "text/plain", b"En karta.", True)
    filed = report(cast.liaison.who, operation, attached=[map_])
    taken = take_statement(by=lead, operation=operation, block="consequences", text="Snö.", report=filed)
    written = write_assessment(by=lead, operation=operation, status="yellow", text="Ansträngt.")
    publish(by=lead, operation=operation, number=1)
    some = Audience("actors", ("nacka", "lansstyrelsen-stockholm"))
    limited = report(cast.liaison.who, operation, "red", "Endast för några.", audience=some, attached=[map_])
    report(cast.rsk.who, operation)
    network = ActorSet(name="Nackas grannar", owner_id="nacka", valid_from=today())
    save_network(network=network, members=["sodertalje"], reason="närhet", by=cast.duty_officer.who)
    days = (today(), today() + timedelta(days=7))
    loan = propose(
        person=cast.liaison.person,
        lender="sodertalje",
        borrower="nacka",
        role="liaison",
        days=days,
        why="hjälp",
        by=admin,
    )
    invitation = invite(Wanted("ny@nacka.example", "nacka", ("liaison",)), by=admin).invitation
    screen = make_screen(name="Skärm", actor="nacka", by=admin).screen
    version = ActorVersion.objects.get(actor="nacka")
    seat = Seat.objects.get(person=cast.duty_officer.person)
    return Everything(
        cast=cast,
        sessions={reader: session(member) for reader, member in cast.members().items()},
        operation=operation,
        report=filed,
        limited=limited,
        files={
            entry.payload.entry: entry.id
            for _number, entry in read.entries(operation, SYSTEM, kinds=frozenset({"journal.file_attached"}))
        },
        statement=taken.id,
        assessment=written.id,
        version=version.pk,
        seat=seat.pk,
        network=network.pk,
        loan=loan.pk,
        invitation=invitation.pk,
        screen=screen.pk,
    )


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
    week = {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=7)).isoformat()}
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
        "registers_network_new": {"name": "Nytt", "owner": "nacka", "members": ["sodertalje"], "reason": "ny"},
        "registers_network_edit": {"name": "Nytt", "members": ["sodertalje"], "reason": "ny"},
        "registers_network_end": {"reason": "slut"},
        "registers_loan_new": {"lender": "nacka", "borrower": "sodertalje", "role": "liaison", "why": "hjälp"} | week,
        "registers_loan": {"answer": "agree", "reason": "ja"},
        "registers_phone": {"phone": "070-000 00 00", "reason": "ny"},
        "registers_seat_edit": {"deputy": "on", "reason": "ny"},
        "privacy_decide": {"days": "400", "ground": "gallringsbeslut"},
        "entry_widen": {"id": new_id(), "audience": "all"},
        "entry_narrow": {"id": new_id(), "audience": "own", "reason": "skäl"},
        "entry_mark": {"id": new_id(), "ground": "OSL 18:13", "reason": "skäl"},
        "break_glass": {"reason": "nere"},
        "invitation_new": {"email": "ny@nacka.example", "roles": ["liaison"]},
        "screens": {"name": "Ny skärm"},
        "pointer_new": {"id": new_id(), "what": "Något", "owner": "Nacka", "how": "Ring", "audience": "all"},
        "registers_password": {"password": "en lång vinternatt"},
    }
    return bodies.get(route, {"x": "x"})  # something: an empty form would be taken for one that was not sent


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
    if route == "file":
        names = {**names, "entry": names.get("file", names["entry"])}
    return {name: names.get(name, ELSE[name]) for name in PARAMETERS[route]}
