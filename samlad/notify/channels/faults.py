"""What can go wrong when a message is handed to a gateway: two kinds, since the sender does different things then."""

from typing import Final

from samlad.notify.models import Trouble

LONGEST: Final = 200  # characters of a gateway's own words


class NoServer(Exception):
    """The gateway can't be used at all just now: others would meet with the same. `detail` in its own words."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail


class NotTaken(Exception):
    """The gateway did not take this one message; `final` when it never will."""

    def __init__(self, trouble: Trouble, detail: str, *, final: bool) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail
        self.final = final


def shortened(words: str, *secrets: str) -> str:
    """A gateway's own words on one line, no longer than LONGEST, with none of the secrets in them."""
    line = " ".join(words.split())
    for secret in filter(None, secrets):
        line = line.replace(secret, "•••")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
