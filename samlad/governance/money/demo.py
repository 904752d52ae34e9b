"""The demonstration's money: this year's fees frozen with its outcome so far, and next year's budget proposed.

Every figure is made up and says so, also the inhabitants: those that are known are of 2017.
"""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

from samlad.governance.models import BillingParty, Budget, BudgetLine, FeeRun, Forecast, Outcome
from samlad.governance.money import actions, queries
from samlad.governance.money.figures import MUNICIPALITY, cap_day, party_day, start_days
from samlad.governance.money.formula import largest_remainder
from samlad.governance.money.models import BudgetState, Unit
from samlad.journal.who import SYSTEM
from samlad.registers.actions import save_population
from samlad.registers.models import Area, Population
from samlad.registers.queries import parties, today

MADE_UP: Final = "Påhittat för demonstrationen"
DECIDED: Final = "Chefsgruppen i september (påhittat för demonstrationen)"
KEY: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f0033")
GROWTH: Final = Decimal("0.0075")
"""A year, from the figures of 2017 that the region's files have."""
TOTAL: Final = {0: Decimal(7_220_000), 1: Decimal(7_800_000)}
LINES: Final = (
    ("10", "Lånad personal i samordningskansliet", "0.58"),
    ("20", "Beredskap, regional samverkanskoordinator", "0.14"),
    ("30", "Utbildning och övning", "0.12"),
    ("40", "Kommunikation och gemensamma system", "0.10"),
    ("90", "Oförutsett", "0.06"),
)
"""Code, what for, part of the total."""
WEIGHTS: Final = {"lansstyrelsen-stockholm": 18, "region-stockholm": 24, "polisregion-stockholm": 14, "trafikverket": 9}
OTHER_WEIGHT: Final = 5
SEASONS: Final = (7, 8, 8, 9, 9, 7, 4, 7, 10, 11, 11, 9)
"""Hundredths of the year that each month costs."""


def remember() -> None:
    """Make what is not there yet."""
    year = today().year
    if queries.budget(year) is not None:
        return
    figures(year)
    now, following = budget(year, 0), budget(year + 1, 1)
    for held in (now, following):
        lines(held)
        shares(held)
    issuer(now)
    charged(now)
    spent(now)


def figures(year: int) -> None:
    """Inhabitants as they could have been, grown from what is known."""
    for area in Area.objects.filter(kind="municipality"):
        known = Population.objects.filter(area=area.pk).order_by("-on_date").first()
        if known is None:
            continue
        for day in (start_days(year)[1], cap_day(year), cap_day(year + 1)):
            years = Decimal((day - known.on_date).days) / 365
            # Some grow faster than others: by the last digit of the code.
            pace = GROWTH * (int(area.code[-1]) + 4) / 8
            grown = int(known.figure * (1 + pace * years))
            row = Population(area=area, on_date=day, edition=MADE_UP, figure=grown, source=MADE_UP)
            save_population(population=row, reason=MADE_UP, by=SYSTEM)


def budget(year: int, nth: int) -> Budget:
    """A year's budget; the first is decided."""
    made = Budget(
        id=uuid5(KEY, f"budget {year}"),
        year=year,
        total=TOTAL[nth],
        unit=Unit.KRONA,
        state=BudgetState.PROPOSED if nth else BudgetState.DECIDED,
        decision_text="" if nth else DECIDED,
        about=f"{MADE_UP}: summan, raderna och de andra aktörernas andelar.",
        source=MADE_UP,
        issuer_id="lansstyrelsen-stockholm"
        if any(one.code == "lansstyrelsen-stockholm" for one in parties(today()))
        else None,
        vat_reason="Bidrag till gemensam funktion mellan myndigheter, utanför momsens tillämpningsområde",
    )
    actions.save_budget(made, by=SYSTEM, reason=MADE_UP, new=True)
    return made


def lines(held: Budget) -> None:
    """What the budget is for."""
    for code, text, part in LINES:
        amount = (held.total * Decimal(part)).quantize(Decimal(1))
        row = BudgetLine(id=uuid5(held.pk, f"line {code}"), budget_id=held.pk, code=code, text=text, amount=amount)
        actions.save_line(row, by=SYSTEM, reason=MADE_UP, new=True)


def shares(held: Budget) -> None:
    """The others' half, by weights that nobody has decided."""
    codes = [actor.code for actor in parties(party_day(held.year)) if actor.category != MUNICIPALITY]
    hundredths = largest_remainder(10_000, [WEIGHTS.get(code, OTHER_WEIGHT) for code in codes])
    percents = {code: Decimal(part) / 100 for code, part in zip(codes, hundredths, strict=True)}
    actions.save_shares(held, percents, by=SYSTEM, reason=MADE_UP)


def issuer(held: Budget) -> None:
    """Say of the one that invoices that its numbers are not there: they are never made up, not even here."""
    if held.issuer_id and not BillingParty.objects.filter(actor=held.issuer_id).exists():
        row = BillingParty(id=uuid5(KEY, "issuer"), actor_id=held.issuer_id, source="Inte inhämtat")
        actions.save_billing(row, by=SYSTEM, reason=MADE_UP, new=True)


def charged(held: Budget) -> None:
    """This year's fees: computed, decided, frozen."""
    run: FeeRun = actions.compute_fees(held, by=SYSTEM, note=MADE_UP, key=uuid5(held.pk, "run"))
    run.decision_text = DECIDED
    actions.decide_fees(run, by=SYSTEM, reason=MADE_UP)
    actions.freeze_fees(run, by=SYSTEM, reason=MADE_UP)


def spent(held: Budget) -> None:
    """What each whole month of this year has cost so far, and a forecast of what the staff will."""
    booked, until = [], today().replace(day=1)
    own = queries.lines(held)
    for line in own[:-1]:
        for month, hundredths in enumerate(SEASONS, start=1):
            day = date(held.year, month, 28)
            if day >= until:
                break
            amount = (line.amount * (hundredths + month % 3 - 1) / 100).quantize(Decimal("0.01"))
            key = uuid5(line.pk, f"booked {month}")
            text = f"{line.text}, månad {month} (påhittat)"
            booked.append(
                Outcome(id=key, line_id=line.pk, day=day, amount=amount, text=text, reference=f"{line.code}{month:02}")
            )
    actions.save_outcome(booked, by=SYSTEM, reason=MADE_UP)
    staff = own[0]
    forecast = Forecast(
        id=uuid5(staff.pk, "forecast"),
        line_id=staff.pk,
        day=today(),
        amount=(staff.amount * Decimal("0.96")).quantize(Decimal(1)),
        text=f"En plats är tom i två månader. {MADE_UP}.",
    )
    actions.save_forecast(forecast, by=SYSTEM, reason=MADE_UP, new=True)
