"""Who is asked, what may be recorded, and how a dispatch is summed up."""

from datetime import date, timedelta
from typing import Any

import pytest

from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.adoption import actions
from samlad.governance.adoption.actions import addressed
from samlad.governance.adoption.queries import asked, standing, waiting_for
from samlad.governance.models import AdoptionDecision, VersionStep
from samlad.governance.tests.adoption_scene import decide, make_dispatch, make_party, receiver_of
from samlad.registers.models import ActorVersion
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, make_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Everybody:
    return make_everybody()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def test_sent_to_the_parties_of_that_day_at_their_registrars_address(cast: Everybody) -> None:
    make_party("ny", "Nykomlingen", days_ago(30))
    dispatch = make_dispatch()
    found = standing(dispatch.pk)
    assert set(found) == {"nacka", "sodertalje", "lansstyrelsen-stockholm", "polisregion-stockholm"}
    assert found["nacka"].receiver.emails == "registrator.nacka@nacka.example"
    assert found["nacka"].receiver.function == "Registrator" and found["sodertalje"].receiver.emails == ""
    assert [step.status for step in record.rows(VersionStep, version_id=dispatch.version_id)] == ["out"]
    actions.save_receiver(addressed(dispatch, "ny", days_ago(10)), by=cast.secretariat.who)
    assert "ny" in standing(dispatch.pk)
    with pytest.raises(Refused):
        actions.save_receiver(addressed(dispatch, "utomstaende", today()), by=cast.secretariat.who)


def test_only_those_who_speak_for_the_actor_record_for_it(cast: Everybody) -> None:
    nacka = receiver_of(make_dispatch(), "nacka")
    for member in (cast.registrar, cast.actor_administrator, cast.secretariat):
        decide(nacka, "referred_back", days_ago(9), by=member.who)
    for member in (cast.chief, cast.duty_officer, cast.rsk, cast.administrator):
        with pytest.raises(Refused):
            decide(nacka, "adopted", days_ago(8), by=member.who)
    told = sorted(AdoptionDecision.objects.values_list("on_behalf", flat=True))
    assert told == [False, False, True], "the secretariat's is from a letter, and says so"


@pytest.mark.parametrize(
    ("outcome", "days", "fields", "field"),
    [
        ("adopted_with_condition", 5, {}, "condition"),
        ("adopted_with_condition", 5, {"condition": "  "}, "condition"),
        ("adopted", 5, {"condition": "Utvärderas"}, "outcome"),
        ("adopted", -1, {}, "decided_on"),
        ("adopted", 101, {}, "decided_on"),
        ("adopted", 5, {"prepared_on": 4}, "prepared_on"),
        ("adopted", 5, {"adjusted_on": 6}, "adjusted_on"),
        ("adopted", 5, {"final_on": -1}, "final_on"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    cast: Everybody, outcome: str, days: int, fields: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {
        name: days_ago(value) if isinstance(value, int) else value for name, value in fields.items()
    }
    with pytest.raises(Refused) as refused:
        decide(receiver_of(make_dispatch(), "nacka"), outcome, days_ago(days), **given)
    assert refused.value.field == field and AdoptionDecision.objects.count() == 0


def test_sums_and_what_is_late(cast: Everybody) -> None:
    make_party("brand", "Brandkåren", date(2014, 4, 1))
    dispatch = make_dispatch(ago=100, left=-10)
    ActorVersion.objects.filter(actor="brand").update(valid_to=days_ago(20), why_ended="Gick upp i SSBF")
    decide(receiver_of(dispatch, "nacka"), "adopted", days_ago(60))
    decide(receiver_of(dispatch, "sodertalje"), "adopted_with_condition", days_ago(20), condition="Ett år.")
    decide(receiver_of(dispatch, "polisregion-stockholm"), "filed", days_ago(30))
    (found,) = asked()
    sums = found.sums
    assert (sums.of, sums.adopted, sums.with_condition, sums.other, sums.waiting, sums.late) == (4, 2, 1, 1, 1, 1)
    assert sums.median == 70 and sums.last == days_ago(20) and not sums.all_in
    gone = standing(dispatch.pk)["brand"]
    assert gone.ended == "Gick upp i SSBF" and not gone.waits and gone.stage == "gone"
    assert [one.actor.code for _about, one in waiting_for("lansstyrelsen-stockholm")] == ["lansstyrelsen-stockholm"]
    assert waiting_for("nacka") == [] and waiting_for("brand") == []


def test_a_dispatch_made_by_mistake_is_taken_back_but_not_once_decided(cast: Everybody) -> None:
    first, second = make_dispatch(), make_dispatch()
    decide(receiver_of(second, "nacka"), "referred_back", days_ago(3))
    assert actions.take_back_receiver(receiver_of(first, "nacka"), by=cast.secretariat.who, reason="Fel")
    assert actions.take_back_dispatch(first, by=cast.secretariat.who, reason="Fel dokument")
    assert not record.rows(VersionStep, version_id=first.version_id) and len(asked()) == 1
    with pytest.raises(Refused):
        actions.take_back_dispatch(second, by=cast.secretariat.who, reason="Fel dokument")
    assert set(standing(second.pk)) == {"nacka", "sodertalje", "lansstyrelsen-stockholm", "polisregion-stockholm"}


def test_a_planned_meeting_that_has_been_says_so(cast: Everybody) -> None:
    dispatch = make_dispatch()
    nacka = receiver_of(dispatch, "nacka")
    nacka.planned_on = today()
    actions.save_plans(nacka, by=cast.registrar.who)
    assert standing(dispatch.pk)["nacka"].stage == "planned"
    nacka.planned_on = days_ago(1)
    actions.save_plans(nacka, by=cast.registrar.who)
    assert standing(dispatch.pk)["nacka"].stage == "met"


def test_before_the_reply_date_nothing_is_late(cast: Everybody) -> None:
    dispatch = make_dispatch(left=1)
    assert not any(one.late for one in standing(dispatch.pk).values())


def test_a_correction_leaves_history_and_a_removal_needs_a_reason(cast: Everybody) -> None:
    nacka = receiver_of(make_dispatch(), "nacka")
    made = decide(nacka, "adopted", days_ago(9), by=cast.registrar.who)
    made.paragraph = "91"
    assert actions.decide(made, by=cast.registrar.who, reason="Skrivfel")
    assert [change.reason for change in record.changes(AdoptionDecision, made.pk)] == ["Skrivfel", ""]
    with pytest.raises(Refused):
        actions.take_back(made, by=cast.registrar.who, reason=" ")
    assert actions.take_back(made, by=cast.registrar.who, reason="Fel utskick")
    assert AdoptionDecision.objects.count() == 0 and len(record.changes(AdoptionDecision, made.pk)) == 3
