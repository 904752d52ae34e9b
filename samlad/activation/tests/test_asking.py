"""The alarm goes to those who assess it, in the transaction of its entry; where there is nobody, to everybody."""

import json
from datetime import timedelta
from typing import Any

import pytest

from samlad.activation import asking
from samlad.activation.actions import join, tell_calling, trigger
from samlad.activation.assessing_fold import Assessing
from samlad.activation.calling_out import assessing
from samlad.activation.models import LadderTimes
from samlad.activation.queries import activation
from samlad.activation.tests.scene import BOARD, alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.queries import basics
from samlad.notify import ladder
from samlad.notify.call_models import Alert, Call, Recipient
from samlad.notify.clock import shift
from samlad.notify.models import Notice
from samlad.registers.models import Seat
from samlad.registers.tests.cast import Cast, make_member


def asked(cast: Cast) -> set[str]:
    """The names of those who have been called."""
    names = {member.person.key: name for name, member in cast.members().items()}
    return {names.get(key, key) for key in Recipient.objects.values_list("person", flat=True)}


def test_rsk_and_the_convening_duty_officer_are_called_and_nobody_else(cast: Cast) -> None:
    officer = make_member("tib.lst", "TiB Länsstyrelsen", BOARD, "tib")
    alarm(cast)
    ladder.climb()
    alert = Alert.objects.get()
    assert (alert.purpose, alert.answerable, alert.exercise) == ("assess", False, False)
    assert asked(cast) == {"rsk", officer.person.key}
    assert alert.pk == StoredEntry.objects.get(kind="activation.raised").entry_id


def test_the_text_says_what_where_and_where_to_assess(cast: Cast, settings: Any) -> None:
    settings.SAMLAD_URL = "https://samlad.example"
    operation = alarm(cast, what="Rök & <eld>", where="Nacka strand")
    ladder.climb()
    notice = Notice.objects.get(channel="email")
    assert notice.subject == "Bedöm: Rök & <eld>, Nacka strand"
    for text in ("Nacka har larmat.", "Vad: Rök & <eld>", "Inga andra har kallats ännu."):
        assert text in notice.body
    assert f"https://samlad.example/operations/{operation}/assessment/" in notice.body
    short = Alert.objects.get().short
    assert short.startswith("Bedöm: Rök & <eld>, Nacka strand. Larm från Nacka.") and "/assessment/" in short


def test_an_exercise_is_marked(cast: Cast) -> None:
    alarm(cast, kind="exercise")
    ladder.climb()
    assert Alert.objects.get().exercise
    assert all(one.subject.startswith("ÖVNING") for one in Notice.objects.all())


def test_what_is_replayed_calls_nobody(cast: Cast) -> None:
    alarm(cast, replayed=True)
    assert not Alert.objects.exists()


def test_where_nobody_can_assess_everybody_is_called_at_once(cast: Cast) -> None:
    Seat.objects.filter(role="rsk").delete()
    operation = alarm(cast)
    alert = Alert.objects.get()
    assert (alert.purpose, alert.answerable) == ("call_out", True)
    assert {call.actor for call in Call.objects.all()} == set(activation_participants(cast, operation))
    called = assessing(operation, cast.duty_officer.who).calls[0]
    assert (called.id, called.purpose) == (alert.pk, "call_out")
    ladder.climb()
    assert asked(cast) == {"duty_officer", "liaison", "picture_lead"}


def activation_participants(cast: Cast, operation: Any) -> list[str]:
    """The codes of those who take part."""
    return list(basics(operation, cast.duty_officer.who).participants)


def test_it_goes_again_and_then_to_the_deputies_and_the_journal_says_so(cast: Cast) -> None:
    LadderTimes.objects.create(operation_kind="disturbance", assess_again=120, assess_deputy=240)
    deputy = make_member("rsk.ersattare", "RSK ersättare", BOARD, "rsk", deputy=True)
    operation = alarm(cast)
    climb()
    assert asked(cast) == {"rsk"}
    shift(timedelta(seconds=-121))
    climb()
    shift(timedelta(seconds=-121))
    climb()
    assert asked(cast) == {"rsk", deputy.person.key}
    assert [to for _at, to in state(cast, operation).asked_again] == ["again", "deputies"]
    entries = StoredEntry.objects.filter(kind="activation.assessment_asked").order_by("seq")
    assert [json.loads(one.payload or "")["minutes"] for one in entries] == [2, 4]
    close(cast, operation)
    shift(timedelta(hours=-1))
    climb()
    assert len(state(cast, operation).asked_again) == 2


def climb() -> None:
    """Take every step that is due, and tell of it twice: told once."""
    while ladder.climb():
        pass
    tell_calling()
    tell_calling()


def state(cast: Cast, operation: Any) -> Assessing:
    """The state of the assessment."""
    return assessing(operation, cast.rsk.who)


def test_at_standing_down_nothing_waits_any_more(cast: Cast) -> None:
    operation = alarm(cast)
    ladder.climb()
    close(cast, operation)
    assert not Call.objects.filter(alert__purpose="assess", next_at__isnull=False).exists()
    assert not Notice.objects.filter(entry=Alert.objects.get(purpose="assess").pk, sent_at=None, given_up_at=None)


class Killed(BaseException):
    """The process is no more."""


@pytest.mark.parametrize("where", ["ask", "append"])
def test_killed_between_entry_and_alert_leaves_neither(cast: Cast, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    real = getattr(trigger, where)

    def killed(*args: Any, **options: Any) -> Any:
        real(*args, **options)
        raise Killed

    monkeypatch.setattr(trigger, where, killed)
    with pytest.raises(Killed):
        alarm(cast)
    assert not (Operation.objects.exists() or StoredEntry.objects.exists() or Alert.objects.exists())
    monkeypatch.setattr(trigger, where, real)
    alarm(cast)
    assert Alert.objects.count() == 1


def test_the_same_press_again_is_the_same_alert(cast: Cast) -> None:
    id = new_id()
    assert alarm(cast, operation=id) == alarm(cast, operation=id) == id
    assert Alert.objects.count() == 1


def test_who_joins_is_reached(cast: Cast) -> None:
    operation, id = alarm(cast), new_id()
    for _press in range(2):
        join(by=cast.liaison.who, operation=operation, what="Snö", where="Södertälje", id=id)
    found = activation(operation, cast.rsk.who)
    assert found.reached_at("sodertalje") is not None and found.reached_at("polisregion-stockholm") is None
    assert [one.what for one in state(cast, operation).joined] == ["Snö"]
    close(cast, operation)
    with pytest.raises(Refused):
        join(by=cast.liaison.who, operation=operation, what="Snö", where="Södertälje", id=new_id())


def test_long_texts_are_clipped_in_the_short_one_only(cast: Cast) -> None:
    assert asking.clip("a" * 101) == "a" * 97 + "..."
    alarm(cast, what="x" * 3000)
    alert = Alert.objects.get()
    assert "x" * 3000 in alert.text and len(alert.short) < 400 and len(alert.subject) < 250


def test_it_means_something_for_some_hours(cast: Cast) -> None:
    alarm(cast)
    left = Alert.objects.get().until - now()
    assert timedelta(hours=5) < left <= timedelta(hours=6)
