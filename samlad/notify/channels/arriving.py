"""What people send back by a gateway: an SMS, a key pressed in a call. Nothing is believed without its proof."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1
from hmac import compare_digest, digest
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import msgspec
from django.conf import settings
from django.core.signing import BadSignature, Signer

from samlad.base.clock import now
from samlad.notify.channel_config import Section
from samlad.notify.channels.phone_numbers import number_of

SIGNATURE: Final = "x-twilio-signature"
CALLS: Final = Signer(salt="samlad.notify.channels.voice")


class Incoming(msgspec.Struct, frozen=True):
    """What came in: from which number (E.164 where it is one), the text of an SMS or the key pressed in a call.

    `at`: when it was received here, UTC. `id`: the gateway's own, the same when it asks again; for a key it is the
    call's, and so what `send` returned. `call`: the key of the message that was answered, where it was brought back.
    """

    sender: str
    text: str
    key: str
    at: datetime
    id: str
    call: str = ""


class NotTrusted(Exception):
    """It does not come from the operator's gateway, or the channel is not configured."""


def section_of(channel: str) -> Section:
    """What the operator says of a channel. Raises NotTrusted where nothing."""
    section: Section | None = settings.CHANNELS.sections.get(channel)
    if section is None or settings.DEMO:
        raise NotTrusted(channel)
    return section


def takes_replies() -> bool:
    """Whether an SMS can be answered by SMS: the gateway hands answers over, with a proof."""
    section: Section | None = settings.CHANNELS.sections.get("sms")
    return section is not None and not settings.DEMO and (section.provider == "twilio" or bool(section.incoming_secret))


def check_twilio(section: Section, data: Mapping[str, str], headers: Mapping[str, str], address: str) -> None:
    """Check Twilio's signature: over the address as Twilio asked for it, and what it sent. Raises NotTrusted."""
    told = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE, "")
    signed = settings.SAMLAD_URL + address + "".join(name + data[name] for name in sorted(data))
    # SHA-1 is what Twilio signs with; a keyed hash does not suffer from SHA-1's weakness.
    meant = b64encode(digest(section.secret.encode(), signed.encode(), sha1)).decode()
    if not compare_digest(told.encode(), meant.encode()):
        raise NotTrusted("signature")


def check_secret(section: Section, address: str) -> None:
    """Check the secret in the address, of a gateway that signs nothing. Raises NotTrusted."""
    told = dict(parse_qsl(urlsplit(address).query)).get("secret", "")
    if not section.incoming_secret or not compare_digest(told.encode(), section.incoming_secret.encode()):
        raise NotTrusted("secret")


def call_of(address: str) -> str:
    """The key of the message that a call was about, from the address that we gave the gateway. Raises NotTrusted."""
    told = dict(parse_qsl(urlsplit(address).query)).get("call", "")
    try:
        return CALLS.unsign(told)
    except BadSignature as error:
        raise NotTrusted("call") from error


def arrived(*, sender: str, id: str, text: str = "", key: str = "", call: str = "") -> Incoming:
    """What came in, cut to sensible lengths."""
    return Incoming(number_of(sender) or sender[:60], text[:2000], key[:20], now(), id[:100], call)
