"""An alarm by a signed message: taken once, only from whom it says, and never lost for what it lacks."""

import json
from typing import Any

import pytest
from django.test import Client

from samlad.activation import alarm_in
from samlad.activation.alarm_senders import BadSenders, senders, signature
from samlad.activation.queries import activation
from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.call_models import Alert
from samlad.registers.models import Area
from samlad.registers.tests.cast import Cast

KEY = "ab" * 32
SENDERS = f'[sos-alarm]\nactor = "polisregion-stockholm"\nname = "SOS Alarm"\nkey = "{KEY}"\n'


@pytest.fixture(autouse=True)
def known(settings: Any) -> None:
    """One sender, and nobody has sent anything yet."""
    settings.ALARM_SENDERS = SENDERS
    alarm_in.REFUSED.forget()
    alarm_in.TAKEN.forget()


def send(body: bytes | dict[str, Any], *, late: int = 0, key: str = KEY, **headers: str) -> Any:
    """Send a message as the sender would."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    at = str(int(now().timestamp()) - late)
    signed = {
        "X-Samlad-Sender": "sos-alarm",
        "X-Samlad-Timestamp": at,
        "X-Samlad-Signature": "sha256=" + signature(bytes.fromhex(key), at, data),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True).post("/in/alarm/", data, content_type="application/json", headers=signed)


def test_a_signed_message_raises_the_alarm_once(cast: Cast) -> None:
    first = send({"id": "1", "what": "Rök i tunnelbanan", "where": "Slussen"})
    again = send({"id": "1", "what": "Rök i tunnelbanan", "where": "Slussen"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    row = Operation.objects.get()
    assert basics(row.id, SYSTEM).title == "Rök i tunnelbanan, Slussen" and not row.exercise
    trigger = activation(row.id, cast.rsk.who).trigger
    assert trigger and (trigger.actor, trigger.role) == ("polisregion-stockholm", "")
    assert Alert.objects.get().purpose == "assess"
    assert StoredEntry.objects.filter(author="gateway:sos-alarm").count() == 2


@pytest.mark.parametrize(
    ("body", "what", "where"),
    [
        (b"Brand i Nacka", "Brand i Nacka", "Nacka"),
        (b"{}", "Larm utan text", "okänt"),
        (b"[1, 2", "[1, 2", "okänt"),
        (b"\xff\xfe", "\ufffd\ufffd", "okänt"),
        ({"what": ["x"], "where": None}, "Larm utan text", "okänt"),
        ({"what": "a\x00b\ud800", "id": 7}, "a b", "okänt"),
        ({"what": "brand", "id": "\ud800"}, "brand", "okänt"),
        ({"what": "Brand", "where": " Nacka\n strand "}, "Brand", "Nacka strand"),
    ],
)
def test_what_is_missing_stops_nothing(cast: Cast, body: Any, what: str, where: str) -> None:
    Area.objects.create(code="0182", name="Nacka", kind="municipality")
    assert send(body).status_code == 201
    trigger = activation(Operation.objects.get().id, cast.rsk.who).trigger
    assert trigger and (trigger.what, trigger.where) == (what, where)


@pytest.mark.parametrize(
    "changes",
    [
        {"late": 301},
        {"late": -301},
        {"key": "cd" * 32},
        {"X_Samlad_Sender": "someone"},
        {"X_Samlad_Sender": ""},
        {"X_Samlad_Timestamp": "1"},
        {"X_Samlad_Timestamp": "soon"},
        {"X_Samlad_Signature": ""},
        {"X_Samlad_Signature": "sha256=å"},
    ],
)
def test_what_is_not_theirs_or_not_of_now_is_not_taken(cast: Cast, changes: Any) -> None:
    answer = send({"id": "1", "what": "Brand"}, **changes)
    assert (answer.status_code, answer.json()) == (401, {"error": "not trusted"})
    assert not Operation.objects.exists()


def test_without_senders_nobody_is_trusted(cast: Cast, settings: Any) -> None:
    for text in ("", "not toml", '[sos-alarm]\nactor="x"\nkey="ab"'):
        settings.ALARM_SENDERS = text
        assert send({"what": "Brand"}).status_code == 401
    with pytest.raises(BadSenders) as bad:
        senders('[sos-alarm]\nactor="x"\nkey="abcd"')
    assert "abcd" not in str(bad.value)


def test_too_large_and_too_many_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(b"x" * 17_000).status_code == 413
    monkeypatch.setattr(alarm_in.TAKEN, "most", 2)
    answers = [send({"id": str(number), "what": f"Larm {number}"}).status_code for number in range(3)]
    assert answers == [201, 201, 429]
    assert send({"id": "1", "what": "Larm 1"}).status_code == 200  # what was taken is still answered


def test_classified_text_is_refused(cast: Cast) -> None:
    assert send({"what": "HEMLIG/SECRET enligt säkerhetsskyddslagen"}).status_code == 422
    assert not Operation.objects.exists()


def test_exercises_are_exercises_and_a_demo_has_nothing_else(cast: Cast, settings: Any) -> None:
    send({"id": "1", "what": "Övning", "exercise": True})
    settings.DEMO = True
    send({"id": "2", "what": "Brand"})
    assert [row.exercise for row in Operation.objects.all()] == [True, True]
    assert not Alert.objects.filter(exercise=False).exists()


def test_it_is_told_who_raised_it(cast: Cast) -> None:
    send({"id": "1", "what": "Brand", "where": "Nacka"})
    (_, entry), *_more = read.entries(Operation.objects.get().id, cast.rsk.who)
    assert (entry.author, entry.actor) == ("gateway:sos-alarm", "polisregion-stockholm")


def test_the_same_bytes_without_an_id_are_the_same_alarm(cast: Cast) -> None:
    at = str(int(now().timestamp()))
    body = b"Brand"
    headers = {
        "X-Samlad-Sender": "sos-alarm",
        "X-Samlad-Timestamp": at,
        "X-Samlad-Signature": signature(bytes.fromhex(KEY), at, body),
    }
    answers = {Client().post("/in/alarm/", body, content_type="text/plain", headers=headers).content for _ in range(2)}
    assert len(answers) == 1
    assert Operation.objects.count() == 1
