"""Calls by 46elks and Twilio, against a real server that plays them; and what they hand over when a key is pressed."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from samlad.notify.channel_config import Section
from samlad.notify.channels import Outgoing
from samlad.notify.channels.arriving import NotTrusted
from samlad.notify.channels.faults import NoServer
from samlad.notify.channels.voice import incoming
from samlad.notify.tests.gateway_house import House
from samlad.notify.tests.test_channel_sms import SECRET, configured
from samlad.notify.tests.test_incoming import twilio_signature

ELKS = Section(
    "voice",
    provider="46elks",
    user="u1",
    secret=SECRET,
    sender="+46701740699",
    sound="https://samlad.example/larm.mp3",
    sound_exercise="https://samlad.example/ovning.mp3",
    sound_test="https://samlad.example/test.mp3",
)
TWILIO = Section("voice", provider="twilio", user="AC" + "a" * 32, secret=SECRET, sender="+46701740699")
TEXT = Outgoing("entry:person:voice", "voice", "+46701740605", "Larm", 'Larm: snö & "is" <nu>. Tryck 1.', False)


@pytest.fixture
def house() -> Iterator[House]:
    """Where all gateways are."""
    with House() as house:
        yield house


def test_46elks_plays_the_sound_and_asks_us_about_the_key(house: House, settings: Any) -> None:
    assert configured(settings, ELKS, url=house.url).send(TEXT) == "s" + "7" * 32
    (asked,) = house.asked
    assert asked.path == "/a1/calls" and asked.form["to"] == "+46701740605"
    menu = json.loads(asked.form["voice_start"])
    assert menu["ivr"] == "https://samlad.example/larm.mp3" and menu["digits"] == 1
    assert menu["next"].startswith(settings.SAMLAD_URL)
    path = menu["next"].removeprefix(settings.SAMLAD_URL)
    got = incoming.read({"callid": "c1", "to": "+46701740605", "result": "1"}, {}, path)
    assert (got.call, got.key, got.sender, got.id) == ("entry:person:voice", "1", "+46701740605", "c1")
    for silence in ("failed", "", "12"):
        assert not incoming.read({"callid": "c1", "result": silence}, {}, path).key


def test_46elks_plays_no_alarm_in_a_test(house: House, settings: Any) -> None:
    configured(settings, ELKS, url=house.url).send(
        Outgoing("way-test:7", "voice", "+46701740605", "Test", "Test", False)
    )
    assert json.loads(house.asked[0].form["voice_start"])["ivr"] == "https://samlad.example/test.mp3"


def test_46elks_plays_another_sound_in_an_exercise(house: House, settings: Any) -> None:
    drill = Outgoing("key", "voice", "+46701740605", "ÖVNING", "ÖVNING", True)
    configured(settings, ELKS, url=house.url).send(drill)
    assert json.loads(house.asked[0].form["voice_start"])["ivr"] == "https://samlad.example/ovning.mp3"


def test_twilio_reads_the_text_and_asks_us_about_the_key(house: House, settings: Any) -> None:
    assert configured(settings, TWILIO, url=house.url).send(TEXT) == "SM" + "7" * 32
    (asked,) = house.asked
    assert asked.path == f"/2010-04-01/Accounts/{TWILIO.user}/Calls.json"
    gather = ElementTree.fromstring(asked.form["Twiml"])[0]
    assert gather[0].text == TEXT.body and gather[0].get("language") == "sv-SE"
    address = str(gather.get("action")).removeprefix(settings.SAMLAD_URL)
    data = {"CallSid": "CA1", "To": "+46701740605", "Digits": "2"}
    signed = {"X-Twilio-Signature": twilio_signature(settings.SAMLAD_URL + address, data)}
    got = incoming.read(data, signed, address)
    assert (got.call, got.key, got.sender, got.id) == ("entry:person:voice", "2", "+46701740605", "CA1")
    with pytest.raises(NotTrusted):
        incoming.read({**data, "Digits": "1"}, signed, address)
    with pytest.raises(NotTrusted):
        incoming.read(data, {}, address)


def test_a_key_for_another_call_is_not_believed(house: House, settings: Any) -> None:
    configured(settings, ELKS, url=house.url).send(TEXT)
    path = urlsplit(json.loads(house.asked[0].form["voice_start"])["next"]).path
    for address in (path, f"{path}?call=other:person:voice", f"{path}?call=other:person:voice:abc"):
        with pytest.raises(NotTrusted):
            incoming.read({"callid": "c1", "result": "1"}, {}, address)


@pytest.mark.parametrize("section", [ELKS, TWILIO], ids=["46elks", "twilio"])
def test_a_gateway_that_hangs_or_talks_nonsense(house: House, settings: Any, section: Section) -> None:
    house.always(200, "<html>")
    with pytest.raises(NoServer) as raised:
        configured(settings, section, url=house.url).send(TEXT)
    assert raised.value.trouble == "other"
    house.hangs = True
    with pytest.raises(NoServer) as raised:
        configured(settings, section, url=house.url, seconds=0.2).send(TEXT)
    assert raised.value.trouble == "timeout"
