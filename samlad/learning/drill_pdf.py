"""An actor's report of test alarms on one sheet of paper (PDF/UA-1): the latest year, and what did not get through.

As with the published picture, every text is handed over as data and none is read as markup.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.journal import typeset
from samlad.learning import drill_tables as tables

TEMPLATE: Final = Path(__file__).resolve().parent / "templates" / "learning" / "drill.typ"
MOST: Final = 13  # rows of a table: a year and the month before, so that it stays one sheet
MOST_LOST: Final = 6
MOST_ROLES: Final = 6
SAID: Final = (0, 2, 4, 6)
BY_HOUR: Final = (0, 1, 3, 4)
"""The columns of a table in which only those are who answered, and of the narrow one beside the plot."""


def as_pdf(
    actor: str,
    shown: tables.Shown,
    history: Sequence[tables.Outcome],
    lost: Sequence[tables.NotThrough],
    *,
    made_up: bool,
) -> bytes:
    """The report as a PDF file, in the active language. Nothing is kept."""
    return typeset.as_pdf(TEMPLATE, content(actor, shown, lost, made_up) | {"history": past(history)})


def content(actor: str, shown: tables.Shown, lost: Sequence[tables.NotThrough], made_up: bool) -> dict[str, Any]:
    """What the template shows."""
    made_at = date_format(now().astimezone(STOCKHOLM), "j F Y H:i")
    word, name = pgettext("document", "EXERCISE"), _("Test alarms")
    whole = shown.whole
    return {
        "title": f"{word} – {name}: {actor}",
        "lang": get_language() or "sv",
        "exercise": word,
        "kicker": name,
        "heading": actor,
        "at": made_at,
        "made_up": _("These answers are made up for the demo. Nobody gave them.") if made_up else "",
        "page": _("Page"),
        "facts": [
            [pgettext("test alarms", "Answered"), f"{whole.answered} / {whole.asked}"],
            [_("Median"), whole.median],
            [_("95th percentile"), whole.p95],
            [_("Longest"), whole.longest],
        ],
        "plot": shown.trend,
        "plot_key": _("Whole line with dots: own answer. Dashed line: median of all. Cross: did not answer."),
        "plot_heading": _("Minutes to answer, from one test alarm to the next"),
        "method": _(
            "Percentiles are by nearest rank, among those who answered: each is a time that somebody had. A median is "
            "told from three answers on, a 95th percentile from twenty. Those who did not answer are counted beside."
        ),
        "hours": table(_("By hour of the day"), _("Hour"), shown.by_hour[:MOST], BY_HOUR),
        "halves": [
            table(_("By way of answering"), pgettext("of answering", "Way"), shown.by_way, SAID),
            table(_("By role"), _("Role"), shown.by_role[:MOST_ROLES], SAID),
        ],
        "lost_heading": _("Did not get through the last time"),
        "lost": [" · ".join(filter(None, (one.person, one.role, one.channel, one.why))) for one in lost[:MOST_LOST]],
        "more": _("and %(more)s more") % {"more": len(lost) - MOST_LOST} if len(lost) > MOST_LOST else "",
    }


def past(history: Sequence[tables.Outcome]) -> dict[str, Any]:
    """How it went each time."""
    return {
        "heading": _("Each test alarm"),
        "heads": [_("Test alarm"), *tables.outcome_heads()],
        "rows": [list(one.cells) for one in history[:MOST]],
    }


def table(heading: str, first: str, rows: Sequence[tables.Row], columns: Sequence[int] = range(7)) -> dict[str, Any]:
    """A table: its heading, those of its columns, its rows as texts."""
    heads = [first, *tables.heads()]
    return {
        "heading": heading,
        "heads": [heads[place] for place in columns],
        "rows": [[str(row.cells[place]) for place in columns] for row in rows],
    }
