"""What goes through a channel, and what a channel is: the words that all gateways share."""

from typing import Final, Protocol

import msgspec

TEST: Final = "way-test:"
"""What the key of a message begins with that only tries whether a way works: it must not sound like an alarm."""


class Outgoing(msgspec.Struct, frozen=True):
    """One message on its way. `key` is the same however often it is tried; gateways that can know a copy by it do.

    `body` is short on channels that are (sms, voice, push); `link` leads to where it is answered, and stands in the
    body already where the channel has only text. `language` is that of the text, for a voice that reads it.
    """

    key: str
    channel: str
    address: str
    subject: str
    body: str
    exercise: bool
    link: str = ""
    language: str = "sv"


class Connection(Protocol):
    """A way to a gateway, used by one thread at a time and for many messages."""

    def send(self, outgoing: Outgoing, /) -> str:
        """Hand one message over, in ten seconds at the most. The gateway's own reference, "" where it gives none.

        Raises faults.NoServer and faults.NotTaken.
        """

    def close(self) -> None:
        """Say goodbye. Raises nothing."""


class Gateway(Protocol):
    """Where a channel's messages are handed over.

    `name` is at most 20 letters ("outbox": kept here only). `exercises`: it may be used in an exercise. `at_once`: how
    many connections it stands; the number of messages a second it keeps to by itself.
    """

    @property
    def name(self) -> str: ...

    @property
    def exercises(self) -> bool: ...

    @property
    def at_once(self) -> int: ...

    def connect(self) -> Connection:
        """A connection, opened when it is first used. Raises nothing."""
