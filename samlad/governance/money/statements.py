"""What an actor pays and why, on paper (PDF/UA-1): every figure with its day and edition, and the formula in words."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.governance.models import Budget, Fee, FeeRun
from samlad.governance.money.figures import MUNICIPALITY
from samlad.governance.money.models import Cut, RunState
from samlad.governance.money.words import kronor, people, percent
from samlad.journal import typeset

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "templates" / "governance" / "money_statement.typ"
ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
ZERO: Final = Decimal(0)


class Whole(msgspec.Struct, frozen=True):
    """What statements of one set of fees share. `decision`: by what the fees were decided, or ""."""

    budget: Budget
    run: FeeRun
    fees: Sequence[Fee]
    decision: str
    corrected: dict[str, Decimal]

    @property
    def people(self) -> int:
        """The inhabitants of all municipalities that pay."""
        return sum(fee.people or 0 for fee in self.fees)


def as_pdf(whole: Whole, fees: Sequence[Fee]) -> bytes:
    """Statements of some actors as one PDF, in the active language."""
    year = whole.budget.year
    name = fees[0].name if len(fees) == 1 else _("all actors")
    data = {
        "title": _("Fee %(year)s: %(actor)s") % {"year": year, "actor": name},
        "lang": get_language() or "sv",
        "page": _("Page"),
        "statements": [content(whole, fee) for fee in fees],
    }
    return typeset.as_pdf(TEMPLATE, data)


def as_zip(whole: Whole) -> bytes:
    """One PDF for each actor, in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for fee in whole.fees:
            packed.writestr(zipfile.ZipInfo(f"{file_name(whole, fee)}.pdf", ZIP_DAY), as_pdf(whole, [fee]))
    return out.getvalue()


def file_name(whole: Whole, fee: Fee) -> str:
    """What an actor's statement is called."""
    return f"{whole.budget.year}-{whole.run.number}-{fee.actor_id}"


def content(whole: Whole, fee: Fee) -> dict[str, Any]:
    """What one statement says."""
    run, year = whole.run, whole.budget.year
    municipal = fee.category == MUNICIPALITY
    return {
        "kicker": _("Samverkan Stockholmsregionen: the joint function"),
        "heading": _("Fee %(year)s") % {"year": year},
        "actor": fee.name,
        "amount": kronor(fee.amount),
        "state": state(run, whole.decision),
        "warning": "" if run.state == RunState.FROZEN else _("These fees can still be changed. This is no invoice."),
        "heads": [_("Step"), _("Figure"), _("Where it is from")],
        "steps": municipal_steps(whole, fee) if municipal else other_steps(whole, fee),
        "words_heading": _("How the fee is computed"),
        "words": municipal_words(run) if municipal else other_words(run),
        "corrects": corrects(whole, fee),
        "about": whole.budget.about,
        "foot": _("Set of fees %(number)s of %(year)s, computed %(at)s. Printed %(now)s.")
        % {"number": run.number, "year": year, "at": clock(run.computed_at), "now": clock(now())},
    }


def clock(moment: datetime) -> str:
    """A moment by Swedish clocks."""
    return date_format(moment.astimezone(STOCKHOLM), "Y-m-d H:i")


def state(run: FeeRun, decision: str) -> str:
    """How far the fees have come, and by which decision."""
    told = {
        RunState.PROPOSED: _("Proposed, not decided"),
        RunState.DECIDED: _("Decided"),
        RunState.FROZEN: _("Decided and frozen"),
    }[RunState(run.state)]
    return f"{told}: {decision}" if decision else told


def figure_source(day: date | None, edition: str, source: str) -> str:
    """Where a population figure is from."""
    told = (day.isoformat() if day else "", edition, source if source != edition else "")
    return ", ".join(filter(None, told))


