"""The ways out to people: a folder for each channel, and what the sender needs to know of them.

`gateway(name).connect()` gives a connection, one for each thread; its `send` raises `faults.NoServer` and `NotTaken`.
"""

from django.conf import settings

from samlad.notify.channels.email.gateway import Email
from samlad.notify.channels.messages import CHANNELS as CHANNELS
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
    return Email() if name == "email" else None


def in_use() -> tuple[str, ...]:
    """The channels that messages can go out on, in the order of CHANNELS."""
    return tuple(name for name in CHANNELS if gateway(name) is not None)
