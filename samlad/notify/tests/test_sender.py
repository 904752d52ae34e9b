"""The sender, against a real mail server that takes, refuses, hangs and hangs up."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal.models import Operation
from samlad.notify import outcomes, sender
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.notify.channels.email.gateway import message_id
from samlad.notify.models import EXPIRES, Notice
from samlad.notify.outcomes import PAUSES
from samlad.notify.queries import LEASE
from samlad.notify.sender import claim, send_due
from samlad.notify.tests.post_office import PostOffice

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A mail server that the settings point at."""
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.DEFAULT_FROM_EMAIL = "Samlad <samlad@samlad.example>"
        yield office


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """A clock that the test moves."""
    clock = Clock()
    monkeypatch.setattr(sender, "now", lambda: clock.at)
    monkeypatch.setattr(outcomes, "now", lambda: clock.at)
    return clock


class Clock:
    """What time the sender thinks it is."""

    def __init__(self) -> None:
        self.at: datetime = now() + timedelta(seconds=1)

    def after(self, pause: timedelta) -> None:
        """Let time pass."""
        self.at += pause


def queued(*names: str, exercise: bool = False) -> list[Notice]:
    """Notices to persons with these names."""
    operation, entry = new_id(), new_id()
    drafts = [
        NoticeDraft(
            operation,
            entry,
            name,
            "nacka",
            f"{name}@nacka.example",
            "Larm: snö, Åkersberga",
            "Vad: snö\n.\nVar: Å",
            exercise,
        )
        for name in names
    ]
    queue_notices(drafts)
    return [Notice.objects.get(key=draft.key) for draft in drafts]


def states() -> list[str]:
    """How it stands with all notices, in the order they were queued."""
    return [notice.state for notice in Notice.objects.order_by("id")]


def test_the_letters_come_whole_and_once(office: PostOffice, clock: Clock) -> None:
    queued("ett", "tva")
    send_due()
    send_due()
    assert {address for address, _letter in office.letters} == {"ett@nacka.example", "tva@nacka.example"}
    assert len(office.letters) == 2 and office.connections <= 2 and states() == ["sent", "sent"]
    letter = office.letters[0][1]
    assert letter["Subject"] == "Larm: snö, Åkersberga" and letter["From"] == "Samlad <samlad@samlad.example>"
    assert letter.get_content().splitlines() == ["Vad: snö", ".", "Var: Å"]
    assert letter["Auto-Submitted"] == "auto-generated"


def test_an_exercise_says_so_first(office: PostOffice, clock: Clock) -> None:
    queued("ett", exercise=True)
    send_due()
    letter = office.letters[0][1]
    assert letter["Subject"].startswith("ÖVNING – ") and letter.get_content().startswith("ÖVNING")


def test_a_demo_sends_nothing(office: PostOffice, clock: Clock, settings: Any) -> None:
    settings.DEMO = True
    queued("ett")
    send_due()
    assert not office.connections and states() == ["outbox"]


def test_without_a_mail_server_it_stays_in_the_outbox(clock: Clock, settings: Any) -> None:
    assert settings.EMAIL_HOST == ""
    queued("ett")
    send_due()
    assert states() == ["outbox"]


def test_an_address_that_does_not_exist_fails_for_good_and_holds_up_nobody(office: PostOffice, clock: Clock) -> None:
    office.answers["ett@nacka.example"] = "550 5.1.1 no such user"
    first, _second = queued("ett", "tva")
    send_due()
    assert states() == ["failed", "sent"]
    first.refresh_from_db()
    assert (first.trouble, first.last_error) == ("recipient", "550 5.1.1 no such user")


def test_not_now_is_tried_again(office: PostOffice, clock: Clock) -> None:
    office.answers["ett@nacka.example"] = "451 4.7.1 greylisted"
    queued("ett", "tva")
    send_due()
    assert states() == ["waiting", "sent"]
    office.answers.clear()
    send_due()  # too early
    assert states() == ["waiting", "sent"]
    clock.after(PAUSES[0])
    send_due()
    assert states() == ["sent", "sent"]
    assert Notice.objects.exclude(trouble="").count() == 0


def test_a_server_that_is_down_is_tried_once_for_all_with_longer_pauses(clock: Clock, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    queued("ett", "tva", "tre")
    for attempt, pause in enumerate(PAUSES, 1):
        send_due()
        assert states() == ["waiting"] * 3
        for notice in Notice.objects.all():
            assert (notice.trouble, notice.attempts, notice.due_at) == ("unreachable", attempt, clock.at + pause)
            assert "refused" in notice.last_error
        clock.after(pause)
    with PostOffice() as office:
        settings.EMAIL_PORT = office.port
        send_due()
        assert states() == ["sent"] * 3 and len(office.letters) == 3


def test_a_server_that_hangs_costs_one_wait_at_a_time(office: PostOffice, clock: Clock, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    office.hangs = True
    queued("ett", "tva", "tre")
    send_due()
    assert office.connections <= 3 and states() == ["waiting"] * 3
    assert {notice.trouble for notice in Notice.objects.all()} == {"timeout"}
    office.hangs = False
    clock.after(PAUSES[0])
    send_due()
    assert states() == ["sent"] * 3


def test_a_server_that_hangs_up_after_some_is_called_again(office: PostOffice, clock: Clock) -> None:
    office.most = 2
    queued("ett", "tva", "tre", "fyra", "fem")
    send_due()
    assert states() == ["sent"] * 5 and len(office.letters) == 5 and office.connections >= 3


class Killed(BaseException):
    """The worker's process is no more."""


def test_killed_before_it_was_noted_the_same_letter_comes_again(
    office: PostOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notice,) = queued("ett")

    def killed(*_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sender, "note", killed)
        send_due()
    send_due()  # somebody may still be at it
    assert len(office.letters) == 1 and states() == ["queued"]
    clock.after(LEASE + timedelta(seconds=1))
    send_due()
    assert len(office.letters) == 2 and states() == ["sent"]
    assert {letter["Message-ID"] for _address, letter in office.letters} == {message_id(notice.key)}


def test_two_senders_do_not_take_the_same(clock: Clock) -> None:
    queued("ett")
    assert claim(8, {"email": 8}) and not claim(8, {"email": 8})


def test_an_answer_that_was_lost_is_tried_again(office: PostOffice, clock: Clock) -> None:
    office.lost = True
    queued("ett")
    send_due()
    assert states() == ["waiting"] and len(office.letters) == 1
    office.lost = False
    clock.after(PAUSES[0])
    send_due()
    assert states() == ["sent"] and len({letter["Message-ID"] for _address, letter in office.letters}) == 1


def test_an_alarm_never_rings_afterwards(office: PostOffice, clock: Clock) -> None:
    queued("ett")
    clock.after(EXPIRES + timedelta(minutes=1))
    send_due()
    assert states() == ["failed"] and not office.letters
    assert Notice.objects.get().trouble == "too_old"


def test_nobody_is_called_to_what_has_been_closed(office: PostOffice, clock: Clock) -> None:
    (notice,) = queued("ett")
    Operation.objects.create(
        id=notice.operation, kind="disturbance", exercise=False, opened_at=clock.at, closed_at=clock.at
    )
    send_due()
    assert states() == ["failed"] and not office.letters
    assert Notice.objects.get().trouble == "closed"


def test_one_that_cannot_be_built_does_not_stop_the_others(
    office: PostOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("ett", "tva")
    Notice.objects.filter(person="ett").update(subject="Larm\nBcc: alla@example.com")
    send_due()
    assert states() == ["waiting", "sent"] and len(office.letters) == 1
    assert Notice.objects.get(person="ett").trouble == "other"
