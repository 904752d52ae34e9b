"""How amounts, months and categories of lent staff are written on pages."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.governance.lent.compensation import HOLIDAY, NIGHT, WEEK, WEEKDAY, WEEKEND

CATEGORIES: Final = {
    "municipality": gettext_lazy("Municipality"),
    "traffic": pgettext_lazy("category of actors", "Traffic"),
    "blue_light": gettext_lazy("Emergency services"),
    "other": pgettext_lazy("lent staff", "Others"),
}
"""The model's own three, and the rest, under the names that the registers have."""
KINDS: Final = {
    WEEKDAY: gettext_lazy("Hours on weekdays"),
    NIGHT: gettext_lazy("Hours at night"),
    WEEKEND: gettext_lazy("Hours on weekends"),
    HOLIDAY: gettext_lazy("Hours on holidays"),
    WEEK: gettext_lazy("Weeks of duty"),
}
"""What duty is counted in."""
NBSP: Final = "\N{NO-BREAK SPACE}"
STATES: Final = {"missing": pgettext_lazy("own cost", "Not reported")}


def kronor(amount: Decimal | None) -> str:
    """An amount as it is written: 45 231,50 kr. What is not there is empty."""
    if amount is None:
        return ""
    text = f"{amount:,.2f}".replace(",", NBSP).replace(".", ",").replace("-", "\N{MINUS SIGN}")
    return f"{text}{NBSP}kr"


def about(amount: Decimal) -> str:
    """An amount for those who may not see what one person costs: to whole ten thousands, so that a change from one day
    to the next does not tell it."""
    return _("about %(amount)s") % {"amount": kronor(amount.quantize(Decimal("1E4"))).replace(",00", "")}


def decimal(amount: Decimal) -> str:
    """A number with a decimal comma, without what says nothing: 0,5 and 1."""
    return f"{amount:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def month_words(month: date) -> str:
    """A month in words: november 2026."""
    return date_format(month, "F Y")


def not_obtained() -> str:
    """What stands where an amount is not known."""
    return _("Not obtained")
