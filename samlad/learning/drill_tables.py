"""The report as rows and plots in the reader's language, for page, sheet and paper alike."""

from collections.abc import Mapping, Sequence

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samlad.journal.who import DUTY_ROLES
from samlad.learning.drill_plots import Line, Plot, hours, trend
from samlad.learning.drill_queries import Report, Result
from samlad.learning.drill_statistics import FEWEST_MEDIAN, FEWEST_P95, Summary
from samlad.learning.drill_words import minutes_text, month_text
from samlad.registers.models import Role


class Row(msgspec.Struct, frozen=True):
    """A line of a table: what it is about, how many were asked and answered, and the figures or why there are none."""

    label: str
    asked: int
    answered: int
    median: str
    p95: str
    longest: str
    address: str = ""
    answers: bool = False  # of those who answered only: then nothing is said of how many were asked

    @property
    def unreached(self) -> int:
        """How many did not answer."""
        return self.asked - self.answered

    @property
    def cells(self) -> tuple[object, ...]:
        """The row of a sheet."""
        asked, unreached = ("", "") if self.answers else (self.asked, self.unreached)
        return (self.label, asked, self.answered, unreached, self.median, self.p95, self.longest)


class Shown(msgspec.Struct, frozen=True):
    """A report as its template shows it."""

    whole: Row
    trend: Plot
    hours: Plot
    by_drill: list[Row]
    by_hour: list[Row]
    by_way: list[Row]
    by_role: list[Row]


class NotThrough(msgspec.Struct, frozen=True):
    """A message that did not get through. `dead`: the number or address itself is no good."""

    person: str
    role: str
    channel: str
    why: str
    dead: bool


class Outcome(msgspec.Struct, frozen=True):
    """How it went for one actor in one test alarm; `minutes` is empty where it did not answer."""

    code: str
    name: str
    title: str
    label: str
    minutes: str
    way: str
    role: str
    dead: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a sheet."""
        return (self.label, self.minutes or _("did not answer"), self.way, self.role)


def outcome_heads() -> tuple[str, ...]:
    """The headings of `Outcome.cells`, but for the first."""
    return pgettext("test alarms", "Answer"), pgettext("of answering", "Way"), _("Role")


def heads() -> tuple[str, ...]:
    """The headings of `Row.cells`."""
    return (
        pgettext("test alarms", "Called"),
        pgettext("test alarms", "Answered"),
        pgettext("test alarms", "Not reached"),
        _("Median"),
        _("95th percentile"),
        _("Longest"),
    )


def row(label: str, it: Summary, address: str = "", *, answers: bool = False) -> Row:
    """The figures of a group in words."""
    return Row(label, it.asked, it.answered, few(it, it.median, FEWEST_MEDIAN, _("no median")),
               few(it, it.p95, FEWEST_P95, _("no p95")), minutes_text(it.longest) or "–", address, answers)  # fmt: skip


def few(it: Summary, value: float | None, fewest: int, without: str) -> str:
    """A percentile, or that there are too few answers for it."""
    if value is not None:
        return minutes_text(value)
    told = {"answers": it.answered, "without": without}
    return ngettext("%(answers)s answer: %(without)s", "%(answers)s answers: %(without)s", it.answered) % told


def by_drill(found: Sequence[Result], it: Report) -> list[Row]:
    """One row for each test alarm, the latest first."""
    rows = [(result, it.by_drill.get(result.drill.pk.hex, Summary())) for result in found]
    return [row(drill_label(result), some) for result, some in reversed(rows) if some.asked]


def drill_label(result: Result) -> str:
    """A test alarm in a table: its month, and when it was."""
    at = result.samples[0].at if result.samples else result.drill.due_at
    return f"{month_text(result.drill.month)}, {date_format(at, 'j/n H:i')}"


def by_hour(it: Report) -> list[Row]:
    """One row for each hour of the day in which there has been one."""
    return [row(f"{hour:02}–{hour + 1:02}", some) for hour, some in it.by_hour.items()]


def by_way(it: Report) -> list[Row]:
    """One row for each way in which answers came."""
    return [row(way_name(way), some, answers=True) for way, some in it.by_way.items()]


def by_role(it: Report) -> list[Row]:
    """One row for each role in which somebody answered."""
    return [row(role_name(role), some, answers=True) for role, some in it.by_role.items()]


def way_name(way: str) -> str:
    """A way to answer."""
    names: Mapping[str, str] = {
        "page": _("Signed in"),
        "link": _("Link in the message"),
        "sms": _("SMS"),
        "voice": _("Key press in a call"),
        "by_hand": _("Telephoned by hand"),
    }
    return names.get(way, _("Not known"))


def channel_name(channel: str) -> str:
    """A channel; empty where it never came to one."""
    names: Mapping[str, str] = {
        "sms": _("SMS"),
        "voice": _("Call"),
        "email": _("E-mail"),
        "push": _("Push"),
        "chat": _("Chat"),
        "webhook": _("Webhook"),
    }
    return names.get(channel, channel)


def role_name(roles: str) -> str:
    """A role, or those that somebody has at once."""
    names = [str(Role(role).label) for role in roles.split(",") if role in DUTY_ROLES]
    return ", ".join(names) or _("Not known")


def trend_of(found: Sequence[Result], it: Report, others: Report | None = None) -> Plot:
    """How it has gone: the medians of all, or one actor's own times beside the median of all."""
    drills = [result.drill.pk.hex for result in found]
    mine = [it.by_drill.get(drill, Summary()) for drill in drills]
    labels = [date_format(result.drill.month, "M y").lower() for result in found]
    if others is None:
        lines = [
            Line("median", _("median"), [some.median for some in mine]),
            Line("p95", _("95th percentile"), [some.p95 for some in mine]),
        ]
    else:
        whole = [others.by_drill.get(drill, Summary()) for drill in drills]
        lines = [
            Line("all", _("median of all"), [some.median for some in whole]),
            Line("median", _("own answer"), [some.longest for some in mine]),
        ]
    return trend(labels, lines, [missed(some) for some in mine])


def missed(some: Summary) -> str:
    """What stands over a test alarm in which somebody was missed."""
    return str(some.unreached) if some.unreached else ""


def hours_of(it: Report) -> Plot:
    """Each answer by hour of the day."""
    return hours(it.samples)
