"""Telling the secretariat and the lender that a secondment ends within 90 days, once, while there is time.

The worker's pump. What is prolonged or broken off before its letter has left is not told.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.base.clock import STOCKHOLM
from samlad.governance.lent.queries import ending, names
from samlad.governance.lent.rules import last_in
from samlad.governance.models import Secondment
from samlad.governance.rules import KEEPING, SPEAKING
from samlad.journal.followers import Every
from samlad.notify.actions import NoticeDraft, queue_what_holds
from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, today

LENT: Final = UUID("5a4d1ad0-0000-5000-8000-6c656e740000")
"""What stands where a notice of an operation names it: these belong to none."""
EVERY: Final = timedelta(hours=1)
WAKING: Final = range(7, 19)
LANGUAGE: Final = "sv"


def carry_out(moment: datetime) -> None:
    """Tell of secondments that end soon, by day; take back what no longer does and has not been sent."""
    if moment.astimezone(STOCKHOLM).hour not in WAKING:
        return
    with transaction.atomic(), override(LANGUAGE):
        queue_what_holds(about(ending()), about=LENT, at=moment)


def about(rows: list[Secondment]) -> Iterator[NoticeDraft]:
    """A letter on each secondment to the secretariat and to those who speak for the lender."""
    if not rows:
        return
    short = names()
    seats = Seat.objects.filter(holds_on(today()), person__is_active=True, person__screen=False)
    people = list(seats.filter(role__in=KEEPING | SPEAKING).select_related("person"))
    for row in rows:
        day = last_in(row)
        about_it = {"seat": row.seat, "lender": short.get(row.lender_id, ""), "day": date_format(day, "j F Y")}
        parts = (
            _("The secondment “%(seat)s”, lent by %(lender)s, ends on %(day)s.") % about_it,
            _("Agree on another period, or find somebody else from the same category, so that there is no gap."),
            settings.SAMLAD_URL + reverse("secondment", args=[row.pk]),
            _("You are told of it once."),
        )
        for seat in people:
            lends = seat.role in SPEAKING and seat.actor_id == row.lender_id
            if seat.role in KEEPING or lends:
                yield NoticeDraft(
                    operation=LENT,
                    entry=uuid5(LENT, f"{row.pk} {day}"),
                    person=seat.person_id,
                    actor=seat.actor_id,
                    address=seat.person.email,
                    subject=_("Lent staff: “%(seat)s” ends on %(day)s") % about_it,
                    body="\n\n".join(parts),
                    exercise=False,
                    language=LANGUAGE,
                )


remind_of_lent_staff: Final = Every(EVERY, carry_out)
"""The pump, carried out every hour."""
