"""The systems that may raise the alarm by a message: who they are, and whether a message is really theirs.

A section of the operator's text for each: `actor` (its code), `key` (hex, 32 bytes at least), `name`.
"""

import hashlib
import hmac
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

from samlad.journal.who import Who

WINDOW: Final = 300  # seconds that a message's time may differ from ours
SHORTEST_KEY: Final = 32  # bytes
CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE: Final = 40
GATEWAY: Final = "gateway:"
"""What the author of an alarm from outside is called in the journal: this and the sender's code."""


class BadSenders(ValueError):
    """The operator's text can't be used. The sentence never holds a key."""


class Sender(msgspec.Struct, frozen=True):
    """A system that may raise the alarm."""

    code: str
    actor: str
    key: bytes
    name: str

    @property
    def who(self) -> Who:
        """As whom its alarms are entered: for its actor, in no role."""
        return Who(GATEWAY + self.code, self.actor, frozenset(), self.name)


@lru_cache(maxsize=4)
def senders(text: str) -> Mapping[str, Sender]:
    """The senders by code. Raises BadSenders."""
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise BadSenders("SAMLAD_ALARM_SENDERS is not TOML.") from None
    return {code: _sender(code, section) for code, section in sections.items()}


def _sender(code: str, section: object) -> Sender:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE or not isinstance(section, dict):
        raise BadSenders(f"SAMLAD_ALARM_SENDERS: “{code}” should be a section with a code of a–z, 0–9 and hyphens.")
    actor, key, name = (str(section.get(field, "")) for field in ("actor", "key", "name"))
    try:
        secret = bytes.fromhex(key)
    except ValueError:
        raise BadSenders(f"SAMLAD_ALARM_SENDERS: the key of “{code}” is not hexadecimal.") from None
    if not actor or len(secret) < SHORTEST_KEY:
        raise BadSenders(f"SAMLAD_ALARM_SENDERS: “{code}” needs an actor and a key of {SHORTEST_KEY} bytes or more.")
    return Sender(code, actor, secret, name or code)


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """The signature of a message: HMAC-SHA256 over its time, a full stop and its body, in hex."""
    return hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def why_not(sender: Sender | None, timestamp: str, body: bytes, signed: str, now: float) -> str:
    """Why a message is not taken, in a word for the log; empty where it is theirs and of now."""
    # An unknown sender costs as much as a known one.
    expected = signature(sender.key if sender else b"\0" * SHORTEST_KEY, timestamp, body)
    right = hmac.compare_digest(expected.encode(), signed.removeprefix("sha256=").strip().lower().encode())
    if sender is None:
        return "sender"
    if not right:
        return "signature"
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp[:15])) > WINDOW:
        return "time"
    return ""
