"""The ladder in time: clocks that jump, turns that come late, nobody at work; and where its messages lead."""

from datetime import timedelta

import pytest

from samlad.notify import clock
from samlad.notify.clock import shift
from samlad.notify.queries import stalled
from samlad.notify.tests.desk import Room, call
from samlad.notify.tests.desk import room as room
from samlad.notify.tokens import link_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=400)])
def test_when_the_clock_jumps_the_ladder_goes_on_in_seconds(
    room: Room, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    call(room, "nacka", until=room.at + timedelta(minutes=30))
    room.work()
    room.at += jump
    monkeypatch.setattr(clock, "now", lambda: room.at)
    shift(jump)
    room.later(59)
    assert not room.got("voice")
    room.later(1)
    assert room.got("voice") == ["ett"] and "tva" not in room.got("sms")
    room.later(240)
    assert "tva" in room.got("sms")


def test_a_turn_that_comes_late_takes_every_step_in_order_and_none_twice(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"], ["tre"])
    call(room, "nacka")
    room.later(3600)  # the worker was away
    for _turn in range(20):
        room.later(60)
    assert room.got("sms") == ["ett", "tre", "tva"] == room.got("voice") == room.got("email")


def test_it_is_seen_when_no_process_calls(room: Room) -> None:
    room.actor("nacka", ["ett"])
    began = room.at
    call(room, "nacka")
    assert stalled(room.at) is None
    room.at += timedelta(minutes=2)
    assert stalled(room.at) == began
    room.work()
    assert stalled(room.at) is None


def test_where_a_message_leads() -> None:
    answered = "Video: https://video.example/x\nSvara: https://samlad.example/a/1Z.abc-_0 eller JA 1234"
    assert link_in(answered) == "https://samlad.example/a/1Z.abc-_0"
    assert (
        link_in("Bedöm: https://samlad.example/operations/x/assessment/")
        == "https://samlad.example/operations/x/assessment/"
    )
    assert link_in("Det är över.") == ""
