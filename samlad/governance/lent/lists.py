"""The lists of lent staff: secondments, and what waits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.governance.lent import queries
from samlad.governance.lent.rules import STATES, last_in, sees_person, state_of
from samlad.governance.lent.words import CATEGORIES, month_words
from samlad.governance.lists import Column, Listing
from samlad.governance.models import Secondment
from samlad.registers.http import Request

BADGES = {"running": "active", "proposed": "new"}


class Shown(msgspec.Struct, frozen=True):
    """A secondment as lists have it."""

    row: Secondment
    lender: str
    category: str
    person: str
    state: str

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("secondment", args=[self.row.pk])


class Waits(msgspec.Struct, frozen=True):
    """Something that waits, as a link."""

    text: str
    seat: str
    lender: str
    url: str


def secondment_list(rows: list[Secondment], request: Request, day: date, *, own: bool = False) -> Listing[Shown]:
    """Secondments; people are named for those who may know. `own`: of one actor."""
    short, people = queries.names(), queries.persons(rows)
    shown, stays = [], queries.stays_by_row(rows)
    for row in rows:
        kinds = {stay.category for stay in stays[row.pk] if stay.first <= day <= stay.last}
        kinds = kinds or {stay.category for stay in stays[row.pk]}
        category = ", ".join(str(CATEGORIES[kind]) for kind in sorted(kinds))
        person = people.get(row.person_id or "", "") if sees_person(request.who, row.lender_id) else ""
        shown.append(Shown(row, short.get(row.lender_id, row.lender_id), category, person, state_of(row, day)))
    columns: list[Column[Any]] = [
        Column("seat", gettext_lazy("Function"), lambda one: one.row.seat, link=lambda one: one.url),
        Column("lender", gettext_lazy("Lender"), lambda one: one.lender, choice=True, hidden=own),
        Column("category", gettext_lazy("Category"), lambda one: one.category, choice=True, hidden=own),
        Column("person", gettext_lazy("Person"), lambda one: one.person),
        Column("first_day", gettext_lazy("First day"), lambda one: one.row.first_day),
        Column("last_day", gettext_lazy("Last day"), lambda one: last_in(one.row)),
        Column(
            "share", gettext_lazy("Share"), lambda one: one.row.share,
            text=lambda one: f"{one.row.share} %", number=True,
        ),
        Column(
            "state", pgettext_lazy("of a secondment", "State"), lambda one: one.state, choice=True,
            text=lambda one: STATES[one.state], badge=lambda one: BADGES.get(one.state, ""),
        ),
    ]  # fmt: skip
    if not any(one.person for one in shown):
        columns = [column for column in columns if column.name != "person"]
    return Listing(
        columns, shown, request.GET, name="utlanad-personal",
        empty=gettext_lazy("Nobody is lent, has been, or is proposed to be."),
    )  # fmt: skip


def named(found: Iterable[queries.Waiting], short: dict[str, str]) -> list[Waits]:
    """What waits, in words and with the page where it is done."""
    return [
        Waits(
            _words(one), one.secondment.seat, short.get(one.secondment.lender_id, one.secondment.lender_id), _url(one)
        )
        for one in found
    ]


def _words(one: queries.Waiting) -> str:
    if one.month is None:
        return _("A proposal waits for an answer")
    month = {"month": month_words(one.month)}
    if one.what == "report":
        return _("Own cost of %(month)s is to be reported") % month
    if one.what == "certify" and one.correction:
        return _("A correction of %(month)s waits for certification") % month
    if one.what == "certify":
        return _("Own cost of %(month)s waits for certification") % month
    if one.correction:
        return _("A correction of %(month)s is certified and to be settled") % month
    return _("Own cost of %(month)s is certified and to be paid") % month


def _url(one: queries.Waiting) -> str:
    if one.month is None:
        return reverse("secondment", args=[one.secondment.pk])
    if one.cost is None:
        return reverse("month_report", args=[one.secondment.pk, one.month.strftime("%Y-%m")])
    return reverse("month_cost", args=[one.cost])
