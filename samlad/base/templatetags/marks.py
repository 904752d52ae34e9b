"""Marks that say a state three ways at once: a shape, a word and a colour.

The shapes alone tell the states apart (circle, triangle, square, diamond, dashed ring), so the colours may fail:
on a black and white print, in forced colours, and for colour-blind readers. Colours are set in samlad.css.
"""

import re
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

register = template.Library()

# Last elements of Swedish place names: where a name may be divided when a tile is too narrow for it.
_ENDING: Final = re.compile(
    r"(?<=\w\w\w)(?=(?:berg|boda|borg|byberg|dinge|(?<!d)inge|fors|hamn|holm|köping|kyrka|lands|ryd|stad|sund|torp|tuna"
    r"|tälje|viken|åker)\b)|(?<=\w\w)(?=kvarn\b)"
)

# Drawn on a grid of 16 with room for the outline.
_CIRCLE: Final = '<circle cx="8" cy="8" r="6"/>'
_TRIANGLE: Final = '<path d="M8 1.6 15 14H1z"/>'
_SQUARE: Final = '<rect x="2" y="2" width="12" height="12"/>'
_DIAMOND: Final = '<path d="M8 .8 15.2 8 8 15.2.8 8z"/>'
_RING: Final = '<circle cx="8" cy="8" r="6" stroke-dasharray="3 2.2"/>'
_HALF: Final = '<circle cx="8" cy="8" r="6"/><path d="M5 8h6"/>'
_CHECK: Final = '<path d="M2.5 8.5 6.3 12.3 13.5 4.2"/>'
_CROSS: Final = '<path d="M3.5 3.5l9 9m0-9-9 9"/>'
_DASH: Final = '<path d="M3 8h10"/>'
_BANG: Final = '<path d="M8 2v7.5M8 13v.5"/>'
_QUERY: Final = '<path d="M4.5 5.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2M8 13.5v.5"/>'
_CLOCK: Final = '<circle cx="8" cy="8" r="6.3"/><path d="M8 4v4.3l2.8 1.7"/>'

NOT_REPORTED: Final = "none"

STATUS: Final = {
    "green": (_CIRCLE, pgettext_lazy("status", "Green")),
    "yellow": (_TRIANGLE, pgettext_lazy("status", "Yellow")),
    "red": (_SQUARE, pgettext_lazy("status", "Red")),
    "black": (_DIAMOND, pgettext_lazy("status", "Black")),
    # A report that states no status: others' reports, written to other templates, often don't.
    "unstated": (_HALF, pgettext_lazy("mark", "No status given")),
    NOT_REPORTED: (_RING, pgettext_lazy("mark", "Not reported")),
}
# For tiles and narrow columns: what stands there in one short word.
SHORT: Final = {
    "unstated": pgettext_lazy("no status given, in one short word", "Unstated"),
    NOT_REPORTED: pgettext_lazy("has not reported, in one short word", "Silent"),
    "unclear": pgettext_lazy("affected, in one short word", "Unclear"),
    "not-reached": pgettext_lazy("not reached, in two short words", "No reply"),
}
AFFECTED: Final = {
    "yes": (_BANG, pgettext_lazy("mark", "Affected")),
    "no": (_DASH, pgettext_lazy("mark", "Not affected")),
    "unclear": (_QUERY, pgettext_lazy("mark", "Unclear if affected")),
}
REACHED: Final = {
    "reached": (_CHECK, pgettext_lazy("mark", "Reached")),
    "not-reached": (_RING, pgettext_lazy("mark", "Not reached")),
    "not-called": (_DASH, pgettext_lazy("mark", "Not called")),
}
SIGNS: Final = {"yes": _CHECK, "no": _CROSS, "warning": _BANG, "clock": _CLOCK}


def _mark(family: str, code: str, shape: str, word: object, *, quiet: bool = False) -> SafeString:
    """The span that samlad.css colours. `quiet` hides the word from the eye only, as when it stands beside it."""
    return format_html(
        '<span class="mark {0} {0}-{1}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{2}</svg>'
        '<span class="{3}">{4}</span></span>',
        family,
        code,
        mark_safe(shape),  # noqa: S308  a constant of this module
        "visually-hidden" if quiet else "word",
        word,
    )


@register.simple_tag
def status_mark(status: str | None, *, quiet: bool = False, short: bool = False) -> SafeString:
    """An actor's overall status: green, yellow, red, black, unstated; anything else is "not reported"."""
    code = status if status in STATUS else NOT_REPORTED
    shape, word = STATUS[code]
    return _mark("status", code, shape, SHORT.get(code, word) if short else word, quiet=quiet)


@register.simple_tag
def status_word(status: str | None) -> str:
    """The status in the reader's language, for titles and texts where there is no room for the shape."""
    return str(STATUS[status if status in STATUS else NOT_REPORTED][1])


@register.simple_tag
def affected_mark(affected: str | None, *, quiet: bool = False, short: bool = False) -> SafeString:
    """An acknowledgement's answer: yes, no or unclear; nothing for an actor that hasn't answered."""
    if affected not in AFFECTED:
        return SafeString("")
    shape, word = AFFECTED[affected]
    return _mark("affected", affected, shape, SHORT.get(affected, word) if short else word, quiet=quiet)


@register.simple_tag
def reached_mark(reached: bool | None, *, quiet: bool = False, short: bool = False) -> SafeString:
    """Whether an actor has been reached: True, False, or None for one that was never called."""
    code = "not-called" if reached is None else "reached" if reached else "not-reached"
    shape, word = REACHED[code]
    return _mark("reached", code, shape, SHORT.get(code, word) if short else word, quiet=quiet)


@register.filter
def soft(name: str) -> str:
    """A place name with soft hyphens where it may be divided: Sundby-berg. Unseen when there is room."""
    return _ENDING.sub("\u00ad", name)


@register.simple_tag
def sign(name: str) -> SafeString:
    """A small drawing (yes, no, warning, clock) beside a text that says the same; empty for an unknown name."""
    drawing = SIGNS.get(name, "")
    return format_html(
        '<svg class="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        mark_safe(drawing),  # noqa: S308  a constant of this module
    )
