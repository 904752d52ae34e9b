"""Each quarter: how it goes, what deviates, what it has cost; what is missing is asked for; what is left goes on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from samlad.base.refused import Refused
from samlad.governance.plan import actions, queries, reminders
from samlad.governance.plan.models import Activity, FollowUp
from samlad.governance.tests.plans import YEAR, a_plan, in_plan, told
from samlad.notify.models import Notice
from samlad.registers.tests.cast import Everybody

pytestmark = pytest.mark.django_db
JULY = datetime(YEAR, 7, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """It is July 20; `july(moment)` makes it another day."""

    def set_to(moment: datetime) -> None:
        for module in ("queries", "history"):
            monkeypatch.setattr(f"samlad.registers.{module}.now", lambda: moment)

    set_to(JULY)
    yield set_to


def test_a_follow_up_is_kept_and_shown(everybody: Everybody, client: Client) -> None:
    row = in_plan(a_plan("decided"), amount=Decimal("60000"))
    client.force_login(everybody.registrar.person)
    form = {"status": "on_plan", "done": "Tre larmprov.", "spent": "14 000,50"}
    assert client.post(f"/governance/plans/activities/{row.pk}/quarters/1/", form).status_code == 302
    one = FollowUp.objects.get()
    assert (one.spent, one.reported_on) == (Decimal("14000.50"), date(YEAR, 7, 20))
    page = client.get(f"/governance/plans/activities/{row.pk}/").content.decode()
    assert "Tre larmprov." in page and "Enligt plan" in page


@pytest.mark.parametrize("status", ["deviates", "broken_off"])
def test_a_deviation_is_said_in_words(everybody: Everybody, client: Client, status: str) -> None:
    row = in_plan(a_plan("decided"))
    client.force_login(everybody.registrar.person)
    address = f"/governance/plans/activities/{row.pk}/quarters/2/"
    assert client.post(address, {"status": status, "spent": "0"}).status_code == 409
    assert client.post(address, {"status": status, "spent": "0", "deviation": "Sent svar."}).status_code == 302


def test_money_so_far_only_grows(everybody: Everybody) -> None:
    row = in_plan(a_plan("decided"))
    told(everybody, row, 1, spent="100")
    with pytest.raises(Refused):
        told(everybody, row, 2, spent="99.99")
    told(everybody, row, 2, spent="150")
    with pytest.raises(Refused):
        told(everybody, row, 1, spent="150.01")
    assert told(everybody, row, 1, spent="120")


def test_a_quarter_to_come_is_not_followed_up(everybody: Everybody) -> None:
    row = in_plan(a_plan("decided"))
    assert told(everybody, row, 3)
    with pytest.raises(Refused):
        told(everybody, row, 4)


def test_only_the_responsible_actor_and_the_secretariat_follow_up(everybody: Everybody, client: Client) -> None:
    row = in_plan(a_plan("decided"), responsible_id="sodertalje")
    with pytest.raises(Refused):
        told(everybody, row, 1)
    client.force_login(everybody.registrar.person)
    assert client.get(f"/governance/plans/activities/{row.pk}/quarters/1/").status_code == 404
    one = FollowUp(activity_id=row.pk, quarter=1, status="on_plan")
    assert actions.follow_up(one, by=everybody.secretariat.who)


def test_what_has_to_be_seen_to(everybody: Everybody, client: Client) -> None:
    plan = a_plan("presented")
    late = in_plan(plan, "Sen", last_day=date(YEAR, 6, 30))
    told(everybody, late, 2, "deviates", deviation="Svaren går isär.")
    fine = in_plan(plan, "I fas")
    told(everybody, fine, 1)
    told(everybody, fine, 2)
    assert {one.activity.title for one in queries.late()} == {"Sen"}
    client.force_login(everybody.outsider.person)
    page = client.get(f"/governance/plans/{YEAR}/").content.decode()
    assert "Svaren går isär." in page and "försenad" in page


def letters() -> list[str]:
    """The subjects of what is queued, to whom."""
    return sorted(f"{one.address}: {one.subject}" for one in Notice.objects.filter(given_up_at=None))


def test_a_missing_follow_up_is_asked_for_once(everybody: Everybody) -> None:
    in_plan(a_plan("decided"), first_day=date(YEAR, 4, 1))
    reminders.carry_out(datetime(YEAR, 7, 5, 9, tzinfo=UTC))
    assert letters() == []
    for _ in range(3):
        reminders.carry_out(JULY)
    assert [letter.partition(":")[0] for letter in letters()] == [
        "admin.nacka@nacka.example",
        "registrator.nacka@nacka.example",
    ]


def test_one_that_has_come_is_not_asked_for(everybody: Everybody) -> None:
    row = in_plan(a_plan("decided"), first_day=date(YEAR, 4, 1))
    reminders.carry_out(JULY)
    told(everybody, row, 2)
    reminders.carry_out(JULY)
    assert letters() == []


def test_where_nobody_records_for_the_actor_the_secretariat_is_asked(everybody: Everybody) -> None:
    in_plan(a_plan("decided"), first_day=date(YEAR, 4, 1), responsible_id="polisregion-stockholm")
    reminders.carry_out(JULY)
    assert [letter.partition(":")[0] for letter in letters()] == ["kansli@lansstyrelsen-stockholm.example"]


def test_quarters_long_gone_and_nights_are_left_alone(everybody: Everybody) -> None:
    in_plan(a_plan("decided"))
    reminders.carry_out(JULY.replace(hour=1))
    assert letters() == []
    reminders.carry_out(JULY)
    assert all("kvartal 2" in letter for letter in letters()) and letters()


def test_it_is_carried_to_the_next_year_once_with_what_is_left(everybody: Everybody, client: Client) -> None:
    row = in_plan(a_plan("decided"), amount=Decimal("100.00"), participants=["sodertalje"])
    told(everybody, row, 1, spent="60.25")
    client.force_login(everybody.registrar.person)
    address = f"/governance/plans/activities/{row.pk}/carrying/"
    assert client.post(address).status_code == 302  # no plan to carry it to
    assert Activity.objects.count() == 1
    a_plan(year=YEAR + 1)
    for _ in range(2):
        assert client.post(address).status_code == 302
    new = Activity.objects.get(carried_from=row.pk)
    assert (new.amount, new.state, new.participants) == (Decimal("39.75"), "proposed", ["sodertalje"])
    assert (new.first_day, new.last_day) == (date(YEAR + 1, 1, 1), date(YEAR + 1, 12, 31))
    page = client.get(f"/governance/plans/activities/{new.pk}/").content.decode()
    assert f"/governance/plans/activities/{row.pk}/" in page


def test_what_goes_on_into_the_next_year_keeps_its_last_day(everybody: Everybody) -> None:
    last = date(YEAR + 1, 3, 31)
    row = in_plan(a_plan("decided"), last_day=last)
    a_plan(year=YEAR + 1)
    assert actions.carry(row, by=everybody.registrar.who)
    assert not actions.carry(row, by=everybody.secretariat.who)
    assert Activity.objects.get(carried_from=row.pk).last_day == last
    assert queries.sums_of(queries.activities(YEAR)).carried == 1


def test_more_spent_than_planned_leaves_nothing_to_carry(everybody: Everybody) -> None:
    row = in_plan(a_plan("decided"), amount=Decimal("10"))
    told(everybody, row, 1, spent="11")
    a_plan(year=YEAR + 1)
    actions.carry(row, by=everybody.registrar.who)
    assert Activity.objects.get(carried_from=row.pk).amount == 0
    assert queries.sums_of(queries.activities(YEAR)).left == Decimal("-1.00")


def test_a_plan_seen_on_a_day_is_late_as_of_that_day(everybody: Everybody, july: Any) -> None:
    july(datetime(YEAR, 6, 1, 9, tzinfo=UTC))
    in_plan(a_plan("presented"), last_day=date(YEAR, 6, 30))
    july(JULY)
    on = date(YEAR, 6, 10)
    assert not queries.activities(YEAR, on)[0].standing.late
    assert queries.activities(YEAR)[0].standing.late
    assert queries.late(on + timedelta(days=22))[0].standing.late
