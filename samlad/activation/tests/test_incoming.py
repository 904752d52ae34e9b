"""Answers by SMS and by a key in a call, as gateways bring them, over HTTP."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha1
from hmac import digest
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from samlad.activation import answering_back
from samlad.activation.queries import activation
from samlad.activation.tests.calls import call_out, noted, operation_of, recipient, standing
from samlad.activation.tests.scene import alarm, close
from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.notify import alerts, channels
from samlad.notify.channel_config import Channels, Section
from samlad.notify.channels.arriving import CALLS
from samlad.notify.models import Alert, Notice, Recipient
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

NUMBER, OTHER = "+46701740605", "+46701740606"
ELKS = Section("sms", provider="46elks", user="u", secret="s", sender="Samlad", incoming_secret="mycket hemligt")
TWILIO = Section("sms", provider="twilio", user="AC1", secret="tokig", sender="+46700000000")
VOICE = Section("voice", provider="twilio", user="AC1", secret="tokig", sender="+46700000000")
SOUND = Section(
    "voice", provider="46elks", user="u", secret="s", sender="+46700000000", sound="https://x.example/a.mp3"
)
Reply = Callable[..., str]


@pytest.fixture(autouse=True)
def by_46elks(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The liaison of Södertälje has a telephone; SMS goes by 46elks. What is queued is not sent."""
    settings.CHANNELS = Channels({"sms": ELKS, "voice": VOICE})
    Person.objects.filter(pk=cast.liaison.person.pk).update(phone=NUMBER)
    answering_back.GUESSES.forget()
    usable = channels.gateway("email")
    monkeypatch.setattr(channels, "gateway", lambda name: usable if name in ("sms", "voice", "email") else None)
    yield


def sms(text: str, number: str = NUMBER, id: str = "s1", secret: str = "mycket hemligt") -> tuple[int, str]:
    """What 46elks brings, and what it gets."""
    sent = {"id": id, "from": number, "to": "+46700000000", "message": text, "direction": "incoming"}
    answer = Client(enforce_csrf_checks=True).post("/in/sms/?" + urlencode({"secret": secret}), sent)
    return answer.status_code, answer.content.decode()


def code(call: Any, cast: Cast) -> str:
    """The code that stands in the SMS."""
    return recipient(call, cast.liaison).code


def test_the_message_says_how_to_answer(cast: Cast) -> None:
    call = call_out(cast)
    body = Notice.objects.get(entry=call, channel="sms").body
    assert f"Svara JA, NEJ eller OKLART {code(call, cast)}, eller: " in body and "/a/" in body


def test_yes_and_the_code_is_an_answer(cast: Cast) -> None:
    call = call_out(cast)
    assert sms(f"JA {code(call, cast)}") == (200, "Tack. Södertälje kommun är nådd: Berörd.")
    reply = standing(call, "sodertalje").reply
    assert reply and (reply.way, reply.affected, reply.person) == ("sms", "yes", cast.liaison.person.key)
    assert activation(operation_of(call), cast.rsk.who).reached_at("sodertalje")
    assert not Notice.objects.filter(entry=call, actor="sodertalje", sent_at=None, given_up_at=None).exists()


def test_without_a_code_when_one_call_waits_and_words_are_kept(cast: Cast) -> None:
    call = call_out(cast)
    assert "Ej berörd" in sms("Nej, inget snö här")[1]
    reply = standing(call, "sodertalje").reply
    assert reply and (reply.option, reply.note) == ("not", "Nej, inget snö här")


@pytest.mark.parametrize("words", ["Ja, vi är där kl 1430", "Nej, ring 2018 i stället", "Ja 1430 {code}"])
def test_another_number_of_four_digits_is_no_code_and_stays(cast: Cast, words: str) -> None:
    call = call_out(cast)
    Recipient.objects.filter(code__in=("1430", "2018")).update(code="9999")
    words = words.format(code=code(call, cast))
    assert "är nådd" in sms(words)[1]
    reply = standing(call, "sodertalje").reply
    assert reply and reply.note == words.removesuffix(" " + code(call, cast))


def test_the_code_of_somebody_else_is_no_answer(cast: Cast) -> None:
    call = call_out(cast)
    assert "tillfrågades inte" in sms(f"JA {recipient(call, cast.duty_officer).code}")[1]
    assert standing(call, "sodertalje").reply is None and standing(call, "nacka").reply is None


