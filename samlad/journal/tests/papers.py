"""Files made for the tests: small, real enough, and bad in one way each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from samlad.journal.examine import child
from samlad.journal.examine.limits import Unfit

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
POINT: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(main: str, parts: dict[str, str | bytes]) -> bytes:
    """An Office file."""
    types = f'<Types><Override PartName="/x" ContentType="{main}"/></Types>'
    return packed({"[Content_Types].xml": types, **parts})


def word(text: str = "Plogning pågår", **parts: str | bytes) -> bytes:
    """A Word file; `parts` by name, with __ for /."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    told = {name.replace("__", "/"): part for name, part in parts.items()}
    return office(WORD, {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **told})


def pdf(*lines: str, change: Callable[[PdfWriter], object] | None = None) -> bytes:
    """A PDF with one page of text."""
    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    shown = "".join(f"1 0 0 1 20 {380 - 20 * at} Tm ({line}) Tj\n" for at, line in enumerate(lines))
    stream = StreamObject()
    stream.set_data(f"BT /F 12 Tf\n{shown}ET".encode("latin-1"))
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    fonts = DictionaryObject(
        {NameObject("/F"): DictionaryObject({NameObject(a): NameObject(b) for a, b in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int = 2, height: int = 2, beside: bytes = b"") -> bytes:
    """A small image, with what is written beside it."""
    rows = zlib.compress(b"".join(b"\0" + b"\0\0\0" * 2 for _row in range(2)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + beside + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(beside: bytes = b"", height: int = 8) -> bytes:
    """The frame of a photo: enough of one for what is looked at here."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, 8, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + beside
        + frame
        + b"\xff\xda\x00\x02\x11\x22\xff\xd9"
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def overlapping() -> bytes:
    """Two entries that share the bytes of one: the second's header in the list points at the first."""
    content = bytearray(office(WORD, {"word/document.xml": "<d/>", "word/footer1.xml": "<d/>"}))
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 1)
    third = content.find(b"PK\x01\x02", second + 1)
    content[third + 42 : third + 46] = content[second + 42 : second + 46]
    return bytes(content)


def stamp(writer: PdfWriter, name: str) -> None:
    """One of Acrobat's own stamps."""
    note = FreeText(text="", rect=(9, 9, 99, 99))
    note[NameObject("/Subtype")] = NameObject("/Stamp")
    note[NameObject("/Name")] = NameObject("/" + name.lstrip("/"))
    writer.add_annotation(0, note)


def drawn_stamp(writer: PdfWriter, text: str) -> None:
    """A stamp that says what it says only where it is drawn."""
    look = StreamObject()
    look.set_data(f"BT /F 20 Tf 1 0 0 1 5 5 Tm ({text}) Tj ET".encode())
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/Resources")] = writer.pages[0]["/Resources"]
    note = FreeText(text="", rect=(9, 9, 99, 99))
    note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    writer.add_annotation(0, note)


def note(writer: PdfWriter, text: str) -> None:
    """A note on a page."""
    writer.add_annotation(0, FreeText(text=text, rect=(9, 9, 99, 99)))


def script(writer: PdfWriter) -> None:
    """A script that runs when the file is opened."""
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def layer(writer: PdfWriter, name: str) -> None:
    """A layer's name."""
    group = DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject(name)})
    writer.root_object[NameObject("/OCProperties")] = writer._add_object(group)


def examined_here(name: str, content: bytes) -> tuple[dict[str, object], bytes]:
    """What the process that examines files would answer."""
    try:
        return child.examined(name, content)
    except Unfit as unfit:
        return {"unfit": unfit.fault}, b""
