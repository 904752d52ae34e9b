"""A file as text: PDF in a process of its own, plain text in the encodings that such files have here."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final, Literal

import samlad
from samlad.journal.examine.limits import FILE, PLAIN_TEXT, WAIT
from samlad.journal.examine.what import MARKUP, extension

Reason = Literal[
    "missing",
    "not_a_file",
    "forbidden",
    "empty",
    "large",
    "program",
    "encrypted",
    "broken",
    "scanned",
    "binary",
    "office",
    "image",
    "markup",
    "slow",
    "text",
]

PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
PDF_WITHIN: Final = 1024  # bytes before "%PDF-" that other programs take, too
CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
LEAST: Final = 20  # letters on paper, below which there is no text to speak of


class Unreadable(Exception):
    """The file can't be read as text, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def text_of(name: str, content: bytes) -> str:
    """A file's text, pages with a form feed between. Raises Unreadable. What it is, its bytes tell, not its name."""
    if not content.strip(b"\x00 \t\r\n\x0c"):
        raise Unreadable("empty")
    if len(content) > FILE:
        raise Unreadable("large")
    if b"%PDF-" in content[:PDF_WITHIN]:
        return _of_pdf(content)
    for signatures, reason in ((PROGRAMS, "program"), (IMAGES, "image"), (OFFICE, "office")):
        if content.startswith(signatures):
            raise Unreadable(reason)  # type: ignore[arg-type]
    if extension(name) == "pdf":
        raise Unreadable("broken")
    return _plain(content)


def _plain(content: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with or without its mark, Windows' own."""
    if len(content) > PLAIN_TEXT * 2:
        raise Unreadable("text")
    text = _decoded(content)
    if CONTROLS.search(text) or text.count("\ufffd") > len(text) // 100:
        raise Unreadable("binary")
    if MARKUP.match(text):
        raise Unreadable("markup")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding, zeros in (("utf-16-le", content[1:200:2]), ("utf-16-be", content[:200:2])):
        if len(zeros) > 4 and zeros.count(0) > 0.7 * len(zeros):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The five bytes that Windows has not given away stand for nothing in a letter.
        return content.decode("cp1252", "replace")


def _of_pdf(content: bytes) -> str:
    """The text of a PDF, from a process with limits that gets no environment of ours. Raises Unreadable."""
    program = [sys.executable, "-P", "-m", "samlad.governance.reading.child"]
    environment = {"PYTHONPATH": str(Path(samlad.__file__).parent.parent), "LANG": "C.UTF-8", "PATH": os.defpath}
    try:
        done = subprocess.run(program, input=content, capture_output=True, timeout=WAIT, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable("slow") from None
    if done.returncode < 0:  # stopped by its limits
        raise Unreadable("slow")
    try:
        told = json.loads(done.stdout)
    except ValueError:  # it fell over something that nobody had thought of
        raise Unreadable("broken") from None
    if "unfit" in told:
        raise Unreadable(told["unfit"])
    text = "\f".join(told["pages"])
    if sum(sign.isalpha() for sign in text[:2000]) < LEAST:
        raise Unreadable("scanned")
    return text
