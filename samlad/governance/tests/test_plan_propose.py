"""All actors propose; the secretariat puts it into the plan, or leaves it out with a reason."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.plan import actions, queries
from samlad.governance.plan.models import Activity, ActivityState
from samlad.governance.tests.plans import YEAR, a_plan, an_activity, in_plan
from samlad.registers.tests.cast import Everybody, Member

pytestmark = pytest.mark.django_db
NEW = f"/governance/plans/{YEAR}/activities/new/"


def written(**values: Any) -> dict[str, Any]:
    """What one writes in the form."""
    return {
        "id": str(uuid4()), "title": "Övning om elavbrott", "text": "En dags övning.", "responsible": "nacka",
        "first_day": f"{YEAR}-02-01", "last_day": f"{YEAR}-11-30", "amount": "420000,50", "priority": "1",
        "measure": "Minst 30 aktörer deltar.", "participants": ["sodertalje"],
    } | values  # fmt: skip


def signed_in(client: Client, member: Member) -> Client:
    client.force_login(member.person)
    return client


def test_an_actor_proposes_and_all_parties_read_it(everybody: Everybody, client: Client) -> None:
    a_plan()
    answer = signed_in(client, everybody.registrar).post(NEW, written())
    assert answer.status_code == 302
    row = Activity.objects.get()
    assert (row.proposed_by_id, row.state, row.amount) == ("nacka", "proposed", Decimal("420000.50"))
    page = signed_in(client, everybody.outsider).get(answer.headers["Location"])
    assert "Övning om elavbrott" in page.content.decode()


def test_sending_twice_is_proposing_once(everybody: Everybody, client: Client) -> None:
    a_plan()
    signed_in(client, everybody.registrar)
    sent = written()
    assert [client.post(NEW, sent).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.count() == 1


def test_nobody_proposes_for_another_actor(everybody: Everybody, client: Client) -> None:
    a_plan()
    signed_in(client, everybody.registrar).post(NEW, written(proposed_by="sodertalje"))
    assert Activity.objects.get().proposed_by_id == "nacka"


def test_the_secretariat_proposes_for_anybody(everybody: Everybody, client: Client) -> None:
    a_plan()
    answer = signed_in(client, everybody.secretariat).post(NEW, written(proposed_by="sodertalje"))
    assert answer.status_code == 302
    assert Activity.objects.get().proposed_by_id == "sodertalje"


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("title", "", 422),
        ("last_day", f"{YEAR}-01-01", 409),
        ("first_day", f"{YEAR + 1}-01-01", 409),
        ("last_day", "2025-12-31", 409),
        ("amount", "-5", 422),
        ("amount", "mycket", 422),
        ("responsible", "ingen", 422),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    everybody: Everybody, client: Client, field: str, value: str, status: int
) -> None:
    a_plan()
    answer = signed_in(client, everybody.registrar).post(NEW, written(**{field: value}))
    assert answer.status_code == status
    assert "En dags övning." in answer.content.decode()
    assert not Activity.objects.exists()


def test_when_the_plan_is_sent_an_actor_proposes_no_more(everybody: Everybody, client: Client) -> None:
    a_plan("proposed")
    assert signed_in(client, everybody.registrar).post(NEW, written()).status_code == 409
    assert signed_in(client, everybody.secretariat).post(NEW, written(proposed_by="nacka")).status_code == 302


def test_an_actor_changes_its_proposal_until_it_is_dealt_with(everybody: Everybody) -> None:
    plan = a_plan()
    row = an_activity(plan)
    row.title = "Larmprov varje månad"
    assert actions.save_activity(row, by=everybody.registrar.who)
    row.state = ActivityState.IN_PLAN
    actions.place(row, by=everybody.secretariat.who)
    row.title = "Något annat"
    with pytest.raises(Refused):
        actions.save_activity(row, by=everybody.registrar.who)


def test_it_is_withdrawn_and_put_forward_again(everybody: Everybody) -> None:
    row = an_activity(a_plan())
    actions.withdraw(row, by=everybody.registrar.who, reason="Ryms inte.")
    assert Activity.objects.get().state == "withdrawn"
    actions.withdraw(row, by=everybody.registrar.who, reason="Ryms nu.", back=True)
    assert Activity.objects.get().state == "proposed"


def test_it_is_left_out_with_a_reason_that_all_read(everybody: Everybody, client: Client) -> None:
    row = an_activity(a_plan())
    address = f"/governance/plans/activities/{row.pk}/place/"
    signed_in(client, everybody.secretariat)
    assert client.post(address, {"state": "left_out"}).status_code == 409
    assert client.post(address, {"state": "left_out", "left_out": "Ryms i vanliga möten."}).status_code == 302
    page = signed_in(client, everybody.registrar).get(f"/governance/plans/activities/{row.pk}/")
    assert "Ryms i vanliga möten." in page.content.decode()


def test_only_what_is_in_the_plan_counts(everybody: Everybody) -> None:
    plan = a_plan()
    in_plan(plan, "Ett", amount=Decimal("100.10"))
    in_plan(plan, "Två", amount=Decimal("200.05"))
    an_activity(plan, "Tre", amount=Decimal("999"))
    an_activity(plan, "Fyra", amount=Decimal("999"), state="left_out")
    assert queries.committed(YEAR) == Decimal("300.15")


def test_the_order_is_the_secretariats(everybody: Everybody) -> None:
    plan = a_plan()
    one, two = in_plan(plan, "Ett", place=1), in_plan(plan, "Två", place=2)
    assert actions.order(plan, [(one, 9), (two, 3)], by=everybody.secretariat.who)
    assert [found.activity.title for found in queries.activities(YEAR)] == ["Två", "Ett"]
    with pytest.raises(Refused):
        actions.order(plan, [(one, 1)], by=everybody.registrar.who)


def test_the_list_is_taken_along(everybody: Everybody, client: Client) -> None:
    in_plan(a_plan(), amount=Decimal("1234.50"))
    signed_in(client, everybody.registrar)
    told = client.get(f"/governance/plans/{YEAR}/activities/?format=json").json()
    assert (told[0]["activity"], told[0]["amount"], told[0]["from"]) == ("Larmprov", "1234.50", f"{YEAR}-01-01")
    assert "1234,50" in client.get(f"/governance/plans/{YEAR}/activities/?format=csv").content.decode()


def test_what_was_put_in_after_the_decision_says_so(everybody: Everybody) -> None:
    plan = a_plan("decided")
    in_plan(plan, "Från början")
    in_plan(plan, "Efteråt", planned_on=date(YEAR, 3, 1))
    later = {one.activity.title: one.added_later for one in queries.activities(YEAR)}
    assert later == {"Från början": False, "Efteråt": True}


def test_a_year_has_one_plan(everybody: Everybody, client: Client) -> None:
    a_plan()
    signed_in(client, everybody.secretariat)
    assert client.post("/governance/plans/new/", {"id": str(uuid4()), "year": YEAR}).status_code == 422
    assert client.post("/governance/plans/new/", {"id": str(uuid4()), "year": YEAR + 1}).status_code == 302


def test_the_plan_is_seen_as_it_was(everybody: Everybody, client: Client) -> None:
    row = in_plan(a_plan())
    assert record.changes(Activity, row.pk)
    signed_in(client, everybody.registrar)
    assert client.get(f"/governance/plans/{YEAR}/?on=2020-01-01").status_code == 404
    assert client.get(f"/governance/plans/activities/{row.pk}/?on=2020-01-01").status_code == 404


def test_the_same_form_with_another_content_is_not_saved_over_it(everybody: Everybody, client: Client) -> None:
    a_plan()
    signed_in(client, everybody.registrar)
    sent = written()
    assert client.post(NEW, sent).status_code == 302
    assert client.post(NEW, sent | {"title": "Något annat"}).status_code == 409
    assert Activity.objects.get().title == "Övning om elavbrott"


def test_withdrawing_twice_is_withdrawing_once(everybody: Everybody, client: Client) -> None:
    row = an_activity(a_plan())
    address = f"/governance/plans/activities/{row.pk}/withdrawal/"
    signed_in(client, everybody.registrar)
    for state, again in ((ActivityState.WITHDRAWN, False), (ActivityState.PROPOSED, True)):
        form = client.get(address).context["form"]
        assert form["again"].value() is again
        for _time in range(2):
            assert client.post(address, {"reason": "Ändrat", "again": again}).status_code == 302
            assert Activity.objects.get().state == state
