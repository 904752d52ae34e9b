"""From a budget, figures and the formula to fees: computed now, or again from what was kept with each fee."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import cast
from uuid import uuid5

import msgspec

from samlad.governance.models import Budget, Fee, FeeRun, OthersShare
from samlad.governance.money import formula, rules
from samlad.governance.money.figures import MUNICIPALITY, Basis, Payer, basis
from samlad.governance.money.rules import Problem

ZERO = Decimal(0)


class Computed(msgspec.Struct, frozen=True):
    """Fees that are not kept. `shared` None: something is missing, and `problems` says what."""

    basis: Basis
    problems: tuple[Problem, ...]
    shared: formula.Shared | None

    def fee(self, payer: Payer, run: FeeRun) -> Fee:
        """A payer's fee with everything it was computed from; for a set of fees that has its id."""
        assert self.shared is not None
        line = self.shared.lines[payer.code]
        start, cap = payer.start, payer.cap
        return Fee(
            id=uuid5(run.pk, f"fee {payer.code}"),
            run_id=run.pk,
            actor_id=payer.code,
            name=payer.name,
            category=payer.category,
            area=payer.area,
            people=start.people if start else None,
            people_on=start.on if start else None,
            people_edition=start.edition if start else "",
            people_source=start.source if start else "",
            cap_people=cap.people if cap else None,
            cap_people_on=cap.on if cap else None,
            cap_people_edition=cap.edition if cap else "",
            cap_people_source=cap.source if cap else "",
            percent=payer.percent,
            before_cap=line.before,
            ceiling=line.ceiling,
            cut=line.cut,
            added=line.added,
            amount=line.amount,
        )


def terms_of(held: Budget | FeeRun) -> formula.Terms:
    """A budget's terms, or those that a set of fees was computed by."""
    return formula.Terms(held.total, held.cap, cast(formula.Rule, str(held.what_is_cut)), Decimal(held.unit))


def compute(
    held: Budget,
    shares: Mapping[str, OthersShare],
    *,
    terms: formula.Terms | None = None,
    figures_of: int | None = None,
    start_edition: str = "",
    cap_edition: str = "",
    more: Iterable[Payer] = (),
) -> Computed:
    """A year's fees now. `more`: payers that there are not, for what-if."""
    percents = {actor: share.percent for actor, share in shares.items()}
    found = basis(held.year, percents, figures_of=figures_of, start_edition=start_edition, cap_edition=cap_edition)
    found = msgspec.structs.replace(found, payers=(*found.payers, *more))
    problems = rules.problems(found)
    if problems:
        return Computed(found, tuple(problems), None)
    try:
        shared = formula.share(terms or terms_of(held), *payers(found.payers))
    except formula.NotComputable as wrong:
        return Computed(found, (Problem(rules.not_computable(wrong)),), None)
    return Computed(found, (), shared)


def payers(given: Iterable[Payer]) -> tuple[list[formula.Municipality], list[formula.Other]]:
    """Payers as the formula takes them. Those whom something is missing for must not be among them."""
    towns, others = [], []
    for payer in given:
        if payer.municipal:
            assert payer.start
            assert payer.cap
            towns.append(formula.Municipality(payer.code, payer.start.people, payer.cap.people, payer.area))
        else:
            others.append(formula.Other(payer.code, payer.percent or ZERO))
    return towns, others


def again(run: FeeRun, fees: Iterable[Fee]) -> formula.Shared:
    """The fees computed again from what was kept with them, and nothing else."""
    towns, others = [], []
    for fee in fees:
        if fee.category == MUNICIPALITY:
            towns.append(formula.Municipality(fee.actor_id, fee.people or 0, fee.cap_people or 0, fee.area))
        else:
            others.append(formula.Other(fee.actor_id, fee.percent or ZERO))
    return formula.share(terms_of(run), towns, others)


def differs(run: FeeRun, fees: Iterable[Fee]) -> list[str]:
    """The actors whose kept fee is not what its own figures give; none, unless somebody has been in the database."""
    kept = list(fees)
    try:
        found = again(run, kept)
    except formula.NotComputable:
        return [fee.actor_id for fee in kept]
    return [fee.actor_id for fee in kept if found.lines[fee.actor_id].amount != fee.amount]
