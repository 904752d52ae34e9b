"""The published picture as PDF: tagged (PDF/UA-1), with fonts of its own, the same content as the page.

Every text is handed over as data and none is read as markup, so that what somebody wrote can't become a command.
"""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM
from samlad.base.templatetags.marks import status_word
from samlad.journal import typeset
from samlad.journal.fold import Basics
from samlad.picture.document import Document, Item, StatusRow
from samlad.picture.wording import BLOCK_NAMES

TEMPLATE: Final = Path(__file__).resolve().parent / "templates" / "picture" / "picture.typ"


def as_pdf(document: Document, basics: Basics, *, exercise: bool) -> bytes:
    """The document as a PDF file, in the active language. Nothing is kept: it is made anew each time."""
    return typeset.as_pdf(TEMPLATE, content(document, basics, exercise))


def content(document: Document, basics: Basics, exercise: bool) -> dict[str, Any]:
    """What the template shows."""
    published, before = document.published, document.before
    kind = _("Closing joint picture") if document.closing else pgettext("document", "Joint picture")
    kicker = f"{kind} · " + _("number %(number)s") % {"number": published.number}
    word = pgettext("document", "EXERCISE") if exercise else ""
    return {
        "title": " – ".join(filter(None, (word, kicker, basics.title))),
        "author": document.by,
        "keywords": [kind, basics.title],
        "lang": get_language() or "sv",
        "exercise": word,
        "kicker": kicker,
        "heading": basics.title,
        "at": moment(document.at),
        "by": document.by,
        "footer": " · ".join(filter(None, (basics.title, kicker, moment(document.at)))),
        "status": status(published.status),
        "was": status(before.status) if before and before.status != published.status else None,
        "assessment": published.assessment or _("No assessment has been written."),
        "outlook": published.outlook,
        "news": news(document),
        "parts": [
            {
                "name": str(BLOCK_NAMES[part.block]),
                "items": [item(one, gone=False) for one in part.items] + [item(one, gone=True) for one in part.gone],
            }
            for part in document.parts
        ],
        "statuses": [row(one) for one in document.statuses],
        "not_reported": ", ".join(document.not_reported) or _("All participants had reported."),
        "words": words(before.number if before else 0),
    }


def words(before: int) -> dict[str, str]:
    """The fixed texts of the document."""
    return {
        "page": _("Page"),
        "was": _("in number %(number)s:") % {"number": before},
        "assessment": _("Overall assessment"),
        "outlook": _("Outlook"),
        "statuses": _("Status by actor"),
        "nobody": _("No actor had reported."),
        "actor": _("Actor"),
        "status": _("Status"),
        "as_of": _("As of"),
        "note": _("Note"),
        "not_reported": _("Had not reported"),
    }


def status(code: str) -> dict[str, str]:
    """A status for the mark."""
    return {"code": code, "word": status_word(code)}


def news(document: Document) -> str:
    """How much is new since the version before; empty for the first."""
    if document.before is None:
        return ""
    if not document.news:
        return _("The statements are the same as in number %(number)s.") % {"number": document.before.number}
    return ngettext(
        "%(news)s statement is new, changed or gone since number %(number)s.",
        "%(news)s statements are new, changed or gone since number %(number)s.",
        document.news,
    ) % {"news": document.news, "number": document.before.number}


def item(one: Item, *, gone: bool) -> dict[str, Any]:
    """A statement with its mark and its source."""
    marks = {
        "": "",
        "new": pgettext("statement", "New"),
        "changed": pgettext("statement", "Changed"),
    }
    return {
        "text": one.statement.text,
        "gone": gone,
        "mark": pgettext("statement", "Gone") if gone else marks[one.mark],
        "pieces": [{"kind": kind, "text": text} for kind, text in one.pieces],
        "source": source(one),
    }


def source(one: Item) -> str:
    """Who said it, when, through whom, and where it came from."""
    if not one.name:
        return _("The compiler’s own words")
    told = one.statement
    who = [one.name]
    if one.conveyor:
        who.append(_("conveyed by %(conveyor)s") % {"conveyor": one.conveyor})
    if told.as_of:
        who.append(clock(told.as_of))
    text = ", ".join(who)
    return text + " · " + _("source: %(source)s") % {"source": told.source} if told.source else text


def row(one: StatusRow) -> dict[str, Any]:
    """An actor's status."""
    notes = []
    if one.conveyor:
        notes.append(_("conveyed by %(conveyor)s") % {"conveyor": one.conveyor})
    if one.is_new:
        notes.append(_("new in this number"))
    elif one.before and one.before != one.status:
        notes.append(_("was") + " " + status_word(one.before).lower())
    return {"name": one.name, "status": status(one.status), "as_of": clock(one.as_of), "note": ", ".join(notes)}


def moment(at: datetime) -> str:
    """Weekday, date and time in Stockholm."""
    return date_format(at.astimezone(STOCKHOLM), "l j F Y H:i")


def clock(at: datetime) -> str:
    """Date and time in Stockholm: paper is read on other days."""
    text = date_format(at.astimezone(STOCKHOLM), "j M H:i")
    return text.lower() if get_language() == "sv" else text
