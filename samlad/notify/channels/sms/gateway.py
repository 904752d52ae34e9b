"""SMS by 46elks, Twilio, or any other gateway that Apprise knows."""

from samlad.notify.channel_config import Section
from samlad.notify.channels.lent import plugin, sent
from samlad.notify.channels.messages import Outgoing
from samlad.notify.channels.providers import line, reference
from samlad.notify.channels.stateless import Stateless


def gateway(section: Section) -> Stateless:
    """The operator's gateway for SMS."""
    to = line(section)

    def send(outgoing: Outgoing) -> str:
        return reference(section, to, sent(plugin(given(section, outgoing.address)), to, outgoing.body))

    return Stateless(section, section.provider, send)


def given(section: Section, number: str) -> str | dict[str, object]:
    """What Apprise makes its plug-in of. For another gateway the whole of Apprise's URL is the secret."""
    if section.provider == "46elks":
        return {
            "schema": "46elks",
            "user": section.user,
            "password": section.secret,
            "source": section.sender,
            "targets": [number],
        }
    if section.provider == "twilio":
        return {
            "schema": "twilio",
            "account_sid": section.user,
            "auth_token": section.secret,
            "source": section.sender,
            "targets": [number],
        }
    return section.secret.replace("{to}", number)
