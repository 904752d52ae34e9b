"""Which identity providers there are: the operator's TOML file, read once when the program starts.

What may stand in it is told in this room's README. It holds no secret, only where one lies. What can't be used is told
with file, section and key; the other providers work.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SLUG: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
ALIASES: Final = {
    # Attribute Specification for the Swedish eID Framework, in SAML's own spelling.
    "orgAffiliation": "urn:oid:1.2.752.201.3.1",
    "prid": "urn:oid:1.2.752.201.3.4",
    "subject-id": "urn:oasis:names:tc:SAML:attribute:subject-id",
    "pairwise-id": "urn:oasis:names:tc:SAML:attribute:pairwise-id",
}
NAME_ID: Final = "nameid"
"""`person = "nameid"`: SAML's own name of the person, which must then be a persistent one."""
KNOWN: Final = {
    "both": {"name", "kind", "actors", "levels", "person", "scope", "local", "fresh", "key_file"},
    "oidc": {"issuer", "client_id", "secret_file", "secret_env", "hosts", "scopes"},
    "saml": {"metadata", "entity_id", "sp_entity_id", "cert_file", "encrypted"},
}
TLS_NOT_NEEDED: Final = frozenset({"localhost", "127.0.0.1", "::1"})


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


class Provider(msgspec.Struct, frozen=True):
    """An identity provider.

    `actors`: those it may sign in people for. `levels`: the levels of assurance that are enough, in full. `person`: the
    claim or attribute that says who it is; `scope`: what its value must end in after "@". `local`: "emergency" when
    the actors' people sign in by other means only when the glass is broken. `hosts`: origins that may be fetched from.
    """

    id: str
    name: str
    kind: Literal["oidc", "saml"]
    actors: tuple[str, ...]
    levels: tuple[str, ...]
    person: str
    scope: str = ""
    local: Literal["allowed", "emergency"] = "allowed"
    fresh: bool = False
    issuer: str = ""
    client_id: str = ""
    scopes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    secret: str = ""
    key: str = ""
    metadata: str = ""
    entity_id: str = ""
    sp_entity_id: str = ""
    cert: str = ""
    encrypted: bool = False

    def __repr__(self) -> str:
        """Without the secrets: this ends up in error reports."""
        return f"Provider({self.id!r})"


