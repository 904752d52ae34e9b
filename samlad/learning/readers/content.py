"""A file's bytes as text, or a sentence why not. Everything in the file is untrusted."""

import html
import re
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

LARGEST: Final = 64_000_000  # bytes of one file
LONGEST: Final = 200_000  # characters of one text field
BINARY: Final = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"%PDF": "PDF",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\xd0\xcf\x11\xe0": "Office",
}
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
PARAGRAPHS: Final = re.compile(r"<br ?/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
TAGS: Final = re.compile(r"</?(?:p|div|span|b|i|u|strong|em|ul|ol|li|a|h\d)\b[^<>]{0,500}>", re.IGNORECASE)
BREAKS: Final = re.compile(r"\r\n?|\f|\x85|\u2028|\u2029")


class Unreadable(Exception):
    """The file can't be read as text; the message is a sentence."""


def load(path: Path) -> str:
    """A file as text with plain line breaks. Raises Unreadable."""
    try:
        if not path.is_file():
            raise Unreadable(_("This is not an ordinary file."))
        if path.stat().st_size > LARGEST:
            raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
        return decode(path.read_bytes())
    except OSError as error:
        raise Unreadable(_("The file can't be opened: %(reason)s.") % {"reason": error.strerror or error}) from error


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else Windows-1252. Raises Unreadable for what is no text."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    for start, kind in BINARY.items():
        if data.startswith(start):
            raise Unreadable(_("This is a %(kind)s file, not text. Unpack or convert it first.") % {"kind": kind})
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    elif b"\x00" in data:
        raise Unreadable(_("The file is binary, not text."))
    else:
        text = utf8_or_windows(data)
    if re.match(r"\s*<(?:[?!]|\w+[ >:])", text.removeprefix("\ufeff")[:200]):
        raise Unreadable(_("This is XML or a web page. Text, JSON and tables as CSV are read."))
    if text.count("\ufffd") * 10 > len(text):
        raise Unreadable(_("The file is binary, not text."))
    return BREAKS.sub(lambda found: "\n", text.removeprefix("\ufeff"))


def utf8_or_windows(data: bytes) -> str:
    """Text in the two encodings that Swedish offices send."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """A text that can be stored: without control characters and unpaired surrogates, trimmed."""
    return CONTROL.sub("\ufffd", BREAKS.sub("\n", text)).strip()


def unmarked(text: str) -> str:
    """A text without the markup of web pages, its paragraphs kept."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(TAGS.sub("", PARAGRAPHS.sub(lambda found: "\n", text)))


def one_line(text: str, longest: int = 200) -> str:
    """A text as one tidy line, with an ellipsis where it was longer."""
    line = " ".join(tidy(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
