"""What the scene has of lent staff: Nacka lends somebody and has reported a month; a certified month of the pool."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.governance import record
from samlad.governance.lent import actions, pool_actions
from samlad.governance.lent.months import first_of, later
from samlad.governance.models import MonthCost, PoolBasis, PoolMember, PoolRates, Secondment
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

MISSING_LENT: Final = {
    "secondment": new_id(), "month": "2026-13", "cost": new_id(), "basis": new_id(), "pool_member": new_id(),
    "pool_rates": new_id(),
}  # fmt: skip


def lent_staff(cast: Everybody) -> dict[str, Any]:
    """A row of each table; returns what stands in the addresses."""
    month, kansli = later(first_of(today()), -1), cast.secretariat.who
    row = Secondment(
        id=new_id(), seat="Handläggare", lender_id="nacka", first_day=month, last_day=later(month, 12),
        monthly_amount=Decimal("60000.00"), person=cast.duty_officer.person,
    )  # fmt: skip
    actions.propose(row, by=kansli)
    actions.answer(row.pk, side="lender", agree=True, reason="", by=cast.registrar.who)
    cost = MonthCost(id=new_id(), secondment=row, month=month, consists_of="Lön")
    actions.report(cost, right=Decimal("59000.50"), by=cast.registrar.who)
    member = PoolMember(id=new_id(), actor_id="nacka", person=cast.rsk.person, first_day=date(2020, 1, 1))
    pool_actions.save_member(member, by=kansli)
    rates = PoolRates(id=new_id(), valid_from=date(2020, 1, 1), week=Decimal("7000.00"), source="Påhittat")
    pool_actions.save_rates(rates, by=kansli)
    inputs: dict[str, Any] = {"duties": [], "lines": [], "rates": [], "holidays": {}}
    basis = PoolBasis(
        id=new_id(), actor_id="nacka", month=month, total=Decimal("7000.00"), amount=Decimal("7000.00"), inputs=inputs,
        certified_by=kansli.person, certified_at=now(),
    )  # fmt: skip
    record.save(basis, by=kansli, new=True)
    return {
        "secondment": row.pk, "month": f"{month:%Y-%m}", "cost": cost.pk, "basis": basis.pk, "pool_member": member.pk,
        "pool_rates": rates.pk,
    }  # fmt: skip
