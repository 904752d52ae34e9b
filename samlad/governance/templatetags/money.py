"""Money, people and percents in templates: 49 716,50 kr, 33 144, 12,5."""

from decimal import Decimal

from django import template

from samlad.governance.money import words

register = template.Library()


@register.filter
def kr(value: Decimal | None) -> str:
    """Kronor with the unit; öre where there are any."""
    return words.kronor(value)


@register.filter
def amount(value: Decimal | None) -> str:
    """Kronor without the unit."""
    return words.money(value)


@register.filter
def heads(value: int | None) -> str:
    """How many people."""
    return words.people(value)


@register.filter
def percents(value: Decimal | None) -> str:
    """A percent without the zeros at its end."""
    return words.percent(value)
