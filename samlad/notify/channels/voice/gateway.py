"""Calls by 46elks and Twilio: a text is read, or a sound is played, and a key answers."""

import json
from base64 import b64encode
from html import escape
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from samlad.base.outside import NotFetched
from samlad.notify.channel_config import Section
from samlad.notify.channels.arriving import CALLS
from samlad.notify.channels.lent import plugin, sent
from samlad.notify.channels.line import Line
from samlad.notify.channels.messages import TEST, Outgoing
from samlad.notify.channels.providers import line, reference
from samlad.notify.channels.stateless import Stateless

VOICES = {"sv": "sv-SE", "en": "en-GB"}


def gateway(section: Section) -> Stateless:
    """The operator's gateway for calls."""
    to = line(section)
    call = by_46elks if section.provider == "46elks" else by_twilio

    def send(outgoing: Outgoing) -> str:
        return call(section, to, outgoing)

    return Stateless(section, section.provider, send)


def by_46elks(section: Section, to: Line, outgoing: Outgoing) -> str:
    """46elks reads no Swedish: it plays the operator's sound, others in an exercise and a test, and waits for a key."""
    test = outgoing.key.startswith(TEST)
    heard = section.sound_test if test else section.sound_exercise if outgoing.exercise else section.sound
    menu = {"ivr": heard, "digits": 1, "timeout": 10, "repeat": 3, "next": answered_at(outgoing)}
    form = {"from": section.sender, "to": outgoing.address, "voice_start": json.dumps(menu), "timeout": "40"}
    headers = {
        "Authorization": "Basic " + b64encode(f"{section.user}:{section.secret}".encode()).decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        answer = to.ask("POST", f"{section.url}/a1/calls", body=urlencode(form).encode(), headers=headers)
    except NotFetched as error:
        raise to.fault(error) from error
    return reference(section, to, to.checked(answer))


def by_twilio(section: Section, to: Line, outgoing: Outgoing) -> str:
    """Twilio reads the text, twice, and waits for a key."""
    caller = plugin(
        {
            "schema": "twilio",
            "account_sid": section.user,
            "auth_token": section.secret,
            "source": section.sender,
            "targets": [outgoing.address],
            "method": "call",
        }
    )
    return reference(section, to, sent(caller, to, spoken(outgoing)))


def spoken(outgoing: Outgoing) -> str:
    """What Twilio is to say and do, in its own XML."""
    voice = VOICES.get(outgoing.language, VOICES["sv"])
    return (
        f'<Response><Gather input="dtmf" numDigits="1" timeout="10" action="{escape(answered_at(outgoing))}">'
        f'<Say language="{voice}" loop="2">{escape(outgoing.body)}</Say></Gather></Response>'
    )


def answered_at(outgoing: Outgoing) -> str:
    """The address a gateway asks when a key has been pressed: it says, signed, which message that answers."""
    return f"{settings.SAMLAD_URL}{reverse('voice_answer')}?{urlencode({'call': CALLS.sign(outgoing.key)})}"
