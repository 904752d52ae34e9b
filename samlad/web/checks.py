"""What must hold before others can reach the program: `samlad check` says it, `samlad serve` refuses without.

Each check is one sentence on what is wrong and one on what to set. None repeats a secret.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, run_checks

from samlad.web.environment import secret_files

LONG_ENOUGH: Final = 50  # characters of a key; those we make ourselves have 64
VARIED_ENOUGH: Final = 12  # different ones among them
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
KNOWN: Final = ("django-insecure-", "changeme", "change-me", "secret", "tests only", "checks", "samlad")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def exposed(host: str = "") -> bool:
    """Whether others can reach the program: it listens beyond this machine, or a name is served (through a proxy)."""
    return bool(settings.HOSTS) or not is_loopback(host or settings.SAMLAD_HOST)


def refusals(host: str) -> list[CheckMessage]:
    """Why the program must not be served on this address; nothing where only this machine reaches it."""
    if not exposed(host):
        return []
    return [found for found in run_checks(include_deployment_checks=True) if found.level >= Error("").level]


def serving(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """All that must hold beyond this machine."""
    return [*encrypted(), *behind(), *named(), *keyed(), *signed_in(), *kept_secret(), *private_data()]


def encrypted() -> Iterator[CheckMessage]:
    """TLS, by the program itself or by a declared proxy."""
    if not settings.TLS:
        yield Error(
            "Nothing encrypts the line.",
            hint="Set SAMLAD_TLS_CERT and SAMLAD_TLS_KEY, or put a TLS proxy in front and set SAMLAD_BEHIND_TLS=1.",
            id="samlad.E001",
        )
    if settings.BEHIND_TLS and settings.TLS_CERT:
        yield Error(
            "Both a proxy and a certificate are set.",
            hint="Set either SAMLAD_BEHIND_TLS=1 or SAMLAD_TLS_CERT, not both.",
            id="samlad.E002",
        )
    if bool(settings.TLS_CERT) != bool(settings.TLS_KEY) or not readable((settings.TLS_CERT, settings.TLS_KEY)):
        yield Error(
            "The certificate or its key is missing or can't be read.",
            hint="Set SAMLAD_TLS_CERT and SAMLAD_TLS_KEY to two PEM files.",
            id="samlad.E003",
        )
    if settings.BEHIND_TLS and not all(is_narrow(proxy) for proxy in settings.PROXIES):
        yield Error(
            "SAMLAD_PROXIES is no list of addresses: anyone could say who the client is.",
            hint="Set it to the address of the proxy, such as 10.0.0.7, or to its network, such as 10.0.0.0/28.",
            id="samlad.E004",
        )
    if settings.BEHIND_TLS and not is_loopback(settings.SAMLAD_HOST) and all(map(is_loopback, settings.PROXIES)):
        yield Error(
            "The proxy that is to be believed is not declared.",
            hint="Set SAMLAD_PROXIES to its address, or let the program listen on this machine only.",
            id="samlad.E005",
        )


def behind() -> Iterator[CheckMessage]:
    """The lines to the database and the mail server."""
    kept = database()
    remote = str(kept.get("HOST") or "")
    near = not remote or remote.startswith("/") or is_loopback(remote)
    if not near and kept.get("OPTIONS", {}).get("sslmode") not in ("verify-ca", "verify-full"):
        yield Error(
            "The line to the database is not encrypted, or to anyone who answers.",
            hint="Add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem to SAMLAD_DATABASE.",
            id="samlad.E015",
        )
    if settings.EMAIL_HOST and not is_loopback(settings.EMAIL_HOST) and not encrypts_mail():
        yield Warning(
            "E-mail leaves this machine unencrypted.",
            hint="Set SAMLAD_EMAIL to smtp:// with port 587, or to smtps://.",
            id="samlad.W016",
        )


def named() -> Iterator[CheckMessage]:
    """The names it answers to, and the one it calls itself."""
    if not settings.HOSTS or any("*" in host or host.startswith(".") for host in settings.HOSTS):
        yield Error(
            "It is not said which host names are served.",
            hint="Set SAMLAD_HOSTS to the name people use, such as samlad.example.se (no * in it).",
            id="samlad.E006",
        )
    if urlsplit(settings.SAMLAD_URL).scheme != "https":
        yield Error(
            "Links in messages would lead to an unencrypted address.",
            hint="Set SAMLAD_URL to the address people use, beginning with https://.",
            id="samlad.E007",
        )


def keyed() -> Iterator[CheckMessage]:
    """A key nobody can guess, and earlier ones no better known."""
    if any(not is_strong(key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        yield Error(
            f"A secret key is too short or too well known: {LONG_ENOUGH} random characters at least.",
            hint="Remove SAMLAD_SECRET_KEY, and one is made; or set it to the output of `openssl rand -base64 48`.",
            id="samlad.E008",
        )
    if len(settings.SECRET_KEY_FALLBACKS) > 2:
        yield Warning(
            "Many earlier keys are still believed.",
            hint="Take those that are more than a month old out of SAMLAD_SECRET_KEY_FALLBACKS.",
            id="samlad.W009",
        )


def signed_in() -> Iterator[CheckMessage]:
    """More than a password, and no demo."""
    if settings.DEMO:
        yield Error(
            "A demo is only for this machine: anyone may sign in as anyone.",
            hint="Take SAMLAD_DEMO away.",
            id="samlad.E010",
        )
    if settings.SAMLAD_SIGN_IN != "strong":
        yield Error(
            "A password alone lets people in.",
            hint="Set SAMLAD_SIGN_IN=strong, or take it away.",
            id="samlad.E011",
        )
    if not settings.DEMO and settings.EMAIL_HOST and settings.EMAIL_HOST_PASSWORD and not encrypts_mail():
        yield Error(
            "The mail server's password would go unencrypted.",
            hint="Set SAMLAD_EMAIL to smtp:// with port 587, or to smtps://.",
            id="samlad.E012",
        )


def kept_secret() -> Iterator[CheckMessage]:
    """Files with secrets are for their owner."""
    for file in [*secret_files(), settings.DATA / "secret_key"]:
        if file.exists() and file.stat().st_mode & OTHERS:
            yield Error(
                f"Others on this machine may read {file.name}, which holds a secret.",
                hint=f"Run: chmod 600 {file}",
                id="samlad.E013",
            )


def private_data() -> Iterator[CheckMessage]:
    """So is the data."""
    kept = database()
    files = [settings.DATA, *([Path(str(kept["NAME"]))] if "sqlite" in str(kept["ENGINE"]) else [])]
    for path in files:
        if path.exists() and path.stat().st_mode & OTHERS and path.parent.stat().st_mode & OTHERS:
            yield Error(
                f"Others on this machine may read {path.name}, which holds what is in the operations.",
                hint=f"Run: chmod -R go= {settings.DATA}",
                id="samlad.E014",
            )


def database() -> dict[str, Any]:
    """Django's settings for the database."""
    return dict(settings.DATABASES["default"])


def is_strong(key: str) -> bool:
    """Whether a key is long, varied, and none that others have seen."""
    return len(key) >= LONG_ENOUGH and len(set(key)) >= VARIED_ENOUGH and not key.lower().startswith(KNOWN)


def is_narrow(address: str) -> bool:
    """Whether it is an address or a network, and not half the world."""
    try:
        network = ip_network(address)
    except ValueError:
        return False
    return network.prefixlen >= (8 if network.version == 4 else 32)


def readable(files: Iterable[str]) -> bool:
    """Whether those that are named are there and may be read."""
    return all(os.access(file, os.R_OK) for file in files if file)


def encrypts_mail() -> bool:
    """Whether mail goes by TLS."""
    return bool(settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
