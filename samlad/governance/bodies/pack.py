"""All papers of a meeting as ONE PDF: the agenda in front with page numbers, then every PDF, bookmarked and numbered.

What is no PDF, or can't be opened, is listed on the agenda with why, and fetched apart. Nothing is left out silently.
"""

import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

import msgspec
import typst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from samlad.base.clock import now
from samlad.governance.bodies.calls import when
from samlad.governance.bodies.models import AgendaItem, Body, Meeting, MeetingState
from samlad.governance.bodies.shown import at_stockholm
from samlad.governance.models import Paper, PaperContent
from samlad.journal import typeset

logger = logging.getLogger(__name__)
TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "governance"
COVER: Final = TEMPLATES / "bodies_agenda.typ"
STAMPS: Final = TEMPLATES / "bodies_stamps.typ"
MOST_PAGES: Final = 1500
BAD: Final = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError)
"""What a damaged file makes the reader raise."""


class Line(Protocol):
    """An item of the agenda as the pages show it."""

    @property
    def number(self) -> int: ...
    @property
    def item(self) -> AgendaItem: ...
    @property
    def presenter(self) -> str: ...
    @property
    def papers(self) -> list[Paper]: ...


class Opened(NamedTuple):
    """A paper: its pages, or why it has none here."""

    paper: Paper
    pages: list[PageObject]
    why: str


def packed(body: Body, of: Meeting, lines: Sequence[Line]) -> bytes:
    """The whole pack as a PDF, in the active language."""
    opened = {line.number: [opened_paper(paper) for paper in line.papers] for line in lines}
    _keep_within(opened)
    # How many pages the agenda takes moves the numbers on it; it settles at the second attempt.
    length, cover = 0, cover_of(body, of, lines, opened, 1)
    for _attempt in range(3):
        if len(cover.pages) == length:
            break
        length = len(cover.pages)
        cover = cover_of(body, of, lines, opened, length)
    return merged(body, of, lines, opened, cover)


def cover_of(body: Body, of: Meeting, lines: Sequence[Line], opened: dict[int, list[Opened]], length: int) -> PdfReader:
    """The agenda, as if it took `length` pages itself."""
    return PdfReader(io.BytesIO(agenda_pdf(body, of, lines, opened, placed(opened, length))))


def opened_paper(paper: Paper) -> Opened:
    """A paper's pages, where it is a PDF that can be opened."""
    if paper.media_type != "application/pdf":
        return Opened(paper, [], _("no PDF: fetched apart"))
    held = PaperContent.objects.filter(paper=paper.pk).values_list("content", flat=True).first()
    if held is None:
        return Opened(paper, [], _("the file is gone"))
    try:
        reader = PdfReader(io.BytesIO(bytes(held)))
        if reader.is_encrypted and not reader.decrypt(""):
            return Opened(paper, [], _("protected by a password: fetched apart"))
        pages = list(reader.pages)
        for one in pages:
            float(one.mediabox.width), float(one.mediabox.height)
    except BAD:
        logger.info("a paper could not be opened", exc_info=True)
        return Opened(paper, [], _("damaged, can't be opened: fetched apart"))
    return Opened(paper, pages, "" if pages else _("without pages: fetched apart"))


def _keep_within(opened: dict[int, list[Opened]]) -> None:
    """Leave out, with why, what would make the pack longer than can be handled."""
    pages = 0
    for papers in opened.values():
        for place, one in enumerate(papers):
            if pages + len(one.pages) > MOST_PAGES:
                told = _("too long for the pack (%(pages)s pages): fetched apart") % {"pages": len(one.pages)}
                papers[place] = Opened(one.paper, [], told)
            pages += len(papers[place].pages)


def placed(opened: dict[int, list[Opened]], after: int) -> dict[UUID, int]:
    """On which page each paper begins, when the agenda takes the first `after`."""
    starts, page = {}, after + 1
    for papers in opened.values():
        for one in papers:
            if one.pages:
                starts[one.paper.pk] = page
                page += len(one.pages)
    return starts


def agenda_pdf(
    body: Body, of: Meeting, lines: Sequence[Line], opened: dict[int, list[Opened]], starts: dict[UUID, int]
) -> bytes:
    """The agenda with where each paper is."""
    items = [
        {
            "number": str(line.number),
            "title": line.item.title,
            "told": " · ".join(part for part in (str(line.item.get_purpose_display()), line.presenter) if part),
            "text": line.item.text,
            "papers": [
                {"title": one.paper.title, "page": str(starts.get(one.paper.pk, "")), "why": one.why}
                for one in opened[line.number]
            ],
        }
        for line in lines
    ]
    cancelled = of.state == MeetingState.CANCELLED
    data = {
        "lang": get_language() or "sv",
        "title": f"{body.name} {of.number}".strip(),
        "kicker": pgettext("meeting", "Agenda and papers"),
        "cancelled": _("The meeting is cancelled: %(why)s") % {"why": of.why_cancelled} if cancelled else "",
        "facts": [
            [one, text]
            for one, text in (
                (pgettext("meeting", "When"), when(of)),
                (pgettext("meeting", "Place"), of.place),
                (pgettext("body", "Led by"), body.chair),
            )
            if text
        ],
        "heading": pgettext("meeting", "Agenda"),
        "items": items,
        "page": _("page"),
        "none": _("There is nothing on the agenda yet."),
        "foot": _("Put together %(moment)s") % {"moment": at_stockholm(now(), "j F Y H:i")},
    }
    return typeset.as_pdf(COVER, data)


def compiled(template: Path, data: dict[str, Any]) -> bytes:
    """A typst template with data as pages to lay over others; nothing in the data is read as markup."""
    made = typst.compile(
        template,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
        ignore_system_fonts=True,
        root=template.parent,
    )
    assert isinstance(made, bytes)
    return made


def merged(body: Body, of: Meeting, lines: Sequence[Line], opened: dict[int, list[Opened]], cover: PdfReader) -> bytes:
    """The agenda and the papers' pages in one file, with bookmarks, each page numbered at its foot."""
    writer = PdfWriter()
    for one in cover.pages:
        writer.add_page(one)
    bookmark(writer, pgettext("meeting", "Agenda"), 0)
    for line in lines:
        parent = None
        for paper in opened[line.number]:
            if not paper.pages:
                continue
            first = len(writer.pages)
            for one in paper.pages:
                writer.add_page(one)
            parent = parent or bookmark(writer, f"{line.number}. {line.item.title}", first)
            bookmark(writer, paper.paper.title, first, parent)
    stamp(writer, len(cover.pages))
    writer.add_metadata({"/Title": f"{body.name} {of.number}".strip(), "/Producer": "Samlad"})
    writer.page_mode = "/UseOutlines"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bookmark(writer: PdfWriter, title: str, page: int, under: Any = None) -> Any:
    """A bookmark to a page, counted from 0."""
    return writer.add_outline_item(title=title, page_number=page, parent=under)


def stamp(writer: PdfWriter, after: int) -> None:
    """Number the pages after the agenda, whatever their size and however they are turned."""
    pages = writer.pages[after:]
    if not pages:
        return
    for one in pages:
        if one.rotation:
            one.transfer_rotation_to_content()
    sizes = [[float(one.cropbox.width), float(one.cropbox.height)] for one in pages]
    data = {"sizes": sizes, "first": after + 1, "of": len(writer.pages), "word": _("page")}
    stamps = PdfReader(io.BytesIO(compiled(STAMPS, data)))
    for one, mark in zip(pages, stamps.pages, strict=True):
        one.merge_translated_page(mark, float(one.cropbox.left), float(one.cropbox.bottom))
