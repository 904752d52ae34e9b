"""Test alarms as they happen: once, in time or not at all, never beside what is live, and closed with a result."""

from datetime import UTC, datetime, timedelta

import pytest

from samlad.activation.tests.scene import alarm, close
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.learning import drill_runs
from samlad.learning.drill_queries import called, next_of
from samlad.learning.models import Drill, DrillPlan
from samlad.learning.tests.drill_scene import DUE, Clock, answer, one_drill, plan
from samlad.learning.tests.drill_scene import clock as clock
from samlad.notify import sender
from samlad.notify.models import Alert, Call, Notice
from samlad.registers.models import ActorVersion
from samlad.registers.tests.cast import Cast, make_member

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


def test_it_begins_when_it_is_due_and_once(clock: Clock, cast: Cast) -> None:
    plan()
    clock.run(DUE - timedelta(seconds=1))
    assert not Drill.objects.exists()
    for seconds in (0, 1, 60):
        clock.run(DUE + timedelta(seconds=seconds))
    drill, operation, alert = Drill.objects.get(), Operation.objects.get(), Alert.objects.get()
    assert (drill.state, drill.pk, drill.title) == ("running", operation.pk, "Larmprov november 2026")
    assert operation.exercise and alert.exercise and alert.purpose == "drill" and alert.until == DUE + HALF_AN_HOUR
    assert "by_hand" not in [step for _seconds, step in alert.ladder]
    entries = [entry for _number, entry in read.entries(operation.pk, SYSTEM)]
    assert [entry.kind for entry in entries] == ["journal.opened", "activation.called_out"]
    call = entries[1].payload
    assert call.purpose == "drill" and entries[1].id == alert.pk and len(call.options) == 1
    assert set(call.actors) == set(basics(operation.pk, SYSTEM).participants) and "övning" in call.text
    clock.run(DUE + timedelta(days=2))
    assert Drill.objects.get().state == "ended" and not Call.objects.filter(next_at__isnull=False)


def test_it_closes_by_itself_with_a_result(clock: Clock, cast: Cast) -> None:
    drill = one_drill(clock, cast)
    state = basics(drill.pk, SYSTEM)
    asked = len(called(drill.pk).actors)
    assert drill.state == "ended" and state.closed_at == DUE + timedelta(minutes=31)
    assert state.closed_reason == f"2 av {asked} aktörer svarade inom 30 minuter."
    assert {actor: given.role for actor, given in called(drill.pk).given.items()} == {
        "nacka": "tib",
        "sodertalje": "liaison",
    }
    assert Alert.objects.get().closed_at is not None


def test_one_that_somebody_has_stood_down_is_over_and_stops_no_others(clock: Clock, cast: Cast) -> None:
    plan()
    clock.run(DUE)
    close(cast, Drill.objects.get().pk)
    clock.run(DUE + timedelta(minutes=31))
    assert Drill.objects.get().state == "stopped" and not Notice.objects.filter(recipient=None).exists()


def test_an_actors_administrators_are_told_how_it_went(clock: Clock, cast: Cast) -> None:
    make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    make_member("admin.polis", "Administratör Polisen", "polisregion-stockholm", "actor_administrator")
    drill = one_drill(clock, cast)
    told = {notice.actor: notice for notice in Notice.objects.filter(recipient=None)}
    assert set(told) == {"nacka", "polisregion-stockholm"} and all(notice.exercise for notice in told.values())
    assert told["nacka"].subject == "ÖVNING – Larmprov november 2026: Nacka svarade efter 3,0 min"
    assert "svarade inte" in told["polisregion-stockholm"].subject
    assert "/drills/actors/nacka/" in told["nacka"].body and "/registers/gaps/" in told["nacka"].body
    assert all(notice.operation == drill.pk and notice.state == "queued" for notice in told.values())


def test_what_they_are_told_is_sent_though_it_is_closed(clock: Clock, cast: Cast) -> None:
    make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    one_drill(clock, cast)
    told = Notice.objects.get(recipient=None)
    assert sender.no_longer_wanted([told], clock.at) == {}
    told.queued_at = DUE
    assert sender.no_longer_wanted([told], clock.at) == {told.pk: "closed"}


