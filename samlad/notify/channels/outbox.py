"""Where nothing leaves the house: in a demo, and for e-mail without a mail server. The outbox page shows what would."""

from typing import Final

from samlad.notify.channels.messages import Outgoing

NAME: Final = "outbox"


class Outbox:
    """A gateway that takes everything and keeps it here."""

    name = NAME
    exercises = True
    at_once = 8

    def connect(self) -> "Kept":
        """Nothing to connect to."""
        return Kept()


class Kept:
    """A connection to nowhere."""

    def send(self, outgoing: Outgoing) -> str:
        """Nothing but say so."""
        return ""

    def close(self) -> None:
        """Nothing to close."""


OUTBOX: Final = Outbox()
