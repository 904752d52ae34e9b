"""Every change of secondments and of what they cost. Each asks whether `by` may, and leaves its row of history."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import papers, record
from samlad.governance.lent.months import ZERO
from samlad.governance.lent.rules import (
    check_can_certify,
    check_month,
    is_agreed,
    open_sides,
)
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.rules import check_keeps, check_speaks_for, keeps
from samlad.journal.files import Held
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.models import Person
from samlad.registers.queries import today
from samlad.registers.seat_rules import belongs


@one_change
def propose(row: Secondment, *, by: Who, held: tuple[Held, ...] | list[Held] = ()) -> bool:
    """Propose a secondment. The side that proposes has said yes by that; the other has to answer."""
    check_speaks_for(by, row.lender_id)
    _check_terms(row)
    if Secondment.objects.filter(pk=row.pk).exists():
        return False
    row.proposed_by, row.proposed_at = by.person, now()
    _say_yes(row, "kansli" if keeps(by) else "lender", by)
    saved = record.save(row, by=by, new=True)
    papers.keep(held, of=row.pk, by=by, readers=row.lender_id)
    return saved


@one_change
def change(row: Secondment, *, by: Who, reason: str, seen: str = "", held: tuple[Held, ...] | list[Held] = ()) -> bool:
    """Change a secondment. Once agreed only the secretariat does, with a reason; a proposal is changed by its sides,
    and what the other side had said yes to is no longer what stands there."""
    check_speaks_for(by, row.lender_id)
    _check_terms(row)
    before = Secondment.objects.get(pk=row.pk)
    if before.lender_id != row.lender_id:
        raise Refused(_("Another lender is another secondment: propose a new one."), field="lender")
    if is_agreed(before):
        check_keeps(by)
        if not reason:
            raise Refused(_("It has been agreed: say why you change it."), field="reason")
        _check_costs_fit(row)
    elif _terms(before) != _terms(row):
        row.lender_agreed_by, row.lender_agreed_at = "", None
        row.kansli_agreed_by, row.kansli_agreed_at = "", None
        _say_yes(row, "kansli" if keeps(by) else "lender", by)
    kept = papers.keep(held, of=row.pk, by=by, readers=row.lender_id)
    return record.save(row, by=by, reason=reason, seen=seen) or bool(kept)


def _terms(row: Secondment) -> tuple[object, ...]:
    return row.seat, row.first_day, row.last_day, row.share, row.monthly_amount, row.agreement


def _say_yes(row: Secondment, side: str, by: Who) -> None:
    if side == "lender":
        row.lender_agreed_by, row.lender_agreed_at = by.person, now()
    else:
        row.kansli_agreed_by, row.kansli_agreed_at = by.person, now()


def _check_terms(row: Secondment) -> None:
    if row.person_id and not belongs(Person.objects.get(pk=row.person_id), row.lender_id):
        raise Refused(_("The person has no role at the actor that would lend them."), field="person")
    if row.last_day < row.first_day:
        raise Refused(_("The last day must not come before the first."), field="last_day")


def _check_costs_fit(row: Secondment) -> None:
    """Refuse days that leave what is reported outside."""
    for cost in MonthCost.objects.filter(secondment=row.pk):
        try:
            check_month(row, cost.month, today())
        except Refused as outside:
            sentence = _("Costs are reported for %(month)s, which these days would leave outside.")
            raise Refused(sentence % {"month": cost.month.strftime("%Y-%m")}, field="last_day") from outside


@one_change
def answer(key: UUID, *, side: str, agree: bool, reason: str, by: Who, seen: str = "") -> bool:
    """Say yes or no to a proposal, for the lender or the secretariat: to the terms that the page showed (`seen`)."""
    row = Secondment.objects.select_for_update().get(pk=key)
    if side not in open_sides(by, row):
        raise Refused(_("This has been answered already."))
    if seen and seen != record.seen(row):
        raise Refused(_("The proposal has been changed since you opened the page. Read it again before you answer."))
    if agree:
        _say_yes(row, side, by)
    elif not reason:
        raise Refused(_("Say why, so that the other side knows."), field="reason")
    else:
        row.declined_at, row.declined_why = now(), reason
    return record.save(row, by=by, reason=reason)


@one_change
def break_off(key: UUID, *, last_day: date, reason: str, by: Who) -> bool:
    """End a secondment before its last day."""
    row = Secondment.objects.select_for_update().get(pk=key)
    check_speaks_for(by, row.lender_id)
    if not is_agreed(row):
        raise Refused(_("It has not been agreed: decline it instead."))
    if last_day >= row.last_day:
        raise Refused(_("It ends by itself on %(day)s.") % {"day": row.last_day.isoformat()}, field="last_day")
    if last_day < row.first_day:
        raise Refused(_("The last day must not come before the first."), field="last_day")
    row.broken_off_on, row.broken_off_why = last_day, reason
    _check_costs_fit(row)
    return record.save(row, by=by, reason=reason)


@one_change
def report(
    row: MonthCost, *, right: Decimal, by: Who, seen: str = "", held: tuple[Held, ...] | list[Held] = ()
) -> bool:
    """Report what a month has cost in all. Over something certified this is a correction: a row with the difference.

    What was returned, or waits, is changed in place; its history shows what it was.
    """
    secondment = Secondment.objects.select_for_update().get(pk=row.secondment_id)
    check_speaks_for(by, secondment.lender_id)
    check_month(secondment, row.month, today())
    same = MonthCost.objects.filter(secondment=secondment, month=row.month)
    stored = same.filter(pk=row.pk).first()
    if stored is not None and stored.certified_at is not None:
        raise Refused(_("This was certified while you wrote. Open the month again to correct it."))
    waits = same.filter(certified_at=None).exclude(pk=row.pk).first()
    if waits is not None:
        raise Refused(_("Somebody has reported this month just now. Reload the page."))
    certified = list(same.exclude(certified_at=None))
    row.amount = right - sum((one.amount for one in certified), ZERO)
    row.corrects = certified[0] if certified else None
    if certified and not row.amount:
        raise Refused(_("This is what is certified already: there is nothing to correct."), field="right")
    row.reported_by, row.reported_at = by.person, stored.reported_at if stored else now()
    same_again = stored is not None and record.state_of(stored) == record.state_of(row) and not stored.returned_at
    if same_again and not held:
        return False
    row.reported_at, row.returned_by, row.returned_at, row.returned_why = now(), "", None, ""
    papers.keep(held, of=row.pk, by=by, readers=secondment.lender_id)
    # An id that is there already, but of another month or secondment, is somebody else's report.
    return record.save(row, by=by, seen=seen, new=stored is None)


@one_change
def certify(key: UUID, *, by: Who, seen: str = "") -> bool:
    """Certify (attestera) a report: never by whoever reported it."""
    row = MonthCost.objects.select_for_update().get(pk=key)
    check_can_certify(by, row)
    row.certified_by, row.certified_at = by.person, now()
    return record.save(row, by=by, seen=seen)


@one_change
def give_back(key: UUID, *, reason: str, by: Who, seen: str = "") -> bool:
    """Return a report to the lender with a reason."""
    row = MonthCost.objects.select_for_update().get(pk=key)
    check_keeps(by)
    if row.certified_at is not None:
        raise Refused(_("This has been certified already."))
    if not reason:
        raise Refused(_("Say what has to be changed, so that the lender knows."), field="reason")
    row.returned_by, row.returned_at, row.returned_why = by.person, now(), reason
    return record.save(row, by=by, reason=reason, seen=seen)


@one_change
def pay(key: UUID, *, day: date, by: Who, seen: str = "") -> bool:
    """Note the day on which a certified cost was paid."""
    row = MonthCost.objects.select_for_update().get(pk=key)
    check_keeps(by)
    if row.certified_at is None:
        raise Refused(_("Only what has been certified is paid."))
    if day > today():
        raise Refused(_("The day has not come yet."), field="paid_on")
    row.paid_on = day
    return record.save(row, by=by, seen=seen)
