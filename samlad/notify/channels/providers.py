"""46elks and Twilio: what their SMS and their calls have in common."""

from typing import Final

from samlad.base.outside import Fetched
from samlad.notify.channel_config import BASES, Section
from samlad.notify.channels.line import Line

REFERENCES: Final = {"46elks": "id", "twilio": "sid"}
"""What a gateway calls the number it gives each message or call."""


def line(section: Section) -> Line:
    """The line to the operator's gateway; its own address may be another than the provider's."""
    base = BASES.get(section.provider, "")
    through = ((base, section.url),) if base and section.url != base else ()
    hosts = section.hosts or ((base.partition("//")[2],) if base else ())
    secrets = (section.secret, section.user)
    return Line(hosts=hosts, through=through, seconds=section.seconds, secrets=secrets, shared=True)


def reference(section: Section, line: Line, answer: Fetched) -> str:
    """The gateway's own reference. Raises NoServer when the answer is not this gateway's."""
    name = REFERENCES.get(section.provider)
    if name is None:
        return ""
    try:
        told = answer.json()
    except ValueError as error:
        raise line.not_understood(answer) from error
    if not isinstance(told, dict) or not isinstance(told.get(name), str):
        raise line.not_understood(answer)
    return str(told[name])[:100]
