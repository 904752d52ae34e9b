"""Whatever somebody has written, there is a paper."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from samlad.journal import typeset

TEMPLATE = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Prov")
#set text(font: "Libertinus Serif", lang: "sv")
= Prov
#d.text
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "prov.typ"
    path.write_text(TEMPLATE)
    return path


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åäö – 1,50 €", "Åäö – 1,50 €"),
        ("Klart ✅, bra 👍", "Klart □, bra □"),
        ("1️⃣ först, 中文 sedan", "1 först, □□ sedan"),
        ('#panic("nej") \\ " \x0b', '#panic("nej")'),
        ("Привет, Ωμέγα", "Привет, Ωμέγα"),
    ],
)
def test_what_no_font_has_is_a_box(text: str, shown: str, template: Path) -> None:
    assert shown in words(typeset.as_pdf(template, {"text": text}))


def test_every_sign_that_is_thought_to_be_usual_can_be_set(template: Path) -> None:
    for some in typeset.USUAL:
        letters = " ".join(chr(code) for code in some if chr(code).isprintable())
        assert typeset.as_pdf(template, {"text": letters + " 👍"}).startswith(b"%PDF")


def test_a_fault_in_a_template_is_still_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "fel.typ"
    path.write_text("#let x = ")
    with pytest.raises(Exception, match="expected expression"):
        typeset.as_pdf(path, {})
