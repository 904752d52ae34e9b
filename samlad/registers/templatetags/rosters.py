"""Moments, days and roles of rosters, in the reader's language and by Stockholm's clocks."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language

from samlad.base.clock import STOCKHOLM, now
from samlad.registers.roster_words import moment_words, short_role

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """ "Friday 27 November 17:00"."""
    return moment_words(value)


@register.filter
def moment_short(value: datetime) -> str:
    """ "Fri 27 Nov 17:00", with the year where it is another than this."""
    return short_day(value, with_year=True) + date_format(value.astimezone(STOCKHOLM), " H:i")


@register.filter
def end_short(value: datetime) -> str:
    """ "Fri 27 Nov 17:00", beside a day that says the year."""
    return short_day(value, with_year=False) + date_format(value.astimezone(STOCKHOLM), " H:i")


@register.filter
def day_short(value: datetime) -> str:
    """ "Fri 27 Nov", with the year where it is another than this."""
    return short_day(value, with_year=True)


def short_day(value: datetime, *, with_year: bool) -> str:
    """A day in few letters; Swedish writes months small."""
    there = value.astimezone(STOCKHOLM)
    year = " Y" if with_year and there.year != now().astimezone(STOCKHOLM).year else ""
    month = "b" if (get_language() or "sv").startswith("sv") else "M"
    return date_format(there, f"D j {month}{year}")


@register.filter
def role_short(role: str) -> str:
    """ "TiB" for "tib"; roles without a short name in full."""
    return short_role(role)


@register.filter
def weekday_name(number: int) -> str:
    """ "Friday" for 4."""
    return str(WEEKDAYS.get(number, ""))


@register.filter
def at_key(names: Mapping[str, str], key: str) -> str:
    """The name by a key, or the key."""
    return names.get(key, key)
