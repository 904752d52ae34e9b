"""The personal data of lent staff: who is lent where, what it costs, who is in the pool and had duty."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import STOCKHOLM
from samlad.base.personal import AT_ONCE, Holding, Row
from samlad.governance import record
from samlad.governance.lent.months import first_of
from samlad.governance.models import MonthCost, PoolBasis, PoolMember, Secondment
from samlad.journal.who import SYSTEM
from samlad.registers.history import note
from samlad.registers.models import Change

SEVEN_YEARS: Final = 7 * 366
FORGOTTEN: Final = "Gallrat: namnet"


def secondments_of(key: str) -> Iterator[Row]:
    """Where the person is, or was, lent to the secretariat, with what it cost; and what the person recorded."""
    for row in Secondment.objects.filter(person=key):
        costs = MonthCost.objects.filter(secondment=row).values(
            "month", "amount", "consists_of", "note", "certified_at"
        )
        yield {
            "function": row.seat, "lender": row.lender_id, "from": row.first_day, "to": row.last_day,
            "share": row.share, "monthly_amount": row.monthly_amount, "agreement": row.agreement,
            "broken_off_on": row.broken_off_on, "broken_off_why": row.broken_off_why, "costs": list(costs),
        }  # fmt: skip
    yield from MonthCost.objects.filter(reported_by=key).values("month", "amount", "reported_at")
    yield from MonthCost.objects.filter(certified_by=key).values("month", "amount", "certified_at")


def remove_secondments(before: datetime) -> int:
    """Take the names out of secondments that ended before a moment, also in their history. Function, lender, days and
    costs stay: they are the accounts of the joint budget."""
    day = before.astimezone(STOCKHOLM).date()
    old = Secondment.objects.filter(last_day__lt=day).exclude(person=None)[:AT_ONCE]
    return _forget(list(old))


def pool_of(key: str) -> Iterator[Row]:
    """The person's time in the pool, and the months in which duty was compensated."""
    yield from PoolMember.objects.filter(person=key).values("actor", "seat", "first_day", "last_day", "agreement")
    for basis in PoolBasis.objects.all():
        own = {
            part: [one for one in basis.inputs.get(part, ()) if one["person"] == key] for part in ("duties", "lines")
        }
        if own["duties"] or own["lines"] or basis.certified_by == key:
            yield {"actor": basis.actor_id, "month": basis.month, "certified_by_you": basis.certified_by == key, **own}


def remove_pool(before: datetime) -> int:
    """Take the names out of the pool where they left it before a moment, and out of bases of months before it."""
    day = before.astimezone(STOCKHOLM).date()
    removed = _forget(list(PoolMember.objects.filter(last_day__lt=day).exclude(person=None)[:AT_ONCE]))
    for basis in _named_bases(first_of(day))[:AT_ONCE]:
        with transaction.atomic():
            basis.inputs = _nameless(basis.inputs)
            PoolBasis.objects.filter(pk=basis.pk).update(inputs=basis.inputs)
            _blank(basis, lambda state: state.update(inputs=_nameless(state.get("inputs") or {})))
        removed += 1
    return removed


def _named_bases(month: date) -> list[PoolBasis]:
    old = PoolBasis.objects.filter(month__lt=month)
    return [basis for basis in old if any(one["person"] for one in basis.inputs.get("duties", ()))]


def _nameless(inputs: dict[str, Any]) -> dict[str, Any]:
    nameless = {part: [{**one, "person": ""} for one in inputs.get(part, ())] for part in ("duties", "lines")}
    return {**inputs, **nameless}


def _forget(rows: "list[Any]") -> int:
    """Take the person out of some rows and their history."""
    for row in rows:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(person=None)
            _blank(row, lambda state: state.update(person=None))
    return len(rows)


def _blank(row: Model, forget: Any) -> None:
    """Change every state that the history has of a row, and note that it was done."""
    name = record.register(type(row))
    last: dict[str, Any] = {}
    for change in Change.objects.filter(register=name, object_key=str(row.pk)).order_by("at", "id"):
        for state in (change.before, change.after):
            if state:
                forget(state)
        change.save(update_fields=["before", "after"])
        last = change.after or last
    note(register=name, key=str(row.pk), by=SYSTEM, before=last, after=last, reason=FORGOTTEN, action="changed")


LENT_HOLDINGS: Final = (
    Holding(
        name="governance.secondments",
        title=_("Lent staff"),
        tables=("governance.secondment", "governance.monthcost"),
        whose=_("Those who are lent to the coordination secretariat, and those who report and certify what it costs"),
        what=_("Function, lender, period and share of full time; the lender's own cost by month; who recorded what"),
        purpose=_("To know who works in the secretariat, and to pay the lender from the joint budget"),
        counted_from=_("from the last day; function, lender, days and sums stay, without the name"),
        days=SEVEN_YEARS,
        of=secondments_of,
        remove=remove_secondments,
    ),
    Holding(
        name="governance.pool",
        title=_("The RSK pool and its compensation"),
        tables=("governance.poolmember", "governance.poolbasis"),
        whose=_("Those who are regional coordinators on call (RSK), and who certifies the compensation"),
        what=_("Who is in the pool for which actor, from when to when; duty, hours by kind and amount by month"),
        purpose=_("To compensate the actor that lends somebody to the pool, by actual duty"),
        counted_from=_(
            "from the last day in the pool, and from the month compensated; the sums stay, without the name"
        ),
        days=SEVEN_YEARS,
        of=pool_of,
        remove=remove_pool,
    ),
)
"""Kept as long as the accounts they support: seven years (lag (2018:597) om kommunal bokföring och redovisning)."""
