"""What is taken as a file and what is not, and what of it is kept."""

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfWriter

from samlad.base.refused import NotKept, Refused
from samlad.journal import files
from samlad.journal.examine import images
from samlad.journal.examine.limits import FILE
from samlad.journal.files import Held, Upload, clean_name, taken
from samlad.journal.tests import papers
from samlad.journal.tests.papers import (
    EXCEL,
    POINT,
    WORD,
    chunk,
    jpeg,
    office,
    overlapping,
    packed,
    pdf,
    png,
    segment,
    word,
)

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "security" / "xml"
OPERATION = UUID("01890000-0000-7000-8000-000000000000")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: starting one for each of all these files would take long. That it is started is tried below."""
    monkeypatch.setattr(files, "_examine", papers.examined_here)


def take(name: str, content: bytes) -> Held:
    return taken([Upload(name, content)], operation=OPERATION)[0]


def refusal(name: str, content: bytes) -> str:
    """The sentence of a refusal that is not for a marking."""
    with pytest.raises(Refused) as refused:
        take(name, content)
    assert not isinstance(refused.value, NotKept)
    assert refused.value.field == "attached"
    return str(refused.value.sentence)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "examined"),
    [
        ("läge.pdf", pdf("Plogning pågår"), "application/pdf", True),
        ("bild.png", png(), "image/png", False),
        ("foto.JPG", jpeg(), "image/jpeg", False),
        ("läge.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", True),
        ("läge.txt", "Plogning pågår åäö".encode(), "text/plain", True),
        ("läge.txt", "Plogning pågår åäö".encode("cp1252"), "text/plain", True),
        ("tal.csv", b"kommun;antal\nNacka;3\n", "text/csv", True),
        ("tom sida.pdf", pdf(), "application/pdf", False),
    ],
)
def test_ordinary_files_are_taken(name: str, content: bytes, media_type: str, examined: bool) -> None:
    held = take(name, content)
    assert (held.name, held.media_type, held.examined) == (name, media_type, examined)


def test_office_and_open_documents_are_taken() -> None:
    assert take("a.xlsx", office(EXCEL, {"xl/sharedStrings.xml": "<sst><si><t>Nacka</t></si></sst>"}))
    assert take("a.pptx", office(POINT, {"ppt/slides/slide1.xml": "<s><p><t>Nacka</t></p></s>"}))
    mimetype = "application/vnd.oasis.opendocument.text"
    assert take("a.odt", packed({"mimetype": mimetype, "content.xml": "<c><p>Nacka</p></c>"}))


ELF = b"\x7fELF" + b"\0" * 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tom.txt", b"", "is empty"),
        ("program.exe", b"MZ", "of a kind that is not taken"),
        ("rapport", b"text", "of a kind that is not taken"),
        ("bild.svg", b"<svg/>", "of a kind that is not taken"),
        ("sida.html", b"<html>", "of a kind that is not taken"),
        ("arkiv.zip", packed({"a": "b"}), "of a kind that is not taken"),
        ("makro.docm", word(), "of a kind that is not taken"),
        ("rapport.pdf", b"MZ\x90\0" + b"\0" * 90, "not what its name says"),
        ("rapport.pdf", png(), "not what its name says"),
        ("rapport.txt", ELF, "not what its name says"),
        ("rapport.txt", b"<html><script>alert(1)</script>", "not what its name says"),
        ("rapport.txt", b"Hej <svg onload=alert(1)>", "not what its name says"),
        ("rapport.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "not what its name says"),
        ("rapport.csv", b"#!/bin/sh\nrm", "not what its name says"),
        ("rapport.docx", packed({"a": "b"}), "not what its name says"),
        ("rapport.docx", office(EXCEL, {"xl/workbook.xml": "<a/>"}), "not what its name says"),
        ("rapport.pdf", word(), "not what its name says"),
        ("rapport.docx", OLE, "password"),
        ("rapport.docx", office(WORD, {"word/vbaProject.bin": b"x"}), "macros"),
        ("rapport.docx", word(word__vbaData="x"), "macros"),
        ("rapport.xlsx", office("application/vnd.ms-excel.sheet.macroEnabled.main+xml", {"a.xml": "<a/>"}), "macros"),
        ("rapport.docx", word(word__media__a=b"PK\x03\x04zip"), "file inside"),
        ("rapport.docx", word(word__media__b=b"MZprogram"), "file inside"),
        ("rapport.docx", b"PK\x03\x04 half a zip", "damaged"),
        ("rapport.docx", word("<oops"), "damaged"),
        ("rapport.docx", word(word__x=b"a" * 30_000_000), "grows"),
        ("bild.png", png()[:40], "damaged"),
        ("bild.png", png(60_000, 60_000), "pixels"),
        ("foto.jpg", jpeg(height=60_000), "pixels"),
        ("foto.jpg", b"\xff\xd8\xff\xe0", "damaged"),
        ("rapport.pdf", b"%PDF-1.7\nno more", "damaged"),
        ("stor.txt", b"a\n" * 1_500_000, "more text"),
    ],
)
def test_what_is_not_taken_is_said_why(name: str, content: bytes, says: str) -> None:
    assert says in refusal(name, content)


def test_size_and_number_have_limits() -> None:
    assert "at most 10 MB" in refusal("stor.pdf", b"%PDF-" + b"a" * FILE)
    with pytest.raises(Refused, match="At most 5"):
        taken([Upload("a.txt", b"a")] * 6, operation=OPERATION)
    with pytest.raises(Refused, match="together"):
        taken([Upload("a.txt", b"a" * FILE)] * 3, operation=OPERATION)


def test_a_pdf_with_a_password_a_script_or_a_file_is_refused() -> None:
    def locked(writer: PdfWriter) -> None:
        writer.encrypt("secret", algorithm="RC4-128")

    assert "password" in refusal("a.pdf", pdf("x", change=locked))
    assert "script" in refusal("a.pdf", pdf("x", change=lambda writer: papers.script(writer)))
    assert "file inside" in refusal("a.pdf", pdf("x", change=lambda writer: writer.add_attachment("a.txt", b"a")))


@pytest.mark.parametrize("name", ["dtd", "external", "xmlbomb"])
def test_entities_and_document_types_are_refused(name: str) -> None:
    file = SHARED / f"{name}.xml"
    if not file.exists():
        pytest.skip("the real data is not here")
    content = office(WORD, {"word/document.xml": file.read_bytes()})
    assert "multiply" in refusal("a.docx", content)


def test_what_is_fetched_from_elsewhere_is_refused() -> None:
    def relation(kind: str, target: str) -> bytes:
        one = f'<Relationship Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
        relations = f"<Relationships>{one}</Relationships>"
        return office(WORD, {"word/document.xml": "<d/>", "word/_rels/document.xml.rels": relations})

    assert "from elsewhere" in refusal("a.docx", relation("attachedTemplate", "https://example.org/a.dotm"))
    assert take("a.docx", relation("hyperlink", "https://example.org/"))


def test_a_zip_that_hides_what_it_is_is_refused() -> None:
    parts = word()
    assert "damaged" in refusal("a.docx", office(WORD, {"../../etc/passwd": "x"}))
    assert "damaged" in refusal("a.docx", office(WORD, {"/abs": "x"}))
    twins = io.BytesIO(parts)
    with zipfile.ZipFile(twins, "a") as archive:
        archive.writestr("WORD/document.xml", "<d/>")
    assert "damaged" in refusal("a.docx", twins.getvalue())


def test_entries_that_overlap_are_refused() -> None:
    assert "grows" in refusal("a.docx", overlapping())


GPS = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 59.3293 18.0686"


def test_where_a_photo_was_taken_is_taken_out_and_which_way_is_up_is_kept() -> None:
    held = take("foto.jpg", jpeg(segment(0xE1, GPS) + segment(0xED, b"Photoshop 3.0\0place")))
    assert b"59.3293" not in held.content and b"place" not in held.content
    assert b"JFIF" in held.content and held.content.endswith(b"\xff\xd9")
    turned = next(part for part in held.content.split(b"\xff\xe1")[1:])
    assert images.orientation(b"\xff\xe1" + turned) == 6


def test_what_is_beside_an_image_is_taken_out() -> None:
    held = take("bild.png", png(beside=chunk(b"tEXt", b"GPS\0 59.3293") + chunk(b"eXIf", GPS)) + b"more 59.3293")
    assert held.content == png()
    body = b"VP8L" + struct.pack("<I", 6) + b"\x2f\x01\x40\0\0\0" + b"EXIF" + struct.pack("<I", len(GPS)) + GPS
    body += b"\0" * (len(GPS) % 2)
    held = take("bild.webp", b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body)
    assert b"59.3293" not in held.content


def test_names_are_made_harmless() -> None:
    assert clean_name("C:\\Users\\x\\läge.pdf") == "läge.pdf"
    assert clean_name("../../etc/passwd.txt") == "passwd.txt"
    assert clean_name("rap\u202eport.fdp\x00.txt") == "rapport.fdp.txt"
    assert clean_name('a<b>:"|?*.txt') == "a_b_.txt"
    long = clean_name("å" * 300 + ".docx")
    assert len(long) <= 120 and long.endswith(".docx")


def test_the_process_that_looks_has_limits_and_no_secrets() -> None:
    program = (
        "import os, resource\nfrom samlad.journal.examine.child import limited\nlimited()\n"
        "limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]\n"
        "print(limits, dict(os.environ))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={"LANG": "C"}, check=True
    )
    assert "[20, 0]" in done.stdout and "SAMLAD" not in done.stdout
