"""How a room tells which personal data its tables hold (GDPR art. 30), so that they can be listed, given out, removed.

A room with such data has a `personal.py` that ends with `HOLDINGS`; a test demands that every table is in one, or is
named as holding none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PUBLIC_TASK: Promise = _("Public interest and the exercise of official authority (GDPR art. 6.1 e)")
"""The ground of nearly all that public actors hold."""
Row = Mapping[str, Any]
AT_ONCE: Final = 2000  # rows removed in one go: nobody else who writes waits for long


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Personal data of one sort.

    `name` is stored with decisions on how long it is kept and never changes. `tables` are Django's labels
    ("registers.person"). `days` is how long it is kept, counted as `counted_from` says, when nobody has decided
    otherwise; None: until further notice. `of` finds what there is on one person, by key; `remove` blanks or deletes
    what began to be counted before a moment (aware), a few thousand rows at a time, and returns how many.
    """

    name: str
    title: Promise
    tables: tuple[str, ...]
    whose: Promise
    what: Promise
    purpose: Promise
    ground: Promise = PUBLIC_TASK
    counted_from: Promise
    days: int | None
    of: Callable[[str], Iterable[Row]]
    remove: Callable[[datetime], int] | None = None


def delete_some(old: "QuerySet[Any]") -> int:
    """Delete some of the rows, with what hangs on them; returns how many of the rows themselves."""
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    old.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)
