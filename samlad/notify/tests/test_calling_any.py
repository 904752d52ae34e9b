"""Whatever happens in whatever order: nobody is left out, and nobody gets the same text twice without a reason."""

from collections import Counter
from contextlib import suppress
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.notify import alerts, sender
from samlad.notify.models import Alert, Notice
from samlad.notify.queries import LEASE
from samlad.notify.sender import claim, send_due
from samlad.notify.tests.desk import Room, call

pytestmark = pytest.mark.django_db

ACTORS = ("nacka", "solna", "salem")
CHANNELS = ("sms", "voice", "email")


class Killed(BaseException):
    """The process is no more."""


def killed_before_sending(room: Room) -> None:
    """Claimed, and then nothing."""
    claim(16, dict.fromkeys(CHANNELS, 4))


def killed_before_noting(room: Room) -> None:
    """Handed over, and then nothing."""

    def note(*_outcomes: object) -> None:
        raise Killed

    with patch.object(sender, "note", note), suppress(Killed):
        send_due()


def answered(room: Room) -> None:
    """Nacka answers."""
    for alert in Alert.objects.values_list("pk", flat=True):
        alerts.answered(alert, "nacka")


def down(room: Room) -> None:
    """No SMS leaves."""
    room.desks["sms"].down = True


def up(room: Room) -> None:
    """They do again."""
    room.desks["sms"].down = False


DEEDS = (killed_before_sending, killed_before_noting, answered, down, up)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from((0, 1, 31, 61, 301))), max_size=8))
def test_whatever_happens(deeds: list[tuple[object, int]]) -> None:
    with pytest.MonkeyPatch.context() as patching:
        Alert.objects.all().delete()
        Notice.objects.all().delete()
        room = Room(patching)
        for actor in ACTORS:
            room.actor(actor, [f"{actor} ett"], [f"{actor} tva"])
        call(room, *ACTORS)
        noted_late = 0
        for deed, seconds in deeds:
            noted_late += deed is killed_before_noting
            deed(room)  # type: ignore[operator]
            room.later(seconds)
        room.desks["sms"].down = False
        for _turn in range(8):
            room.later(LEASE.total_seconds() + 210)
        silent = answered not in [deed for deed, _seconds in deeds]
        for channel in CHANNELS:
            got = Counter(room.got(channel))
            for actor in ACTORS if silent else ACTORS[1:]:
                assert {f"{actor} ett", f"{actor} tva"} <= set(got), "somebody was left out"
            assert all(times <= 1 + noted_late for times in got.values()), "the same text twice, without a reason"
        assert not Notice.objects.filter(sent_at=None, given_up_at=None).exists(), "something could still ring"
