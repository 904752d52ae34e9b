"""Every change of the pool: its members, the rates, and a month's basis, which is certified with what it stands on."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance import papers, record
from samlad.governance.lent import pool
from samlad.governance.lent.compensation import wall
from samlad.governance.lent.months import ZERO, later
from samlad.governance.models import PoolBasis, PoolMember, PoolRates
from samlad.governance.rules import check_keeps
from samlad.journal.files import Held
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.actions import stamp as fingerprint
from samlad.registers.models import Actor
from samlad.registers.queries import today


@one_change
def save_member(
    row: PoolMember,
    *,
    by: Who,
    reason: str = "",
    seen: str = "",
    held: tuple[Held, ...] | list[Held] = (),
    new: bool = False,
) -> bool:
    """Save somebody in the pool. A person is in it for one actor at a time."""
    check_keeps(by)
    if row.last_day is not None and row.last_day < row.first_day:
        raise Refused(_("The last day must not come before the first."), field="last_day")
    if row.person_id:
        for other in PoolMember.objects.filter(person=row.person_id).exclude(pk=row.pk):
            before = other.last_day is not None and other.last_day < row.first_day
            if not (before or (row.last_day is not None and row.last_day < other.first_day)):
                raise Refused(_("The person is in the pool already on some of these days."), field="person")
    kept = papers.keep(held, of=row.pk, by=by, readers=row.actor_id)
    return record.save(row, by=by, reason=reason, seen=seen, new=new) or bool(kept)


@one_change
def save_rates(row: PoolRates, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save the rates from a day on. What is certified keeps the rates it was computed with."""
    check_keeps(by)
    if (row.night_begins is None) != (row.night_ends is None):
        raise Refused(_("Say both when night begins and when it ends, or neither."), field="night_ends")
    if row.night_hour is not None and row.night_begins is None:
        raise Refused(_("Say when night begins and ends: there is an amount for it."), field="night_begins")
    return record.save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def certify(actor: str, month: date, *, by: Who, expected: str, at: datetime | None = None) -> bool:
    """Certify an actor's month as computed now, frozen with its inputs; over an earlier one it pays the difference.

    `expected` is the stamp of what the page showed. Nobody certifies a month in which they had duty themselves.
    """
    check_keeps(by)
    Actor.objects.select_for_update().get(pk=actor)
    if wall(later(month, 1)) > (at or now()):
        raise Refused(_("The month is not over: what happens until then counts."))
    found = pool.month_of(month).get(actor)
    if found is None or not (found.lines or found.certified):
        raise Refused(_("There is no duty in this month to compensate the actor for."))
    if found.total is None:
        raise Refused(_("A rate is not obtained: without it nothing can be certified."))
    if any(duty.person == by.person for duty in found.duties):
        raise Refused(_("You had duty yourself in this month. Somebody else at the secretariat has to certify it."))
    if found.certified and not found.differs:
        return False
    if stamp(found) != expected:
        raise Refused(_("The roster or the rates have been changed since you opened the page. Look at it again."))
    before = found.certified[-1].total if found.certified else ZERO
    row = PoolBasis(
        id=new_id(), actor_id=actor, month=month, number=len(found.certified) + 1, total=found.total,
        amount=found.total - before, inputs=pool.inputs(found, pool.rates()), certified_by=by.person,
        certified_at=at or now(),
    )  # fmt: skip
    return record.save(row, by=by, new=True)


def stamp(found: pool.ActorMonth) -> str:
    """A short text that differs when what would be certified does."""
    return fingerprint({"lines": pool.frozen_lines(found.lines), "duties": [str(one) for one in found.duties]})


@one_change
def pay(key: UUID, *, day: date, by: Who) -> bool:
    """Note the day on which a certified month was paid."""
    check_keeps(by)
    row = PoolBasis.objects.select_for_update().get(pk=key)
    if day > today():
        raise Refused(_("The day has not come yet."), field="paid_on")
    row.paid_on = day
    return record.save(row, by=by)
