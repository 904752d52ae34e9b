"""The figures of an annual report: computed from the plan while it is a draft, and stored with it when it is final, so
that the same report always says the same. JSON all of it; money is text with two decimals."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from samlad.governance.plan.economy import EconomyLine
from samlad.governance.plan.figures import Sums
from samlad.governance.plan.queries import ActivityView, AreaView, in_plan, sums_of

CENTS: Final = Decimal("0.01")


class Line(msgspec.Struct, frozen=True):
    """An activity in the report's table."""

    id: str
    area: str
    title: str
    responsible: str
    status: str  # a code; "" where nothing was said
    late: bool
    carried: bool
    amount: Decimal
    spent: Decimal


class AreaFacts(msgspec.Struct, frozen=True):
    """What the activities of a goal area add up to; area "" is those that belong to none."""

    area: str
    planned: int
    done: int
    deviates: int
    broken_off: int
    late: int
    carried: int
    unreported: int
    amount: Decimal
    spent: Decimal


class Facts(msgspec.Struct, frozen=True):
    """All figures of a report."""

    whole: AreaFacts
    areas: tuple[AreaFacts, ...]
    lines: tuple[Line, ...]
    economy: tuple[EconomyLine, ...] = ()
    left_out: int = 0


def facts(every: Sequence[ActivityView], areas: Sequence[AreaView], economy: Sequence[EconomyLine] = ()) -> Facts:
    """The figures of a year from its activities; `economy` is what the money part knows of it."""
    planned = in_plan(every)
    ordered = [one for area in areas for one in in_plan(area.activities)]
    return Facts(
        whole=of_sums("", sums_of(planned)),
        areas=tuple(of_sums(area.name, area.sums) for area in areas),
        lines=tuple(line(one) for one in ordered),
        economy=tuple(economy),
        left_out=sum(one.activity.state == "left_out" for one in every),
    )


def of_sums(area: str, sums: Sums) -> AreaFacts:
    """The sums that a report tells."""
    return AreaFacts(
        area=area,
        planned=sums.planned,
        done=sums.done,
        deviates=sums.deviates,
        broken_off=sums.broken_off,
        late=sums.late,
        carried=sums.carried,
        unreported=sums.unreported,
        amount=sums.amount.quantize(CENTS),
        spent=sums.spent.quantize(CENTS),
    )


def line(one: ActivityView) -> Line:
    """One activity of the table."""
    how = one.standing
    return Line(
        id=str(one.activity.pk),
        area=one.area,
        title=one.activity.title,
        responsible=one.responsible,
        status=how.progress,
        late=how.late,
        carried=how.carried,
        amount=one.activity.amount.quantize(CENTS),
        spent=how.spent.quantize(CENTS),
    )


def stored(found: Facts) -> dict[str, object]:
    """As it is kept with a final report."""
    kept: dict[str, object] = msgspec.to_builtins(found)
    return kept


def read(kept: dict[str, object]) -> Facts:
    """The figures of a final report, as they were kept."""
    return msgspec.convert(kept, Facts, strict=False)
