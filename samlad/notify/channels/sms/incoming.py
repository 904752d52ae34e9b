"""An SMS that somebody sent to us, as the gateway hands it over."""

from collections.abc import Mapping

from samlad.notify.channels.arriving import Incoming, arrived, check_secret, check_twilio, section_of


def read(data: Mapping[str, str], headers: Mapping[str, str], address: str) -> Incoming:
    """Read what a gateway posted: the form's fields, the headers, and the address it asked for (path and query).

    Raises arriving.NotTrusted where Twilio's signature is wrong, or with another gateway the secret in the address.
    """
    section = section_of("sms")
    if section.provider == "twilio":
        check_twilio(section, data, headers, address)
        return arrived(sender=data.get("From", ""), id=data.get("MessageSid", ""), text=data.get("Body", ""))
    check_secret(section, address)
    return arrived(sender=data.get("from", ""), id=data.get("id", ""), text=data.get("message", ""))