def municipal_steps(whole: Whole, fee: Fee) -> list[list[str]]:
    """A municipality's fee step by step: what, how much, where it is from."""
    run = whole.run
    steps = [
        [_("The whole budget"), kronor(run.total), ""],
        [_("The municipalities' half"), kronor(run.municipal_half), ""],
        [_("Inhabitants of all municipalities"), people(whole.people), ""],
        [
            _("Inhabitants of %(actor)s at the start of the year") % {"actor": fee.name},
            people(fee.people),
            figure_source(fee.people_on, fee.people_edition, fee.people_source),
        ],
        [_("Share before the cap"), kronor(fee.before_cap), share_words(fee.people, whole.people)],
        [
            _("Registered at 30 June the year before"),
            people(fee.cap_people),
            figure_source(fee.cap_people_on, fee.cap_people_edition, fee.cap_people_source),
        ],
        [_("Most by the cap"), kronor(fee.ceiling), _("%(cap)s per inhabitant") % {"cap": kronor(run.cap)}],
    ]
    return [*steps, *last_steps(fee)]


def share_words(part: int | None, whole: int) -> str:
    """A share of the people in percent, as it is shown; it is not what is computed with."""
    share = (Decimal(100 * (part or 0)) / whole).quantize(Decimal("0.0001")) if whole else ZERO
    return _("%(percent)s %% of the inhabitants") % {"percent": percent(share)}


def other_steps(whole: Whole, fee: Fee) -> list[list[str]]:
    """Another actor's fee step by step."""
    steps = [
        [_("The whole budget"), kronor(whole.run.total), ""],
        [_("The others' half"), kronor(whole.run.others_half), ""],
        [_("Share of the others' half"), f"{percent(fee.percent)} %", _("The table that chefsgruppen decides")],
        [_("Share in kronor"), kronor(fee.before_cap), ""],
    ]
    return [*steps, *last_steps(fee)]


def last_steps(fee: Fee) -> list[list[str]]:
    """What is cut and added, and the fee."""
    steps = []
    if fee.cut:
        steps.append([_("Cut by the cap"), kronor(-fee.cut), ""])
    if fee.added:
        steps.append([_("Added or taken off by what becomes of the cut"), kronor(fee.added), ""])
    return [*steps, [_("Fee"), kronor(fee.amount), ""]]


def municipal_words(run: FeeRun) -> list[str]:
    """The formula for municipalities."""
    return [
        _("The municipalities pay half of the cost together, shared by inhabitants at the start of the budget year."),
        _("No municipality pays more than %(cap)s per inhabitant registered at 30 June the year before.")
        % {"cap": kronor(run.cap)},
        cut_words(run),
        rounding_words(run),
    ]


def other_words(run: FeeRun) -> list[str]:
    """The formula for the others."""
    told = [
        _("The other actors pay the other half together, by a table that sums to exactly 100 percent."),
        rounding_words(run),
    ]
    return [*told[:1], cut_words(run), *told[1:]] if run.what_is_cut in (Cut.OTHERS, Cut.REDUCE) else told


def cut_words(run: FeeRun) -> str:
    """What becomes of what is cut, in a sentence."""
    return {
        Cut.NOTHING: _("What the cap cuts is not moved to anybody: that part of the budget is not financed."),
        Cut.SHARED: _(
            "What the cap cuts is shared among the municipalities under their cap: the same amount per inhabitant, "
            "still nobody above the cap."
        ),
        Cut.OTHERS: _("What the cap cuts is added to the other actors' half."),
        Cut.REDUCE: _("What the cap cuts lowers the total: the other actors pay as much as the municipalities do."),
    }[Cut(run.what_is_cut)]


def rounding_words(run: FeeRun) -> str:
    """How it is rounded, in a sentence."""
    unit = _("whole kronor") if Decimal(run.unit) == 1 else _("öre")
    return _(
        "Fees are %(unit)s: each gets its whole part, and what remains goes to those with the largest remainders (the "
        "lowest code first where they are equal), so that the sum is exact. The cap is rounded down."
    ) % {"unit": unit}


def corrects(whole: Whole, fee: Fee) -> str:
    """What differs from the fees that these correct."""
    if not whole.run.corrects_id:
        return ""
    before = whole.corrected.get(fee.actor_id, ZERO)
    told = {"before": kronor(before), "difference": kronor(fee.amount - before), "why": whole.run.note}
    return _("A correction: the fee was %(before)s before, the difference is %(difference)s. Why: %(why)s") % told
