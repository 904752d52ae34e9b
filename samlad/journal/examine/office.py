"""Word, Excel, PowerPoint and OpenDocument files: every text in them, and what they must not hold."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from samlad.journal.examine.archive import Archive
from samlad.journal.examine.limits import TEXT, Unfit

MAIN: Final = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
OPEN_DOCUMENT: Final = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
PROGRAMS: Final = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|^basic/|^scripts/|^object|/embeddings/.*\.bin|customui", re.I
)
ELEMENTS: Final = frozenset({"p", "h", "si", "comment", "is", "tr"})  # each ends a line
NAMES: Final = frozenset({"descr", "title", "string", "name", "alt"})  # attributes that people write
HEADINGS: Final = frozenset(f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer"))
LAYOUT: Final = re.compile(r'&(?:"[^"]*"|[LCRBIUESXYGPNDTFAZ]|K[0-9A-Fa-f+-]{4,6}|\d{1,3})')
REMOTE: Final = re.compile(r"^(?:https?:|ftp:|\\\\|file:////?\w|//)", re.I)
FETCHED: Final = ("attachedtemplate", "oleobject", "frame", "subdocument", "externallink")
ASKS_PROGRAMS: Final = re.compile(r"\bDDE(?:AUTO)?\b", re.I)

Texts = Iterator[tuple[str, str]]  # a label, which may be empty, and a text


def texts(extension: str, content: bytes) -> Texts:
    """Every text of an office document. Raises Unfit."""
    archive = Archive(content)
    names = set(archive.names)
    if any(PROGRAMS.search(name) for name in names):
        raise Unfit("macros")
    kind_seen = False
    for name, part in archive.parts():
        if name == "mimetype":
            kind_seen = extension in OPEN_DOCUMENT and part.strip().endswith(
                b".opendocument." + OPEN_DOCUMENT[extension].encode()
            )
        if not name.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            continue
        root = parsed(part)
        if name == "[Content_Types].xml":
            kind_seen = contents(root, extension)
        elif name.endswith(".rels"):
            check_relations(root)
        else:
            yield from of_part(name, root)
    if not kind_seen:
        raise Unfit("other")


def parsed(part: bytes) -> Element:
    """XML without entities or a document type. Raises Unfit."""
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unfit("entities") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unfit("broken") from error
    return root


def contents(root: Element, extension: str) -> bool:
    """Whether the list of contents is of the kind that the name says. Raises Unfit where there is a program in it."""
    types = [element.get("ContentType", "").lower() for element in root]
    if any("macroenabled" in one or "vba" in one or "activex" in one for one in types):
        raise Unfit("macros")
    return any(one.endswith(MAIN.get(extension, "-")) for one in types)


def check_relations(root: Element) -> None:
    """Nothing is fetched from elsewhere when it is opened. Links that somebody clicks on are another matter."""
    for element in root:
        kind = element.get("Type", "").rpartition("/")[2].lower()
        target = element.get("Target", "")
        if element.get("TargetMode", "").lower() == "external" and kind in FETCHED and REMOTE.match(target):
            raise Unfit("remote")


def of_part(name: str, root: Element) -> Texts:
    """The texts of one part: its lines as one, its properties and what is written in attributes each by itself."""
    if name.startswith(("docProps/", "customXml/", "docMetadata/")) or name == "meta.xml":
        yield from values(root, "")
        return
    lines: list[str] = []
    size = 0
    for element in root.iter():
        tag = local(element.tag)
        if tag == "instrText" and ASKS_PROGRAMS.search(element.text or ""):
            raise Unfit("program")
        yield from (("", value) for attribute, value in element.attrib.items() if local(attribute) in NAMES)
        if tag in HEADINGS:
            yield "", LAYOUT.sub("\n", element.text or "")
        if tag in ELEMENTS:
            line = "".join(written(element))
            size += len(line)
            if size > TEXT:
                raise Unfit("text")
            lines.append(line)
    # A blank line between: what stands in one cell or paragraph is not the end of the one before.
    yield "", "\n\n".join(line for line in lines if line.strip())


def values(element: Element, named: str) -> Texts:
    """Properties: each value with its name, which is an attribute of it or of what it stands in, or its element's."""
    own = next((value for attribute, value in element.attrib.items() if local(attribute) == "name"), named)
    yield from ((own, value) for value in element.attrib.values())
    if (element.text or "").strip():
        yield own or label(local(element.tag)), element.text or ""
    for part in element:
        yield from values(part, own)


def written(element: Element) -> Iterator[str]:
    """The text of a paragraph or a cell, with its tabs and breaks."""
    for part in element.iter():
        tag = local(part.tag)
        if tag in ("tab", "s") and part is not element:
            yield "\t" if tag == "tab" else " "
        elif tag in ("br", "cr", "line-break") or (part is not element and tag in ELEMENTS):
            yield "\n"
        yield part.text or ""
        if part is not element:
            yield part.tail or ""


def local(tag: object) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]


def label(tag: str) -> str:
    """An element's name as a label: contentStatus is "content Status"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag)
