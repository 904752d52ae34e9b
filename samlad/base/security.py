"""The security log: one line for each thing that whoever watches over the installation must be able to see afterwards.

The logger is `samlad.security`. Which events there are and what each says stands in docs/security-log.md; one that is
not in EVENTS can't be logged. A line never holds a password, a code, a token, a cookie or anything written in an entry:
persons are named by their key, actors by their code, the rest by short words of ours.
"""

import json
import logging
from typing import Final

log: Final = logging.getLogger("samlad.security")
LONGEST: Final = 200  # characters of a value; longer ones are cut, so that nobody can fill the log with one request

EVENTS: Final = {
    "signed_in": logging.INFO,
    "sign_in_refused": logging.WARNING,
    "sign_in_locked": logging.WARNING,
    "signed_out": logging.INFO,
    "session_ended": logging.INFO,
    "reauthenticated": logging.INFO,
    "reauthentication_refused": logging.WARNING,
    "factor_added": logging.INFO,
    "factor_removed": logging.WARNING,
    "recovery_code_used": logging.WARNING,
    "password_changed": logging.INFO,
    "break_glass_used": logging.WARNING,
    "federation_refused": logging.WARNING,
    "invited": logging.INFO,
    "invitation_used": logging.INFO,
    "seat_changed": logging.INFO,
    "person_changed": logging.INFO,
    "wall_changed": logging.INFO,
    "stream_ended": logging.INFO,
    "request_refused": logging.WARNING,
    "access_refused": logging.INFO,
    "file_refused": logging.WARNING,
    "classified_refused": logging.WARNING,
    "outside_refused": logging.WARNING,
    "answer_link_refused": logging.WARNING,
    "gateway_refused": logging.WARNING,
    "alarm_refused": logging.WARNING,
    "alarm_taken": logging.INFO,
    "exported": logging.INFO,
    "shredded": logging.INFO,
}
"""Every event with its level. WARNING: somebody should look if there are many."""


def noted(event: str, *, person: str = "", actor: str = "", address: str = "", **more: str | int) -> None:
    """Write one event to the security log.

    `person` is the key of the one it is about, `actor` an actor's code, `address` the client's. Values are quoted as
    in JSON: nothing that is sent to us can make a line of its own. Raises KeyError for an event that is not listed.
    """
    given = {"person": person, "actor": actor, "address": address, **more}
    words = [f"{name}={_quoted(value)}" for name, value in given.items() if value != ""]
    log.log(EVENTS[event], " ".join([event, *words]))


def _quoted(value: str | int) -> str:
    """A value as one word: plain where it is letters and digits, else quoted with everything odd escaped."""
    text = str(value)[:LONGEST]
    return text if text.isascii() and text.replace("_", "").replace("-", "").isalnum() else json.dumps(text)
