"""What must hold for fees to be computed and decided, each with the sentence that says what is missing."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from samlad.base.refused import Refused
from samlad.governance.models import FeeRun
from samlad.governance.money import formula
from samlad.governance.money.figures import Basis, Payer
from samlad.governance.money.models import RunState
from samlad.governance.money.words import percent

MOST_TOTAL: Final = Decimal("999999999999.99")


class Problem(msgspec.Struct, frozen=True):
    """Something that must be mended before fees can be computed: a sentence, and where to mend it, or ""."""

    sentence: str
    url: str = ""


def problems(basis: Basis) -> list[Problem]:
    """What is missing before a basis can be computed with."""
    found = [problem for payer in basis.towns for problem in _missing(payer, basis)]
    found += [
        Problem(_("%(actor)s has no row in the table of the others' half.") % {"actor": payer.name})
        for payer in basis.others
        if payer.percent is None
    ]
    found += [
        Problem(
            _("%(actor)s is in the table of the others' half, but does not pay by it on %(day)s.")
            % {"actor": actor, "day": basis.party_day}
        )
        for actor in basis.strangers
    ]
    return found + shares_problem(payer.percent for payer in basis.others if payer.percent is not None)


def _missing(payer: Payer, basis: Basis) -> Iterable[Problem]:
    if not payer.area:
        yield Problem(
            _("%(actor)s has no municipality code in the register.") % {"actor": payer.name},
            reverse("registers_actor", args=(payer.code,)),
        )
        return
    url = reverse("registers_population_new", args=(payer.area,))
    if payer.start is None:
        days = _(" or ").join(day.isoformat() for day in basis.start_days)
        yield Problem(
            _("%(actor)s (%(code)s) has no population figure of %(days)s.")
            % {"actor": payer.name, "code": payer.area, "days": days},
            url,
        )
    if payer.cap is None:
        yield Problem(
            _("%(actor)s (%(code)s) has no population figure of %(days)s, which the cap goes by.")
            % {"actor": payer.name, "code": payer.area, "days": basis.cap_day},
            url,
        )


def shares_problem(percents: Iterable[Decimal]) -> list[Problem]:
    """Whether a table sums to 100 percent, and if not, to what, and what is missing or too much."""
    given = list(percents)
    whole = formula.percents_sum(given)
    if whole == formula.HUNDRED:
        return []
    off = percent(abs(formula.HUNDRED - whole))
    if not given:
        return [Problem(_("The table of the others' half is empty. The chiefs' group decides it."))]
    told = {"sum": percent(whole), "off": off}
    if whole < formula.HUNDRED:
        return [Problem(_("The others' half sums to %(sum)s %%; %(off)s is missing to exactly 100 %%.") % told)]
    return [Problem(_("The others' half sums to %(sum)s %%; that is %(off)s more than exactly 100 %%.") % told)]


def check_shares(percents: Iterable[Decimal]) -> None:
    """Refuse a table that does not sum to exactly 100 percent."""
    for problem in shares_problem(percents):
        raise Refused(problem.sentence)


def check_total(total: Decimal, unit: Decimal, field: str = "total") -> None:
    """Refuse a total with öre where fees are whole kronor."""
    if total % unit:
        raise Refused(_("The total has öre, but fees are rounded to whole kronor."), field=field)


def not_computable(wrong: formula.NotComputable) -> str:
    """Why figures can't be shared, in a sentence."""
    if wrong.why == "percents":
        return shares_problem([wrong.figure])[0].sentence
    if wrong.why == "municipalities":
        return _("Nobody lives in any of the municipalities, so their half can't be shared.")
    if wrong.why == "others":
        return _("There are no other actors to pay the others' half.")
    return _("The total can't be shared in whole units.")


def check_corrects(run: FeeRun, every: Iterable[FeeRun]) -> None:
    """Refuse to charge a year twice: beside fees that are frozen there can only be a correction of the latest."""
    frozen = [one for one in every if one.state == RunState.FROZEN]
    if run.state != RunState.FROZEN and frozen and run.corrects_id != max(frozen, key=lambda one: one.number).pk:
        raise Refused(_("Other fees of the year were frozen after these were computed. Compute a correction of those."))


def check_not_frozen(run: FeeRun) -> None:
    """Refuse to change what has been charged."""
    if run.state == RunState.FROZEN:
        raise Refused(_("These fees are frozen. Make a correction instead: new fees that say what differs."))