def test_when_several_calls_wait_the_code_is_asked_for(cast: Cast) -> None:
    first = call_out(cast)
    second = call_out(cast, alarm(cast, what="Brand"), subject="Brand")
    status, text = sms("ja")
    assert status == 200 and code(first, cast) in text and code(second, cast) in text
    assert standing(first, "sodertalje").reply is None
    sms(f"ja {code(second, cast)}", id="s2")
    assert standing(second, "sodertalje").reply and standing(first, "sodertalje").reply is None


def test_the_same_message_brought_twice_is_one_answer(cast: Cast) -> None:
    call = call_out(cast)
    assert sms(f"nej {code(call, cast)}") == sms(f"nej {code(call, cast)}")
    assert not noted(call)


def test_the_same_said_again_is_noted_and_another_answer_replaces(cast: Cast) -> None:
    call = call_out(cast)
    sms(f"nej {code(call, cast)}")
    assert "hade redan svarat så" in sms(f"nej {code(call, cast)}", id="s2")[1] and noted(call) == [("again", "sms")]
    sms(f"oklart {code(call, cast)}", id="s3")
    reply = standing(call, "sodertalje").reply
    assert reply and reply.option == "unclear"


def test_garbage_is_told_once_and_entered(cast: Cast) -> None:
    call = call_out(cast)
    assert f"JA, NEJ eller OKLART och koden {code(call, cast)}" in sms("va?")[1]
    assert sms("vem är det här", id="s2") == (200, "")
    assert noted(call) == [("garbled", "sms")] * 2
    kinds = frozenset({"activation.answer_noted"})
    assert len(read.entries(operation_of(call), cast.rsk.who, kinds=kinds)) == 2  # who called
    assert not read.entries(operation_of(call), cast.duty_officer.who, kinds=kinds)  # of another actor
    for number in range(9):
        sms(f"prat {number}", id=f"x{number}")
    assert len(noted(call)) == answering_back.GARBLED
    assert "är nådd" in sms("ja", id="s9")[1]


def test_a_code_from_another_number_is_no_answer(cast: Cast) -> None:
    call = call_out(cast)
    assert "tillfrågades inte" in sms(f"ja {code(call, cast)}", number=OTHER)[1]
    assert standing(call, "sodertalje").reply is None and noted(call) == [("other_person", "sms")]
    assert sms("hej", number=OTHER, id="s2") == (200, "")


def test_who_guesses_codes_hears_nothing_more(cast: Cast) -> None:
    call = call_out(cast)
    for number in range(answering_back.GUESSES.most):
        sms("ja 0000", number=OTHER, id=f"g{number}")
    assert sms(f"ja {code(call, cast)}", number=OTHER, id="last") == (200, "")


def test_too_late_withdrawn_and_over_are_said(cast: Cast) -> None:
    call = call_out(cast)
    asks = f"ja {code(call, cast)}"
    Alert.objects.filter(pk=call).update(until=now() - timedelta(seconds=1))
    assert "Svarstiden är ute" in sms(asks)[1]
    alerts.withdraw(call)
    assert "tillbakadragen" in sms(asks, id="s2")[1]
    close(cast, operation_of(call))
    assert "avslutad" in sms(asks, id="s3")[1]
    assert noted(call) == [("late", "sms"), ("withdrawn", "sms"), ("closed", "sms")]
    assert standing(call, "sodertalje").reply is None


def test_in_an_exercise_what_is_said_back_says_so(cast: Cast) -> None:
    call = call_out(cast, exercise=True)
    assert sms(f"ja {code(call, cast)}")[1].startswith("ÖVNING: Tack.")


def test_a_text_that_may_not_be_here_does_not_stop_the_answer(cast: Cast) -> None:
    call = call_out(cast)
    sms(f"Ja {code(call, cast)}\nKVALIFICERAT HEMLIG: var vi är.")
    reply = standing(call, "sodertalje").reply
    assert reply and reply.affected == "yes" and not reply.note


