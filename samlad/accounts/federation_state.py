"""Whether identity providers answer: noted each time one is asked, and asked now and then by the worker."""

import logging
import threading
import time
from datetime import timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.db import connection

from samlad.accounts import federation_oidc, federation_saml
from samlad.accounts.federation import Provider
from samlad.accounts.identity import SILENT, NotProven
from samlad.accounts.models import ProviderState
from samlad.base.clock import now
from samlad.base.outside import NotFetched, fetch

log = logging.getLogger(__name__)

PERIOD: Final = 60.0  # seconds between two questions by the worker
BELIEVED: Final = timedelta(minutes=10)  # a failure noted longer ago says nothing about now
SECONDS: Final = 5.0

_asked = 0.0
_asking: threading.Thread | None = None


class Choice(msgspec.Struct, frozen=True):
    """A provider as a page shows it. `silent`: it did not answer when it was last asked, a short while ago."""

    provider: Provider
    state: ProviderState | None
    silent: bool


def choices() -> list[Choice]:
    """All providers, by name, with whether they answer."""
    providers = sorted(settings.FEDERATION.providers, key=lambda provider: provider.name.casefold())
    states = ProviderState.objects.in_bulk([provider.id for provider in providers]) if providers else {}
    return [Choice(provider, states.get(provider.id), _silent(states.get(provider.id))) for provider in providers]


def _silent(state: ProviderState | None) -> bool:
    return state is not None and bool(state.trouble) and now() - state.asked_at < BELIEVED


def note_answer(provider: Provider, trouble: str = "") -> None:
    """Note that a provider has answered, or what was wrong."""
    at = now()
    if not trouble:
        answered = {"asked_at": at, "answered_at": at, "failing_since": None, "trouble": ""}
        ProviderState.objects.update_or_create(provider=provider.id, defaults=answered)
        return
    state, new = ProviderState.objects.get_or_create(
        provider=provider.id, defaults={"asked_at": at, "failing_since": at, "trouble": trouble[:200]}
    )
    if not new:
        since = state.failing_since or at
        ProviderState.objects.filter(pk=state.pk).update(asked_at=at, failing_since=since, trouble=trouble[:200])


def ask(provider: Provider) -> bool:
    """Ask whether a provider answers, and note it. True when it does; any answer of a SAML sign-in page will do."""
    try:
        if provider.kind == "oidc":
            federation_oidc.described(provider, anew=True)
        else:
            address = federation_saml.sign_on_address(provider)
            try:
                fetch(address, hosts=[federation_saml.origin(provider)], seconds=SECONDS, redirects=0)
            except NotFetched as error:
                if "leads elsewhere" not in str(error):
                    raise NotProven(SILENT, str(error), silent=True) from error
    except NotProven as error:
        note_answer(provider, error.reason)
        return False
    note_answer(provider)
    return True


def ask_providers() -> None:
    """The worker's pump: ask each provider once a minute, beside the worker's own work, which waits for nobody."""
    global _asked, _asking
    if not settings.FEDERATION.providers or time.monotonic() - _asked < PERIOD or (_asking and _asking.is_alive()):
        return
    _asked = time.monotonic()
    _asking = threading.Thread(target=_ask_all, name="providers", daemon=True)
    _asking.start()


def _ask_all() -> None:
    try:
        for provider in settings.FEDERATION.providers:
            ask(provider)
    except Exception:
        log.exception("identity providers could not be asked")
    finally:
        connection.close()
