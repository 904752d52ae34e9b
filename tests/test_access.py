"""Every address, by GET and POST, for every kind of reader: what tests/access.py says, and nothing else.

For those outside, what exists and what does not give the same answer, to the byte.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.picture.actions import publish, take_statement, write_assessment
from samlad.registers.models import ActorVersion, Area, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, Member, make_cast
from samlad.web.tests.scene import report, snow
from tests import access
from tests.access import READERS, ROWS, Row
from tests.architecture.test_routes import OPEN, routes

pytestmark = pytest.mark.django_db
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Scene:
    """An operation with everything in it that an address can name, and everybody's session."""

    cast: Cast
    sessions: Mapping[str, str]
    operation: UUID
    report: UUID
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


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The same for all tests here: each request is rolled back, and so is this in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made(make_cast())
        transaction.set_rollback(True)


def made(cast: Cast) -> Scene:
    """Snow over the county; Södertälje has reported, the first picture is out."""
    for code, place in (("0182", 5), ("0181", 1)):
        Area.objects.create(code=code, name=code, kind="municipality", tile_column=place, tile_row=place)
    operation, lead = snow(cast), cast.picture_lead.who
    filed = report(cast.liaison.who, operation)
    taken = take_statement(by=lead, operation=operation, block="consequences", text="Snö.", report=filed)
    written = write_assessment(by=lead, operation=operation, status="yellow", text="Ansträngt.")
    publish(by=lead, operation=operation, number=1)
    report(cast.rsk.who, operation)
    sessions = {reader: session(member) for reader, member in cast.members().items()}
    version, seat = ActorVersion.objects.get(actor="nacka"), Seat.objects.get(person=cast.rsk.person)
    return Scene(cast, sessions, operation, filed, taken.id, written.id, version.pk, seat.pk)


def session(member: Member) -> str:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(member.person)
    return client.cookies["sessionid"].value


VERSION: Final = {"name": "Ny", "short_name": "Ny", "category": "state", "valid_from": "2040-01-01", "why": "renamed"}
PERSON: Final = {"name": "Ny", "username": "ny", "email": "ny@nacka.example", "is_active": "on", "reason": "ny"}
REPORT: Final = {"status": "red", "audience": "all", "consequences": "Värre.", "source": "Egen personal"}
FIGURES: Final = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}


def posted(route: str, scene: Scene) -> Mapping[str, Any]:
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
        "report_unchanged": {"id": new_id(), "since": scene.report},
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


def address(route: str, names: Mapping[str, Any]) -> str:
    """The address with those of the names that it has."""
    if route in ("registers_area", "registers_population_new"):
        names = {"code": names["area"]}
    return reverse(route, kwargs={name: names[name] for name in PARAMETERS[route]})


def ask(scene: Scene, reader: str, row: Row, path: str) -> HttpResponse:
    """Ask as this reader, and leave nothing behind."""
    client = Client()
    if reader != "anonymous":
        client.cookies["sessionid"] = scene.sessions[reader]
    with transaction.atomic():
        answer: Any
        answer = client.get(path) if row.method == "GET" else client.post(path, posted(row.route, scene))
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]


def got(answer: HttpResponse) -> str:
    """What came, in the words of the table."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next="):
        return "sign in"
    return str(answer.status_code)


def test_every_address_is_in_the_table_once_for_each_method() -> None:
    listed = [(row.route, row.method) for row in ROWS]
    assert len(listed) == len(set(listed))
    assert set(listed) == {(str(it.name), method) for _address, it in routes() for method in ("GET", "POST")}
    assert all(set(row.gets) == set(READERS) for row in ROWS)


def test_what_is_open_says_why() -> None:
    assert {row.route for row in ROWS if row.open_because} == OPEN.keys()
    for row in ROWS:
        assert bool(row.open_because) or row.gets["anonymous"] == "sign in"


def test_the_page_for_people_is_not_stale() -> None:
    assert access.PAGE.read_text() == access.document(), "run: python -m tests.access"


def row_name(row: Row) -> str:
    """A row's name in the list of tests."""
    return f"{row.method}-{row.route}"


def plain(answer: HttpResponse, path: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs each time, and without its own address, which is said back to the browser."""
    body = TOKEN.sub("", answer.content.decode())
    for text in (path, quote(path)):
        body = body.replace(text, "PATH")
    headers = {name: value.replace(path, "PATH") for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, body


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_everybody_gets_what_the_table_says(row: Row, scene: Scene) -> None:
    path = address(row.route, scene.names())
    assert {reader: got(ask(scene, reader, row, path)) for reader in READERS} == row.gets


@pytest.mark.parametrize("row", [row for row in ROWS if PARAMETERS[row.route]], ids=row_name)
def test_outside_what_is_there_and_what_is_not_are_the_same(row: Row, scene: Scene) -> None:
    there, missing = address(row.route, scene.names()), address(row.route, MISSING)
    for reader, gets in row.gets.items():
        if gets in ("404", "405", "sign in"):
            one, other = (ask(scene, reader, row, path) for path in (there, missing))
            assert plain(one, there) == plain(other, missing), reader
        else:
            assert got(ask(scene, reader, row, missing)) == "404", reader


LOOKING_BACK: Final = [row for row in ROWS if row.method == "GET" and "operation" in PARAMETERS[row.route]]


@pytest.mark.parametrize("row", LOOKING_BACK, ids=row_name)
def test_an_earlier_moment_is_for_the_same_readers(row: Row, scene: Scene) -> None:
    path = address(row.route, scene.names())
    for reader, gets in row.gets.items():
        wanted = row.at or gets if gets == "200" else gets
        assert got(ask(scene, reader, row, f"{path}?at={scene.position(reader)}")) == wanted, reader
        assert got(ask(scene, reader, row, f"{path}?at={'9' * 40}")) == gets, reader


@pytest.mark.parametrize("route", ["report", "picture", "picture_pdf"])
def test_before_there_was_anything_nothing_is_there(route: str, scene: Scene) -> None:
    row = Row(route, "GET", {})
    there = address(route, scene.names()) + "?at=1"
    missing = address(route, scene.names() | {name: MISSING[name] for name in ("entry", "number")})
    assert plain(ask(scene, "rsk", row, there), there) == plain(ask(scene, "rsk", row, missing), missing)
