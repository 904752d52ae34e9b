"""Codes of the registers in the reader's language."""

from django import template

from samlad.registers.models import Category, Role

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """A role: "tib" is "Duty officer (TiB)"; an unknown code stays as it is."""
    return str(Role(role).label) if role in Role.values else role


@register.filter
def category_name(category: str) -> str:
    """A category of actors: "blue_light" is "Emergency services"; an unknown code stays as it is."""
    return str(Category(category).label) if category in Category.values else category
