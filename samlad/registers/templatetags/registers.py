"""Codes of the registers in the reader's language."""

from datetime import date, timedelta

from django import template
from django.utils.translation import gettext as _

from samlad.registers.models import ActorVersion, Category, Role

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """A role: "tib" is "Duty officer (TiB)"; an unknown code stays as it is."""
    return str(Role(role).label) if role in Role.values else role


@register.filter
def category_name(category: str) -> str:
    """A category of actors: "blue_light" is "Emergency services"; an unknown code stays as it is."""
    return str(Category(category).label) if category in Category.values else category


@register.filter
def last_day(valid_to: date | None) -> str:
    """The last day something holds, "2026-11-30": registers store the first day on which it no longer does."""
    return (valid_to - timedelta(days=1)).isoformat() if valid_to else ""


@register.filter
def audience_words(audience: str) -> str:
    """An audience as it is stored, in words."""
    to, _colon, whom = audience.partition(":")
    if to == "own":
        return _("Own actor only: %(actors)s") % {"actors": whom}
    if to == "actors":
        return _("Named actors: %(actors)s") % {"actors": whom.replace(",", ", ")}
    if to == "level":
        return _("A level only: %(level)s") % {"level": whom}
    return _("Public") if to == "public" else _("All participants")


@register.filter
def actor_short(code: str) -> str:
    """An actor's latest short name, or its code. One query: for marks that few rows have."""
    found = ActorVersion.objects.filter(actor=code).order_by("-valid_from").first()
    return found.short_name if found else code
