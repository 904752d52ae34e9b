"""How long things are kept: decided by administrators, carried out by the worker, and the chains stay whole."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from samlad.accounts.tests.people import give_password, with_password
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.actions import shred
from samlad.journal.entries import OWN
from samlad.journal.followers import Every
from samlad.journal.models import Operation
from samlad.journal.verify import verify
from samlad.journal.who import SYSTEM
from samlad.notify.models import Notice
from samlad.privacy import actions
from samlad.privacy.actions import carry_out, carry_out_retention, decide
from samlad.privacy.holdings import HOLDINGS
from samlad.privacy.models import RetentionDecision, RetentionRun
from samlad.privacy.queries import period
from samlad.privacy.tests.scene import close, report, snow
from samlad.registers.models import Change, Person, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
REPORT = "picture.report_filed"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def decided(cast: Cast, **more: Any) -> bool:
    told: dict[str, Any] = {"by": cast.administrator.who, "what": REPORT, "days": 30, "ground": "Gallringsbeslut 1"}
    return decide(**(told | more))


def test_only_an_administrator_decides(cast: Cast) -> None:
    for member in (cast.rsk, cast.duty_officer, cast.observer, cast.stranger):
        with pytest.raises(Refused):
            decided(cast, by=member.who)
    assert not RetentionDecision.objects.exists()


@pytest.mark.parametrize("wrong", [{"ground": " "}, {"days": 0}, {"what": "ingenting"}, {"what": "journal.opened"}])
def test_a_decision_that_makes_no_sense_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        decided(cast, **wrong)


def test_the_latest_decision_holds_and_exercises_may_have_their_own(cast: Cast) -> None:
    assert period(REPORT).days is None
    decided(cast)
    decided(cast, days=60)
    decided(cast, days=7, exercises=True)
    assert period(REPORT).days == 60
    assert period(REPORT, exercises=True).days == 7
    decided(cast, days=None)
    assert period(REPORT).days is None


def test_texts_go_when_the_operation_has_been_closed_long_enough(cast: Cast) -> None:
    operation = snow(cast)
    filed = report(cast.liaison.who, operation)
    decided(cast, exercises=True)
    carry_out(now() + timedelta(days=100))
    assert read.entry(operation, SYSTEM, filed).payload is not None, "an open operation keeps everything"
    close(cast, operation)
    carry_out(now() + timedelta(days=29))
    assert read.entry(operation, SYSTEM, filed).payload is not None
    carry_out(now() + timedelta(days=31))
    assert read.entry(operation, SYSTEM, filed).payload is None
    verify(Operation.objects.get(id=operation))
    assert RetentionRun.objects.get(what=REPORT)
    entries = len(read.entries(operation, SYSTEM))
    carry_out(now() + timedelta(days=32))
    assert len(read.entries(operation, SYSTEM)) == entries, "nothing more to do"


def test_somebody_who_left_loses_address_and_number_but_not_the_name(cast: Cast) -> None:
    person, other = cast.liaison.person, cast.rsk.person
    Person.objects.filter(key=person.key).update(phone="08-123 45")
    Change.objects.create(register="people", object_key=person.key, by="x", action="added", after={"email": "a@b.c"})
    Seat.objects.filter(person=person).update(valid_to=today())
    carry_out(now() + timedelta(days=179))
    person.refresh_from_db()
    assert person.email
    carry_out(now() + timedelta(days=182))
    person.refresh_from_db()
    assert (person.email, person.phone, person.is_active) == ("", "", False)
    assert person.name == "Samverkansperson Södertälje"
    assert "a@b.c" not in str(list(Change.objects.values_list("before", "after")))
    other.refresh_from_db()
    assert other.email and other.is_active


def test_messages_lose_address_and_text(cast: Cast) -> None:
    told: dict[str, Any] = {
        "operation": "0" * 32,
        "entry": "0" * 32,
        "person": "p",
        "actor": "nacka",
        "channel": "email",
    }
    told |= {"language": "sv", "queued_at": now(), "due_at": now(), "address": "a@b.c"}
    for exercise in (True, False):
        text = "ÖVNING: Snö" if exercise else "Snö"
        for sent in (now(), None):
            Notice.objects.create(
                key=f"{exercise}{sent}", exercise=exercise, subject=text, body=text, sent_at=sent, **told
            )
    assert carry_out(now() + timedelta(days=366)) == 2
    assert set(Notice.objects.values_list("address", "body")) == {
        ("", "ÖVNING"), ("", ""), ("a@b.c", "ÖVNING: Snö"), ("a@b.c", "Snö"),
    }  # fmt: skip
    assert carry_out(now() + timedelta(days=366)) == 0


def test_the_pump_works_once_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[Any] = []
    assert carry_out_retention.do is carry_out
    pump = Every(carry_out_retention.period, moments.append)
    pump()
    pump()
    assert len(moments) == 1
    monkeypatch.setattr("samlad.journal.followers.now", lambda: moments[0] + timedelta(hours=2))
    pump()
    monkeypatch.setattr("samlad.journal.followers.now", lambda: moments[0] - timedelta(hours=2))
    pump()
    assert len(moments) == 3, "a clock that was set back does not stop it"


def test_shredding_says_nothing_to_those_who_could_not_read(cast: Cast) -> None:
    operation = snow(cast)
    before = read.position(operation, cast.rsk.who)
    from_nacka = report(cast.duty_officer.who, operation, audience=OWN)
    shred(by=SYSTEM, operation=operation, entries=[from_nacka], ground="Gallrat")
    assert read.position(operation, cast.rsk.who) == before
    assert read.entry(operation, cast.duty_officer.who, from_nacka).payload is None


def test_the_form(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator.person)
    address = f"/privacy/retention/{REPORT}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"days": "x", "ground": ""}).status_code == 422
    assert client.post(address, {"days": "30", "ground": "Beslut 7"}).status_code == 302
    assert "Beslut 7" in client.get("/privacy/").content.decode()
    client.force_login(cast.rsk.person)
    assert client.get(address).status_code == 404
    assert client.get("/privacy/retention/ingenting/").status_code == 404


def test_what_can_not_be_removed_does_not_keep_the_rest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hour the same would fail first, and nothing after it would ever go."""
    operation = snow(cast)
    other = snow(cast)
    for one in (operation, other):
        report(cast.liaison.who, one)
        close(cast, one)
    Operation.objects.update(closed_at=now() - timedelta(days=90))
    decided(cast)
    blocked = min(operation, other)

    def shred_some(*, operation: Any, **more: Any) -> Any:
        if operation == blocked:
            raise Refused("no")
        return shred(operation=operation, **more)

    def fail(before: Any) -> int:
        raise ValueError("no")

    first = next(own for own in HOLDINGS if own.remove is not None)
    broken = tuple(replace(own, remove=fail) if own is first else own for own in HOLDINGS)
    monkeypatch.setattr(actions, "HOLDINGS", broken)
    monkeypatch.setattr(actions, "shred", shred_some)
    assert carry_out(now()) == 1
    assert RetentionRun.objects.get().what == REPORT


def test_a_session_that_is_listed_no_more_has_ended(cast: Cast) -> None:
    """However short the period decided on: nobody could end it otherwise."""
    with_password(cast.duty_officer.person)
    kept, idle = Client(), Client()
    for client in (kept, idle):
        give_password(client, cast.duty_officer.person)
    UserSession.objects.filter(session_key=idle.session.session_key).update(last_seen_at=now() - timedelta(days=2))
    decided(cast, what="accounts.sessions", days=1)
    carry_out(now())
    assert [client.get("/account/").status_code for client in (kept, idle)] == [200, 302]
