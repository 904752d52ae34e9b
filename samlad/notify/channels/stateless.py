"""A gateway that is asked anew for each message, over HTTP: what the channels that have one share."""

from collections.abc import Callable

from samlad.notify.channel_config import Section
from samlad.notify.channels.messages import Outgoing
from samlad.notify.channels.pace import Pace


class Stateless:
    """A gateway and its connection in one: nothing is kept open between messages, and threads share the pace."""

    def __init__(self, section: Section, name: str, send: Callable[[Outgoing], str]) -> None:
        self.name = name
        self.exercises = section.exercises
        self.at_once = section.at_once
        self.pace = Pace(section.per_second)
        self.hand_over = send

    def connect(self) -> "Stateless":
        """The gateway itself."""
        return self

    def send(self, outgoing: Outgoing) -> str:
        """Hand one message over, in its turn. Raises NoServer and NotTaken."""
        self.pace.wait()
        return self.hand_over(outgoing)

    def close(self) -> None:
        """Nothing to close."""
