"""An entry as a line or two of HTML, by its kind's template, kept because an entry never changes.

What is marked is told as far as its blank texts go, with its ground and a link to where it can be opened.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from samlad.base.clock import STOCKHOLM, now
from samlad.journal.entries import Entry
from samlad.journal.fold import Basics
from samlad.journal.kinds import get

SHREDDED: Final = "journal/entries/blank.html"
COVER: Final = "journal/entries/cover.html"


class Line:
    """An entry with the basics its template needs; equal to another of the same entry, so that it is rendered once."""

    def __init__(self, entry: Entry, basics: Basics) -> None:
        self.entry = entry
        self.basics = basics

    def __hash__(self) -> int:
        return hash(self.entry.hash)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Line):
            return NotImplemented
        return self._key() == other._key()

    def _key(self) -> tuple[object, ...]:
        entry = self.entry
        return entry.hash, entry.payload is None, entry.withdrawn, entry.marking


def forget() -> None:
    """Keep nothing: something has been shredded, withdrawn or marked."""
    _shown.cache_clear()


def shown(entry: Entry, basics: Basics, language: str) -> SafeString:
    """What an entry says, in a language that is already active."""
    return _shown(Line(entry, basics), language, now().astimezone(STOCKHOLM).date())


def whole(entry: Entry, basics: Basics) -> SafeString:
    """All that an entry says, in the active language; of a marked one what it says with its texts, if it has them.

    Kept nowhere: whoever shows a marked entry's texts has noted it.
    """
    kind = get(entry.kind, entry.version)
    template = (kind.whole or kind.shown) if entry.payload is not None else SHREDDED
    context = {"entry": entry, "payload": entry.payload, "basics": basics, "name": basics.short(entry.actor)}
    return mark_safe(render_to_string(template, context).strip())  # noqa: S308  rendered by a template that escapes


@lru_cache(maxsize=20_000)
def _shown(line: Line, language: str, today: date) -> SafeString:
    entry = line.entry
    template = get(entry.kind, entry.version).shown if entry.payload is not None else SHREDDED
    context = {
        "entry": entry,
        "payload": entry.payload,
        "basics": line.basics,
        "name": line.basics.short(entry.actor),
    }
    told = render_to_string(template, context).strip()
    if entry.marking is not None and entry.payload is not None:
        told += " " + render_to_string(COVER, context).strip()
    return mark_safe(told)  # noqa: S308  rendered by templates that escape
