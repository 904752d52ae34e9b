"""What `samlad check` and the server's start say of the channels: warnings, for the others still work."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from samlad.notify.channel_config import Section

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
NEEDS_INCOMING: Final = "46elks signs nothing: without a secret in the address no reply by SMS is believed."


def channels(app_configs: Sequence[Any] | None = None, **named: Any) -> list[CheckMessage]:
    """What in SAMLAD_CHANNELS can't be used, with file and key, and what is missing for it to be of use."""
    told: list[CheckMessage] = [
        Warning(f"{trouble}", hint="See docs/channels.md.", id="samlad.channels")
        for trouble in settings.CHANNELS.troubles
    ]
    for file in settings.CHANNELS.files:
        if Path(file).exists() and Path(file).stat().st_mode & OTHERS:
            said = f"Others on this machine may read {Path(file).name}, which holds a secret."
            told.append(Warning(said, hint=f"Run: chmod 600 {file}", id="samlad.channels"))
    for section in settings.CHANNELS.sections.values():
        told += missing(section)
    return told


def missing(section: Section) -> Iterator[CheckMessage]:
    """What a section could do with."""
    where = f"SAMLAD_CHANNELS [{section.channel}]"
    if section.channel == "email" and not settings.EMAIL_HOST:
        yield Warning(f"{where}: there is no mail server.", hint="Set SAMLAD_EMAIL.", id="samlad.channels")
    if section.channel == "sms" and section.provider != "twilio" and not section.incoming_secret:
        hint = "Set incoming_secret_file, and give the gateway the address with ?secret=... at its end."
        yield Warning(f"{where}: {NEEDS_INCOMING}", hint=hint, id="samlad.channels")
    if section.channel in ("chat", "webhook") and not (section.hosts or section.through or section.matrix):
        yield Warning(f"{where}: no host is named, so nobody is reached.", hint="Set hosts.", id="samlad.channels")
    if section.channel in ("push", "voice") and not settings.SAMLAD_URL.startswith("https://"):
        told = f"{where}: needs an address with https:// that others reach."
        yield Warning(told, hint="Set SAMLAD_URL.", id="samlad.channels")
    if section.provider == "twilio" and not (section.user.startswith("AC") and section.sender.startswith("+")):
        hint = "user is the account's SID (AC...), from a number of yours in the form +46..."
        yield Warning(f"{where}: Twilio will not take this.", hint=hint, id="samlad.channels")
