"""Who sees which amounts of lent staff, and the states that a secondment goes through."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.refused import Refused
from samlad.governance.lent.months import days_in
from samlad.governance.models import MonthCost, Secondment
from samlad.governance.rules import keeps, speaks_for
from samlad.journal.who import Who
from samlad.registers.rules import may_see_people

STATES: Final = {
    "proposed": pgettext_lazy("secondment", "Proposed"),
    "declined": pgettext_lazy("secondment", "Declined"),
    "agreed": pgettext_lazy("secondment", "Agreed"),
    "running": pgettext_lazy("secondment", "Running"),
    "ended": pgettext_lazy("secondment", "Ended"),
    "broken_off": pgettext_lazy("secondment", "Broken off"),
}
"""The states of a secondment."""
COST_STATES: Final = {
    "waits": pgettext_lazy("own cost", "Waits for certification"),
    "returned": pgettext_lazy("own cost", "Returned"),
    "certified": pgettext_lazy("own cost", "Certified"),
    "paid": pgettext_lazy("own cost", "Paid"),
}
"""The states of what was reported."""
SOON: Final = timedelta(days=90)
"""So long before its last day a secondment is told of: somebody else can still be found."""


def state_of(row: Secondment, day: date) -> str:
    """Where a secondment is on a day."""
    if row.declined_at is not None:
        return "declined"
    if not is_agreed(row):
        return "proposed"
    if row.broken_off_on is not None and day > row.broken_off_on:
        return "broken_off"
    if day < row.first_day:
        return "agreed"
    return "running" if day <= row.last_day else "ended"


def is_agreed(row: Secondment) -> bool:
    """Whether both sides have said yes."""
    return row.lender_agreed_at is not None and row.kansli_agreed_at is not None and row.declined_at is None


def last_in(row: Secondment) -> date:
    """The last day that the secondment lasts, also where it is broken off."""
    return min(row.last_day, row.broken_off_on) if row.broken_off_on else row.last_day


def cost_state(row: MonthCost) -> str:
    """Where a report of own cost is."""
    if row.paid_on is not None:
        return "paid"
    if row.certified_at is not None:
        return "certified"
    return "returned" if row.returned_at is not None else "waits"


def sees_amounts(who: Who, lender: str) -> bool:
    """Whether this reader sees what a lent person costs: the secretariat, and who speaks for the lender."""
    return speaks_for(who, lender)


def sees_person(who: Who, lender: str) -> bool:
    """Whether this reader sees who is lent: whoever sees who sits where, and who speaks for the lender."""
    return may_see_people(who) or speaks_for(who, lender)


def open_sides(who: Who, row: Secondment) -> tuple[str, ...]:
    """The sides ("lender", "kansli") that have not said anything about a proposal and that this reader speaks for.

    The secretariat speaks for both: a lender also answers by letter.
    """
    if row.declined_at is not None:
        return ()
    lender = ("lender",) if row.lender_agreed_at is None and speaks_for(who, row.lender_id) else ()
    kansli = ("kansli",) if row.kansli_agreed_at is None and keeps(who) else ()
    return lender + kansli


def check_month(row: Secondment, month: date, day: date) -> None:
    """Refuse to report a month that the secondment does not touch, or that has not begun by `day`."""
    if not is_agreed(row):
        raise Refused(_("The secondment has not been agreed: there is nothing to report."))
    if not days_in(month, row.first_day, last_in(row)):
        raise Refused(_("The secondment has no day in this month."))
    if month > day:
        raise Refused(_("The month has not begun."))


def check_can_certify(who: Who, row: MonthCost) -> None:
    """Refuse all but the secretariat, whoever reported it (four eyes), and whoever it pays for."""
    if not keeps(who):
        raise Refused(_("Only the coordination secretariat certifies own costs."))
    if row.certified_at is not None:
        raise Refused(_("This has been certified already."))
    if row.returned_at is not None:
        raise Refused(_("This has been returned. It can be certified when the lender has sent it again."))
    if row.reported_by == who.person:
        raise Refused(_("You reported this yourself. Somebody else at the secretariat has to certify it."))
    if row.secondment.person_id == who.person:
        raise Refused(_("This is what you cost yourself. Somebody else at the secretariat has to certify it."))
