"""What a file is by its content. Its name must fit that; what the browser calls it is not asked."""

import re
from typing import Final

import puremagic

from samlad.journal.examine.limits import PLAIN_TEXT, Unfit

TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
}
OFFICE: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
MARKUP: Final = re.compile(
    r"^[\s\ufeff]*(?:<\?(?:xml|php)|<!doctype|<!--|<(?:html|svg|script|body|head|iframe|math|xsl|\w+:\w+)\b|#!|%!PS)",
    re.I,
)
WITHIN: Final = re.compile(r"<(?:script|svg|iframe|object|embed)\b", re.I)
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
NOT_TEXT: Final = frozenset({".exe", ".dll", ".elf", ".msi", ".class", ".jar", ".html", ".svg", ".rtf", ".ps", ".eml"})


def extension(name: str) -> str:
    """The last part of a file's name, in small letters; empty where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def what(name: str, content: bytes) -> str:
    """The media type of a file. Raises Unfit where the content is not one that is taken, or not what the name says."""
    said = TYPES.get(extension(name))
    if said is None:
        raise Unfit("kind")
    if not content:
        raise Unfit("empty")
    found = by_signature(content)
    if found == "zip":
        if extension(name) not in OFFICE:
            raise Unfit("other")
        return said  # which kind of office document it is, is looked at inside
    if found is None and said in ("text/plain", "text/csv"):
        decoded(content)
        return said
    if found != said:
        raise Unfit("encrypted" if content.startswith(b"\xd0\xcf\x11\xe0") and extension(name) in OFFICE else "other")
    return said


def by_signature(content: bytes) -> str | None:
    """The media type that the first bytes tell, "zip" for all that is packed, None where they tell nothing."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    return next((found for signature, found in SIGNATURES if content.startswith(signature)), None)


def decoded(content: bytes) -> str:
    """A text file as text. Raises Unfit for what is not plain text: a program, markup that a browser would run."""
    if len(content) > PLAIN_TEXT:
        raise Unfit("text")
    text = as_text(content)
    if CONTROLS.search(text) or MARKUP.match(text) or WITHIN.search(text):
        raise Unfit("other")
    try:
        guesses = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return text
    if any(guess.extension in NOT_TEXT and guess.confidence >= 0.6 for guess in guesses):
        raise Unfit("other")
    return text


def as_text(content: bytes) -> str:
    """Bytes in the encodings that text files have here: UTF-8, UTF-16 with its mark, Windows' own."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit("other")
