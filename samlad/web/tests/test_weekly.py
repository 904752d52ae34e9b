"""The weekly conference runs by itself: it opens with a request, reminds the silent, closes; once each."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from samlad.activation.actions import set_levels, stand_down
from samlad.activation.actions.weekly import open_weekly
from samlad.activation.models import WeeklyException, WeeklyRun, WeeklySchedule
from samlad.activation.queries import calls_for
from samlad.activation.weekly import operation_of
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.models import Notice
from samlad.picture.queries import picture
from samlad.registers.tests.cast import Cast
from samlad.web import weekly
from samlad.web.tests.scene import report

pytestmark = pytest.mark.django_db
WEEK = "2027-W48"
TUESDAY = datetime(2027, 11, 30, 8, 0, tzinfo=UTC)  # 9 in Stockholm: when it opens
WEDNESDAY = TUESDAY + timedelta(hours=28)  # when the silent are reminded
THURSDAY = TUESDAY + timedelta(days=2)  # the conference
OVER = THURSDAY + timedelta(hours=8)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock of the rooms that it goes through: of what is set, a deadline has not passed."""

    def at(moment: datetime) -> None:
        for place in ("samlad.picture.actions.now", "samlad.web.weekly.now", "samlad.notify.actions.now"):
            monkeypatch.setattr(place, lambda: moment)
        weekly.carry_out(moment)

    return at


@pytest.fixture
def schedule(cast: Cast) -> WeeklySchedule:
    """Thursdays at nine."""
    return WeeklySchedule.objects.create(pk=1, at=time(9), phone="08-000 00 00", talk_group="RAPS-1")


def kinds() -> list[str]:
    """The kinds of the entries of the week's operation."""
    return [entry.kind for _number, entry in read.entries(operation_of(WEEK), SYSTEM)]


def test_without_a_schedule_nothing_happens(cast: Cast, clock: Any) -> None:
    for at in (TUESDAY, WEDNESDAY, OVER):
        clock(at)
    assert (Operation.objects.count(), Notice.objects.count(), WeeklyRun.objects.count()) == (0, 0, 0)


def test_a_whole_week(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY - timedelta(minutes=1))
    assert not Operation.objects.exists()
    for _again in range(3):
        clock(TUESDAY)
    operation = operation_of(WEEK)
    state = basics(operation, cast.liaison.who)
    assert (state.title, state.kind, state.exercise) == ("Samverkanskonferens vecka 48", "ordinary", False)
    deadline = picture(operation, SYSTEM).deadline
    assert deadline is not None and deadline.at == THURSDAY - timedelta(hours=1)
    assert "08-000 00 00" in deadline.note and "2027-12-02" in deadline.note
    asked = set(Notice.objects.values_list("person", flat=True))
    assert asked == {
        cast.duty_officer.person.key,
        cast.liaison.person.key,
        cast.rsk.person.key,
        cast.picture_lead.person.key,
    }

    report(cast.liaison.who, operation)
    for _again in range(3):
        clock(WEDNESDAY)
    reminder = [entry for _number, entry in read.entries(operation, SYSTEM) if entry.kind == "activation.reminded"]
    assert [entry.payload.actors for entry in reminder] == [
        ("nacka", "polisregion-stockholm", "lansstyrelsen-stockholm")
    ]
    reminded = Notice.objects.filter(entry=reminder[0].id)
    assert cast.liaison.person.key not in set(reminded.values_list("person", flat=True))
    assert {notice.channel for notice in Notice.objects.all()} == {"email"}

    for _again in range(3):
        clock(OVER)
    assert basics(operation, SYSTEM).closed_at is not None
    assert kinds() == [
        "journal.opened", "picture.deadline_set", "picture.report_filed", "activation.reminded", "journal.closed"
    ]  # fmt: skip
    run = WeeklyRun.objects.get()
    assert (run.opened_at, run.reminded_at, run.closed_at) == (TUESDAY, WEDNESDAY, OVER)


def test_nobody_is_called_to_answer(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY)
    assert calls_for(cast.duty_officer.who) == []


def test_all_have_reported(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY)
    operation = operation_of(WEEK)
    for who in (cast.duty_officer.who, cast.liaison.who, cast.rsk.who):
        report(who, operation)
    before = Notice.objects.count()
    clock(WEDNESDAY)
    assert "activation.reminded" in kinds()  # the police are silent
    assert Notice.objects.count() == before  # and have nobody with a duty role


@pytest.mark.parametrize("late", [timedelta(hours=3), timedelta(hours=30), timedelta(hours=47)])
def test_a_worker_that_was_down_opens_late(cast: Cast, schedule: WeeklySchedule, clock: Any, late: timedelta) -> None:
    clock(TUESDAY + late)
    assert kinds()[:2] == ["journal.opened", "picture.deadline_set"]


