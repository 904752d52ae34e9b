"""The pool of coordinators: whose duty it was then, what is certified and frozen, and who sees it."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance.lent import pool, pool_actions, queries
from samlad.governance.lent.compensation import wall
from samlad.governance.lent.months import first_of, later
from samlad.governance.lent.personal import pool_of, remove_pool
from samlad.governance.models import PoolBasis, PoolMember, PoolRates
from samlad.registers.models import Roster, Shift
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, make_member

MONTH = later(first_of(today()), -1)


@pytest.fixture
def roster(everybody: Everybody) -> Roster:
    return Roster.objects.create(actor_id="lansstyrelsen-stockholm", role="rsk", begins=wall(MONTH))


def rates(everybody: Everybody, **amounts: object) -> PoolRates:
    told = {f"{kind}_hour": Decimal(100) for kind in ("weekday", "weekend", "holiday")} | {"source": "Påhittat"}
    row = PoolRates(id=new_id(), valid_from=date(2020, 1, 1), **told | amounts)
    pool_actions.save_rates(row, by=everybody.secretariat.who)
    return row


def member(everybody: Everybody, actor: str = "nacka", **days: date) -> PoolMember:
    row = PoolMember(id=new_id(), actor_id=actor, person=everybody.rsk.person, **{"first_day": date(2020, 1, 1)} | days)
    pool_actions.save_member(row, by=everybody.secretariat.who)
    return row


def shift(roster: Roster, everybody: Everybody, day: int, hours: int = 10, **other: object) -> Shift:
    starts = wall(MONTH + timedelta(days=day), time(8))
    told = {"starts": starts, "ends": starts + timedelta(hours=hours), "added_by": "x", "added_at": starts}
    return Shift.objects.create(roster=roster, person=everybody.rsk.person, **told | other)


def certified(everybody: Everybody, actor: str = "nacka") -> PoolBasis:
    found = pool.month_of(MONTH)[actor]
    pool_actions.certify(actor, MONTH, by=everybody.secretariat.who, expected=pool_actions.stamp(found))
    return PoolBasis.objects.filter(actor=actor).latest("number")


def test_hours_go_to_the_actor_that_lends(everybody: Everybody, roster: Roster) -> None:
    rates(everybody)
    turn = MONTH + timedelta(days=10)
    member(everybody, last_day=turn - timedelta(days=1))
    member(everybody, "sodertalje", first_day=turn)
    shift(roster, everybody, 9, hours=24)  # over midnight between the two: 16 hours and 8
    found = pool.month_of(MONTH)
    assert found["nacka"].hours == 16 and found["sodertalje"].hours == 8
    assert found["nacka"].total == 1600


def test_who_was_on_duty_then(everybody: Everybody, roster: Roster) -> None:
    rates(everybody)
    shift(roster, everybody, 3)
    shift(roster, everybody, 5, removed_at=now(), removed_by="x")
    assert pool.month_of(MONTH)[""].hours == 10 and pool.month_of(MONTH)[""].total == 1000
    yesterday = today() - timedelta(days=1)
    assert sum(one.hours for one in pool.month_of(MONTH, yesterday).values()) == 20
    member(everybody)
    assert set(pool.month_of(MONTH)) == {"nacka"} and set(pool.month_of(MONTH, yesterday)) == {""}


def test_certified_is_frozen_and_the_difference_paid(everybody: Everybody, roster: Roster) -> None:
    row, _member = rates(everybody), member(everybody)
    extra = shift(roster, everybody, 3)
    shift(roster, everybody, 4)
    first = certified(everybody)
    assert first.number == 1 and first.total == first.amount == 2000
    row.weekday_hour = row.weekend_hour = row.holiday_hour = Decimal("110.00")
    pool_actions.save_rates(row, by=everybody.secretariat.who, reason="Fel belopp")
    Shift.objects.filter(pk=extra.pk).update(removed_at=now())
    found = pool.month_of(MONTH)["nacka"]
    assert found.differs and found.total == 1100
    second = certified(everybody)
    assert second.number == 2 and second.total == 1100 and second.amount == -900
    first.refresh_from_db()
    assert first.inputs["rates"][0]["weekday"] == "100.00" and len(first.inputs["duties"]) == 2
    assert queries.cost(MONTH.year).pool == 1100 == queries.cost(MONTH.year).of("nacka")
    pool_actions.certify("nacka", MONTH, by=everybody.secretariat.who, expected="")  # nothing differs: nothing is done
    assert PoolBasis.objects.count() == 2


def test_what_is_not_certified(everybody: Everybody, roster: Roster) -> None:
    secretariat = everybody.secretariat.who
    member(everybody)
    shift(roster, everybody, 3)
    stamp = pool_actions.stamp(pool.month_of(MONTH)["nacka"])
    with pytest.raises(Refused):  # no rate
        pool_actions.certify("nacka", MONTH, by=secretariat, expected=stamp)
    rates(everybody)
    for actor, month, by, expected in (
        ("nacka", MONTH, everybody.registrar.who, stamp),
        ("sodertalje", MONTH, secretariat, stamp),
        ("nacka", first_of(today()), secretariat, stamp),
        ("nacka", MONTH, secretariat, "something else was shown"),
    ):
        with pytest.raises(Refused):
            pool_actions.certify(actor, month, by=by, expected=expected)
    both = make_member("rsk.kansli", "RSK i kansliet", "lansstyrelsen-stockholm", "secretariat", "rsk")
    Shift.objects.update(person=both.person)
    PoolMember.objects.update(person=both.person)
    stamp = pool_actions.stamp(pool.month_of(MONTH)["nacka"])
    with pytest.raises(Refused):  # their own duty
        pool_actions.certify("nacka", MONTH, by=both.who, expected=stamp)


def test_one_actor_at_a_time(everybody: Everybody) -> None:
    member(everybody)
    with pytest.raises(Refused):
        member(everybody, "sodertalje", first_day=today())
    with pytest.raises(Refused):
        rates(everybody, night_hour=Decimal(10))  # and when is night?


def test_pages(everybody: Everybody, roster: Roster, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    assert "Inte inhämtad" in client.get("/governance/lent/pool/").content.decode()
    told = {"id": str(new_id()), "valid_from": "2020-01-01", "weekday_hour": "100,00", "source": "Påhittat"}
    assert client.post("/governance/lent/pool/rates/new/", told | {"source": ""}).status_code == 422
    assert client.post("/governance/lent/pool/rates/new/", told).status_code == 302
    row = PoolRates.objects.get()
    assert row.weekday_hour == 100 and row.night_hour is None
    rates_page = f"/governance/lent/pool/rates/{row.pk}/"
    more = {"weekend_hour": "100", "holiday_hour": "100", "seen": "", "reason": "Avtalet kom"}
    assert client.post(rates_page, told | more).status_code == 302
    people = {"actor": "nacka", "person": everybody.rsk.person.key, "first_day": "2020-01-01", "id": str(new_id())}
    assert client.post("/governance/lent/pool/members/new/", people).status_code == 302
    shift(roster, everybody, 3)
    address = f"/governance/lent/pool/{MONTH:%Y-%m}/"
    assert json.loads(client.get(f"{address}?format=json").content)[0]["amount"] == "1000.00"
    page = client.get(f"{address}nacka/")
    expected = page.context["form"].initial["expected"]
    assert client.post(f"{address}nacka/", {"expected": "x"}).status_code == 409
    assert client.post(f"{address}nacka/", {"expected": expected}).status_code == 302
    basis = PoolBasis.objects.get()
    assert client.post(f"/governance/lent/pool/paid/{basis.pk}/", {"paid_on": today().isoformat()}).status_code == 302
    frozen = json.loads(client.get(f"{address}nacka/?frozen=1").content)
    assert frozen["total"] == "1000.00" and frozen["rates"][0]["source"] == "Påhittat"
    for who, own in ((everybody.registrar, 200), (everybody.chief, 404), (everybody.duty_officer, 404)):
        client.force_login(who.person)
        assert client.get(f"{address}nacka/").status_code == own
        assert client.get("/governance/lent/pool/").status_code == 200
    assert client.get("/governance/lent/pool/2030-01/").status_code == 404


def test_names_go_and_sums_stay(everybody: Everybody, roster: Roster) -> None:
    key = everybody.rsk.person.key
    rates(everybody)
    member(everybody, last_day=MONTH + timedelta(days=20))
    shift(roster, everybody, 3)
    certified(everybody)
    assert len(list(pool_of(key))) == 2
    at = datetime.combine(today() + timedelta(days=40), time(), STOCKHOLM)
    assert remove_pool(at) == 2 and remove_pool(at) == 0
    assert not list(pool_of(key)) and PoolBasis.objects.get().total == 1000
