"""What may be stated as an address, for each channel, and how it is shown: whole to its owner, and never a secret."""

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.notify.channel_config import Section
from samlad.notify.channels.chat.addresses import is_hook, is_room
from samlad.notify.channels.phone_numbers import as_written, may_be_called, may_be_texted, number_of
from samlad.notify.channels.push.subscription import Subscription, hosts

LONGEST: Final = 2000
SERVICES: Final[Mapping[str, str]] = {
    "fcm.googleapis.com": "Chrome",
    "updates.push.services.mozilla.com": "Firefox",
    "web.push.apple.com": "Safari",
}


def checked(channel: str, typed: str) -> str:
    """An address as it is stored. Raises Refused with what is wrong."""
    address = typed.strip()
    if len(address) > LONGEST:
        raise _wrong(_("This is too long."))
    if channel in ("sms", "voice"):
        return _number(channel, address)
    if channel == "email":
        try:
            validate_email(address)
        except ValidationError:
            raise _wrong(_("This is no e-mail address.")) from None
        return address
    if channel == "push":
        return _subscription(address)
    return _chat(address) if channel == "chat" else _webhook(address)


def shown(channel: str, address: str) -> str:
    """An address as its owner reads it, on one line. What opens something, such as a webhook's path, is left out."""
    if channel in ("sms", "voice"):
        return as_written(address)
    if channel == "push":
        host = urlsplit(_endpoint(address)).hostname or ""
        return SERVICES.get(host, "Edge" if host.endswith(".notify.windows.com") else host)
    if channel in ("chat", "webhook") and "://" in address:
        return f"{urlsplit(address).hostname} …{address[-4:]}"
    return address


def hidden(channel: str, address: str) -> str:
    """An address as others may read it: enough for whoever knows it to know it again."""
    if channel in ("sms", "voice"):
        return f"•••{address[-2:]}"
    if channel == "email":
        name, _at, domain = address.rpartition("@")
        return f"{name[:1]}•••@{domain}"
    return shown(channel, address).partition(" ")[0] if channel != "chat" else "•••"


def _number(channel: str, typed: str) -> str:
    number = number_of(typed)
    if not number:
        raise _wrong(_("This is no telephone number. Write it as 070-174 06 05, or with the country: +46 70 174 06 05"))
    if channel == "sms" and not may_be_texted(number):
        raise _wrong(_("This number takes no text messages. Choose a phone call instead."))
    if not may_be_called(number):
        raise _wrong(_("Numbers that cost extra to call can't be used."))
    return number


def _subscription(address: str) -> str:
    section = _section("push")
    try:
        found = msgspec.json.decode(address, type=Subscription)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise _wrong(_("The browser gave nothing that can be used.")) from None
    _check_host(found.endpoint, hosts(section, found.endpoint), section, encrypted=True)
    return msgspec.json.encode(found).decode()


def _chat(address: str) -> str:
    section = _section("chat")
    if is_room(address):
        if not section.matrix and not settings.DEMO:
            raise _wrong(_("Matrix is not set up here. Ask those who run Samlad."))
        return address
    _check_host(address, section.hosts, section)
    if not is_hook(urlsplit(address).path):
        raise _wrong(_("This is no incoming webhook of Teams or Mattermost, and no room of Matrix (!room:example.se)."))
    return address


def _webhook(address: str) -> str:
    section = _section("webhook")
    _check_host(address, section.hosts, section, encrypted=True)
    return address


def _check_host(address: str, hosts: Collection[str], section: Section, *, encrypted: bool = False) -> None:
    """Refuse an address that would not be reached anyway: elsewhere than the operator has named, or not encrypted."""
    try:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        plain = not parts.username and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        plain, origin = False, ""
    if not plain or not origin.startswith(("https://", "http://")):
        raise _wrong(_("This is no address. It begins with https://."))
    origins = {*hosts, *(named for named, _instead in section.through)}
    if origin not in origins and not origin.startswith("https://"):
        raise _wrong(_("The address must begin with https://."))
    if encrypted and not origin.startswith("https://") and origin not in section.hosts:
        raise _wrong(_("The address must begin with https://."))
    if settings.DEMO or origin in origins or origin.removesuffix(":443") in origins or parts.hostname in origins:
        return
    raise _wrong(_("Samlad may not send there. Ask those who run Samlad to allow %(host)s."), host=parts.hostname or "")


def _section(channel: str) -> Section:
    """What the operator says of a channel; nothing in a demo."""
    section: Section | None = settings.CHANNELS.sections.get(channel)
    return section or Section(channel)


def _endpoint(address: str) -> str:
    try:
        return msgspec.json.decode(address, type=Subscription).endpoint
    except (msgspec.DecodeError, msgspec.ValidationError):
        return ""


def _wrong(sentence: Promise, **words: str) -> Refused:
    return Refused(str(sentence) % words if words else str(sentence), field="address")
