"""The rosters' personal data: who had duty when, who swapped with whom, and what was left at handover."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row, delete_some
from samlad.registers.models import Change, HandoverNote, RosterPattern, Shift, ShiftFeed, ShiftSwap

PURPOSE: Final = _("To call whoever has duty, and to be able to answer who had it at a given time")


def shifts_of(key: str) -> Iterator[Row]:
    """The person's shifts, those that were changed or taken away too."""
    for shift in Shift.objects.filter(person=key).select_related("roster"):
        yield {
            "actor": shift.roster.actor_id, "role": shift.roster.role, "from": shift.starts, "to": shift.ends,
            "deputy": shift.deputy, "source": shift.source, "removed_at": shift.removed_at,
        }  # fmt: skip
    yield from (
        RosterPattern.objects.filter(turns__person=key)
        .distinct()
        .values("roster__actor", "roster__role", "valid_from", "valid_to")
    )


def remove_shifts(before: datetime) -> int:
    """Delete shifts that ended before a moment with what hangs on them, and patterns that nothing hangs on any more."""
    with transaction.atomic():
        removed = delete_some(Shift.objects.filter(ends__lt=before))
        left = Exists(Shift.objects.filter(pattern=OuterRef("pk")))
        RosterPattern.objects.filter(~left, valid_to__lt=before.date()).delete()
        delete_some(Change.objects.filter(register="rosters", at__lt=before))
    return removed


def swaps_of(key: str) -> Iterator[Row]:
    """Swaps that the person asked for, or was asked for."""
    yield from ShiftSwap.objects.filter(Q(asked_by=key) | Q(asked_of=key)).values(
        "asked_at", "offered__starts", "wanted__starts", "message", "agreed", "answered_at"
    )


def remove_swaps(before: datetime) -> int:
    """Delete swaps asked for before a moment; the shifts they led to stay."""
    return delete_some(ShiftSwap.objects.filter(asked_at__lt=before))


def notes_of(key: str) -> Iterator[Row]:
    """Handover notes that the person wrote."""
    yield from HandoverNote.objects.filter(author=key).values("roster__actor", "roster__role", "written_at", "text")


def remove_notes(before: datetime) -> int:
    """Delete handover notes written before a moment."""
    return delete_some(HandoverNote.objects.filter(written_at__lt=before))


def feeds_of(key: str) -> Iterator[Row]:
    """The person's calendar addresses; the address itself is not kept."""
    yield from ShiftFeed.objects.filter(person=key).values("made_at", "ended_at")


def remove_feeds(before: datetime) -> int:
    """Delete calendar addresses that were ended before a moment."""
    return ShiftFeed.objects.filter(ended_at__lt=before).delete()[0]


ROSTER_HOLDINGS: Final = (
    Holding(
        name="registers.shifts",
        title=_("Rosters"),
        tables=("registers.shift", "registers.rosterpattern", "registers.patternturn"),
        whose=_("Staff of the parties who have duty"),
        what=_("Who has duty in which role at which actor, from when to when, and who changed it"),
        purpose=PURPOSE,
        counted_from=_("from the end of the shift"),
        days=730,
        of=shifts_of,
        remove=remove_shifts,
    ),
    Holding(
        name="registers.swaps",
        title=_("Swaps of shifts"),
        tables=("registers.shiftswap",),
        whose=_("Staff of the parties who have duty"),
        what=_("Who asked whom to take which shift, what they wrote, and the answer"),
        purpose=PURPOSE,
        counted_from=_("from the day it was asked"),
        days=365,
        of=swaps_of,
        remove=remove_swaps,
    ),
    Holding(
        name="registers.handover_notes",
        title=_("Handover notes"),
        tables=("registers.handovernote",),
        whose=_("Those who write them, and those whom they name"),
        what=_("What whoever goes off duty tells whoever comes on"),
        purpose=_("That whoever comes on duty knows what goes on"),
        counted_from=_("from the day it was written"),
        days=180,
        of=notes_of,
        remove=remove_notes,
    ),
    Holding(
        name="registers.shift_feeds",
        title=_("Calendar addresses"),
        tables=("registers.shiftfeed",),
        whose=_("Those who have their shifts in a calendar of their own"),
        what=_("That somebody has such an address, since when, and until when"),
        purpose=_("To give a calendar program one's own shifts"),
        counted_from=_("from the day it was ended"),
        days=30,
        of=feeds_of,
        remove=remove_feeds,
    ),
)
