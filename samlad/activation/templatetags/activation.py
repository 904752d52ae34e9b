"""The levels' names on pages; entries hold SSR's own words."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

NAMES: Final = {
    "inriktande": pgettext_lazy("level, one word", "direction"),
    "samordnande": pgettext_lazy("level, one word", "coordination"),
    "verkställande": pgettext_lazy("level, one word", "execution"),
}


@register.filter
def level_names(levels: Iterable[str]) -> str:
    """The levels in the reader's language, with commas between."""
    return ", ".join(str(NAMES.get(level, level)) for level in levels)
