"""Which versions are in force for whom on any day: a decision to adopt equals a signature, actor by actor."""

from datetime import date, timedelta

import pytest

from samlad.governance import record
from samlad.governance.adoption.binding import bound, in_force_for
from samlad.governance.models import VersionPart, VersionStep
from samlad.governance.tests.adoption_scene import decide, make_dispatch, make_party, make_version, receiver_of
from samlad.journal.who import SYSTEM
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, make_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Everybody:
    return make_everybody()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.mark.parametrize("outcome", ["adopted", "adopted_with_condition", "signed"])
def test_a_decision_to_adopt_and_a_signature_bind_from_their_day(cast: Everybody, outcome: str) -> None:
    dispatch = make_dispatch()
    condition = "Utvärderas efter ett år." if outcome == "adopted_with_condition" else ""
    decide(receiver_of(dispatch, "nacka"), outcome, days_ago(40), condition=condition)
    assert bound(dispatch.version_id, today()) == {"nacka": days_ago(40)}
    assert bound(dispatch.version_id, days_ago(40)) == {"nacka": days_ago(40)}
    assert bound(dispatch.version_id, days_ago(41)) == {}


@pytest.mark.parametrize("outcome", ["filed", "referred_back", "declined"])
def test_the_others_do_not_bind(cast: Everybody, outcome: str) -> None:
    dispatch = make_dispatch()
    decide(receiver_of(dispatch, "nacka"), outcome, days_ago(40))
    assert bound(dispatch.version_id, today()) == {}


def test_not_before_the_versions_first_day_and_not_after_its_last(cast: Everybody) -> None:
    version = make_version(valid_from=days_ago(10), valid_to=days_ago(5))
    dispatch = make_dispatch(version)
    decide(receiver_of(dispatch, "nacka"), "adopted", days_ago(40))
    assert [bool(bound(version.pk, days_ago(days))) for days in (11, 10, 5, 4)] == [False, True, True, False]
    assert bound(version.pk, days_ago(6)) == {"nacka": days_ago(10)}


def test_referred_back_and_then_adopted(cast: Everybody) -> None:
    dispatch = make_dispatch()
    nacka = receiver_of(dispatch, "nacka")
    decide(nacka, "referred_back", days_ago(60))
    decide(nacka, "adopted", days_ago(20))
    assert bound(dispatch.version_id, days_ago(30)) == {}
    assert bound(dispatch.version_id, today()) == {"nacka": days_ago(20)}


def test_signed_and_then_laid_to_the_file_stays_bound_and_a_refusal_ends_it(cast: Everybody) -> None:
    dispatch = make_dispatch()
    nacka = receiver_of(dispatch, "nacka")
    decide(nacka, "signed", days_ago(60))
    decide(nacka, "filed", days_ago(40))
    assert bound(dispatch.version_id, today()) == {"nacka": days_ago(60)}
    decide(nacka, "declined", days_ago(20))
    assert bound(dispatch.version_id, days_ago(21)) and not bound(dispatch.version_id, days_ago(20))


def test_an_older_version_holds_until_the_actor_itself_has_adopted_the_new(cast: Everybody) -> None:
    old = make_version()
    new = make_version("2.0", old.document)
    first, second = make_dispatch(old, ago=400, left=1), make_dispatch(new)
    for actor in ("nacka", "sodertalje"):
        decide(receiver_of(first, actor), "adopted", days_ago(300))
    decide(receiver_of(second, "nacka"), "adopted", days_ago(30))
    assert [one.version.number for one in in_force_for("nacka", today())] == ["2.0"]
    assert [one.version.number for one in in_force_for("nacka", days_ago(31))] == ["1.0"]
    assert [one.version.number for one in in_force_for("sodertalje", today())] == ["1.0"]


def test_attachments_come_with_the_whole_and_all_ends_when_it_is_withdrawn(cast: Everybody) -> None:
    whole, part = make_version(), make_version("0.9")
    record.save(VersionPart(whole=whole, part=part), by=SYSTEM, new=True)
    decide(receiver_of(make_dispatch(whole), "nacka"), "adopted", days_ago(30))
    found = in_force_for("nacka", today())
    assert [(one.version.number, bool(one.with_the_whole)) for one in found] == [("1.0", False), ("0.9", True)]
    record.save(VersionStep(version=whole, status="withdrawn", on=days_ago(3)), by=SYSTEM, new=True)
    assert len(in_force_for("nacka", days_ago(4))) == 2 and in_force_for("nacka", days_ago(3)) == []


def test_nobody_is_bound_after_it_has_left(cast: Everybody) -> None:
    make_party("brand", "Brandkåren", date(2014, 4, 1), days_ago(10), "Gick upp i ett annat förbund")
    dispatch = make_dispatch()
    decide(receiver_of(dispatch, "brand"), "adopted", days_ago(50))
    assert "brand" in bound(dispatch.version_id, days_ago(11))
    assert "brand" not in bound(dispatch.version_id, days_ago(10)) and in_force_for("brand", today()) == []


def test_what_was_not_recorded_by_a_day_is_not_known_that_day(cast: Everybody) -> None:
    dispatch = make_dispatch()
    decide(receiver_of(dispatch, "nacka"), "adopted", days_ago(40))
    assert bound(dispatch.version_id, today(), on=days_ago(1)) == {}
    assert bound(dispatch.version_id, today(), on=today()) == {"nacka": days_ago(40)}
