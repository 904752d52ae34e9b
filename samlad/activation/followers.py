"""What happens because an alarm has been raised: everybody who holds a duty role at a participating actor is told."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.entries import Raised
from samlad.base.clock import now
from samlad.journal.entries import Entry
from samlad.journal.fold import Basics
from samlad.journal.followers import Follower
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.registers.queries import DutySeat, duty_seats

LANGUAGE: Final = "sv"
STALE: Final = timedelta(hours=6)
"""Older than this when the worker comes to it (an imported operation, a long outage), an alarm calls nobody."""


def call_out(entry: Entry) -> None:
    """Queue one notice for each person to call. Runs in the worker's transaction, so it happens once."""
    state = basics(entry.operation, SYSTEM)
    if state.replayed or state.closed_at or now() - entry.recorded_at > STALE:
        return
    with override(LANGUAGE):
        queue_notices(draft(entry, state, seat) for seat in whom_to_call(state.participants, entry.recorded_at))


def whom_to_call(actors: Collection[str], at: datetime) -> list[DutySeat]:
    """Everybody with a duty role at these actors at a moment, each person once, in the actors' order."""
    called: dict[str, DutySeat] = {}
    seats = duty_seats(actors, at)
    for actor in actors:
        for seat in seats[actor]:
            called.setdefault(seat.person, seat)
    return list(called.values())


def draft(entry: Entry, state: Basics, seat: DutySeat) -> NoticeDraft:
    """The text to one person: who, what, where, what is asked, and the link to answer at."""
    raised = entry.payload
    assert isinstance(raised, Raised)
    path = reverse("acknowledge", args=[entry.operation])
    context = {
        "raised": raised,
        "by": state.name(entry.actor),
        "at": entry.occurred_at,
        "kind": state.kind,
        "actor": state.name(seat.actor),
        "url": f"{settings.SAMLAD_URL}{path}",
    }
    return NoticeDraft(
        operation=entry.operation,
        entry=entry.id,
        person=seat.person,
        actor=seat.actor,
        address=seat.email,
        subject=_("Alarm: %(title)s") % {"title": f"{raised.what}, {raised.where}"},
        body=render_to_string("activation/call_out.txt", context),
        exercise=state.exercise,
        language=LANGUAGE,
    )


CALL_OUT: Final = Follower("activation.call_out", call_out, kinds=frozenset({"activation.raised"}))
