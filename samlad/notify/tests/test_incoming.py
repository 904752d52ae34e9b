"""An SMS that comes in by a gateway: believed only with its proof."""

from base64 import b64encode
from hashlib import sha1
from hmac import digest
from typing import Any

import pytest

from samlad.notify.channel_config import Channels, Section
from samlad.notify.channels.arriving import NotTrusted
from samlad.notify.channels.sms.incoming import read
from samlad.notify.tests.test_channel_sms import ELKS, SECRET, TWILIO

AT = "/answers/sms/?secret=open-sesame"
FROM_46ELKS = {"id": "s1", "from": "+46701740605", "to": "+46701740699", "message": "Ja, berörd"}
FROM_TWILIO = {"MessageSid": "SM1", "From": "+46701740605", "To": "+46701740699", "Body": "Ja, berörd å"}


def twilio_signature(address: str, data: dict[str, str]) -> str:
    """What Twilio signs with the account's token."""
    signed = address + "".join(name + value for name, value in sorted(data.items()))
    return b64encode(digest(SECRET.encode(), signed.encode(), sha1)).decode()


def configured(settings: Any, section: Section | None) -> None:
    """What the operator says of SMS."""
    settings.CHANNELS = Channels({"sms": section} if section else {})


def test_46elks_by_the_secret_in_the_address(settings: Any) -> None:
    configured(settings, Section("sms", provider="46elks", incoming_secret="open-sesame"))
    got = read(FROM_46ELKS, {}, AT)
    assert (got.sender, got.text, got.id, got.key) == ("+46701740605", "Ja, berörd", "s1", "")
    for address in ("/answers/sms/", "/answers/sms/?secret=", "/answers/sms/?secret=open-sesam"):
        with pytest.raises(NotTrusted):
            read(FROM_46ELKS, {}, address)


def test_without_a_secret_nothing_is_believed(settings: Any) -> None:
    configured(settings, ELKS)
    for address in ("/answers/sms/", "/answers/sms/?secret=", AT):
        with pytest.raises(NotTrusted):
            read(FROM_46ELKS, {}, address)


def test_twilio_by_its_signature(settings: Any) -> None:
    configured(settings, TWILIO)
    address = "/answers/sms/?x=1"
    signed = {"x-twilio-signature": twilio_signature(settings.SAMLAD_URL + address, FROM_TWILIO)}
    got = read(FROM_TWILIO, signed, address)
    assert (got.sender, got.text, got.id) == ("+46701740605", "Ja, berörd å", "SM1")
    for data, headers, where in (
        ({**FROM_TWILIO, "Body": "Nej"}, signed, address),
        (FROM_TWILIO, {}, address),
        (FROM_TWILIO, signed, "/answers/sms/?x=2"),
    ):
        with pytest.raises(NotTrusted):
            read(data, headers, where)


def test_a_channel_that_is_not_configured_and_a_demo(settings: Any) -> None:
    configured(settings, None)
    with pytest.raises(NotTrusted):
        read(FROM_46ELKS, {}, AT)
    configured(settings, Section("sms", provider="46elks", incoming_secret="open-sesame"))
    settings.DEMO = True
    with pytest.raises(NotTrusted):
        read(FROM_46ELKS, {}, AT)


def test_an_alphanumeric_sender_and_a_long_text(settings: Any) -> None:
    configured(settings, Section("sms", provider="46elks", incoming_secret="open-sesame"))
    got = read({"from": "SOSAlarm", "message": "x" * 9000}, {}, AT)
    assert got.sender == "SOSAlarm" and len(got.text) == 2000
