"""A key that somebody pressed in a call from us, as the gateway hands it over."""

from collections.abc import Mapping
from typing import Final

from samlad.notify.channels.arriving import Incoming, arrived, call_of, check_twilio, section_of

KEYS: Final = "0123456789*#"


def read(data: Mapping[str, str], headers: Mapping[str, str], address: str) -> Incoming:
    """Read what a gateway posted: the form's fields, the headers, and the address it asked for (path and query).

    The address is the one we gave it with the call, signed; Twilio signs as well. Raises arriving.NotTrusted.
    """
    section = section_of("voice")
    call = call_of(address)
    if section.provider == "twilio":
        check_twilio(section, data, headers, address)
        return arrived(
            sender=data.get("To", ""), id=data.get("CallSid", ""), key=pressed(data.get("Digits", "")), call=call
        )
    return arrived(sender=data.get("to", ""), id=data.get("callid", ""), key=pressed(data.get("result", "")), call=call)


def pressed(told: str) -> str:
    """The key, of what a gateway says there was: "" when none was pressed, which 46elks tells with a word."""
    return told if told in KEYS and len(told) == 1 else ""
