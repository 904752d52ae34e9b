"""An annual report as a Word file, to be worked on and printed, and as PDF/UA-1, to be read and kept.

Every text is handed over as data: none is read as markup.
"""

import io
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from samlad.governance.plan.models import AnnualReport
from samlad.governance.plan.report_content import Content, Table, as_data
from samlad.journal import typeset

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE: Final = Path(__file__).resolve().parent.parent / "templates" / "governance" / "annual_report.typ"
LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
AUTHOR: Final = "Samlad"


def as_pdf(found: Content) -> bytes:
    """The report as PDF/UA-1."""
    return typeset.as_pdf(TEMPLATE, as_data(found))


def as_word(found: Content, report: AnnualReport) -> bytes:
    """The report as a Word file with real headings, tables with head rows, its language and its metadata."""
    book = Document()
    language = LANGUAGES.get(found.lang, found.lang)
    set_language(book, language)
    about = book.core_properties
    about.title, about.author, about.language = found.title, AUTHOR, language
    about.comments, about.category = found.made, found.state
    about.created = about.modified = datetime.combine(report.final_on or report.made_on, time(12), UTC)
    book.add_heading(found.title, 0)
    book.add_paragraph(found.made).runs[0].italic = True
    for heading, texts in found.sections:
        book.add_heading(heading, 1)
        for text in texts:
            add_text(book, text)
    for table in found.tables:
        book.add_heading(table.heading, 1)
        add_table(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def set_language(book: Any, language: str) -> None:
    """What language all of a file is in, so that its spelling is checked and it is read aloud as that."""
    for style in ("Normal", "Title", "Heading 1"):
        properties = book.styles[style].element.get_or_add_rPr()
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language)
        properties.append(lang)
    for lang in book.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def add_text(book: Any, text: str) -> None:
    """A paragraph; its lines stay lines."""
    run = book.add_paragraph().add_run()
    for place, line in enumerate(text.split("\n")):
        if place:
            run.add_break()
        run.add_text(line)


def add_table(book: Any, table: Table) -> None:
    """A table with a head row that is repeated on each page."""
    made = book.add_table(rows=1, cols=len(table.heads))
    made.style = "Table Grid"
    fill(made.rows[0], table.heads, table.numbers, bold=True)
    properties = made.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
    for place, row in enumerate(table.rows):
        fill(made.add_row(), row, table.numbers, bold=table.last_is_sum and place == len(table.rows) - 1)


def fill(row: Any, texts: tuple[str, ...], numbers: tuple[int, ...], *, bold: bool) -> None:
    """Write a row; numbers stand to the right."""
    for place, text in enumerate(texts):
        paragraph = row.cells[place].paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(9)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
