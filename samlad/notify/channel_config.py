"""Which gateways there are: the operator's TOML file, read once when the program starts (docs/channels.md).

It holds no secret, only where one lies. What can't be used is told with file, section and key; that channel is not in
use, and the others work.
"""

import os
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHANNELS: Final = ("sms", "voice", "email", "push", "chat", "webhook")
"""Every channel there is, in the order in which pages list them."""
PROVIDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "sms": ("46elks", "twilio", "apprise"),
    "voice": ("46elks", "twilio"),
}
BASES: Final = {"46elks": "https://api.46elks.com", "twilio": "https://api.twilio.com"}
COMMON: Final = {"exercises", "per_second", "at_once", "seconds"}
KNOWN: Final[Mapping[str, set[str]]] = {
    "sms": {"provider", "user", "secret", "from", "url", "hosts", "incoming_secret"},
    "voice": {"provider", "user", "secret", "from", "url", "sound", "sound_exercise", "sound_test"},
    "email": set(),
    "push": {"contact", "hosts", "through", "secret"},
    "chat": {"hosts", "through", "matrix", "secret"},
    "webhook": {"hosts", "through", "secret"},
}
SECRETS: Final = {"secret", "incoming_secret"}
"""Keys that are written with `_file` or `_env` after them: where the secret lies."""
SECONDS: Final = 10.0  # longer than this a gateway may not take


class Trouble(msgspec.Struct, frozen=True):
    """Something in the file that can't be used. `key` is "" for a whole section, both are "" for the whole file."""

    file: str
    section: str
    key: str
    message: Promise
    word: str = ""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, f"[{self.section}]" if self.section else "", self.key) if part)
        return f"{where}: {str(self.message) % {'word': self.word}}"


class Section(msgspec.Struct, frozen=True):
    """What the operator says of one channel.

    `per_second`: messages a second at most, 0 for no limit. `at_once`: connections. `seconds`: how long one message may
    take. `hosts`: those that addresses on this channel may lead to. `through`: origins that are reached at another
    (a proxy of the operator's), as pairs. `sound` and its like: what a voice plays that can't read.
    """

    channel: str
    provider: str = ""
    exercises: bool = False
    per_second: float = 0.0
    at_once: int = 8
    seconds: float = 8.0
    user: str = ""
    secret: str = ""
    sender: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()
    through: tuple[tuple[str, str], ...] = ()
    sound: str = ""
    sound_exercise: str = ""
    sound_test: str = ""
    contact: str = ""
    matrix: str = ""
    incoming_secret: str = ""

    def __repr__(self) -> str:
        """Without the secrets: this ends up in error reports."""
        return f"Section({self.channel!r})"


class Channels(msgspec.Struct, frozen=True):
    """All that the file says. `files`: those that hold the secrets."""

    sections: Mapping[str, Section] = {}
    troubles: tuple[Trouble, ...] = ()
    files: tuple[str, ...] = ()


def read(path: str, environment: Mapping[str, str] = os.environ) -> Channels:
    """Read the file; none named is no channel beside e-mail. Raises nothing: what is wrong stands in `troubles`."""
    if not path:
        return Channels()
    try:
        told = tomllib.loads(Path(path).read_text())
    except OSError as error:
        return Channels(troubles=(Trouble(path, "", "", _("the file can't be read (%(word)s)"), str(error.strerror)),))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Channels(troubles=(Trouble(path, "", "", _("this is not TOML: %(word)s"), str(error)),))
    sections, troubles, files = {}, list[Trouble](), list[str]()
    for name, section in told.items():
        reader = _Section(path, name, section if isinstance(section, dict) else {}, environment)
        found = reader.section()
        troubles += reader.troubles
        files += reader.files
        if found is not None:
            sections[name] = found
    return Channels(sections, tuple(troubles), tuple(sorted(set(files))))


