"""What a set of open data is: a name that never changes, fields that are the same in every format, and its rows.

No set holds people, e-mail addresses, drafts or what a single lent person costs: each row names what it takes out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Value = str | int | bool | None
Row = dict[str, Value]

KINDS: Final[dict[str, Promise]] = {
    "text": pgettext_lazy("kind of field", "text"),
    "code": pgettext_lazy("kind of field", "code"),
    "day": pgettext_lazy("kind of field", "day (2026-01-31)"),
    "moment": pgettext_lazy("kind of field", "moment (ISO 8601, UTC)"),
    "whole": pgettext_lazy("kind of field", "whole number"),
    "decimal": pgettext_lazy("kind of field", "decimal number, as text with a point"),
    "truth": pgettext_lazy("kind of field", "true or false"),
}


@dataclass(frozen=True)
class Field:
    """A field of a set: its name in the files, what it holds, and one of KINDS."""

    name: str
    about: str | Promise
    kind: str = "text"

    @property
    def kind_text(self) -> str:
        """The kind in words."""
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class DataSet:
    """A set. `tables` are those whose changes change it; `rows` what it held at the end of a day, None: now."""

    name: str
    title: str | Promise
    about: str | Promise
    fields: tuple[Field, ...]
    tables: tuple[type[Model], ...]
    rows: Callable[[date | None], Iterable[Row]]


def day_text(day: date | None) -> str | None:
    """A day as the files have it."""
    return day.isoformat() if day else None
