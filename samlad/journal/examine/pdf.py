"""PDF files: the text of pages, notes, stamps, layers, forms and properties, and what they must not hold."""

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, TextStringObject

from samlad.journal.examine.limits import OBJECTS, PAGES, TEXT, Unfit

STAMP: Final = re.compile(r"^#?[DS]?B?(?=[A-Z])")  # Acrobat's own stamps: /SBConfidential, #DTopSecret
APART: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
TAGS: Final = re.compile(r"<[^<>]*>")
FORM_TEXT: Final = 2_000_000  # characters of an XFA form or of XMP
FAULTS: Final = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError,
    NotImplementedError, AssertionError, UnicodeError, ZeroDivisionError,
)  # fmt: skip

Texts = Iterator[tuple[str, str]]


def texts(content: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Every text of a PDF with its label, and whether all its pages have some. Raises Unfit."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Unfit("encrypted")
        pages = list(reader.pages) if len(reader.pages) <= PAGES else None
    except DependencyError as error:
        raise Unfit("encrypted") from error
    except FAULTS as error:
        raise Unfit("broken") from error
    if not pages:
        raise Unfit("broken" if pages is not None else "text")
    found = [*of_objects(reader), *properties(reader)]
    size, readable = 0, True
    for page in pages:
        on_page = of_page(page)
        size += len(on_page)
        if size > TEXT:
            raise Unfit("text")
        readable = readable and bool(on_page.strip())
        found.append(("", on_page))
        found += [("", text) for text in of_notes(page)]
    return found, readable


def of_page(page: PageObject) -> str:
    """The text of a page, its header and footer and what lies over it."""
    try:
        return page.extract_text()
    except MemoryError:
        raise
    except Exception as error:  # whatever a broken font makes the library raise: it can't be judged
        raise Unfit("broken") from error


def of_notes(page: PageObject) -> Iterator[str]:
    """What notes and stamps on a page look like; what they hold comes with all objects."""
    for note in as_list(page.get("/Annots")):
        appearance = as_dictionary(as_dictionary(note).get("/AP"))
        looks = appearance.get("/N")
        looks = looks.get_object() if isinstance(looks, IndirectObject) else looks
        if isinstance(looks, StreamObject):
            yield drawn(page, looks)
        elif isinstance(looks, DictionaryObject):
            yield from (drawn(page, one) for one in map(resolved, looks.values()) if isinstance(one, StreamObject))


def drawn(page: PageObject, form: StreamObject) -> str:
    """The text of something that is drawn on a page."""
    try:
        return page.extract_xform_text(form, (0, 90, 180, 270), 200.0)  # type: ignore[arg-type]
    except FAULTS:
        return ""


def of_objects(reader: PdfReader) -> Texts:
    """Every text that is a value in the file: notes, titles, form fields, alternative texts, names of layers.

    Raises Unfit for programs and files in it, wherever they hang.
    """
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > OBJECTS:
        raise Unfit("text")
    for number, generation in sorted(numbers):
        try:
            held = reader.get_object(IndirectObject(number, generation, reader))
        except FAULTS:
            continue
        yield from of_value("", held, 0)
    yield from of_value("", reader.trailer, 0)


def of_value(label: str, value: Any, depth: int) -> Texts:
    """The texts in a value that is not another object's."""
    if depth > 20:
        raise Unfit("broken")
    if isinstance(value, TextStringObject):
        yield label, str(value)
    elif isinstance(value, DictionaryObject):
        check(value)
        if value.get("/Subtype") == "/Stamp" and isinstance(value.get("/Name"), str):
            yield "", APART.sub(" ", STAMP.sub("", str(value["/Name"]).lstrip("/")))
        for name in value:
            yield from of_value(str(name).lstrip("/"), value.raw_get(name), depth + 1)
        if isinstance(value, StreamObject) and (value.get("/Type") == "/Metadata" or label == "XFA"):
            yield from of_markup(value)
    elif isinstance(value, ArrayObject):
        for held in list.__iter__(value):
            within = held.get_object() if label == "XFA" and isinstance(held, IndirectObject) else held
            if label == "XFA" and isinstance(within, StreamObject):
                yield from of_markup(within)
            else:
                yield from of_value(label, within, depth + 1)


def check(value: DictionaryObject) -> None:
    """Raises Unfit for what would run, start something or hold another file."""
    action = value.get("/S")
    if "/JS" in value or action in ("/JavaScript", "/Launch", "/ImportData", "/Rendition"):
        raise Unfit("program")
    if value.get("/Type") == "/EmbeddedFile" or "/EmbeddedFiles" in value or value.get("/Subtype") == "/FileAttachment":
        raise Unfit("embedded")
    if value.get("/Subtype") in ("/RichMedia", "/3D", "/Movie", "/Screen"):
        raise Unfit("program")


def of_markup(stream: StreamObject) -> Texts:
    """XMP and XFA: elements as lines, each with its name as label."""
    try:
        text = stream.get_data()[:FORM_TEXT].decode("utf-8", "replace")
    except FAULTS:
        return
    for name, value in re.findall(r"<(?:\w+:)?(\w+)[^<>]*>([^<>]+)", text):
        yield ("" if name == "li" else name), value
    for name, value in re.findall(r'(?:\w+:)?(\w+)="([^"<>]+)"', text):
        yield name, value


def properties(reader: PdfReader) -> Texts:
    """Title, subject, keywords and what else a writer has put into the file's properties."""
    try:
        for name, value in (reader.metadata or {}).items():
            yield str(name).lstrip("/"), str(value)
    except FAULTS:
        return


def resolved(value: Any) -> Any:
    """What a reference stands for."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def as_list(value: Any) -> list[Any]:
    """A list's things; nothing where it is none."""
    found = resolved(value)
    return [resolved(one) for one in list.__iter__(found)] if isinstance(found, ArrayObject) else []


def as_dictionary(value: Any) -> dict[Any, Any]:
    """A dictionary; an empty one where it is none."""
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else {}
