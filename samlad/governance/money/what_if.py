"""What the fees would be with another total, another cap, a new municipality or other figures. Nothing is kept.

The address says it all, so that it can be sent to somebody.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.base.answers import status
from samlad.base.refused import Refused
from samlad.governance.lists import Listing
from samlad.governance.models import Budget, Fee, FeeRun
from samlad.governance.money import computed, formula, queries, rules
from samlad.governance.money.fee_lists import fee_columns, fee_rows, not_kept
from samlad.governance.money.fields import Amount, shown
from samlad.governance.money.figures import MUNICIPALITY, Figure, Payer, editions
from samlad.governance.money.forms import FIRST_YEAR, LAST_YEAR
from samlad.governance.money.models import DIGITS, Cut, Unit
from samlad.governance.pages import page
from samlad.governance.rules import reader_or_404
from samlad.registers.http import Request

NEW = "new-municipality"
MOST_PEOPLE = 100_000_000


class WhatIfForm(forms.Form):
    """What to try."""

    total = Amount(label=_("Total, SEK"), min_value=0, max_digits=DIGITS, decimal_places=2)
    cap = Amount(label=_("Cap per inhabitant, SEK"), min_value=0, max_digits=6, decimal_places=2)
    what_is_cut = forms.ChoiceField(label=_("What becomes of what is cut"), choices=Cut.choices)
    unit = forms.ChoiceField(label=_("Fees are rounded to"), choices=Unit.choices)
    figures_of = forms.IntegerField(
        label=_("Population figures as for the budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    start_edition = forms.CharField(label=_("Edition, start of the year"), max_length=80, required=False)
    cap_edition = forms.CharField(label=_("Edition, 30 June"), max_length=80, required=False)
    new_name = forms.CharField(label=_("Name of a new municipality"), max_length=120, required=False)
    new_people = Amount(
        label=_("Its inhabitants"), min_value=0, max_value=MOST_PEOPLE, decimal_places=0, required=False
    )
    new_cap_people = Amount(
        label=_("Its inhabitants on 30 June the year before"), min_value=0, max_value=MOST_PEOPLE, decimal_places=0,
        required=False, help_text=_("Empty: the same."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A total in whole units; a new municipality has inhabitants."""
        told = super().clean() or {}
        if told.get("total") is not None and told.get("unit"):
            try:
                rules.check_total(told["total"], Decimal(told["unit"]))
            except Refused as refused:
                self.add_error("total", str(refused.sentence))
        if told.get("new_name") and told.get("new_people") is None and "new_people" not in self.errors:
            self.add_error("new_people", _("How many live there?"))
        return told


def defaults(held: Budget) -> dict[str, str]:
    """What the form says before anything is tried: the budget as it is."""
    return {
        "total": shown(held.total),
        "cap": shown(held.cap),
        "what_is_cut": held.what_is_cut,
        "unit": held.unit,
        "figures_of": str(held.year),
    }


@require_safe
def money_what_if(request: Request, year: int) -> HttpResponse:
    """GET /governance/money/<year>/what-if/?total=...: fees beside those that hold, with the difference for each."""
    reader_or_404(request.who)
    held = queries.budget_or_404(year)
    asked = {name: request.GET[name] for name in WhatIfForm.base_fields if name in request.GET}
    form = WhatIfForm(defaults(held) | asked)
    shares = queries.shares(held)
    now = computed.compute(held, shares)
    shown: dict[str, Any] = {"year": year, "budget": held, "form": form, "tried": bool(asked)}
    shown["start_editions"] = editions(now.basis, now.basis.start_days)
    shown["cap_editions"] = editions(now.basis, (now.basis.cap_day,))
    if form.is_valid():
        told = form.cleaned_data
        then = computed.compute(
            held,
            shares,
            terms=formula.Terms(told["total"], told["cap"], told["what_is_cut"], Decimal(told["unit"])),
            figures_of=told["figures_of"],
            start_edition=told["start_edition"],
            cap_edition=told["cap_edition"],
            more=newcomers(told, year),
        )
        shown |= result(request, held, then, earlier_of(held, now))
        if isinstance(file := shown.get("file"), HttpResponse):
            return file
    return page(request, "governance/money_what_if.html", shown, code=status(form))


def newcomers(told: dict[str, Any], year: int) -> list[Payer]:
    """The municipality that there is not."""
    if not told["new_name"]:
        return []
    start = int(told["new_people"])
    ends = start if told["new_cap_people"] is None else int(told["new_cap_people"])
    made_up = str(_("made up"))
    return [
        Payer(
            NEW,
            told["new_name"],
            MUNICIPALITY,
            "9999",
            Figure(start, date(year, 1, 1), made_up),
            Figure(ends, date(year - 1, 6, 30), made_up),
        )
    ]


def earlier_of(held: Budget, now: computed.Computed) -> dict[str, Decimal]:
    """What to compare with: the fees that hold, else what the budget gives now; by actor."""
    run = queries.holds(queries.runs(held))
    if run is not None:
        return {fee.actor_id: fee.amount for fee in queries.fees(run)}
    return {code: line.amount for code, line in now.shared.lines.items()} if now.shared else {}


def result(request: Request, held: Budget, then: computed.Computed, earlier: dict[str, Decimal]) -> dict[str, Any]:
    """What the page shows of what was tried."""
    fees: list[Fee] = not_kept(then, FeeRun(id=uuid4(), budget_id=held.pk))
    columns = fee_columns(None, compared=bool(earlier), cut=True, added=any(fee.added for fee in fees))
    listed = Listing(columns, fee_rows(fees, earlier), request.GET, name=f"what-if-{held.year}")
    return {
        "file": listed.file(),
        "list": listed,
        "computed": then,
        "shared": then.shared,
        "charged": sum((fee.amount for fee in fees), queries.ZERO),
        "before": sum(earlier.values(), queries.ZERO),
        "capped": sum(1 for fee in fees if fee.cut),
        "gone": sorted(set(earlier) - {fee.actor_id for fee in fees}),
    }