def test_one_that_was_down_for_all_of_it_opens_nothing(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY - timedelta(days=1))
    clock(THURSDAY + timedelta(minutes=1))
    assert not Operation.objects.filter(id=operation_of(WEEK)).exists()


def test_never_at_night(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY + timedelta(hours=15))  # midnight
    assert not Operation.objects.exists()
    clock(TUESDAY + timedelta(hours=22))  # seven in the morning
    assert kinds()


def test_a_clock_that_jumps_does_nothing_twice(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    for at in (TUESDAY, WEDNESDAY, TUESDAY, OVER, TUESDAY, WEDNESDAY, OVER + timedelta(weeks=6)):
        clock(at)
    assert (
        kinds().count("journal.opened") == kinds().count("activation.reminded") == kinds().count("journal.closed") == 1
    )


def test_lost_notes_do_nothing_twice(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    """As where a database was restored from a copy of an hour before: the ids tell that it was done."""
    clock(TUESDAY)
    WeeklyRun.objects.all().delete()
    clock(TUESDAY)
    assert (kinds(), WeeklyRun.objects.count()) == (["journal.opened", "picture.deadline_set"], 1)


def test_a_week_without_a_conference(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    WeeklyException.objects.create(week=WEEK, reason="julhelg")
    clock(TUESDAY)
    assert not Operation.objects.exists()


def test_one_that_is_cancelled_after_it_was_opened_is_closed(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY)
    WeeklyException.objects.create(week=WEEK, reason="sjukdom")
    clock(WEDNESDAY)
    assert "sjukdom" in basics(operation_of(WEEK), SYSTEM).closed_reason


def test_one_that_is_moved_gets_a_new_deadline(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY)
    WeeklyException.objects.create(week=WEEK, day=date(2027, 12, 3), at=time(13), reason="krock")
    for _again in range(2):
        clock(TUESDAY + timedelta(hours=1))
    deadline = picture(operation_of(WEEK), SYSTEM).deadline
    assert deadline is not None and deadline.at == datetime(2027, 12, 3, 11, 0, tzinfo=UTC)
    assert kinds().count("picture.deadline_set") == 2
    assert WeeklyRun.objects.get().conference_at == datetime(2027, 12, 3, 12, 0, tzinfo=UTC)


def test_a_pause(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    WeeklySchedule.objects.update(paused=True)
    clock(TUESDAY)
    assert not Operation.objects.exists()


def test_one_that_was_activated_is_closed_by_people(cast: Cast, schedule: WeeklySchedule, clock: Any) -> None:
    clock(TUESDAY)
    operation = operation_of(WEEK)
    set_levels(by=cast.rsk.who, operation=operation, mode="activated", levels=["samordnande"], reason="Det brinner.")
    clock(OVER)
    assert basics(operation, SYSTEM).closed_at is None
    stand_down(by=cast.rsk.who, operation=operation, reason="Över.")
    clock(OVER + timedelta(days=1))
    assert WeeklyRun.objects.get().closed_at is not None


def test_one_failing_week_does_not_stop_another(
    cast: Cast, schedule: WeeklySchedule, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule.opens_days = 14
    schedule.save()
    opened = open_weekly

    def fails(*, operation: UUID, **more: Any) -> Any:
        if operation == operation_of(WEEK):
            raise RuntimeError("nej")
        return opened(operation=operation, **more)

    monkeypatch.setattr(weekly, "open_weekly", fails)
    clock(TUESDAY)
    assert [row.week for row in WeeklyRun.objects.all()] == ["2027-W49"]


def test_the_pump_looks_now_and_then(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[datetime] = []
    monkeypatch.setattr(weekly, "carry_out", looked.append)
    monkeypatch.setattr(weekly, "_looked", {})
    for _turn in range(5):
        weekly.run_weekly()
    assert len(looked) == 1


def test_it_is_the_program_that_writes_for_the_convening_actor(
    cast: Cast, schedule: WeeklySchedule, clock: Any, client_for: Any
) -> None:
    clock(TUESDAY)
    operation = operation_of(WEEK)
    for _number, entry in read.entries(operation, SYSTEM):
        assert (entry.author, entry.actor, entry.role) == (SYSTEM.person, "lansstyrelsen-stockholm", "system")
        page = client_for(cast.rsk).get(reverse("entry", args=[operation, entry.id])).content.decode()
        assert "<dd>Samlad<br>" in page and "Lägesbildsansvarig" not in page.split("<main")[1]
