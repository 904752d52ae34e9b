"""Fees as a list: what people compare, and in files everything they were computed from."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.lists import Column
from samlad.governance.models import Fee, FeeRun
from samlad.governance.money.computed import Computed
from samlad.governance.money.words import money, people, percent
from samlad.registers.models import Category

LABELS = dict(Category.choices)


class FeeRow(msgspec.Struct, frozen=True):
    """A fee beside what the same actor paid by the fees it is compared with; None: it did not pay by those."""

    fee: Fee
    earlier: Decimal | None = None

    @property
    def difference(self) -> Decimal:
        """How much more it pays than by those."""
        return self.fee.amount - (self.earlier or Decimal(0))


def fee_rows(fees: Iterable[Fee], earlier: Mapping[str, Decimal]) -> list[FeeRow]:
    """Fees beside those they are compared with, in the usual order of actors."""
    order = {code: place for place, code in enumerate(Category.values)}
    found = [FeeRow(fee, earlier.get(fee.actor_id)) for fee in fees]
    return sorted(found, key=lambda row: (order.get(row.fee.category, 9), row.fee.area, row.fee.name))


def not_kept(computed: Computed, run: FeeRun) -> list[Fee]:
    """Fees of a computation that is only shown."""
    return [computed.fee(payer, run) for payer in computed.basis.payers] if computed.shared else []


def amount(name: str, label: Any, value: Callable[[FeeRow], Decimal | None], *, hidden: bool = False) -> Column[FeeRow]:
    """A column of money."""
    return Column(name, label, value, text=lambda row: money(value(row)), number=True, hidden=hidden)


def fee_columns(
    link: Callable[[FeeRow], str] | None, *, compared: bool, cut: bool, added: bool
) -> list[Column[FeeRow]]:
    """The columns of fees. `compared`: with the difference; `cut`, `added`: those are shown, else in files only."""
    return [
        Column("actor", _("Actor"), lambda row: row.fee.name, link=link),
        Column("category", _("Category"), lambda row: LABELS.get(row.fee.category, ""), choice=True),
        Column(
            "people", _("Inhabitants"), lambda row: row.fee.people, text=lambda row: people(row.fee.people), number=True
        ),
        Column(
            "percent", _("Percent"), lambda row: row.fee.percent, text=lambda row: percent(row.fee.percent), number=True
        ),
        amount("before_cap", _("Before the cap"), lambda row: row.fee.before_cap, hidden=not cut),
        amount("ceiling", _("Most by the cap"), lambda row: row.fee.ceiling, hidden=not cut),
        amount(
            "cut",
            pgettext_lazy("fees", "Cut"),
            lambda row: None if row.fee.ceiling is None else row.fee.cut,
            hidden=not cut,
        ),
        amount("added", pgettext_lazy("fees", "Added"), lambda row: row.fee.added, hidden=not added),
        amount("amount", _("Fee, SEK"), lambda row: row.fee.amount),
        amount("earlier", _("Now, SEK"), lambda row: row.earlier, hidden=not compared),
        amount("difference", _("Difference"), lambda row: row.difference, hidden=not compared),
        *hidden_columns(),
    ]


def hidden_columns() -> list[Column[FeeRow]]:
    """What stands in files only: which figures, of which day, from which edition and source."""

    def one(name: str, label: Any, field: str) -> Column[FeeRow]:
        return Column(name, label, lambda row: getattr(row.fee, field), hidden=True)

    return [
        one("code", _("Actor's code"), "actor_id"),
        one("area", _("Municipality code"), "area"),
        one("people_on", _("Figure of"), "people_on"),
        one("people_edition", _("Edition"), "people_edition"),
        one("people_source", _("Source"), "people_source"),
        one("cap_people", _("Registered at 30 June the year before"), "cap_people"),
        one("cap_people_on", _("Figure for the cap of"), "cap_people_on"),
        one("cap_people_edition", _("Edition of the figure for the cap"), "cap_people_edition"),
        one("cap_people_source", _("Source of the figure for the cap"), "cap_people_source"),
    ]
