"""The financing formula: who pays how much of a total, to the last unit. No database, no clock, no rounding errors.

Money is counted in whole units (öre or kronor) and population in people, so that everything here is whole numbers.

1. The municipalities' half is half of the total; of an odd number of units the others' half takes the last one.
2. It is shared by population at the start of the budget year, **before the cap**: each gets the whole units of its
   exact share; the units that remain go one each to those with the largest remainders, and where those are equal, to
   the lowest municipality code ("largest remainder").
3. Nobody pays more than the cap times its inhabitants registered at 30 June the year before, rounded **down** to a
   unit. What is above that is cut, and the rule says what becomes of it. Since the cap is whole units and applied
   after rounding, rounding never lifts anybody above it.
4. The others' half is shared by a table of percents that sums to exactly 100, in the same way; ties by actor code.

Largest remainder keeps every fee within one unit of the exact one and the sum exact. It is not monotone to the unit:
more to share can give somebody one unit less (never more than one). That is the price of the exact sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cmp_to_key
from typing import Final, Literal

import msgspec

HUNDRED: Final = Decimal(100)
PERCENT_STEP: Final = Decimal("0.000001")
Rule = Literal["nothing", "shared", "others", "reduce"]


class NotComputable(ValueError):
    """The figures can't be shared. `why`: "total", "percents", "municipalities" (nobody lives there) or "others"."""

    def __init__(self, why: str, figure: Decimal = Decimal(0)) -> None:
        super().__init__(why)
        self.why, self.figure = why, figure


class Municipality(msgspec.Struct, frozen=True):
    """One that pays by population. `order` decides ties: the municipality's official code."""

    code: str
    people: int
    cap_people: int
    order: str = ""


class Other(msgspec.Struct, frozen=True):
    """One that pays by the table: percent of the others' half, at most six decimals."""

    code: str
    percent: Decimal


class Terms(msgspec.Struct, frozen=True):
    """What is shared and how. `unit` is 0.01 or 1 krona; `cut`: what becomes of what the cap cuts:

    nothing: it is not financed. shared: water-filling: the municipalities that are under their cap pay the same
    amount per inhabitant, as much as is needed, still nobody above the cap. others: added to the others' half.
    reduce: the others pay no more than the municipalities do, so that the halves stay halves of a lower total.
    """

    total: Decimal
    cap: Decimal = Decimal("1.50")
    cut: Rule = "nothing"
    unit: Decimal = Decimal("0.01")


class Line(msgspec.Struct, frozen=True):
    """What one pays and how it came about: `amount` = `before` - `cut` + `added`. `ceiling` None: it has no cap."""

    code: str
    before: Decimal
    ceiling: Decimal | None
    cut: Decimal
    added: Decimal
    amount: Decimal


class Shared(msgspec.Struct, frozen=True):
    """The result, by actor code. `not_financed` is what of the total nobody pays; all lines and it sum to the total."""

    lines: Mapping[str, Line]
    municipal_half: Decimal
    others_half: Decimal
    cut: Decimal
    not_financed: Decimal


def share(terms: Terms, municipalities: Iterable[Municipality], others: Iterable[Other]) -> Shared:
    """Share a total. The order in which payers are given does not matter. Raises NotComputable."""
    towns = sorted(municipalities, key=lambda town: (town.order, town.code))
    rest = sorted(others, key=lambda other: other.code)
    total = units(terms.total, terms.unit)
    half = total // 2
    _check(half, total - half, towns, rest)
    municipal = _municipal(terms, half, towns)
    capped = sum(before - cut for before, _most, cut, _paid in municipal)
    others_half = {"others": total - capped, "reduce": capped}.get(terms.cut, total - half)
    if others_half and not rest:
        raise NotComputable("others")
    percents = [int(other.percent / PERCENT_STEP) for other in rest]
    befores, fees = (largest_remainder(amount, percents) for amount in (total - half, others_half))
    lines = {town.code: _line(town.code, terms.unit, *row) for town, row in zip(towns, municipal, strict=True)} | {
        other.code: _line(other.code, terms.unit, before, None, 0, paid)
        for other, before, paid in zip(rest, befores, fees, strict=True)
    }
    return Shared(
        lines=lines,
        municipal_half=half * terms.unit,
        others_half=(total - half) * terms.unit,
        cut=(half - capped) * terms.unit,
        not_financed=terms.total - sum((line.amount for line in lines.values()), Decimal(0)),
    )


def _municipal(terms: Terms, half: int, towns: Sequence[Municipality]) -> list[tuple[int, int, int, int]]:
    """For each: before the cap, the most, what is cut, what is paid; in units."""
    weights = [town.people for town in towns]
    most = [int(terms.cap * town.cap_people / terms.unit) for town in towns]
    before = largest_remainder(half, weights)
    cut = [max(0, fee - ceiling) for fee, ceiling in zip(before, most, strict=True)]
    capped = [fee - less for fee, less in zip(before, cut, strict=True)]
    paid = filled(half, weights, most) if terms.cut == "shared" else capped
    return list(zip(before, most, cut, paid, strict=True))


def _line(code: str, unit: Decimal, before: int, most: int | None, cut: int, paid: int) -> Line:
    return Line(
        code=code,
        before=before * unit,
        ceiling=None if most is None else most * unit,
        cut=cut * unit,
        added=(paid - before + cut) * unit,
        amount=paid * unit,
    )


def units(amount: Decimal, unit: Decimal) -> int:
    """An amount in whole units. Raises NotComputable where it is none, or below zero."""
    if not amount.is_finite() or amount < 0 or amount % unit:
        raise NotComputable("total", amount)
    return int(amount / unit)


def percents_sum(percents: Iterable[Decimal]) -> Decimal:
    """What the percents of a table sum to, exactly."""
    return sum(percents, Decimal(0))


def _check(half: int, others_half: int, towns: Sequence[Municipality], rest: Sequence[Other]) -> None:
    if half and not any(town.people for town in towns):
        raise NotComputable("municipalities")
    if others_half and not rest:
        raise NotComputable("others")
    percents = [other.percent for other in rest]
    if rest and (percents_sum(percents) != HUNDRED or min(percents) < 0 or any(one % PERCENT_STEP for one in percents)):
        raise NotComputable("percents", percents_sum(percents))


def largest_remainder(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount in whole units by weight, exactly; the earlier in the list wins where remainders are equal.

    Nobody without weight gets anything. All weights zero: all get nothing.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    found = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    first = sorted(range(len(weights)), key=lambda place: -remainders[place])
    for place in first[: amount - sum(found)]:
        found[place] += 1
    return found


def filled(amount: int, weights: Sequence[int], ceilings: Sequence[int]) -> list[int]:
    """An amount by weight, nobody above its ceiling; what that leaves the others share, as far as it goes.

    Who would be above its ceiling stays at it. Since ceilings are whole units, rounding stays below them too.
    """
    found = [0] * len(weights)
    left, whole = amount, sum(weights)

    def soonest(one: int, other: int) -> int:
        return ceilings[one] * weights[other] - ceilings[other] * weights[one]

    waiting = sorted((place for place, weight in enumerate(weights) if weight), key=cmp_to_key(soonest))
    for nth, place in enumerate(waiting):
        if left * weights[place] <= ceilings[place] * whole:
            below = sorted(waiting[nth:])
            for one, fee in zip(below, largest_remainder(left, [weights[one] for one in below]), strict=True):
                found[one] = fee
            break
        found[place] = ceilings[place]
        left, whole = left - ceilings[place], whole - weights[place]
    return found
