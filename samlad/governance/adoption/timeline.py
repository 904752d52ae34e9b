"""Where everyone is, drawn: one row for each actor, from the day it was sent to the day it was decided. Pure.

Shape tells what colour tells, and each row ends with words; the register beneath holds the same. A box of 1000 wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from samlad.governance.adoption.models import Outcome
from samlad.governance.adoption.standing import Standing

WIDTH: Final = 1000
LEFT, RIGHT, TOP, ROW = 190, 718, 46, 22
MARGIN: Final = timedelta(days=10)
MOST_TICKS: Final = 14
SHAPES: Final = {
    Outcome.ADOPTED: "adopted",
    Outcome.SIGNED: "adopted",
    Outcome.CONDITION: "condition",
    Outcome.FILED: "filed",
    Outcome.REFERRED_BACK: "back",
    Outcome.DECLINED: "declined",
}


@dataclass(frozen=True)
class Mark:
    """A shape on a row, with what it says to a pointer."""

    x: float
    shape: str
    title: str


@dataclass(frozen=True)
class Row:
    """An actor: its line, whole where it has decided and dotted where it has not, its marks and its words."""

    y: float
    name: str
    start: float
    end: float
    dotted: bool
    late: bool
    marks: tuple[Mark, ...]
    words: str
    own_reply: float | None


@dataclass(frozen=True)
class Line:
    """An upright line and what stands over it."""

    x: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Timeline:
    """The whole drawing."""

    rows: tuple[Row, ...]
    ticks: tuple[Line, ...]
    reply_by: Line
    today: Line | None
    height: int
    bottom: int
    summary: str

    @property
    def legend(self) -> Sequence[tuple[str, Promise]]:
        """What the shapes mean."""
        return LEGEND


class Scale:
    """From days to places along."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, max(last, first + timedelta(days=30))

    def at(self, day: date) -> float:
        """Where a day is."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0), 1), 1)


def timeline(standings: Sequence[Standing], reply_by: date, summary: str) -> Timeline | None:
    """The drawing; None where there is nobody."""
    if not standings:
        return None
    day = standings[0].day
    open_still = any(one.waits for one in standings)
    days = [reply_by, *([day] if open_still else [])]
    days += [decision.decided_on for one in standings for decision in one.decisions]
    days += [planned for one in standings if (planned := one.receiver.planned_on) and one.waits]
    first = min(one.receiver.sent_on for one in standings)
    scale = Scale(first - MARGIN / 2, max(days) + MARGIN)
    rows = tuple(_row(one, TOP + ROW * place + ROW // 2, scale) for place, one in enumerate(standings))
    bottom = TOP + ROW * len(rows)
    now = Line(scale.at(day), _("Today")) if scale.first <= day <= scale.last and open_still else None
    reply = Line(scale.at(reply_by), _("Reply by %(day)s") % {"day": date_format(reply_by, "j b Y")})
    return Timeline(rows, ticks(scale), reply, now, bottom + 24, bottom, summary)


def ticks(scale: Scale) -> tuple[Line, ...]:
    """The first days of months; every second or so where there are many."""
    months, day = [], scale.first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= scale.last:
        months.append(day)
    step = -(-len(months) // MOST_TICKS) if months else 1
    return tuple(Line(scale.at(one), tick_text(one, place == 0)) for place, one in enumerate(months[::step]))


def tick_text(day: date, first: bool) -> str:
    """A month, with its year where that begins."""
    return date_format(day, "b Y" if first or day.month == 1 else "b")


def _row(one: Standing, y: float, scale: Scale) -> Row:
    receiver, final = one.receiver, one.final
    end = final.decided_on if final else max(one.day, receiver.sent_on)
    marks = [Mark(scale.at(receiver.sent_on), "sent", _("Sent %(day)s") % {"day": receiver.sent_on})]
    prepared = {(decision.prepared_on, decision.preparing_body) for decision in one.decisions}
    prepared |= {(receiver.prepared_on, receiver.preparing_body)} if not final else set()
    marks += [Mark(scale.at(day), "prepared", f"{body} {day}") for day, body in prepared if day and day <= one.day]
    for decision in one.decisions:
        title = f"{Outcome(decision.outcome).label}: {decision.deciding_body} {decision.decided_on}"
        marks.append(Mark(scale.at(decision.decided_on), SHAPES[Outcome(decision.outcome)], title))
    if one.waits and receiver.planned_on and receiver.planned_on >= one.day:
        title = _("Planned: %(body)s %(day)s") % {"body": receiver.planned_body, "day": receiver.planned_on}
        marks.append(Mark(scale.at(receiver.planned_on), "planned", title))
    own = scale.at(receiver.reply_by) if receiver.reply_by and one.waits else None
    return Row(
        y,
        one.actor.short,
        scale.at(receiver.sent_on),
        scale.at(end),
        final is None,
        one.late,
        tuple(marks),
        words(one),
        own,
    )


def words(one: Standing) -> str:
    """What stands at the end of a row."""
    if one.final and one.days is not None:
        days = ngettext("%(count)s day", "%(count)s days", one.days) % {"count": one.days}
        return f"{one.stage_text}, {days}"
    if one.late:
        return _("%(stage)s, late") % {"stage": one.stage_text}
    if one.receiver.planned_on and one.waits and one.receiver.planned_on >= one.day:
        return _("Planned %(day)s") % {"day": date_format(one.receiver.planned_on, "j b Y")}
    return one.stage_text


LEGEND: Final[Sequence[tuple[str, Promise]]] = (
    ("sent", pgettext_lazy("legend", "sent")),
    ("planned", pgettext_lazy("legend", "planned")),
    ("prepared", pgettext_lazy("legend", "prepared")),
    ("adopted", pgettext_lazy("legend", "adopted or signed")),
    ("condition", pgettext_lazy("legend", "adopted with a condition")),
    ("filed", pgettext_lazy("legend", "laid to the file")),
    ("back", pgettext_lazy("legend", "referred back")),
    ("declined", pgettext_lazy("legend", "declined")),
)
