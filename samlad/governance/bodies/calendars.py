"""Meetings for calendar programs (RFC 5545), and each person's own address that a calendar program can subscribe to.

A meeting keeps its UID; when it is moved, called or cancelled its SEQUENCE rises. Times are Stockholm's, with the rules
of the zone in the file, so that a meeting stays at nine o'clock when the clocks change.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import icalendar
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.governance.bodies.models import Body, BodyMember, Meeting, MeetingFeed, MeetingState
from samlad.governance.bodies.queries import holds
from samlad.registers.actions import one_change
from samlad.registers.models import Seat
from samlad.registers.queries import actor_view, holds_on, today

SALT: Final = "samlad.governance.meeting_feed"
BACK: Final = timedelta(days=180)
STATUS: Final = {
    MeetingState.PLANNED: "TENTATIVE",
    MeetingState.CALLED: "CONFIRMED",
    MeetingState.HELD: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}
ZONE: Final = b"""BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""Sweden's clocks since 1996, written out: a library's own list of every change is thousands of lines."""


def calendar(found: Iterable[Meeting], bodies: Mapping[UUID, Body], name: str, *, links: bool = True) -> bytes:
    """Meetings as a calendar file. `links`: with the address of the video meeting, which a subscribed address leaves
    out: whoever has such an address needs no sign-in. The same meetings give the same bytes."""
    made = icalendar.Calendar()
    made.add("PRODID", "-//Samlad//Meetings//SV")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", name)
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", icalendar.vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    made.add_component(icalendar.Timezone.from_ical(ZONE))
    for one in found:
        made.add_component(event(one, bodies[one.body_id], links=links))
    content: bytes = made.to_ical()
    return content


def event(of: Meeting, body: Body, *, links: bool) -> Any:
    """One meeting."""
    made = icalendar.Event()
    made.add("UID", f"{of.pk}@samlad")
    made.add("SEQUENCE", of.sequence)
    made.add("DTSTAMP", of.stamped_at.astimezone(UTC).replace(microsecond=0))
    made.add("DTSTART", of.starts.astimezone(STOCKHOLM))
    made.add("DTEND", of.ends.astimezone(STOCKHOLM))
    title = f"{body.name} {of.number}".strip()
    cancelled = of.state == MeetingState.CANCELLED
    made.add("SUMMARY", _("Cancelled: %(title)s") % {"title": title} if cancelled else title)
    made.add("STATUS", STATUS[MeetingState(of.state)])
    if of.place:
        made.add("LOCATION", of.place)
    page = settings.SAMLAD_URL + reverse("meeting", args=[of.pk])
    lines = [of.why_cancelled if cancelled else "", _("Video meeting: %(link)s") % {"link": of.link}]
    told = [line for line in (lines if links and of.link else lines[:1]) if line]
    made.add("DESCRIPTION", "\n".join([*told, _("Agenda and papers: %(link)s") % {"link": page}]))
    made.add("URL", page)
    return made


def token_of(feed: MeetingFeed) -> str:
    """What stands in the address."""
    return f"{feed.pk.hex}-{signing.Signer(salt=SALT).signature(feed.pk.hex)}"


def feed_of(person: str) -> MeetingFeed | None:
    """The person's open address, if they have one."""
    return MeetingFeed.objects.filter(person=person, ended_at=None).first()


def found(token: str) -> MeetingFeed | None:
    """The feed of an address; None for what is forged, ended, of somebody with no seat at the actor any more, or of one
    that is no party any more."""
    key, _dash, signature = token.partition("-")
    if not constant_time_compare(signature, signing.Signer(salt=SALT).signature(key)):
        return None
    try:
        feed = UUID(hex=key)
    except ValueError:
        return None
    open_ = MeetingFeed.objects.filter(pk=feed, ended_at=None, person__is_active=True).first()
    if open_ is None or actor_view(open_.actor_id, today()) is None:
        return None
    seated = Seat.objects.filter(holds_on(today()), person=open_.person_id, actor=open_.actor_id).exists()
    return open_ if seated else None


@one_change
def open_feed(person: str, actor: str, language: str) -> MeetingFeed:
    """Make a new address for a person at an actor; an earlier one is ended."""
    MeetingFeed.objects.filter(person=person, ended_at=None).update(ended_at=now())
    return MeetingFeed.objects.create(person_id=person, actor_id=actor, language=language)


@one_change
def end_feed(person: str) -> int:
    """End a person's address. Returns how many there were."""
    return MeetingFeed.objects.filter(person=person, ended_at=None).update(ended_at=now())


def feed_calendar(feed: MeetingFeed) -> bytes:
    """The meetings of the bodies where the person's actor, or the person, sits today; from half a year back on."""
    places = [
        one
        for one in BodyMember.objects.all()
        if holds(one, today()) and (one.actor_id == feed.actor_id or one.person_id == feed.person_id)
    ]
    wanted = {one.body_id for one in places}
    ahead = list(Meeting.objects.filter(body__in=wanted, ends__gt=_since()))
    with translation.override(feed.language):
        return calendar(ahead, Body.objects.in_bulk(wanted), _("Meetings in Samlad"), links=False)


def _since() -> datetime:
    """Midnight half a year back: the same all day, so that what has not changed is answered as unchanged."""
    return (now() - BACK).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