class _Section:
    """One section of the file being read."""

    def __init__(self, file: str, name: str, told: dict[str, Any], environment: Mapping[str, str]) -> None:
        self.file, self.name, self.told, self.environment = file, name, told, environment
        self.troubles: list[Trouble] = []
        self.files: list[str] = []

    def section(self) -> Section | None:
        """The section, or None with what is wrong in `troubles`."""
        if self.name not in CHANNELS:
            self.wrong("", _("there is no such channel; there are: %(word)s"), ", ".join(CHANNELS))
            return None
        known = COMMON | KNOWN[self.name]
        for key in sorted(self.told):
            base = key.removesuffix("_file").removesuffix("_env")
            if key in SECRETS or base not in known or (base != key and base not in SECRETS):
                self.wrong(key, _("there is no such key here"))
        found = Section(
            channel=self.name,
            exercises=self.yes_or_no("exercises"),
            per_second=self.number("per_second", 0.0, 0.0, 1000.0),
            at_once=int(self.number("at_once", 8, 1, 64)),
            seconds=self.number("seconds", 8.0, 0.05, SECONDS),
            hosts=self.hosts("hosts"),
            through=self.through(),
            **self.provided(),
        )
        return None if self.troubles else found

    def provided(self) -> dict[str, Any]:
        """What only this channel has."""
        if self.name in PROVIDERS:
            return self.provider()
        if self.name == "push":
            contact = self.text("contact")
            if contact and not contact.startswith(("mailto:", "https://")):
                self.wrong("contact", _("an address with mailto: or https:// is needed here"))
            return {"contact": contact, "secret": self.secret("secret")}
        if self.name == "webhook":
            return {"secret": self.secret("secret")}
        if self.name == "chat" and "matrix" in self.told:
            return {"matrix": self.address("matrix"), "secret": self.secret("secret", needed=True)}
        return {}

    def provider(self) -> dict[str, Any]:
        """A gateway for SMS or calls."""
        name = self.text("provider")
        if name and name not in PROVIDERS[self.name]:
            self.wrong("provider", _("one of these is needed here: %(word)s"), ", ".join(PROVIDERS[self.name]))
        own = name != "apprise"
        if not own and not self.hosts("hosts"):
            self.wrong("hosts", _("name the hosts that the gateway's address leads to"))
        return {
            "provider": name,
            "user": self.text("user", needed=own),
            "secret": self.secret("secret", needed=True),
            "sender": self.text("from", needed=own),
            "url": self.address("url") if "url" in self.told else BASES.get(name, ""),
            **self.sounds(name),
            "incoming_secret": self.secret("incoming_secret"),
        }

    def sounds(self, provider: str) -> dict[str, str]:
        """What 46elks plays in a call, which reads no Swedish; in a test and an exercise what says that it is one."""
        if self.name != "voice" or provider != "46elks":
            return {}
        keys = ["sound", "sound_test", *(["sound_exercise"] if self.told.get("exercises") is True else [])]
        return {key: self.address(key) for key in keys}

    def wrong(self, key: str, message: Promise, word: str = "") -> None:
        """Note what can't be used."""
        self.troubles.append(Trouble(self.file, self.name, key, message, word))

    def text(self, key: str, *, needed: bool = True) -> str:
        """A key whose value is a text."""
        value = self.told.get(key, "")
        if isinstance(value, str) and (value.strip() or not needed):
            return value.strip()
        self.wrong(key, _("a text in quotes is needed here"))
        return ""

    def yes_or_no(self, key: str) -> bool:
        """A key that is true or false (default)."""
        value = self.told.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, _("true or false is needed here, without quotes"))
        return value is True

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A key that is a number."""
        value = self.told.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
            return float(value)
        self.wrong(key, _("a number between %(word)s is needed here"), f"{least:g}–{most:g}")
        return default

    def hosts(self, key: str) -> tuple[str, ...]:
        """A key whose value is a list of hosts and origins."""
        value = self.told.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) and _is_host(word) for word in value):
            return tuple(word.rstrip("/") for word in value)
        self.wrong(key, _("a list of hosts (chat.example.se) or origins (http://10.0.0.5:8080) is needed here"))
        return ()

    def through(self) -> tuple[tuple[str, str], ...]:
        """Origins and where they are reached instead."""
        value = self.told.get("through", {})
        if isinstance(value, dict) and all(
            "://" in word and _is_host(str(word)) for pair in value.items() for word in pair
        ):
            return tuple((origin.rstrip("/"), str(instead).rstrip("/")) for origin, instead in value.items())
        self.wrong("through", _("origins (https://chat.example.se) are needed here, on both sides of ="))
        return ()

    def address(self, key: str) -> str:
        """A key whose value is an address of the operator's own: https, or plain http on this machine or network."""
        value = self.text(key).rstrip("/")
        if value and not _is_safe(value):
            self.wrong(key, _("an address with https:// is needed here; http:// only with the number of a machine"))
        return value

    def secret(self, key: str, *, needed: bool = False) -> str:
        """What lies in the file that KEY_file names, or in the variable that KEY_env names."""
        file, variable = self.told.get(f"{key}_file"), self.told.get(f"{key}_env")
        if isinstance(file, str):
            self.files.append(file)
            try:
                return Path(file).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                self.wrong(f"{key}_file", _("the file can't be read (%(word)s)"), type(error).__name__)
                return ""
        found = self.environment.get(variable, "") if isinstance(variable, str) else ""
        if isinstance(variable, str) and not found:
            self.wrong(f"{key}_env", _("the variable %(word)s of the environment is empty"), variable)
        elif needed and not found:
            self.wrong(
                f"{key}_file", _("name the file with the secret here, or its variable in %(word)s"), f"{key}_env"
            )
        return found


def _is_host(word: str) -> bool:
    """Whether it is the name of a host, or an origin."""
    try:
        parts = urlsplit(word if "://" in word else f"https://{word}")
        bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        return bare and bool(parts.hostname) and parts.scheme in ("http", "https") and (parts.port or 1) > 0
    except ValueError:
        return False


def _is_safe(address: str) -> bool:
    """Whether an address is encrypted, or names a machine by number: then the operator knows which line it is."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme == "https":
            return bool(host)
        return parts.scheme == "http" and (host == "localhost" or bool(ip_address(host)))
    except ValueError:
        return False