@pytest.mark.parametrize("secret", ["", "fel", "MYCKET HEMLIGT"])
def test_without_the_proof_nothing_is_here(cast: Cast, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    call = call_out(cast)
    with caplog.at_level("WARNING", "samlad.security"):
        assert sms(f"ja {code(call, cast)}", secret=secret)[0] == 404
    assert "gateway_refused" in caplog.text and standing(call, "sodertalje").reply is None


def test_larm_from_somebody_on_duty_presses_the_green_button(cast: Cast) -> None:
    before = Operation.objects.count()
    text = sms("LARM Brand i hamnen")[1]
    assert Operation.objects.count() == before + 1 and "Brand i hamnen" in text
    sms("LARM Brand i hamnen")
    assert Operation.objects.count() == before + 1
    sms("LARM hittepå", number=OTHER, id="s2")
    assert Operation.objects.count() == before + 1


def signed(path: str, data: dict[str, str], settings: Any) -> Any:
    """What Twilio posts, with its signature."""
    text = settings.SAMLAD_URL + path + "".join(name + data[name] for name in sorted(data))
    proof = b64encode(digest(b"tokig", text.encode(), sha1)).decode()
    headers: Any = {"HTTP_X_TWILIO_SIGNATURE": proof}
    return Client(enforce_csrf_checks=True).post(path, data, **headers)


def test_larm_with_the_code_of_a_call_answers_it(cast: Cast) -> None:
    call = call_out(cast)
    assert "är nådd" in sms(f"Larm mottaget, ja {code(call, cast)}")[1]
    assert Operation.objects.count() == 1 and standing(call, "sodertalje").reply


def test_an_exercise_that_was_raised_by_sms_is_marked_in_what_is_said_back(cast: Cast) -> None:
    assert sms("LARM ÖVNING brand")[1].startswith("ÖVNING: Samlad: brand")


def test_twilio_is_answered_in_its_own_xml(cast: Cast, settings: Any) -> None:
    call = call_out(cast)
    settings.CHANNELS = Channels({"sms": TWILIO})
    data = {"From": NUMBER, "MessageSid": "SM1", "Body": f"ja {code(call, cast)}"}
    answer = signed("/in/sms/", data, settings)
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert answer.content.decode() == "<Response><Message>Tack. Södertälje kommun är nådd: Berörd.</Message></Response>"


def pressed(call: Any, key: str, settings: Any, turn: str = "", id: str = "CA1") -> Any:
    """A key, as Twilio brings it."""
    notice = voice_notice(call)
    query = {"call": CALLS.sign(notice.key)} | ({"turn": turn} if turn else {})
    return signed("/in/voice/?" + urlencode(query), {"To": NUMBER, "CallSid": id, "Digits": key}, settings)


def voice_notice(call: Any) -> Notice:
    """The call to the liaison's telephone."""
    one = Recipient.objects.select_related("call__alert").get(call__alert=call, call__actor="sodertalje")
    found, _new = Notice.objects.get_or_create(
        key=f"{call.hex}:sodertalje:voice:1", defaults={
            "recipient": one, "operation": operation_of(call), "entry": call, "person": one.person,
            "actor": "sodertalje", "channel": "voice", "address": NUMBER, "subject": "Larm",
            "body": "Konferens. Tryck 1.", "language": "sv",
            "exercise": False, "queued_at": now(), "due_at": now(),
        },
    )  # fmt: skip
    return found


def test_a_key_is_an_answer(cast: Cast, settings: Any) -> None:
    call = call_out(cast)
    answer = pressed(call, "1", settings)
    assert answer.content.decode() == (
        '<Response><Say language="sv-SE">Tack. Södertälje kommun är nådd: Berörd, deltar.</Say><Hangup/></Response>'
    )
    reply = standing(call, "sodertalje").reply
    assert reply and (reply.way, reply.option) == ("voice", "comes")
    pressed(call, "1", settings)
    assert not noted(call)


def test_another_key_is_asked_again_three_times(cast: Cast, settings: Any) -> None:
    call = call_out(cast)
    text = pressed(call, "9", settings).content.decode()
    assert "Den knappen är inget svar." in text and "<Gather" in text and "turn=1" in text and "Tryck 1." in text
    assert "<Gather" not in pressed(call, "9", settings, turn="3").content.decode()
    assert standing(call, "sodertalje").reply is None


def test_46elks_plays_its_sound_again(cast: Cast, settings: Any) -> None:
    call = call_out(cast)
    settings.CHANNELS = Channels({"voice": SOUND})
    path = "/in/voice/?" + urlencode({"call": CALLS.sign(voice_notice(call).key)})
    again = Client().post(path, {"to": NUMBER, "callid": "c1", "result": "7"})
    assert json.loads(again.content)["ivr"] == "https://x.example/a.mp3"
    assert Client().post(path, {"to": NUMBER, "callid": "c1", "result": "3"}).status_code == 204
    reply = standing(call, "sodertalje").reply
    assert reply and reply.option == "not"


def test_a_key_for_a_call_that_we_did_not_make_is_not_believed(cast: Cast, settings: Any) -> None:
    call_out(cast)
    assert signed("/in/voice/?call=x", {"To": NUMBER, "CallSid": "1", "Digits": "1"}, settings).status_code == 404
    assert Client().post("/in/voice/").status_code == 404
    assert Client().get("/in/voice/").status_code == 405
