"""Personal data of bodies and meetings: people registered as members, and who has a calendar address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row
from samlad.governance.bodies.models import BodyMember, MeetingFeed


def memberships_of(key: str) -> Iterator[Row]:
    """The places in bodies where the person is registered."""
    for one in BodyMember.objects.filter(person=key).select_related("body"):
        yield {
            "body": one.body.name, "actor": one.actor_id, "function": one.seat, "leads": one.chair,
            "first_day": one.valid_from, "last_day": one.valid_to,
        }  # fmt: skip


def minutes_of(_key: str) -> Iterator[Row]:
    """Minutes name functions in running text; nothing in them is kept by person."""
    yield from ()


def feeds_of(key: str) -> Iterator[Row]:
    """The person's calendar addresses; the address itself is not kept."""
    yield from MeetingFeed.objects.filter(person=key).values("actor", "made_at", "ended_at")


def remove_feeds(before: datetime) -> int:
    """Delete calendar addresses that were ended before a moment."""
    return MeetingFeed.objects.filter(ended_at__lt=before).delete()[0]


BODY_HOLDINGS: Final = (
    Holding(
        name="governance.body_members",
        title=_("Members of bodies"),
        tables=("governance.bodymember",),
        whose=_("Those who sit in joint bodies for their actor"),
        what=_("In which body, for which actor, in which function, from when to when"),
        purpose=_("To call the members to meetings, and to be able to answer who took part in decisions"),
        counted_from=_("from the last day as a member"),
        days=None,
        of=memberships_of,
    ),
    Holding(
        name="governance.minutes",
        title=_("Minutes of meetings"),
        tables=(
            "governance.meeting",
            "governance.agendaitem",
            "governance.itemminutes",
            "governance.meetingdecision",
            "governance.attendance",
        ),
        whose=_("Those who take part in meetings of joint bodies"),
        what=_("Functions, and in running text perhaps names: who led, took and adjusted the minutes, and came"),
        purpose=_("To document what was said and decided together"),
        counted_from=_("from the meeting"),
        days=None,
        of=minutes_of,
    ),
    Holding(
        name="governance.meeting_feeds",
        title=_("Calendar addresses for meetings"),
        tables=("governance.meetingfeed",),
        whose=_("Those who have meetings in a calendar of their own"),
        what=_("That somebody has such an address, for which actor, since when, and until when"),
        purpose=_("To give a calendar program the meetings of the bodies where one's actor sits"),
        counted_from=_("from the day it was ended"),
        days=30,
        of=feeds_of,
        remove=remove_feeds,
    ),
)
"""Bodies themselves and the sending of calls hold no person; who was told is the outbox's."""
