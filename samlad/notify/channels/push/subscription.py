"""What a browser gives to be reached by, and the push services that it may name."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from samlad.notify.channel_config import Section

SERVICES: Final = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
MICROSOFT: Final = ".notify.windows.com"  # a host for each part of the world


class Keys(msgspec.Struct, frozen=True):
    """What a notice is encrypted for."""

    p256dh: str
    auth: str


class Subscription(msgspec.Struct, frozen=True):
    """What a browser gives to be reached by."""

    endpoint: str
    keys: Keys


def hosts(section: Section, endpoint: str) -> tuple[str, ...]:
    """The hosts that a subscription may lead to."""
    host = urlsplit(endpoint).hostname or ""
    microsoft = (host,) if host.endswith(MICROSOFT) else ()
    return (*SERVICES, *microsoft, *section.hosts)
