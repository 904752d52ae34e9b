"""Swapping shifts: one asks, the other agrees, and then it takes effect. What was asked and answered stays."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import gate
from samlad.journal.who import Who
from samlad.registers import roster_rules as rules
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import Person, Roster, Shift, ShiftSwap
from samlad.registers.roster_actions import REGISTER, exchange, state_of
from samlad.registers.roster_models import ShiftSource


def holds_still(at: datetime) -> Q:
    """The condition that a swap waits and can still take effect: neither shift is over or has been changed."""
    offered = Q(offered__removed_at=None, offered__ends__gt=at)
    return Q(agreed=None) & offered & (Q(wanted=None) | Q(wanted__removed_at=None, wanted__ends__gt=at))


def waiting(at: datetime) -> "QuerySet[ShiftSwap]":
    """Swaps that wait for an answer and can still take effect."""
    rows = ShiftSwap.objects.filter(holds_still(at))
    return rows.select_related("offered__roster", "offered__person", "wanted__person", "asked_by", "asked_of")


def may_see(who: Who, swap: ShiftSwap) -> bool:
    """Whether this reader sees a swap: the two it is between, and who keeps the roster."""
    roster = swap.offered.roster
    both = (swap.asked_by_id, swap.asked_of_id)
    return who.person in both or rules.may_keep(who, roster.actor_id, roster.role)


@one_change
def propose(*, offered: Shift, asked_of: Person, wanted: Shift | None, message: str, by: Who) -> ShiftSwap:
    """Ask somebody with the same role to take one's shift, in exchange for one of theirs or for nothing."""
    roster = Roster.objects.select_for_update().get(pk=offered.roster_id)
    offered = Shift.objects.select_related("roster").get(pk=offered.pk)
    if offered.person_id != by.person:
        raise Refused(_("Only whoever has the shift can ask somebody to take it."))
    rules.check_not_over(offered)
    if asked_of.pk == by.person:
        raise Refused(_("Ask somebody else than yourself."), field="asked_of")
    if wanted is not None:
        _check_wanted(wanted, offered, asked_of)
    if ShiftSwap.objects.filter(offered=offered, asked_of=asked_of, agreed=None).exists():
        raise Refused(_("You have asked that person already. Wait for the answer, or withdraw it first."))
    _check_both(offered, wanted, by.person, asked_of.pk)
    gate.check(message, field="message")
    swap = ShiftSwap.objects.create(
        offered=offered, wanted=wanted, asked_by_id=by.person, asked_of=asked_of, message=message
    )
    _note(swap, roster, "swap_proposed", by)
    return swap


def _check_wanted(wanted: Shift, offered: Shift, asked_of: Person) -> None:
    rules.check_not_over(wanted)
    if wanted.roster_id != offered.roster_id or wanted.person_id != asked_of.pk:
        raise Refused(_("Choose one of that person's shifts on the same roster."), field="wanted")


def _check_both(offered: Shift, wanted: Shift | None, asker: str, other: str) -> None:
    """Refuse where either does not have the role for the shift they would get, or has duty then already."""
    both = [offered] + ([wanted] if wanted else [])
    people = {person.pk: person for person in Person.objects.filter(pk__in=(asker, other))}
    for shift, taker in ((offered, other), (wanted, asker)):
        if shift is not None:
            starts = max(shift.starts, now())
            rules.check_has_role(people[taker], shift.roster, starts, shift.ends, field="asked_of")
            rules.check_free(people[taker], shift.roster, starts, shift.ends, *both)


@one_change
def answer(*, swap: ShiftSwap, agree: bool, by: Who) -> bool:
    """Agree, and the two change places from now on; or decline. Only the one who was asked. Raises Refused."""
    row = _locked(swap)
    if row.asked_of_id != by.person:
        raise Refused(_("Only the person who was asked can answer."))
    if agree:
        _take_effect(row, by)
    row.agreed, row.answered_by, row.answered_at = agree, by.person, now()
    row.save(update_fields=["agreed", "answered_by", "answered_at"])
    _note(row, row.offered.roster, "swapped" if agree else "swap_declined", by)
    return True


@one_change
def withdraw(*, swap: ShiftSwap, by: Who) -> bool:
    """Take back what one asked for. Raises Refused."""
    row = _locked(swap)
    if row.asked_by_id != by.person:
        raise Refused(_("Only whoever asked can withdraw it."))
    row.agreed, row.answered_by, row.answered_at = False, by.person, now()
    row.save(update_fields=["agreed", "answered_by", "answered_at"])
    _note(row, row.offered.roster, "swap_withdrawn", by)
    return True


def _locked(swap: ShiftSwap) -> ShiftSwap:
    Roster.objects.select_for_update().get(pk=swap.offered.roster_id)
    related = ("offered__roster", "offered__person", "wanted__roster", "wanted__person", "asked_by", "asked_of")
    row = ShiftSwap.objects.select_related(*related).get(pk=swap.pk)
    if row.agreed is not None:
        raise Refused(_("This has been answered already."))
    return row


def _take_effect(swap: ShiftSwap, by: Who) -> None:
    """The one who was asked gets the offered shift; whoever asked gets the wanted one, if there is one."""
    at = now()
    for shift, owner in ((swap.offered, swap.asked_by_id), (swap.wanted, swap.asked_of_id)):
        if shift is None:
            continue
        rules.check_not_over(shift)
        if shift.person_id != owner:
            raise Refused(_("Somebody has changed this shift. Look at the roster again."))
    _check_both(swap.offered, swap.wanted, swap.asked_by_id, swap.asked_of_id)
    exchange(swap.offered, swap.asked_of, by=by, at=at, source=ShiftSource.SWAP)
    if swap.wanted is not None:
        exchange(swap.wanted, swap.asked_by, by=by, at=at, source=ShiftSource.SWAP)


def _note(swap: ShiftSwap, roster: Roster, action: str, by: Who) -> None:
    before: dict[str, Any] = {"shift": _span(swap.offered), "person": swap.asked_by_id}
    after: dict[str, Any] = {"shift": _span(swap.offered), "person": swap.asked_of_id}
    if swap.wanted is not None:
        after["in_exchange"] = _span(swap.wanted)
    note(
        register=REGISTER,
        key=str(roster.pk),
        by=by,
        before=before,
        after=after,
        reason=swap.message[:200],
        action=action,
    )


def _span(shift: Shift) -> str:
    state = state_of(shift)
    return f"{state['starts']} – {state['ends']}"
