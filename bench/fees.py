"""A year's fees for 290 municipalities and eleven others: the formula alone, for each rule of what the cap cuts."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from bench.figures import Figure, middle, spread
from samlad.governance.money.formula import Municipality, Other, Rule, Terms, share

MUNICIPALITIES: Final = 290
OTHERS: Final = 11
ROUNDS: Final = 200
TARGET: Final = 50.0  # milliseconds
RULES: Final[tuple[Rule, ...]] = ("nothing", "shared", "others", "reduce")


def measure() -> Iterator[Figure]:
    """A line for each rule. The floor is one division and one comparison for each payer."""
    towns = [
        Municipality(f"town-{n:03}", 2_400 + n * n * 11, 2_390 + n * n * 11, f"{n:04}") for n in range(MUNICIPALITIES)
    ]
    parts = [Decimal(9), *[Decimal("9.1")] * (OTHERS - 1)]
    others = [Other(f"other-{n}", part) for n, part in enumerate(parts)]
    people = sum(town.cap_people for town in towns)
    # Just under what all can pay: some are cut and some are not, which is the most work.
    total = Decimal(people) * 3 - Decimal(people) / 1000
    total = total.quantize(Decimal("0.01"))
    floors = [timed(lambda: [min(town.people * 3 // 2, town.cap_people) for town in towns]) for _round in range(ROUNDS)]
    for rule in RULES:
        terms = Terms(total, cut=rule)
        took = [timed(lambda terms=terms: share(terms, towns, others)) for _round in range(ROUNDS)]  # type: ignore[misc]
        yield Figure(
            f"fees of {MUNICIPALITIES} municipalities, cut: {rule}",
            "ms",
            middle(took),
            spread(took, 50, 95),
            middle(floors),
            "a comparison for each",
            spread(floors, 50),
            middle(one / other for one, other in zip(took, floors, strict=True)),
            f"under {TARGET:.0f} ms",
            max(took) < TARGET,
        )


def timed(do: Callable[[], object]) -> float:
    """How long something takes, in milliseconds."""
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000
