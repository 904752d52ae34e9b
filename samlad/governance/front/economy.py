"""The figures of the money that the annual report has: handed to the plan, which is below the money."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samlad.governance.money import queries
from samlad.governance.plan.economy import EconomyLine


def economy(year: int, on: date | None) -> Sequence[EconomyLine]:
    """A year's budget lines with what has been spent, what is in no line, and the sum; nothing where no budget is."""
    view = queries.outcome(year, on)
    if view is None:
        return ()
    lines = [EconomyLine(f"{one.line.code} {one.line.text}", one.line.amount, one.spent) for one in view.lines]
    if view.unplaced:
        lines.append(EconomyLine(_("In no budget line"), view.unplaced))
    return [*lines, EconomyLine(pgettext("economy", "Total"), view.budget.total, view.spent)]
