"""The ways out to people: a folder for each channel, and what the sender needs to know of them.

`gateway(name).connect()` gives a connection, one for each thread; its `send` raises `faults.NoServer` and `NotTaken`.
"""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from samlad.notify.channel_config import CHANNELS as CHANNELS
from samlad.notify.channel_config import Section
from samlad.notify.channels.email.gateway import Email
from samlad.notify.channels.messages import Connection as Connection
from samlad.notify.channels.messages import Gateway as Gateway
from samlad.notify.channels.messages import Outgoing as Outgoing
from samlad.notify.channels.outbox import OUTBOX


def gateway(name: str) -> Gateway | None:
    """Where a channel's messages are handed over; None where the channel is not configured.

    In a demo every channel goes to the outbox, and so does e-mail without a mail server. Raises KeyError for a name
    that is no channel's.
    """
    if name not in CHANNELS:
        raise KeyError(name)
    if settings.DEMO or (name == "email" and not settings.EMAIL_HOST):
        return OUTBOX
    section: Section | None = settings.CHANNELS.sections.get(name)
    if name == "email":
        # Without a section e-mail is used in exercises too, marked, as it was before there were other channels.
        return Email(section or Section("email", exercises=True))
    return _built(section) if section is not None else None


def in_use() -> tuple[str, ...]:
    """The channels that messages can go out on, in the order of CHANNELS."""
    return tuple(name for name in CHANNELS if gateway(name) is not None)


def leave_the_house() -> bool:
    """Whether any channel's messages do: not in a demo, nor without a mail server and other gateways."""
    return any(gateway(name) is not OUTBOX for name in in_use())


@lru_cache(maxsize=32)
def _built(section: Section) -> Gateway:
    """One gateway for all threads: they share its pace.

    By name: a library for a channel that nobody has configured is not loaded.
    """
    built: Gateway = import_string(f"samlad.notify.channels.{section.channel}.gateway.gateway")(section)
    return built
