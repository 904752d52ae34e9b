"""What the scene has of money: a budget with a line and a booking, and fees that are frozen and can be invoiced."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from samlad.base.ids import new_id
from samlad.governance.models import BillingParty, Budget, BudgetLine, FeeRun, Forecast, Outcome
from samlad.governance.money import actions
from samlad.governance.money.figures import cap_day, start_days
from samlad.registers.models import Area, Population
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

MISSING_MONEY: Final = {"year": 2099, "line": new_id(), "booking": new_id()}
BOARD: Final = "lansstyrelsen-stockholm"
PEOPLE: Final = {"0181": 100_000, "0182": 110_000}
NUMBERS: Final = {BOARD: "202100-2247", "nacka": "212000-0167"}


def inhabitants(year: int, edition: str = "SCB") -> None:
    """Figures of the cast's two municipalities for a budget year; a tenth fewer half a year before."""
    for area, people in PEOPLE.items():
        Area.objects.get_or_create(code=area, defaults={"name": area, "kind": "municipality"})
        for day, figure in ((start_days(year)[1], people), (cap_day(year), people * 9 // 10)):
            row = {"area_id": area, "on_date": day, "edition": edition}
            Population.objects.get_or_create(**row, defaults={"figure": figure, "source": "Påhittat"})


def a_budget(cast: Everybody, year: int, **more: Any) -> Budget:
    """A budget of a million with half of the others' half each for the county board and the police."""
    told: dict[str, Any] = {"total": Decimal("1000000.00"), "issuer_id": BOARD, "vat_reason": "Utanför momsen"}
    made = Budget(id=new_id(), year=year, **told | more)
    actions.save_budget(made, by=cast.secretariat.who, new=True)
    percents = {BOARD: Decimal("62.5"), "polisregion-stockholm": Decimal("37.5")}
    actions.save_shares(made, percents, by=cast.secretariat.who)
    return made


def frozen(held: Budget, cast: Everybody) -> FeeRun:
    """A year's fees, decided and frozen."""
    by = cast.secretariat.who
    run = actions.compute_fees(held, by=by)
    run.decision_text = "Mötet i september"
    actions.decide_fees(run, by=by)
    actions.freeze_fees(run, by=by, reason="Debiteras")
    return run


def billable(cast: Everybody) -> None:
    """The county board can invoice, and Nacka be invoiced."""
    for actor, number in NUMBERS.items():
        row = BillingParty(
            id=new_id(), actor_id=actor, legal_name=f"Påhittad {actor}", org_number=number, endpoint_scheme="0007",
            endpoint_id=number.replace("-", ""), reference="12345", bankgiro="5050-1055" if actor == BOARD else "",
        )  # fmt: skip
        actions.save_billing(row, by=cast.secretariat.who, new=True)


def money(cast: Everybody, year: int) -> dict[str, Any]:
    """A row of each table; returns what stands in the addresses."""
    by = cast.secretariat.who
    inhabitants(year)
    held = a_budget(cast, year)
    line = BudgetLine(id=new_id(), budget_id=held.pk, code="10", text="Lånad personal", amount=Decimal("1000000.00"))
    actions.save_line(line, by=by, new=True)
    booking = Outcome(
        id=new_id(), line_id=line.pk, day=min(today(), date(year, 12, 31)), amount=Decimal("99.50"), text="Lön"
    )
    actions.save_outcome([booking], by=by)
    forecast = Forecast(id=new_id(), line_id=line.pk, day=today(), amount=Decimal("900000.00"))
    actions.save_forecast(forecast, by=by, new=True)
    billable(cast)
    return {"year": year, "line": line.pk, "booking": booking.pk, "number": frozen(held, cast).number}
