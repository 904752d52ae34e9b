"""The call-out: one notice for each person, queued once whatever happens to the worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from samlad.activation import followers
from samlad.activation.followers import CALL_OUT
from samlad.activation.tests.scene import alarm, close
from samlad.base.clock import now
from samlad.journal.followers import Worker
from samlad.journal.models import FollowerPosition
from samlad.notify.actions import queue_notices
from samlad.notify.models import Notice
from samlad.registers.models import Seat
from samlad.registers.tests.cast import Cast, make_member


def work() -> None:
    """One turn of a fresh worker, as after a restart."""
    Worker([CALL_OUT], []).turn()


def test_one_notice_for_each_person(cast: Cast) -> None:
    Seat.objects.create(person=cast.rsk.person, actor_id="nacka", role="tib", valid_from="2020-01-01")
    operation = alarm(cast)
    work()
    notices = Notice.objects.filter(operation=operation)
    called = [cast.duty_officer, cast.rsk, cast.liaison, cast.picture_lead]
    assert sorted(notice.person for notice in notices) == sorted(member.person.key for member in called)
    work()
    assert notices.count() == 4


def test_the_text_says_who_what_where_and_what_is_asked(cast: Cast, settings: Any) -> None:
    settings.SAMLAD_URL = "https://samlad.example"
    operation = alarm(cast, what="Rök & <eld>", where="Nacka\u2028strand")
    work()
    notice = Notice.objects.get(person=cast.liaison.person.key)
    assert notice.subject == "Larm: Rök & <eld>, Nacka strand" and notice.address == cast.liaison.person.email
    for text in (
        "Nacka kommun har larmat.",
        "Vad: Rök & <eld>",
        "Svara nu med ett klick",
        f"https://samlad.example/operations/{operation}/acknowledgements/",
        "Du svarar för Södertälje kommun.",
    ):
        assert text in notice.body
    assert not notice.exercise and "ÖVNING" not in notice.subject + notice.body


def test_an_exercise_is_marked_first(cast: Cast) -> None:
    alarm(cast, kind="exercise")
    work()
    for notice in Notice.objects.all():
        assert notice.exercise and notice.subject.startswith("ÖVNING – Larm: ") and notice.body.startswith("ÖVNING")


def test_nobody_is_called_to_what_was_replayed_or_is_over(cast: Cast) -> None:
    alarm(cast, replayed=True)
    close(cast, alarm(cast))
    work()
    assert not Notice.objects.exists()


def test_an_alarm_from_long_ago_calls_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    alarm(cast)
    monkeypatch.setattr(followers, "now", lambda: now() + timedelta(hours=7))
    work()
    assert not Notice.objects.exists()


def test_an_actor_without_anybody_holds_up_nobody(cast: Cast) -> None:
    alarm(cast)  # Polisen has no duty seat in the cast
    work()
    assert not Notice.objects.filter(actor="polisregion-stockholm").exists() and Notice.objects.count() == 4


def test_somebody_without_an_address_is_seen_as_not_called(cast: Cast) -> None:
    member = make_member("tib.polisen", "TiB Polisen", "polisregion-stockholm", "tib")
    member.person.email = ""
    member.person.save()
    alarm(cast)
    work()
    assert Notice.objects.get(person=member.person.key).state == "failed"


class Killed(BaseException):
    """The worker's process is no more."""


def test_a_worker_killed_half_way_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    alarm(cast)
    real = queue_notices

    def half(drafts: Any) -> None:
        real(list(drafts)[:2])
        raise Killed

    monkeypatch.setattr(followers, "queue_notices", half)
    with pytest.raises(Killed), transaction.atomic():
        work()
    assert not Notice.objects.exists()
    monkeypatch.setattr(followers, "queue_notices", real)
    work()
    assert Notice.objects.count() == 4


def test_even_a_lost_position_calls_nobody_twice(cast: Cast) -> None:
    alarm(cast)
    work()
    FollowerPosition.objects.all().delete()
    work()
    assert Notice.objects.count() == 4


def test_each_alarm_is_a_call_of_its_own(cast: Cast) -> None:
    operations = {alarm(cast), alarm(cast, what="Storm")}
    work()
    assert set(Notice.objects.values_list("operation", flat=True)) == operations
