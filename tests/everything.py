"""An operation with everything in it that an address can name, and everybody's session: what the proofs stand on.

    def test_it(everything: Everything) -> None:
        path = address("report", everything.names())

The same for all tests of a module: each request is rolled back, and so is the whole in the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from samlad.accounts.invitations import Wanted, invite
from samlad.accounts.walls import make_screen
from samlad.activation.card_edits import save_card
from samlad.activation.cards import KINDS
from samlad.activation.models import ActionCard
from samlad.activation.queries import participants
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import files, read
from samlad.journal.entries import Audience
from samlad.journal.who import SYSTEM
from samlad.learning.drill_demo import remember
from samlad.learning.drill_schedule import Rule, moment
from samlad.learning.models import DrillPlan
from samlad.notify.models import Way
from samlad.picture.actions import publish, take_statement, write_assessment
from samlad.registers.loans import propose
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.models import ActorSet, ActorVersion, Area, Seat, ShiftSwap
from samlad.registers.network_actions import save_network
from samlad.registers.queries import parties, today
from samlad.registers.roster_actions import add_shift
from samlad.registers.roster_patterns import add_pattern
from samlad.registers.roster_turns import Turns
from samlad.registers.tests.cast import Everybody, Member, make_everybody
from samlad.web.tests.scene import report, snow
from tests.architecture.test_routes import routes
from tests.calling import called
from tests.fuzz import profile
from tests.governance_scene import MISSING_IN_GOVERNANCE, in_governance


@dataclass(frozen=True, eq=False)  # known by itself, so that what was found in it can be kept
class Everything:
    """The scene."""

    cast: Everybody
    sessions: Mapping[str, str]
    operation: UUID
    report: UUID
    limited: UUID
    files: Mapping[UUID, UUID]  # of the reports
    named: Mapping[str, Any]

    def names(self) -> dict[str, Any]:
        """What stands in the addresses."""
        entry = {"operation": self.operation, "entry": self.report, "file": self.files[self.report]}
        return {**self.named, **entry, "number": 1, "code": "nacka", "area": "0182", "what": "picture.report_filed"}

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
    "call": new_id(),
    "link": "1.ingenlankalls",
    "plan": new_id(),
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
    "card": "inget",
    "part": "ingen",
    "prepared": "inget",
    "role": "ingen",
    "shift": new_id(),
    "pattern": new_id(),
    "swap": new_id(),
    "what": "no.such_kind",
    **MISSING_IN_GOVERNANCE,
}
"""The same names for what is not there."""


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Everything]:
    """The scene, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made(make_everybody())
        transaction.set_rollback(True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell in the end what a long run of fuzzing came to."""
    if profile.LONG:
        terminalreporter.write_line(profile.figures())


def made(cast: Everybody) -> Everything:
    """Snow over the county; Södertälje has reported, to all and to Nacka and the board only, each with a file; the
    first picture is out. And what the registers have."""
    operation, lead, by = snow(cast), cast.picture_lead.who, cast.liaison.who
    calls = called(cast, operation)
    chart = files.Held("karta.txt", "text/plain", b"En karta.", True)
    filed = report(by, operation, attached=[chart])
    taken = take_statement(by=lead, operation=operation, block="consequences", text="Snö.", report=filed)
    written = write_assessment(by=lead, operation=operation, status="yellow", text="Ansträngt.")
    publish(by=lead, operation=operation, number=1)
    some = Audience("actors", ("nacka", "lansstyrelsen-stockholm"))
    limited = report(by, operation, "red", "Endast för några.", audience=some, attached=[chart])
    report(cast.rsk.who, operation)
    attached = read.entries(operation, SYSTEM, kinds=frozenset({"journal.file_attached"}))
    return Everything(
        cast=cast,
        sessions={reader: session(member) for reader, member in cast.members().items()},
        operation=operation,
        report=filed,
        limited=limited,
        files={entry.payload.entry: entry.id for _number, entry in attached},
        named=in_registers(cast) | in_governance(cast) | calls | {"statement": taken.id, "assessment": written.id},
    )


def in_registers(cast: Everybody) -> dict[str, Any]:
    """Two areas; Nacka has a network of its own, a screen on its wall, has invited somebody, and asks to borrow a
    liaison."""
    for code, place in (("0182", 5), ("0181", 1)):
        Area.objects.create(code=code, name=code, kind="municipality", tile_column=place, tile_row=place)
    admin, days = cast.actor_administrator.who, (today(), today() + timedelta(days=7))
    network = ActorSet(name="Nackas grannar", owner_id="nacka", valid_from=today())
    save_network(network=network, members=["sodertalje"], reason="närhet", by=cast.duty_officer.who)
    lent: dict[str, Any] = {"lender": "sodertalje", "borrower": "nacka", "role": "liaison", "why": "hjälp"}
    return {
        "key": cast.duty_officer.person.key,
        "card": action_card(),
        "part": "times",
        "prepared": "planned",
        "plan": drill_plan(),
        "way": stated_way(cast),
        "version": ActorVersion.objects.get(actor="nacka").pk,
        "seat": Seat.objects.get(person=cast.duty_officer.person).pk,
        "network": network.pk,
        "loan": propose(person=cast.liaison.person, days=days, by=admin, **lent).pk,
        "invitation": invite(Wanted("ny@nacka.example", "nacka", ("liaison",)), by=admin).invitation.pk,
        "screen": make_screen(name="Skärm", actor="nacka", by=admin).screen.pk,
    } | in_rosters(cast)


def in_rosters(cast: Everybody) -> dict[str, Any]:
    """Nacka's roster of duty officers: one person by a pattern from tomorrow on, and on a shift until then; they have
    asked somebody to take that. (Nobody else has the role, so that nobody could agree.)"""
    person, admin, at = cast.duty_officer.person, cast.actor_administrator.who, now()
    duty: dict[str, Any] = {"actor": "nacka", "role": "tib", "deputy": False, "reason": "schema", "by": admin}
    tomorrow = today() + timedelta(days=1)
    turns = Turns((person.key,), tomorrow.weekday(), time(17), tomorrow)
    pattern = add_pattern(turns=turns, **duty)
    shift = add_shift(person=person, span=(at - timedelta(hours=1), at + timedelta(hours=8)), **duty)
    swap = ShiftSwap.objects.create(offered=shift, asked_by=person, asked_of=cast.lent.person)
    return {"role": "tib", "shift": shift.pk, "pattern": pattern.pk, "swap": swap.pk}


def stated_way(cast: Everybody) -> int:
    """A way to be reached that Nacka's duty officer has stated."""
    person, channel = cast.duty_officer.person.key, "email"
    way = Way.objects.create(person=person, channel=channel, address="tib@nacka.example", place=9, added_by=person)
    return way.pk


def drill_plan() -> UUID:
    """A plan of test alarms, and that of last month, in which the parties were called; returns the plan's id."""
    told: dict[str, Any] = {"title": "Larmprov", "day_rule": "weekday", "time_rule": "fixed", "at": time(10)}
    plan, month = DrillPlan.objects.create(**told), (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    remember(plan, month, moment(Rule.of(plan), month), participants(parties(today())))
    return plan.pk


def action_card() -> str:
    """A duty officer's action card for any operation; returns its code."""
    card = ActionCard(code="tib-larm", role="tib", operation_kinds=KINDS, title="TiB", steps=["Svara", "Ring"])
    save_card(card=card, reason="import", by=SYSTEM)
    return card.code


def session(member: Member) -> str:
    """The cookie of somebody who has signed in and speaks for their actor of the cast."""
    client = Client()
    client.force_login(member.person)
    if member.who.actor:
        kept = client.session
        kept[SESSION_ACTOR] = member.who.actor
        kept.save()
    return client.cookies["sessionid"].value


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