class Federation(msgspec.Struct, frozen=True):
    """All that the file says."""

    providers: tuple[Provider, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    only: frozenset[str] = frozenset()
    """Actors whose people sign in by their provider, and otherwise only by breaking the glass."""

    def get(self, id: str) -> Provider | None:
        """The provider of this id."""
        return next((provider for provider in self.providers if provider.id == id), None)

    def of(self, actors: Iterable[str]) -> list[Provider]:
        """The providers of any of some actors."""
        wanted = set(actors)
        return [provider for provider in self.providers if wanted & set(provider.actors)]


NO_FEDERATION: Final = Federation()
"""Nobody has an identity provider."""


def together(providers: Iterable[Provider], troubles: Iterable[Trouble] = ()) -> Federation:
    """Providers as one federation."""
    listed = tuple(providers)
    only = frozenset(actor for provider in listed if provider.local == "emergency" for actor in provider.actors)
    return Federation(listed, tuple(troubles), only)


def read(path: str, environment: Mapping[str, str] = os.environ) -> Federation:
    """Read the file; none named is a federation without providers. Raises nothing: what is wrong stands in `troubles`.

    An actor whose section can't be used is open to none of the ways it closes: `local` is read even then.
    """
    if not path:
        return NO_FEDERATION
    try:
        sections = tomllib.loads(Path(path).read_text())
    except OSError as error:
        return Federation(
            troubles=(Trouble(path, "", "", _("the file can't be read (%(word)s)"), str(error.strerror)),)
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Federation(troubles=(Trouble(path, "", "", _("this is not TOML: %(word)s"), str(error)),))
    providers, troubles, closed = [], [], set()
    for id, section in sections.items():
        reader = _Section(path, id, section if isinstance(section, dict) else {}, environment)
        provider = reader.provider()
        troubles += reader.troubles
        closed |= reader.closed()
        if provider is not None:
            providers.append(provider)
    found = together(providers, troubles)
    return msgspec.structs.replace(found, only=found.only | closed)


class _Section:
    """One section of the file being read."""

    def __init__(self, file: str, id: str, told: dict[str, Any], environment: Mapping[str, str]) -> None:
        self.file, self.id, self.told, self.environment = file, id, told, environment
        self.troubles: list[Trouble] = []

    def provider(self) -> Provider | None:
        """The provider, or None with what is wrong in `troubles`."""
        kind = self.one_of("kind", ("oidc", "saml"))
        if not set(self.id) <= SLUG or not self.told:
            self.wrong("", _("a section is named with small letters, digits and hyphens, and says what it is"))
        for key in sorted(set(self.told) - KNOWN["both"] - KNOWN.get(kind, set())):
            self.wrong(key, _("there is no such key here"))
        common: dict[str, Any] = {
            "name": self.text("name"),
            "actors": self.texts("actors"),
            "levels": self.texts("levels"),
            "person": self.text("person", "sub" if kind == "oidc" else ""),
            "scope": self.text("scope", "", needed=False),
            "local": self.one_of("local", ("allowed", "emergency"), "allowed"),
            "fresh": self.told.get("fresh") is True,
            "key": self.secret("key_file"),
        }
        own = self.oidc() if kind == "oidc" else self.saml() if kind == "saml" else {}
        if self.troubles:
            return None
        person = ALIASES.get(common["person"], common["person"]) if kind == "saml" else common["person"]
        return Provider(**{**common, **own, "id": self.id, "kind": kind, "person": person})

    def oidc(self) -> dict[str, Any]:
        """What an OpenID provider has."""
        issuer, secret = self.text("issuer"), self.secret("secret_file") or self.secret_in_environment()
        if issuer and not safe(issuer):
            self.wrong("issuer", _("an address with https:// is needed; without TLS only on this machine"))
        if not secret and not self.told.get("key_file"):
            self.wrong(
                "secret_file", _("name the file of the secret here, its variable in secret_env, or a key in key_file")
            )
        hosts = (_origin(issuer) if safe(issuer) else "", *self.texts("hosts", needed=False))
        scopes = ("openid", *self.texts("scopes", needed=False))
        return {
            "issuer": issuer,
            "client_id": self.text("client_id"),
            "secret": secret,
            "hosts": hosts,
            "scopes": scopes,
        }

    def saml(self) -> dict[str, Any]:
        """What a SAML identity provider has."""
        metadata = self.text("metadata")
        if metadata and not Path(metadata).is_file():
            self.wrong("metadata", _("the file can't be read (%(word)s)"), metadata)
        return {
            "metadata": metadata,
            "entity_id": self.text("entity_id", "", needed=False),
            "sp_entity_id": self.text("sp_entity_id", "", needed=False),
            "cert": self.secret("cert_file"),
            "encrypted": self.told.get("encrypted") is True,
        }

    def closed(self) -> set[str]:
        """The actors that this section closes to local sign-in, whether or not it can be used."""
        actors = self.told.get("actors")
        if self.told.get("local") != "emergency" or not isinstance(actors, list):
            return set()
        return {actor for actor in actors if isinstance(actor, str)}

    def wrong(self, key: str, message: Promise, word: str = "") -> None:
        """Note what can't be used."""
        self.troubles.append(Trouble(self.file, self.id, key, message, word))

    def text(self, key: str, default: str | None = None, *, needed: bool = True) -> str:
        """A key whose value is a text."""
        value = self.told.get(key, default)
        if isinstance(value, str) and (value.strip() or not needed):
            return value.strip()
        self.wrong(key, _("a text in quotes is needed here"))
        return ""

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A key whose value is a list of texts."""
        value = self.told.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) and word for word in value) and (value or not needed):
            return tuple(value)
        self.wrong(key, _("a list of texts in quotes is needed here"))
        return ()

    def one_of(self, key: str, words: tuple[str, ...], default: str = "") -> str:
        """A key whose value is one of a few words."""
        value = self.told.get(key, default)
        if isinstance(value, str) and value in words:
            return value
        self.wrong(key, _("one of these is needed here: %(word)s"), ", ".join(words))
        return ""

    def secret(self, key: str) -> str:
        """What lies in the file that a key names; "" without the key."""
        if key not in self.told:
            return ""
        try:
            return Path(self.text(key)).read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(key, _("the file can't be read (%(word)s)"), type(error).__name__)
            return ""

    def secret_in_environment(self) -> str:
        """What the variable of the environment holds that `secret_env` names; "" without the key."""
        name = self.told.get("secret_env")
        if isinstance(name, str) and not self.environment.get(name):
            self.wrong("secret_env", _("the variable %(word)s of the environment is empty"), name)
        return self.environment.get(name, "") if isinstance(name, str) else ""


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def safe(address: str) -> bool:
    """Whether what is fetched at an address can't be changed on the way."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in TLS_NOT_NEEDED))


def for_allauth(federation: Federation) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: the OpenID providers as allauth wants them. They stand in memory only."""
    apps = [
        {
            "provider_id": provider.id,
            "name": provider.name,
            "client_id": provider.client_id,
            "secret": provider.secret,
            "settings": {"server_url": provider.issuer, "oauth_pkce_enabled": True, "scope": list(provider.scopes)},
        }
        for provider in federation.providers
        if provider.kind == "oidc"
    ]
    return {"openid_connect": {"APPS": apps}}
