"""One's own shifts as a calendar (RFC 5545), at an address that can't be guessed and needs no sign-in.

The address is the id of a row and a signature of it by the installation's secret. It shows one person's own shifts and
nothing else: no names of others, no telephone numbers. Ended, or its owner no longer active, it leads nowhere.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

import icalendar
from django.core import signing
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from samlad.base.clock import now
from samlad.registers.actions import one_change
from samlad.registers.models import ActorVersion, Role, Shift, ShiftFeed

SALT: Final = "samlad.registers.shift_feed"
BACK: Final = timedelta(days=60)


def token_of(feed: ShiftFeed) -> str:
    """What stands in the address."""
    return f"{feed.pk.hex}-{signing.Signer(salt=SALT).signature(feed.pk.hex)}"


def feed_of(person: str) -> ShiftFeed | None:
    """The person's open address, if they have one."""
    return ShiftFeed.objects.filter(person=person, ended_at=None).first()


def found(token: str) -> ShiftFeed | None:
    """The feed of an address; None for what is forged, ended, or of somebody who may no longer sign in."""
    key, _dash, signature = token.partition("-")
    if not constant_time_compare(signature, signing.Signer(salt=SALT).signature(key)):
        return None
    try:
        feed = UUID(hex=key)
    except ValueError:
        return None
    return ShiftFeed.objects.filter(pk=feed, ended_at=None, person__is_active=True).select_related("person").first()


@one_change
def open_feed(person: str, language: str) -> ShiftFeed:
    """Make a new address for a person; an earlier one is ended."""
    ShiftFeed.objects.filter(person=person, ended_at=None).update(ended_at=now())
    return ShiftFeed.objects.create(person_id=person, language=language)


@one_change
def end_feed(person: str) -> int:
    """End a person's address. Returns how many there were."""
    return ShiftFeed.objects.filter(person=person, ended_at=None).update(ended_at=now())


def calendar_of(feed: ShiftFeed) -> bytes:
    """The person's shifts from two months back on, as a calendar. The same shifts give the same bytes."""
    rows = Shift.objects.filter(person=feed.person_id, removed_at=None, ends__gt=_since(), roster__ended_at=None)
    shifts = list(rows.select_related("roster").order_by("starts", "id"))
    versions = ActorVersion.objects.filter(actor__in={shift.roster.actor_id for shift in shifts})
    names = {version.actor_id: version.short_name for version in versions.order_by("valid_from")}
    with translation.override(feed.language):
        calendar = icalendar.Calendar()
        calendar.add("PRODID", "-//Samlad//Rosters//SV")
        calendar.add("VERSION", "2.0")
        calendar.add("CALSCALE", "GREGORIAN")
        calendar.add("METHOD", "PUBLISH")
        calendar.add("NAME", _("My shifts in Samlad"))
        calendar.add("X-WR-CALNAME", _("My shifts in Samlad"))
        calendar.add("REFRESH-INTERVAL", icalendar.vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
        for shift in shifts:
            calendar.add_component(_event(shift, names.get(shift.roster.actor_id, shift.roster.actor_id)))
    content: bytes = calendar.to_ical()
    return content


def _since() -> datetime:
    """Midnight two months back: the same all day, so that what has not changed is answered as unchanged."""
    return (now() - BACK).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _event(shift: Shift, actor: str) -> icalendar.Event:
    event = icalendar.Event()
    role = str(Role(shift.roster.role).label)
    title = f"{role}, {actor}"
    event.add("UID", f"{shift.pk}@samlad")
    event.add("DTSTAMP", shift.added_at.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", shift.starts.astimezone(UTC))
    event.add("DTEND", shift.ends.astimezone(UTC))
    event.add("SUMMARY", _("Deputy: %(title)s") % {"title": title} if shift.deputy else title)
    event.add("TRANSP", "TRANSPARENT")
    return event


def etag_of(content: bytes) -> str:
    """The content's entity tag."""
    return f'"{sha256(content).hexdigest()[:32]}"'
