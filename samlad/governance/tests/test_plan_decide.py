"""The plan goes to chefsgruppen: each actor takes its stance, and the decision is recorded with what was said."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.bodies.models import Body, BodyMember, Meeting, MeetingDecision
from samlad.governance.plan import actions, queries
from samlad.governance.plan.models import PlanStance, PlanYear, Stance
from samlad.governance.plan.stances import silent, stances
from samlad.governance.tests.plans import YEAR, a_plan, an_activity, in_plan
from samlad.journal.who import SYSTEM, Who
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

pytestmark = pytest.mark.django_db
SAID = "Chefsgruppen beslutar planen.\nSödertälje instämmer inte."


def sent(everybody: Everybody) -> PlanYear:
    """A plan that is with chefsgruppen."""
    plan = a_plan()
    in_plan(plan)
    actions.send(plan, by=everybody.secretariat.who, reply_by=today() + timedelta(days=20))
    return plan


def take(plan: PlanYear, by: Who, actor: str, stance: str, text: str = "") -> bool:
    return actions.take_stance(PlanStance(year_id=plan.pk, actor_id=actor, stance=stance, text=text), by=by)


def chefsgruppen(*actors: str) -> Body:
    """The group, with members from some actors."""
    body = Body(code="chefsgruppen", name="Regionala chefsgruppen", kind="chiefs", level="directing")
    record.save(body, by=SYSTEM)
    for actor in actors:
        record.save(BodyMember(body_id=body.pk, actor_id=actor, seat="Direktör"), by=SYSTEM)
    return body


def test_it_is_not_sent_with_proposals_left(everybody: Everybody) -> None:
    plan = a_plan()
    with pytest.raises(Refused):
        actions.send(plan, by=everybody.secretariat.who, reply_by=today())
    in_plan(plan)
    an_activity(plan, "Kvar")
    with pytest.raises(Refused):
        actions.send(plan, by=everybody.secretariat.who, reply_by=today())


def test_who_has_not_answered_stands_as_clearly_as_who_has(everybody: Everybody, client: Client) -> None:
    plan = sent(everybody)
    take(plan, everybody.chief.who, "sodertalje", "disagrees", "Vi har inte råd.")
    found = {one.actor: one.answered for one in stances(plan)}
    assert found["sodertalje"] and not found["nacka"]
    client.force_login(everybody.outsider.person)
    page = client.get(f"/governance/plans/{YEAR}/stances/").content.decode()
    assert "Vi har inte råd." in page
    assert page.count("Har inte svarat") == len(silent(stances(plan)))


def test_only_the_chief_and_the_secretariat_say_what_an_actor_thinks(everybody: Everybody) -> None:
    plan = sent(everybody)
    for who in (everybody.registrar.who, everybody.duty_officer.who, everybody.chief.who):
        with pytest.raises(Refused):
            take(plan, who, "nacka", "agrees")
    assert take(plan, everybody.secretariat.who, "nacka", "agrees")


def test_where_chefsgruppen_has_members_those_are_asked(everybody: Everybody) -> None:
    chefsgruppen("nacka")
    plan = sent(everybody)
    assert [one.actor for one in stances(plan)] == ["nacka"]
    with pytest.raises(Refused):
        take(plan, everybody.chief.who, "sodertalje", "agrees")


@pytest.mark.parametrize("stance", [Stance.RESERVATION, Stance.DISAGREES])
def test_a_reservation_and_a_no_say_why(everybody: Everybody, client: Client, stance: str) -> None:
    sent(everybody)
    client.force_login(everybody.chief.person)
    answer = client.post(f"/governance/plans/{YEAR}/stances/sodertalje/", {"stance": stance, "text": " "})
    assert answer.status_code == 409
    assert not PlanStance.objects.exists()


def test_a_stance_can_be_changed_and_the_history_keeps_it(everybody: Everybody) -> None:
    plan = sent(everybody)
    chief = everybody.chief.who
    assert take(plan, chief, "sodertalje", "agrees")
    assert not take(plan, chief, "sodertalje", "agrees")
    assert take(plan, chief, "sodertalje", "reservation", "Inte vecka 38.")
    row = PlanStance.objects.get()
    assert (row.stance, len(record.changes(PlanStance, row.pk))) == ("reservation", 2)


def test_sent_again_all_are_asked_anew(everybody: Everybody) -> None:
    plan = sent(everybody)
    take(plan, everybody.chief.who, "sodertalje", "agrees")
    actions.take_back(plan, by=everybody.secretariat.who, reason="Ny budget.")
    with pytest.raises(Refused):
        take(plan, everybody.chief.who, "sodertalje", "agrees")
    actions.send(plan, by=everybody.secretariat.who, reply_by=today())
    found = next(one for one in stances(plan) if one.actor == "sodertalje")
    assert found.earlier and not found.answered
    assert take(plan, everybody.chief.who, "sodertalje", "agrees")
    assert not next(one for one in stances(plan) if one.actor == "sodertalje").earlier


def a_meeting() -> tuple[Meeting, MeetingDecision]:
    """A meeting of chefsgruppen with a decision."""
    meeting = Meeting(body_id=chefsgruppen().pk, number="4/2025", starts=now(), ends=now() + timedelta(hours=2))
    record.save(meeting, by=SYSTEM)
    decision = MeetingDecision(meeting_id=meeting.pk, number="4/2025:2", text="Planen beslutas.")
    record.save(decision, by=SYSTEM)
    return meeting, decision


def test_the_decision_is_recorded_with_what_was_said_also_where_all_did_not_agree(
    everybody: Everybody, client: Client
) -> None:
    plan = sent(everybody)
    take(plan, everybody.chief.who, "sodertalje", "disagrees", "Vi har inte råd.")
    meeting, decision = a_meeting()
    client.force_login(everybody.secretariat.person)
    form: dict[str, Any] = {
        "id": plan.pk, "meeting": meeting.pk, "decision": decision.pk, "decided_on": str(today()), "said": SAID
    }  # fmt: skip
    address = f"/governance/plans/{YEAR}/decision/"
    assert client.post(address, form | {"said": ""}).status_code == 422
    assert client.post(address, form | {"decided_on": str(today() + timedelta(days=1))}).status_code == 422
    assert client.post(address, form).status_code == 302
    page = client.get(f"/governance/plans/{YEAR}/stances/").content.decode()
    for text in ("Södertälje instämmer inte.", "4/2025", "Planen beslutas.", "Vi har inte råd."):
        assert text in page
    client.force_login(everybody.outsider.person)
    others = client.get(f"/governance/plans/{YEAR}/stances/").content.decode()
    assert "Södertälje instämmer inte." in others
    assert "Planen beslutas." not in others  # the minutes are not adjusted, and not for them
    found = queries.plan_of(YEAR)
    assert found is not None and (found.state, found.meeting_id) == ("decided", meeting.pk)


def test_a_decision_of_another_meeting_is_refused(everybody: Everybody, client: Client) -> None:
    sent(everybody)
    meeting, decision = a_meeting()
    other = Meeting(body_id=meeting.body_id, starts=now(), ends=now())
    record.save(other, by=SYSTEM)
    client.force_login(everybody.secretariat.person)
    form = {"meeting": other.pk, "decision": decision.pk, "decided_on": str(today()), "said": SAID}
    assert client.post(f"/governance/plans/{YEAR}/decision/", form).status_code == 422


def test_it_is_presented_at_radet_and_closed_when_the_year_is_over(everybody: Everybody) -> None:
    plan = a_plan("decided", year=today().year)
    kansli = everybody.secretariat.who
    plan.presented_on, plan.council_said = today(), "Rådet tackar."
    assert actions.present(plan, by=kansli)
    with pytest.raises(Refused):
        actions.close(plan, by=kansli, reason="Året är slut.")
    old = a_plan("presented", year=today().year - 1)
    assert actions.close(old, by=kansli, reason="Året är slut.")
    with pytest.raises(Refused):
        actions.save_activity(new_in(old), by=kansli)


def new_in(plan: PlanYear) -> Any:
    """An activity that is not saved."""
    row = an_activity(plan, "Sent")
    row.pk = uuid4()
    return row
