"""Reminding of follow-ups that are missing when a quarter has ended, by e-mail, once for each quarter and activity.

The worker's pump. What is followed up before its letter has left is not told. A quarter that ended long ago is not
told of: whoever takes the program into use in the middle of a year is not met by letters about all that was before.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.base.clock import STOCKHOLM
from samlad.governance.plan import figures, queries
from samlad.governance.plan.queries import ActivityView
from samlad.governance.rules import KEEPING
from samlad.journal.followers import Every
from samlad.notify.actions import NoticeDraft, queue_what_holds
from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, today

PLANS: Final = UUID("5a4d1ad0-0000-5000-8000-706c616e0000")
"""What stands where a notice of an operation names it: these belong to none."""
AFTER: Final = timedelta(days=10)
"""How long after the end of a quarter one has for the follow-up before a letter comes."""
NOT_AFTER: Final = timedelta(days=75)
EVERY: Final = timedelta(hours=1)
WAKING: Final = range(7, 19)
LANGUAGE: Final = "sv"
RECORDING: Final = frozenset({"registrar", "actor_administrator"})
"""Who is written to at the responsible actor; the secretariat where it has none of them."""


def carry_out(moment: datetime) -> None:
    """Tell of follow-ups that are missing, by day; take back what has come and has not been sent."""
    local = moment.astimezone(STOCKHOLM)
    if local.hour not in WAKING:
        return
    with transaction.atomic(), override(LANGUAGE):
        queue_what_holds(about(due(local.date())), about=PLANS, at=moment)


def due(day: date) -> list[tuple[ActivityView, int]]:
    """The missing follow-ups to write about on a day."""
    found = []
    for one, quarter in queries.missing():
        ended = figures.quarter_days(one.year, quarter)[1]
        if ended + AFTER <= day <= ended + NOT_AFTER:
            found.append((one, quarter))
    return found


def about(missing: list[tuple[ActivityView, int]]) -> Iterator[NoticeDraft]:
    """A letter on each missing follow-up to each of those who can make it."""
    if not missing:
        return
    seats = Seat.objects.filter(holds_on(today()), person__is_active=True, person__screen=False)
    people = list(seats.filter(role__in=RECORDING | KEEPING).select_related("person"))
    for one, quarter in missing:
        own = [seat for seat in people if seat.role in RECORDING and seat.actor_id == one.activity.responsible_id]
        for seat in own or [seat for seat in people if seat.role in KEEPING]:
            yield letter(one, quarter, seat)


def letter(one: ActivityView, quarter: int, seat: Seat) -> NoticeDraft:
    """The letter on one missing follow-up to one person."""
    words = {"quarter": quarter, "year": one.year, "activity": one.activity.title, "actor": one.responsible}
    link = settings.SAMLAD_URL + reverse("activity_follow_up", args=[one.activity.pk, quarter])
    parts = (
        _("%(actor)s is responsible for the activity %(activity)s in the annual plan of %(year)s.") % words,
        _("Its follow-up of quarter %(quarter)s is missing.") % words,
        _("Follow it up here: %(link)s") % {"link": link},
        _("You are told of it once."),
    )
    return NoticeDraft(
        operation=PLANS,
        entry=uuid5(PLANS, f"{one.activity.pk} {quarter}"),
        person=seat.person_id,
        actor=seat.actor_id,
        address=seat.person.email,
        subject=_("Follow-up of quarter %(quarter)s is missing: %(activity)s") % words,
        body="\n\n".join(parts),
        exercise=False,
        language=LANGUAGE,
    )


remind_of_follow_ups: Final = Every(EVERY, carry_out)
"""The pump, carried out every hour."""