def test_hours_late_it_does_not_ring_and_says_so(clock: Clock, cast: Cast) -> None:
    plan()
    clock.run(DUE + timedelta(hours=11))
    clock.run(DUE + timedelta(hours=12))
    assert (Drill.objects.get().state, Drill.objects.get().why) == ("skipped", "late")
    assert not Operation.objects.exists() and not Alert.objects.exists()
    clock.run(datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert [drill.state for drill in Drill.objects.order_by("due_at")] == ["skipped", "running"]


def test_a_restart_of_some_minutes_does_no_harm(clock: Clock, cast: Cast) -> None:
    plan()
    clock.run(DUE + timedelta(minutes=15))
    assert Drill.objects.get().closes_at == DUE + timedelta(minutes=45)


def test_a_clock_set_back_begins_nothing_twice(clock: Clock, cast: Cast) -> None:
    one_drill(clock, cast)
    clock.run(DUE - timedelta(hours=1))
    clock.run(DUE)
    assert Drill.objects.get().state == "ended" and Operation.objects.count() == 1


def test_a_clock_that_jumps_does_not_shorten_the_time_to_answer(
    clock: Clock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan()
    clock.run(DUE)
    monkeypatch.setattr(drill_runs._watchful, "jump", lambda: timedelta(hours=1))
    clock.run(DUE + timedelta(hours=1, minutes=1))
    assert Drill.objects.get().state == "running"


def test_what_was_before_the_plan_was_made_is_not_made_up_for(clock: Clock, cast: Cast) -> None:
    plan(since=DUE + timedelta(minutes=1))
    clock.run(DUE + timedelta(minutes=2))
    assert not Drill.objects.exists()


def test_paused_it_does_nothing(clock: Clock, cast: Cast) -> None:
    paused = plan(paused=True)
    clock.run(DUE)
    assert not Drill.objects.exists() and next_of(paused, DUE) is None


def test_it_waits_a_week_while_a_live_operation_is_activated(clock: Clock, cast: Cast) -> None:
    live = alarm(cast)
    waiting = plan()
    clock.run(DUE)
    drill = Drill.objects.get()
    assert (drill.state, drill.why, drill.due_at) == ("postponed", "live", DUE + timedelta(days=7))
    assert next_of(waiting, DUE) == drill.due_at
    close(cast, live)
    clock.run(DUE + timedelta(days=6))
    assert Drill.objects.get().state == "postponed"
    clock.run(DUE + timedelta(days=7))
    assert Drill.objects.get().state == "running" and Alert.objects.filter(purpose="drill").count() == 1


def test_paused_while_it_waits_it_does_not_begin(clock: Clock, cast: Cast) -> None:
    live, waiting = alarm(cast), plan()
    clock.run(DUE)
    close(cast, live)
    DrillPlan.objects.filter(pk=waiting.pk).update(paused=True)
    clock.run(DUE + timedelta(days=7))
    assert Drill.objects.get().state == "postponed"


def test_month_after_month_of_live_operations_it_gives_the_month_up(clock: Clock, cast: Cast) -> None:
    alarm(cast)
    plan()
    for week in range(4):
        clock.run(DUE + timedelta(days=7 * week))
    assert (Drill.objects.get().state, Drill.objects.get().why) == ("skipped", "live")


def test_exercises_and_ordinary_operations_do_not_hold_it_up(clock: Clock, cast: Cast) -> None:
    alarm(cast, kind="exercise")
    alarm(cast, kind="ordinary", what="Veckokonferens")
    plan()
    clock.run(DUE)
    assert Drill.objects.get().state == "running"


def test_it_is_broken_off_when_something_happens_in_earnest(clock: Clock, cast: Cast) -> None:
    plan()
    clock.run(DUE)
    alarm(cast)
    clock.run(DUE + timedelta(minutes=2))
    drill = Drill.objects.get()
    assert (drill.state, drill.why) == ("stopped", "live") and "avbr" in basics(drill.pk, SYSTEM).closed_reason.lower()
    assert Alert.objects.get(purpose="drill").closed_at is not None
    clock.run(DUE + timedelta(minutes=40))
    assert Drill.objects.get().state == "stopped"


def test_one_actor_and_only_those_on_call(clock: Clock, cast: Cast) -> None:
    plan(actors=["nacka", "ingen-part"], roles=["tib"], whole_ladder=False)
    clock.run(DUE)
    alert = Alert.objects.get()
    assert (
        alert.ladder == [[0, "first"]]
        and alert.roles == ["tib"]
        and [call.actor for call in alert.calls.all()] == ["nacka"]
    )
    assert "lansstyrelsen-stockholm" in basics(alert.operation, SYSTEM).observers


def test_actors_that_are_no_parties_any_more_are_not_called(clock: Clock, cast: Cast) -> None:
    plan(actors=["nacka"])
    ActorVersion.objects.filter(actor="nacka").update(valid_to=DUE.date())
    clock.run(DUE)
    assert (Drill.objects.get().state, Drill.objects.get().why) == ("skipped", "nobody")


def test_two_plans_at_the_same_time_wait_for_each_other(clock: Clock, cast: Cast) -> None:
    plan(answer_within=10)
    plan(answer_within=10, title="Natt")
    clock.run(DUE)
    assert Drill.objects.count() == 1
    clock.run(DUE + timedelta(minutes=11))
    assert sorted(Drill.objects.values_list("state", flat=True)) == ["ended", "running"]


def now(cast: Cast, **told: object) -> Drill:
    """The secretariat starts one."""
    office = make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat").who
    wanted = {"by": office, "id": new_id(), "title": "Larmprov", "actors": [], "roles": [], "answer_within": 10}
    return drill_runs.begin_now(**(wanted | {"whole": True} | told))  # type: ignore[arg-type]


def test_at_once_and_again_is_the_same(clock: Clock, cast: Cast) -> None:
    id = new_id()
    first = now(cast, id=id)
    assert (
        drill_runs.begin_now(
            by=cast.administrator.who, id=id, title="x", actors=[], roles=[], answer_within=5, whole=True
        ).pk
        == first.pk
    )
    answer(first, cast.duty_officer)
    assert Operation.objects.count() == 1 and "nacka" in called(id).given


def test_at_once_not_beside_another_nor_what_is_live(clock: Clock, cast: Cast) -> None:
    live = alarm(cast)
    with pytest.raises(Refused):
        now(cast)
    close(cast, live)
    DrillPlan.objects.all().delete()
    plan()
    clock.run(DUE)
    make_member("kansli2", "Kansliet", "lansstyrelsen-stockholm", "secretariat")
    with pytest.raises(Refused):
        drill_runs.begin_now(
            by=cast.rsk.who, id=new_id(), title="Larmprov", actors=[], roles=[], answer_within=10, whole=True
        )
    assert Drill.objects.count() == 1
