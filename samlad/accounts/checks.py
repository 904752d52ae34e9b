"""What `samlad check` and the server's start say of the identity providers: warnings, for the others still work."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from samlad.accounts.federation_saml import certificates
from samlad.accounts.identity import NotProven


def federation(app_configs: Sequence[Any] | None = None, **named: Any) -> list[CheckMessage]:
    """What in SAMLAD_FEDERATION can't be used, with file and key."""
    told = [Warning(str(trouble), id="samlad.federation") for trouble in settings.FEDERATION.troubles]
    for provider in settings.FEDERATION.providers:
        if provider.kind == "saml":
            try:
                certificates(provider)
            except NotProven as error:
                told.append(Warning(f"{provider.metadata} [{provider.id}]: {error.reason}", id="samlad.federation"))
    return list(told)
