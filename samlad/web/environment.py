"""What the operator has set: plain settings from environment variables, secrets from those or from files.

A secret `SAMLAD_X` can instead lie in a file that `SAMLAD_X_FILE` names, readable by the owner only (checked by
`samlad check` and `samlad serve`): an environment is shown by `ps` and handed on to every child.
"""

import os
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

SECRETS: Final = (
    "SAMLAD_SECRET_KEY",
    "SAMLAD_SECRET_KEY_FALLBACKS",
    "SAMLAD_DATABASE",
    "SAMLAD_EMAIL",
    "SAMLAD_TLS_KEY_PASSWORD",
    "SAMLAD_ALARM_SENDERS",
)
"""The settings of this file's kind; a room that has one of its own reads it with `secret` too."""


def value(name: str, default: str = "") -> str:
    """A setting; empty counts as not set."""
    return os.environ.get(name) or default


def listed(name: str) -> list[str]:
    """A setting that is a list, separated by commas."""
    return [word.strip() for word in value(name).split(",") if word.strip()]


def switched_on(name: str) -> bool:
    """A setting that is on with "1"."""
    return value(name) == "1"


def secret(name: str, default: str = "") -> str:
    """A secret from the variable, or from the file that the variable with _FILE names.

    Raises ImproperlyConfigured, never with the secret in it.
    """
    file = value(f"{name}_FILE")
    if not file:
        return value(name, default)
    if value(name):
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(file).read_text().strip() or default
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The file that {name}_FILE names can't be read.") from error


def secret_files() -> list[Path]:
    """Every file that holds a secret of this installation."""
    return [Path(file) for name, file in sorted(os.environ.items()) if file and _names_a_secret(name)]


def _names_a_secret(name: str) -> bool:
    return name.startswith("SAMLAD_") and (name.endswith("_FILE") or name in ("SAMLAD_TLS_KEY", "SAMLAD_FEDERATION"))
