"""Who could read what on a day: as the system had it then, beside what the register says now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from samlad.journal.entries import OWN, Participant
from samlad.journal.tests.scene import OPENED, opened, say
from samlad.registers import actions
from samlad.registers.models import Change, Seat
from samlad.registers.past import bounds, seats_on
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def seated(cast: Cast, begins: date, ends: date | None = None, *, told: datetime) -> Seat:
    """A chief of Nacka, entered at a moment."""
    person = make_member("chef", "Chef Nacka", "nacka").person
    seat = Seat(person=person, actor_id="nacka", role="chief", valid_from=begins, valid_to=ends)
    actions.save_seat(seat=seat, reason="x", by=cast.administrator.who)
    Change.objects.filter(object_key=person.key).update(at=told)
    return seat


def chief(day: date = DAY) -> tuple[bool, bool, bool]:
    """Whether the chief holds the seat now, held it then, and whether the two differ because of what came later."""
    found = [seat for seat in seats_on(day, actor="nacka") if seat.role == "chief"]
    return (found[0].holds_now, found[0].held_then, found[0].told_at is not None) if found else (False, False, False)


def test_entered_before(cast: Cast) -> None:
    seated(cast, date(2026, 1, 1), told=datetime(2026, 1, 1, 12, tzinfo=UTC))
    assert chief() == (True, True, False)
    assert chief(date(2025, 12, 31)) == (False, False, False)


def test_dated_back_afterwards_it_gave_nothing_then(cast: Cast) -> None:
    seated(cast, date(2026, 1, 1), told=datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert chief() == (True, False, True)
    assert chief(date(2026, 5, 1)) == (True, True, False)


def test_ended_afterwards_back_in_time_it_was_held_then(cast: Cast) -> None:
    seat = seated(cast, date(2026, 1, 1), told=datetime(2026, 1, 1, 12, tzinfo=UTC))
    actions.end_seat(seat=seat, on=date(2026, 2, 1), reason="x", by=cast.administrator.who)
    assert chief() == (False, True, True)


def test_on_the_very_day_a_part_of_it_counts(cast: Cast) -> None:
    seat = seated(cast, date(2026, 1, 1), told=datetime(2026, 1, 1, 12, tzinfo=UTC))
    actions.end_seat(seat=seat, on=DAY, reason="x", by=cast.administrator.who)
    Change.objects.filter(action="ended").update(at=bounds(DAY)[0] + timedelta(hours=9))
    assert chief() == (False, True, False)
    assert chief(DAY + timedelta(days=1)) == (False, False, False)


def test_the_page_tells_and_counts(cast: Cast) -> None:
    county = tuple(Participant(code, code, code, "municipality") for code in ("nacka", "sodertalje"))
    operation = opened(cast.rsk.who, type(OPENED)("Storm", OPENED.operation_kind, county))
    say(operation, "ours alone", by=cast.duty_officer.who, audience=OWN)
    say(operation, "for all", by=cast.duty_officer.who)
    asked = {"actor": "nacka", "on": today().isoformat()}
    client = as_member(make_member("kansli", "Kansliet", "lansstyrelsen-stockholm", "secretariat"))
    page = client.get("/registers/past/", asked).content.decode()
    assert "TiB Nacka" in page and str(operation) in page and "Storm" not in page
    counted = client.get("/registers/past/", asked | {"operation": str(operation)}).content.decode()
    assert "Alla deltagare" in counted and "Bara egen aktör" not in counted and "ours alone" not in counted
    person = {"person": cast.duty_officer.person.key, "on": today().isoformat()}
    assert "TiB Nacka" in client.get("/registers/past/", person).content.decode()


def test_whoever_reads_no_operation_is_told_of_none(cast: Cast) -> None:
    county = tuple(Participant(code, code, code, "municipality") for code in ("nacka", "sodertalje"))
    operation = opened(cast.rsk.who, type(OPENED)("Storm", OPENED.operation_kind, county))
    asked = {"actor": "nacka", "on": today().isoformat()}
    for keeper in (make_member("a.nacka", "Administratör", "nacka", "actor_administrator"), cast.administrator):
        client = as_member(keeper)
        page = client.get("/registers/past/", asked).content.decode()
        assert "TiB Nacka" in page and str(operation) not in page
        assert client.get("/registers/past/", asked | {"operation": str(operation)}).status_code == 404


def test_bounds_of_the_page(cast: Cast) -> None:
    keeper = as_member(make_member("a.nacka", "Administratör Nacka", "nacka", "actor_administrator"))
    assert keeper.get("/registers/past/").status_code == 200
    on = today().isoformat()
    for asked in (
        {"actor": "sodertalje", "on": on},
        {"person": cast.liaison.person.key, "on": on},
        {"actor": "nacka", "on": "midsummer"},
        {"actor": "nacka", "on": (today() + timedelta(days=1)).isoformat()},
        {"on": on},
        {"actor": "nacka", "on": on, "operation": "x"},
    ):
        assert keeper.get("/registers/past/", asked).status_code == 422, asked
    unknown = {"actor": "nacka", "on": on, "operation": "01a20264-eda4-736e-ad9d-5e23397bb4a0"}
    assert keeper.get("/registers/past/", unknown).status_code == 404
    for member in (cast.duty_officer, cast.rsk, cast.observer, cast.liaison):
        assert as_member(member).get("/registers/past/").status_code == 404
