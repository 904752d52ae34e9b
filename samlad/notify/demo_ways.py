"""Ways for the people of the demonstration: numbers that PTS keeps for fiction, which reach nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from samlad.base.clock import now
from samlad.journal.who import DUTY_ROLES
from samlad.notify.way_models import Way
from samlad.notify.ways import digest_of
from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, today

MOBILES: Final = range(46_701_740_605, 46_701_740_700)
SWITCHBOARDS: Final = range(46_846_500_400, 46_846_500_500)
BY: Final = "demo"


def state_demo_ways() -> None:
    """Give everybody with a duty a mobile number, and each actor a switchboard, unless there are ways already.

    Most are verified, some were never tested, a few are dead: as it is.
    """
    if Way.objects.filter(registered=False).exists():
        return
    at = now()
    seats = Seat.objects.filter(holds_on(today()), role__in=DUTY_ROLES, person__email__endswith=".example")
    people = sorted(set(seats.values_list("person__username", "person_id")))
    actors = sorted(set(seats.values_list("actor_id", flat=True)))
    with transaction.atomic():
        Way.objects.bulk_create([way for place, (_name, key) in enumerate(people) for way in mobile(place, key, at)])
        Way.objects.bulk_create([switchboard(place, code, at) for place, code in enumerate(actors)])


def mobile(place: int, person: str, at: datetime) -> Iterator[Way]:
    """A person's number, for texts and calls."""
    number = f"+{MOBILES[place % len(MOBILES)]}"
    tested, refused = place % 7 != 4, place % 19 == 11
    for order, channel in enumerate(("sms", "voice"), 1):
        yield Way(
            person=person,
            channel=channel,
            address=number,
            place=order,
            added_at=at - timedelta(days=90),
            added_by=BY,
            verified_at=at - timedelta(days=place % 40 + 1) if tested else None,
            verified_for=digest_of(number) if tested else "",
            failed_at=at - timedelta(hours=place + 1) if refused and channel == "sms" else None,
        )


def switchboard(place: int, actor: str, at: datetime) -> Way:
    """An actor's switchboard; every other one may be called in exercises."""
    number = f"+{SWITCHBOARDS[place % len(SWITCHBOARDS)]}"
    tested = at - timedelta(days=place + 1) if place % 5 else None
    known = {"verified_at": tested, "verified_for": digest_of(number)} if tested else {}
    return Way(actor=actor, channel="voice", address=number, place=1, added_by=BY, exercises=place % 2 == 0, **known)
