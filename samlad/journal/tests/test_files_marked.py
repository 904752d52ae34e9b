"""A file that says it is security-classified is refused, wherever in it it says so."""

import json
import subprocess
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

import pytest
from pypdf import PdfWriter

from samlad.base.refused import NotKept
from samlad.journal import files
from samlad.journal.files import Upload, taken
from samlad.journal.tests import papers
from samlad.journal.tests.papers import EXCEL, POINT, WORD, chunk, jpeg, office, packed, pdf, png, segment, word

OPERATION: Final = UUID("01890000-0000-7000-8000-000000000000")
MSIP: Final = '<property name="MSIP_Label_1_Name"><lpwstr>Hemlig</lpwstr></property>'
CLASS: Final = '<property name="Säkerhetsskyddsklass"><lpwstr>BH</lpwstr></property>'
LONG: Final = "<si><t>Ett långt värde i en cell utan någon punkt efter</t></si>"

# One part of an Office file, beside an innocent document.
WITHIN: Final = (
    ("docx", "word/header1.xml", "<hdr><p><t>HEM</t><t>LIG</t></p></hdr>"),
    ("docx", "word/header2.xml", '<h><shape><textpath string="KONFIDENTIELL"/></shape></h>'),
    ("docx", "word/footnotes.xml", "<f><p><t>SECRET</t></p></f>"),
    ("docx", "word/comments.xml", "<f><comment><p><t>Säkerhetsskyddsklass: BH</t></p></comment></f>"),
    ("docx", "docProps/core.xml", "<c><category>Hemlig</category></c>"),
    ("docx", "docProps/core.xml", "<c><keywords>plan, begränsat hemlig</keywords></c>"),
    ("docx", "docProps/core.xml", "<c><contentStatus>HEMLIG/RESTRICTED</contentStatus></c>"),
    ("docx", "docProps/app.xml", "<c><Company>NATO SECRET</Company></c>"),
    ("docx", "docProps/custom.xml", f"<P>{MSIP}</P>"),
    ("docx", "docProps/custom.xml", f"<P>{CLASS}</P>"),
    ("docx", "customXml/item1.xml", "<i><Klass>HEMLIG</Klass></i>"),
    ("xlsx", "xl/sharedStrings.xml", f"<s>{LONG}<si><t>Hemlig</t></si></s>"),
    ("xlsx", "xl/workbook.xml", '<w><sheets><sheet name="HEMLIG"/></sheets></w>'),
    (
        "xlsx",
        "xl/worksheets/sheet1.xml",
        '<w><oddHeader>&amp;C&amp;"Arial"&amp;12HEMLIG&amp;RSida &amp;P</oddHeader></w>',
    ),
    ("xlsx", "xl/worksheets/sheet2.xml", "<w><c><is><t>KONFIDENTIELL</t></is></c></w>"),
    ("xlsx", "xl/drawings/drawing1.xml", '<w><cNvPr descr="Stämpel: HEMLIG"/></w>'),
    ("pptx", "ppt/notesSlides/notesSlide1.xml", "<s><p><r><t>NATO RESTRICTED</t></r></p></s>"),
    ("pptx", "ppt/slideMasters/slideMaster1.xml", "<s><p><r><t>BEGRÄNSAT HEMLIG</t></r></p></s>"),
    ("odt", "styles.xml", "<s><header><p>HEMLIG</p></header></s>"),
    ("odt", "meta.xml", "<m><subject>Begränsat hemlig</subject></m>"),
    ("odt", "meta.xml", '<m><user-defined name="Klass">Hemlig</user-defined></m>'),
)
MAIN: Final = {"docx": WORD, "xlsx": EXCEL, "pptx": POINT}
ON_PDF: Final[tuple[Callable[[PdfWriter], object], ...]] = (
    lambda writer: writer.add_metadata({"/Subject": "Hemlig"}),
    lambda writer: writer.add_metadata({"/Keywords": "plan; konfidentiell"}),
    lambda writer: writer.add_metadata({"/Classification": "SECRET"}),
    partial(papers.note, text="HEMLIG"),
    partial(papers.stamp, name="/SBConfidential"),
    partial(papers.stamp, name="#DTopSecret"),
    partial(papers.drawn_stamp, text="HEMLIG"),
    partial(papers.layer, name="KONFIDENTIELL"),
    lambda writer: writer.add_outline_item(title="HEMLIG", page_number=0),
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: starting one for each of all these files would take long. That it is started is tried below."""
    monkeypatch.setattr(files, "_examine", papers.examined_here)


def refused(name: str, content: bytes) -> None:
    """It is refused for its marking, at the field, and the text of the form is not taken for it."""
    with pytest.raises(NotKept) as refused:
        taken([Upload(name, content)], operation=OPERATION)
    assert refused.value.field == "attached" and not refused.value.typed
    assert "Security-classified information" in str(refused.value.sentence)


@pytest.mark.parametrize(("ending", "part", "xml"), WITHIN)
def test_in_any_part_of_an_office_file(ending: str, part: str, xml: str) -> None:
    if ending == "odt":
        mimetype = "application/vnd.oasis.opendocument.text"
        refused("a.odt", packed({"mimetype": mimetype, "content.xml": "<c/>", part: xml}))
    else:
        refused(f"a.{ending}", office(MAIN[ending], {"a.xml": "<d/>", part: xml}))


@pytest.mark.parametrize("change", ON_PDF)
def test_anywhere_in_a_pdf(change: Callable[[PdfWriter], object]) -> None:
    refused("a.pdf", pdf("Plogning", change=change))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"HEMLIG\n\nObjektet har reservkraft."),
        ("a.csv", "plats;klass\n\nSäkerhetsskyddsklass: Hemlig\n".encode()),
        ("a.txt", "BEGRÄNSAT HEMLIG\r\nObjektet".encode("utf-16")),
        ("a.txt", "BEGRÄNSAT HEMLIG\r\nObjektet".encode("cp1252")),
        ("a.docx", word("HEMLIG\nObjektet har reservkraft.")),
        ("a.pdf", pdf("HEMLIG", "Objektet har reservkraft.")),
        ("a.pdf", pdf("H E M L I G")),
        ("a.png", png(beside=chunk(b"tEXt", b"Title\0HEMLIG"))),
        ("a.jpg", jpeg(segment(0xFE, b"Classification: SECRET"))),
    ],
)
def test_in_the_text_and_beside_a_picture(name: str, content: bytes) -> None:
    refused(name, content)


@pytest.mark.parametrize(
    "name",
    ["HEMLIG plan.txt", "rapport_HEMLIG.txt", "plan begränsat hemlig.txt", "[BH] plan.txt", "Hemlig.txt", "SECRET.txt"],
)
def test_in_the_name(name: str) -> None:
    refused(name, b"Plogning")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sekretess.txt", "SEKRETESS enligt 18 kap. 13 § OSL\nPlogning".encode()),
        ("den hemliga gästen.docx", word("Den hemliga gästen har kommit.")),
        ("secret-santa.txt", b"Secret Santa"),
        ("vägledning.docx", word("Kvalificerat hemlig\nHemlig\nKonfidentiell\nBegränsat hemlig")),
        ("a.pdf", pdf("Begr\344nsat hemlig \344r en s\344kerhetsskyddsklass.")),
        ("BH.txt", b"Plogning"),
    ],
)
def test_what_mentions_the_words_is_taken(name: str, content: bytes) -> None:
    assert taken([Upload(name, content)], operation=OPERATION)


def test_only_which_class_leaves_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    seen: list[bytes] = []
    real = subprocess.run

    def run(*args: object, **options: object) -> object:
        done = real(*args, **options)  # type: ignore[call-overload]
        seen.append(done.stdout + done.stderr)
        return done

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(NotKept):
        taken([Upload("a.txt", "HEMLIG\nObjekt Fjärilen".encode())], operation=OPERATION)
    assert json.loads(seen[0].strip()) == {"marked": "secret", "where": "content"}
