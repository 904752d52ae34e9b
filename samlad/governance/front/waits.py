"""Something that waits for somebody: what, for whom, until when, and where it is done. The most urgent first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

PARTS: Final[dict[str, Promise]] = {
    "adoption": pgettext_lazy("tab", "Adoption"),
    "plans": pgettext_lazy("tab", "Annual plan"),
    "money": pgettext_lazy("tab", "Money"),
    "lent": gettext_lazy("Lent staff"),
    "bodies": pgettext_lazy("part", "Meetings"),
}
"""The parts that something waits in; the order among what is as urgent."""
SOON: Final = timedelta(days=30)
NAMED: Final = 4
"""So many are named; how many the others are is told."""


@dataclass(frozen=True)
class Wait:
    """One thing that waits. `who`: for whom, "" where that is plain; `due`: the day it is to be done by, None where
    nobody has said one. `calm`: it is no delay that its day has passed, since it takes its time."""

    part: str
    what: str
    url: str
    day: date
    who: str = ""
    due: date | None = None
    note: str = ""
    calm: bool = False
    names: Sequence[str] = field(default_factory=tuple)

    @property
    def part_text(self) -> str:
        """The part in words."""
        return str(PARTS[self.part])

    @property
    def passed(self) -> int:
        """How many days its day has passed with."""
        return max(0, (self.day - self.due).days) if self.due else 0

    @property
    def left(self) -> int | None:
        """How many days are left; None where its day has passed or there is none."""
        return (self.due - self.day).days if self.due and self.due >= self.day else None

    @property
    def group(self) -> str:
        """How urgent it is: "late", "soon" or "later"."""
        if self.passed and not self.calm:
            return "late"
        return "soon" if self.due and self.due >= self.day and self.due - self.day <= SOON else "later"


GROUPS: Final[dict[str, Promise]] = {
    "late": gettext_lazy("Should have been done"),
    "soon": gettext_lazy("Within 30 days"),
    "later": gettext_lazy("Later, or without a day"),
}


def by_urgency(found: Iterable[Wait]) -> list[Wait]:
    """The most urgent first: what is late, then what is due soonest; without a day last."""
    order, parts = list(GROUPS), list(PARTS)
    return sorted(
        found,
        key=lambda one: (order.index(one.group), one.due is None, one.due or date.max, parts.index(one.part), one.what),
    )


def grouped(found: Iterable[Wait]) -> list[tuple[str, str, list[Wait]]]:
    """What waits in its groups: code, heading, rows. A group with nothing in it is left out."""
    ordered = by_urgency(found)
    made = [(code, str(label), [one for one in ordered if one.group == code]) for code, label in GROUPS.items()]
    return [group for group in made if group[2]]


def some_of(names: Sequence[str]) -> str:
    """A few names, and how many the others are."""
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return _("%(names)s and %(count)d others") % {"names": ", ".join(names[:NAMED]), "count": len(names) - NAMED}


def to(name: str, *args: object, on: date | None = None) -> str:
    """A page's address, as it was on the same day."""
    return reverse(name, args=args) + (f"?on={on.isoformat()}" if on else "")
