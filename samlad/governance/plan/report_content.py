"""What an annual report says, as headings, paragraphs and tables of text: the same for the page, Word and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samlad.governance.plan.models import AnnualReport, PlanYear, ReportSection, ReportState
from samlad.governance.plan.report_facts import AreaFacts, Facts, Line
from samlad.governance.plan.words import progress_word, sum_words


@dataclass(frozen=True)
class Table:
    """A table of texts; `numbers` are the columns that stand to the right."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    last_is_sum: bool = False

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows with the head of each cell beside it, for narrow screens."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Content:
    """A whole report."""

    title: str
    lang: str
    state: str
    draft: bool
    made: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[Table, ...]


def content(plan: PlanYear, report: AnnualReport, sections: Sequence[ReportSection], found: Facts) -> Content:
    """The report of a year, in the active language."""
    draft = report.state != ReportState.FINAL
    day = report.made_on if draft or report.final_on is None else report.final_on
    return Content(
        title=_("Annual report %(year)s") % {"year": plan.year},
        lang=get_language() or "sv",
        state=str(report.get_state_display()),
        draft=draft,
        made=(_("Draft made from the plan on %(day)s") if draft else _("Final on %(day)s"))
        % {"day": date_format(day, "j F Y")},
        sections=tuple((one.heading, paragraphs(one.text)) for one in sections if one.text.strip()),
        tables=tuple(table for table in tables(found) if table.rows),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A text in paragraphs: an empty line is between two."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def tables(found: Facts) -> list[Table]:
    """The tables of figures."""
    return [by_area(found), activities(found.lines), economy(found)]


def by_area(found: Facts) -> Table:
    """Counts and money by goal area."""
    heads = (
        _("Goal area"), pgettext("count", "Planned"), pgettext("count", "Done"), pgettext("count", "Deviating"),
        pgettext("count", "Broken off"), pgettext("count", "Late"), pgettext("count", "Carried"),
        _("Planned (SEK)"), _("Spent (SEK)"),
    )  # fmt: skip
    rows = [area_row(one, one.area or _("Without a goal area")) for one in found.areas]
    return Table(
        _("Activities by goal area"),
        heads,
        (*rows, area_row(found.whole, _("All"))),
        numbers=tuple(range(1, 9)),
        last_is_sum=True,
    )


def area_row(one: AreaFacts, name: str) -> tuple[str, ...]:
    """A goal area's row."""
    counts = (one.planned, one.done, one.deviates, one.broken_off, one.late, one.carried)
    return (name, *(str(count) for count in counts), bare(one.amount), bare(one.spent))


def activities(lines: Sequence[Line]) -> Table:
    """All activities of the plan."""
    heads = (
        _("Activity"), _("Responsible actor"), pgettext("follow-up", "Status"), _("Planned (SEK)"), _("Spent (SEK)")
    )  # fmt: skip
    rows = tuple((one.title, one.responsible, status(one), bare(one.amount), bare(one.spent)) for one in lines)
    return Table(_("All activities"), heads, rows, numbers=(3, 4))


def status(one: Line) -> str:
    """How it ended, in words."""
    marks = [progress_word(one.status)]
    marks += [_("late")] if one.late else []
    marks += [_("carried")] if one.carried else []
    return ", ".join(marks)


def economy(found: Facts) -> Table:
    """What the money part knows of the year."""
    heads = (pgettext("economy", "Item"), _("Planned (SEK)"), _("Outcome (SEK)"))
    rows = tuple((one.label, bare(one.planned), bare(one.outcome)) for one in found.economy)
    return Table(_("Economy"), heads, rows, numbers=(1, 2))


def bare(amount: Decimal | None) -> str:
    """Money in a column that says it is money; a dash where there is no figure."""
    return "–" if amount is None else sum_words(amount)


def as_data(found: Content) -> dict[str, Any]:
    """For a template that reads JSON."""
    return {
        "title": found.title,
        "lang": found.lang,
        "state": found.state,
        "draft": found.draft,
        "made": found.made,
        "page": _("Page"),
        "sections": [{"heading": heading, "paragraphs": texts} for heading, texts in found.sections],
        "tables": [
            {
                "heading": one.heading, "heads": one.heads, "rows": one.rows, "numbers": one.numbers,
                "sum": one.last_is_sum,
            }
            for one in found.tables
        ],
    }  # fmt: skip
