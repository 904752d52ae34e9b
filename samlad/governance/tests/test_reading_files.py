"""Files as they come: PDF, text in several encodings, and what can't be read, each with a sentence and no traceback."""

import io
import json
import os
from pathlib import Path
from typing import Final

import pytest
from django.core.management import call_command
from pypdf import PdfWriter

from samlad.governance.reading import read_text
from samlad.governance.reading.files import Unreadable, text_of
from samlad.governance.reading.found import Found, Proposal
from samlad.governance.reading_words import FIELDS, FORMS, NOTES, UNREADABLE, VALUES, WHY
from samlad.governance.tests.test_reading_forms import FORMS as PAPERS
from samlad.governance.tests.test_reading_forms import load
from samlad.governance.tests.test_reading_properties import passages
from samlad.journal.examine.limits import FILE
from samlad.journal.tests import papers

LINES: Final = (
    "Ekerö kommun", "Protokollsutdrag", "Kommunstyrelsen 2019-04-02",
    "§ 31 Gemensam målbild för Samverkan Stockholmsregionen", "Dnr KS19/80", "Beslut",
    "Kommunstyrelsen antar den gemensamma målbilden.",
)  # fmt: skip


def of_pdf(change: object = None) -> bytes:
    """A PDF with an extract from minutes."""
    return papers.pdf(*(line.replace("(", r"\(").replace(")", r"\)") for line in LINES), change=change)  # type: ignore[arg-type]


def outcome(text: str) -> str:
    """What is decided."""
    found = read_text(text).proposals[0].outcome
    return found.value if found else ""


def test_a_pdf_is_read_with_its_pages() -> None:
    text = text_of("beslut.pdf", of_pdf())
    proposal = read_text(text).proposals[0]
    assert outcome(text) == "antagen"
    assert proposal.dnr is not None and (proposal.dnr.value, proposal.dnr.page) == ("KS19/80", 1)


def test_a_pdf_is_known_by_its_content() -> None:
    assert outcome(text_of("beslut.txt", of_pdf())) == "antagen"


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    written = of_pdf(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert outcome(text_of("beslut.pdf", written)) == "antagen"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_encodings_there_are(encoding: str) -> None:
    assert outcome(text_of("beslut.txt", "\r\n".join(LINES).encode(encoding))) == "antagen"


def no_text() -> bytes:
    """A PDF of a scanner: pages without text."""
    writer = PdfWriter()
    writer.add_blank_page(400, 400)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD: Final = {
    "empty": ("a.pdf", b""),
    "zeros": ("a.txt", b"\x00" * 500),
    "large": ("a.pdf", b"%PDF-" + b" " * FILE),
    "program": ("beslut.pdf", b"MZ\x90\x00" + bytes(range(256)) * 4),
    "encrypted": ("a.pdf", of_pdf(lambda writer: writer.encrypt("hemligt", algorithm="RC4-128"))),
    "broken": ("a.pdf", b"%PDF-1.7\nnothing of this is a PDF"),
    "no_pdf": ("a.pdf", b"Kommunstyrelsen antar"),
    "scanned": ("a.pdf", no_text()),
    "binary": ("a.txt", bytes(range(256)) * 20),
    "office": ("a.docx", papers.word()),
    "image": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    "markup": ("a.html", b"<!doctype html><html><body>Kommunstyrelsen antar</body></html>"),
}
NAMED: Final = {"zeros": "empty", "no_pdf": "broken"}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_says_why(case: str) -> None:
    with pytest.raises(Unreadable) as raised:
        text_of(*BAD[case])
    assert raised.value.reason == NAMED.get(case, case)
    assert str(UNREADABLE[raised.value.reason])


def test_the_command_goes_on_and_says_that_something_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, large = tmp_path / "beslut.pdf", tmp_path / "tom.pdf", tmp_path / "stor.pdf"
    good.write_bytes(of_pdf())
    bad.write_bytes(b"")
    with large.open("wb") as out:  # 200 MB that take no room
        os.truncate(out.fileno(), 200 * 1024 * 1024)
    with pytest.raises(SystemExit) as ended:
        call_command(
            "adoption", "read", str(bad), str(large), str(tmp_path), str(tmp_path / "no"), str(good), language="en"
        )
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert "adopted  [sure" in told.out and "Ekerö kommun" in told.out
    for sentence in ("The file is empty.", "at most 10 MB", "It is not a file.", "There is no such file."):
        assert sentence in told.err
    assert "Traceback" not in told.err


def test_the_command_tells_json_with_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "beslut.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    call_command("adoption", "read", str(file), json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["proposals"][0]["outcome"]["passage"] == "Kommunstyrelsen antar den gemensamma målbilden."
    assert told["proposals"][0]["status"]["value"] == "decided"


def test_everything_that_is_told_has_words() -> None:
    assert set(FIELDS) == set(Proposal.__struct_fields__)
    for file in PAPERS:
        reading = read_text(load(file)[1])
        assert set(reading.notes) <= set(NOTES)
        assert {found.why for found in passages(reading)} <= set(WHY)
        assert reading.form is None or reading.form.value in FORMS
        for proposal in reading.proposals:
            coded: list[Found | None] = [proposal.outcome, proposal.status, proposal.kind]
            assert {found.value for found in coded if found} <= set(VALUES)
