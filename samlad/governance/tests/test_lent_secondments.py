"""Secondments and own costs: who agrees, who reports, who certifies, and what everybody else is not told."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.lent import actions, queries, reminders
from samlad.governance.lent.months import first_of, last_of, later
from samlad.governance.lent.personal import remove_secondments, secondments_of
from samlad.governance.lent.rules import state_of
from samlad.governance.models import MonthCost, Secondment
from samlad.notify.models import Notice
from samlad.registers.models import ActorVersion, Change
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member, make_member


def made(first: date | None = None, last: date | None = None, **other: object) -> Secondment:
    begin = first or later(first_of(today()), -3)
    told = {"seat": "Handläggare", "lender_id": "nacka", "share": 80, "first_day": begin, "id": new_id()}
    return Secondment(**told | {"last_day": last or last_of(later(begin, 11))} | other)


def agreed(everybody: Everybody, **other: object) -> Secondment:
    row = made(**other)  # type: ignore[arg-type]
    actions.propose(row, by=everybody.secretariat.who)
    actions.answer(row.pk, side="lender", agree=True, reason="", by=everybody.registrar.who)
    return Secondment.objects.get(pk=row.pk)


def reported(row: Secondment, right: str, by: Member, month: date | None = None, **other: object) -> MonthCost:
    told = {"secondment": row, "month": month or later(first_of(today()), -1), "consists_of": "Lön", "id": new_id()}
    cost = MonthCost(**told | other)
    actions.report(cost, right=Decimal(right), by=by.who)
    return cost


@pytest.fixture
def second(everybody: Everybody) -> Member:
    return make_member("kansli2", "Samordningskansliet 2", "lansstyrelsen-stockholm", "secretariat")


def test_both_sides_agree(everybody: Everybody) -> None:
    row = made()
    actions.propose(row, by=everybody.registrar.who)
    assert actions.propose(row, by=everybody.registrar.who) is False  # sent twice, saved once
    assert state_of(row, today()) == "proposed" and row.lender_agreed_at and not row.kansli_agreed_at
    with pytest.raises(Refused):
        actions.answer(row.pk, side="kansli", agree=True, reason="", by=everybody.actor_administrator.who)
    actions.answer(row.pk, side="kansli", agree=True, reason="", by=everybody.secretariat.who)
    row = Secondment.objects.get(pk=row.pk)
    assert state_of(row, today()) == "running" and state_of(row, row.first_day - timedelta(1)) == "agreed"
    assert state_of(row, row.last_day + timedelta(1)) == "ended"
    with pytest.raises(Refused):
        actions.change(row, by=everybody.registrar.who, reason="Nej")


def test_other_terms_are_agreed_anew(everybody: Everybody) -> None:
    row = made()
    actions.propose(row, by=everybody.secretariat.who)
    row.share = 50
    actions.change(row, by=everybody.registrar.who, reason="")
    row = Secondment.objects.get(pk=row.pk)
    assert row.lender_agreed_at and not row.kansli_agreed_at


def test_declined_with_a_reason(everybody: Everybody) -> None:
    row = made()
    actions.propose(row, by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.answer(row.pk, side="lender", agree=False, reason="", by=everybody.registrar.who)
    actions.answer(row.pk, side="lender", agree=False, reason="Ingen att avvara", by=everybody.registrar.who)
    assert state_of(Secondment.objects.get(pk=row.pk), today()) == "declined"
    assert not any(cell.days for cell in queries.balance()["municipality"])


def test_another_actors_registrar_does_not_speak(everybody: Everybody) -> None:
    with pytest.raises(Refused):
        actions.propose(made(lender_id="sodertalje"), by=everybody.registrar.who)
    with pytest.raises(Refused):
        reported(agreed(everybody), "100", everybody.chief)


def test_four_eyes(everybody: Everybody, second: Member) -> None:
    row = agreed(everybody)
    cost = reported(row, "45231,50".replace(",", "."), everybody.secretariat)
    with pytest.raises(Refused):
        actions.certify(cost.pk, by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.certify(cost.pk, by=everybody.registrar.who)
    with pytest.raises(Refused):
        actions.pay(cost.pk, day=today(), by=second.who)
    actions.certify(cost.pk, by=second.who)
    actions.pay(cost.pk, day=today(), by=second.who)
    assert queries.cost(cost.month.year).total == Decimal("45231.50")


def test_returned_with_a_reason_and_sent_again(everybody: Everybody) -> None:
    row = agreed(everybody)
    cost = reported(row, "45000", everybody.registrar)
    with pytest.raises(Refused):
        actions.give_back(cost.pk, reason="", by=everybody.secretariat.who)
    actions.give_back(cost.pk, reason="Underlag saknas", by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.certify(cost.pk, by=everybody.secretariat.who)
    assert [one.what for one in queries.waiting(actor="nacka")].count("report") == 3  # this and two months not reported
    again = MonthCost.objects.get(pk=cost.pk)
    assert actions.report(again, right=Decimal("45000"), by=everybody.registrar.who)
    actions.certify(cost.pk, by=everybody.secretariat.who)
    assert "Underlag saknas" in [one.reason for one in record.changes(MonthCost, cost.pk)]


def test_a_certified_month_is_corrected_by_a_row(everybody: Everybody) -> None:
    row = agreed(everybody)
    first = reported(row, "45000", everybody.registrar)
    actions.certify(first.pk, by=everybody.secretariat.who)
    stale = MonthCost.objects.get(pk=first.pk)
    with pytest.raises(Refused):
        actions.report(stale, right=Decimal("1"), by=everybody.registrar.who)
    with pytest.raises(Refused):  # the same is no correction
        reported(row, "45000", everybody.registrar)
    for right in ("44100.25", "44100.75"):
        correction = reported(row, right, everybody.registrar)
        assert correction.corrects_id == first.pk
        with pytest.raises(Refused):  # one at a time
            reported(row, "1", everybody.registrar)
        actions.certify(correction.pk, by=everybody.secretariat.who)
        assert queries.cost(first.month.year).of("nacka") == Decimal(right)
    assert MonthCost.objects.get(pk=first.pk).amount == 45000
    month = next(one for one in queries.months_of(row) if one.month == first.month)
    assert [one.amount for one in month.rows] == [Decimal(45000), Decimal("-899.75"), Decimal("0.50")]


def test_only_months_of_the_secondment(everybody: Everybody) -> None:
    row = agreed(everybody)
    for month in (later(row.first_day, -1), later(first_of(today()), 1), later(row.last_day.replace(day=1), 1)):
        with pytest.raises(Refused):
            reported(row, "1", everybody.registrar, month)
    reported(row, "1", everybody.registrar, first_of(today()))
    with pytest.raises(Refused):  # what is reported is not left outside
        actions.break_off(row.pk, last_day=row.first_day, reason="Slutar", by=everybody.registrar.who)


def test_what_is_agreed_for_the_days(everybody: Everybody) -> None:
    first = later(first_of(today()), -2).replace(day=11)
    row = agreed(everybody, first=first, monthly_amount=Decimal("60000.00"))
    shown = queries.months_of(row)
    days = last_of(first_of(first)).day
    assert shown[0].agreed == (Decimal(60000) - (Decimal(600000) / days).quantize(Decimal("0.01")))
    assert shown[1].agreed == 60000 and shown[0].state == "missing" and shown[-1].state == ""


def test_broken_off_leaves_a_gap(everybody: Everybody) -> None:
    row = agreed(everybody)
    assert "municipality" not in [gap.category for gap in queries.gaps(until=today() + timedelta(30))]
    actions.break_off(row.pk, last_day=today(), reason="Behövs hemma", by=everybody.registrar.who)
    gap = next(gap for gap in queries.gaps() if gap.category == "municipality")
    assert gap.first == today() + timedelta(1) and gap.lasts
    assert state_of(Secondment.objects.get(pk=row.pk), today() + timedelta(1)) == "broken_off"


def test_told_once_before_it_ends(everybody: Everybody) -> None:
    row = agreed(everybody, last=today() + timedelta(60))
    agreed(everybody, last=today() + timedelta(200))
    noon = datetime.combine(today(), datetime.min.time(), now().tzinfo).replace(hour=11)
    reminders.carry_out(noon.replace(hour=1))
    assert not Notice.objects.exists()
    reminders.carry_out(noon)
    reminders.carry_out(noon + timedelta(hours=3))
    told = Notice.objects.filter(operation=reminders.LENT)
    assert {one.person for one in told} == {
        one.person.key for one in (everybody.secretariat, everybody.registrar, everybody.actor_administrator)
    }
    assert told.count() == 3 and str(row.pk) in told[0].body
    actions.change(record_row(row, last_day=today() + timedelta(300)), by=everybody.secretariat.who, reason="Förlängs")
    reminders.carry_out(noon + timedelta(hours=4))
    assert not told.filter(given_up_at=None).exists()


def record_row(row: Secondment, **changes: object) -> Secondment:
    found = Secondment.objects.get(pk=row.pk)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def test_names_go_and_sums_stay(everybody: Everybody) -> None:
    person = everybody.duty_officer.person
    begin = date(2016, 1, 1)
    row = agreed(everybody, first=begin, last=date(2016, 12, 31), person=person)
    cost = reported(row, "100", everybody.registrar, begin)
    actions.certify(cost.pk, by=everybody.secretariat.who)
    assert next(iter(secondments_of(person.key)))["costs"]
    assert remove_secondments(now() - timedelta(days=365)) == 1 and remove_secondments(now()) == 0
    assert Secondment.objects.get(pk=row.pk).person_id is None and queries.cost(2016).total == 100
    kept = Change.objects.filter(object_key=str(row.pk)).values_list("before", "after")
    assert person.key not in str([state.get("person") for pair in kept for state in pair if state])
    assert not list(secondments_of(person.key))


def test_a_page_as_it_was(everybody: Everybody, client: Client) -> None:
    row = agreed(everybody)
    Change.objects.filter(object_key=str(row.pk)).update(at=now() - timedelta(days=10))
    actions.break_off(row.pk, last_day=today(), reason="Behövs hemma", by=everybody.registrar.who)
    before = queries.secondments(today() - timedelta(days=5))
    assert [one.broken_off_on for one in before] == [None] and not queries.secondments(today() - timedelta(days=20))
    client.force_login(everybody.registrar.person)
    address = f"/governance/lent/{row.pk}/"
    assert "Behövs hemma" in client.get(address).content.decode()
    then = client.get(f"{address}?on={today() - timedelta(days=5)}").content.decode()
    assert "<dd>Behövs hemma" not in then


def test_the_category_is_the_lenders_on_the_day(everybody: Everybody) -> None:
    row = agreed(everybody, first=date(2025, 1, 1), last=date(2025, 12, 31))
    version = ActorVersion.objects.get(actor="nacka")
    version.valid_to = date(2025, 7, 1)
    version.save()
    ActorVersion.objects.create(
        actor_id="nacka", name="Nacka", short_name="Nacka", category="traffic", valid_from=date(2025, 7, 1), why="prov"
    )
    assert [(stay.category, stay.first, stay.last) for stay in queries.stays([row])] == [
        ("municipality", date(2025, 1, 1), date(2025, 6, 30)),
        ("traffic", date(2025, 7, 1), date(2025, 12, 31)),
    ]
    early = agreed(everybody, first=date(2012, 1, 1), last=date(2012, 12, 31))  # before it was a party
    assert [stay.category for stay in queries.stays([early])] == ["municipality"]


def test_the_first_page_asks_little(everybody: Everybody, client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        agreed(everybody)
    client.force_login(everybody.secretariat.person)
    with django_assert_max_num_queries(40):
        client.get("/governance/lent/")
