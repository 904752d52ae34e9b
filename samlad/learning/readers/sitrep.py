"""Situation reports as text with page layout (what pdftotext makes of a PDF): French, English or Swedish.

The report is its issuer's. For each health zone (or other area) that it covers there is a report conveyed by the
issuer, where something in it is clearly about that zone alone: a row of a table, or a point that names no other.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from samlad.learning.readers.blocks import field_of, status_of
from samlad.learning.readers.columns import no_date
from samlad.learning.readers.content import LONGEST, one_line, tidy
from samlad.learning.readers.dates import find_date, plain
from samlad.learning.readers.layout import figures_by_name, is_table_line, labelled_figures
from samlad.learning.readers.names import proper, slug
from samlad.learning.told import Fault, Told

TOP: Final = 60  # lines of the first page
KIND: Final = re.compile(
    r"\bsit ?rep\b|rapport de (?:la )?situation|situation report|rapport journalier", re.IGNORECASE
)
NUMBER: Final = re.compile(r"\bsit ?rep\b[^\n]{0,12}?(?:n\W{0,3}|#|no\.?\s*)0*(\d+)", re.IGNORECASE)
DATES: Final = (
    r"date de (?:rapportage|r[ée]daction)|report(?:ing)? date|rapportdatum|donn[ée]es du|data as of",
    r"date de publication|published|publicerad|date",
)
AREAS: Final = re.compile(
    r"^\s*(?:zones? de sant[ée]|health zones?|affected areas?|kommuner)[^:\n]{0,25}?(?::|\s{3,}|$)", re.I
)
PLACE: Final = re.compile(
    r"(?:pays/province|provinces? touch[ée]es(?: \(\d+\))?|country|land)\s*(?::|\s{3,})\s*(\S[^\n]*)", re.I
)
LABEL: Final = re.compile(r"^\s*(?:date|provinces?|pays|p[ée]riode|sit ?rep|zones?)\b", re.IGNORECASE)
ISSUERS: Final = (
    re.compile(r"«\s*([A-Z][A-Z0-9 /-]{2,30}?)\s*»"),
    re.compile(r"^ *([A-Z]{3,8}[- ][A-Z]{2,5}) *$", re.MULTILINE),
    re.compile(r"(?:institut|minist|agenc|organi[sz]ation)[^\n()]{3,80}\(([A-Z]{3,10})\)", re.IGNORECASE),
)
CENTRE: Final = re.compile(
    r"^ *((?:centre|minist[èe]re|institut|agency|ministry|department|office|organisation|system|syst[èe]me)\b.{5,80})$",
    re.IGNORECASE | re.MULTILINE,
)
NUMBERED: Final = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2})(?:\.\d{1,2})?\s?[.)]\s*(\S.{2,90}?)\s*:?\s*$")
PAGE: Final = re.compile(
    r"^\s*(?:page\s*)?\d{0,3}\s*$|\bpage \d+\s*$|^\s*sit ?rep .{5,80}/\s*\d{4,5}\s*$", re.IGNORECASE
)
BULLET: Final = re.compile(r"^\s*[•▪➢❖●○◦*\-–\uf000-\uf8ff]\s+")
CONTACT: Final = re.compile(
    r"^\s*(?:pour l.institut|pour toute|veuillez contacter|for (?:more|further) information)", re.I
)
NAME: Final = r"[A-ZÉÈ][\w’'éèêïô-]+"
AREA_HEAD: Final = re.compile(rf"^\s*(?:\d{{1,2}}\.)?\s*ZS (?:de )?({NAME})\s*(?::|$)(.*)$")
AREA_COLUMN: Final = re.compile(rf" {{2,}}ZS ({NAME})(?= {{2,}}|$)")
AREA_WORD: Final = r"(?:ZS(?: de)?|zones? de santé (?:de |d’|d')?|health zone(?: of)?)"


def recognises(text: str) -> bool:
    """A text that calls itself a situation report near its beginning and is laid out as a page."""
    top = "\n".join(text.split("\n")[:TOP])
    return bool(KIND.search(top)) and bool(re.search(r"\S {3,}\S|^ {6,}\S", top, re.MULTILINE))


def read(file: str, text: str) -> Iterator[Told | Fault]:
    """The issuer's report and those it conveys."""
    text = tidy(text.replace("\t", "    "))
    if len(text) > LONGEST * 5:
        yield Fault(file, 0, _("The text is longer than %(count)s characters.") % {"count": LONGEST * 5})
        return
    lines = text.split("\n")
    at = moment(lines)
    issuer = issuer_of(text)
    if at is None:
        yield Fault(file, 0, no_date("\n".join(lines[:TOP])))
    elif not issuer:
        yield Fault(file, 0, _("It is not said whose report it is."))
    else:
        yield from reports(file, lines, at, issuer)


def reports(file: str, lines: list[str], at: datetime, issuer: str) -> Iterator[Told]:
    """The report of the issuer first, then one for each area that something is said of."""
    areas = areas_of(lines)
    points = list(sections(lines))
    title = title_of(lines)
    place = place_of(lines)
    source = one_line(", ".join((title, issuer, file)), 500)
    yield Told(
        file=file,
        line=1,
        actor=issuer,
        at=at,
        title=title,
        source=source,
        status=status_of("\n".join(lines[:TOP])),
        texts=joined(points) or {"event": title},
        figures=tuple(one for one in labelled_figures(lines) if not re.match(AREA_WORD, one.label, re.IGNORECASE)),
        named=tuple(areas.values()),
        place=place,
    )
    figures = figures_by_name(lines, lambda name: slug(name) in areas)
    for code, name in areas.items():
        own = [point for point in points if about(point, areas) == code]
        if own or code in figures:
            yield Told(
                file=file,
                line=own[0].line if own else 1,
                actor=name,
                at=at,
                title=title,
                source=source,
                conveyed_by=issuer,
                texts=joined(own),
                figures=figures.get(code, ()),
                place=place,
            )


def moment(lines: list[str]) -> datetime | None:
    """When a report is from: the day it reports on, else the day it was published."""
    top = lines[:TOP]
    for labels in DATES:
        for place, line in enumerate(top):
            match = re.search(labels, line, re.IGNORECASE)
            if match is None:
                continue
            # The value stands after the label or, in a column of its own, on the next line.
            for told in (line[match.end() :], *top[place + 1 : place + 3]):
                if (found := find_date(told[:200])) and found.year:
                    return found.moment
    found = find_date("\n".join(top))
    return found.moment if found else None


def issuer_of(text: str) -> str:
    """The body that issues the report: a short name in guillemets or on a line of its own, else in full."""
    top = "\n".join(text.split("\n")[:TOP])
    for place, pattern in enumerate(ISSUERS):
        # Short names stand in the head; who signs for them may stand at the end.
        if match := pattern.search(text if place == len(ISSUERS) - 1 else top):
            return "-".join(match[1].split())
    match = CENTRE.search(text)
    return proper(match[1]) if match else ""


def title_of(lines: list[str]) -> str:
    """What the report calls itself, with its number."""
    top = [line for line in lines[:TOP] if KIND.search(line)]
    named = next((line for line in top if not NUMBER.search(line)), "")
    number = next((match[1] for line in top if (match := NUMBER.search(line))), "")
    words = one_line(re.sub(r"\s{8,}.*", "", named.strip(" ²")), 90)
    return ", ".join(filter(None, (words, f"sitrep {number}" if number else ""))) or "Sitrep"


def place_of(lines: list[str]) -> str:
    """Which country or province it is about."""
    match = PLACE.search("\n".join(lines[:TOP]))
    return one_line(re.split(r"\s{3,}", match[1])[0], 80) if match else ""


def areas_of(lines: list[str]) -> dict[str, str]:
    """The zones that the header lists and the columns of tables named "ZS ...": code and name."""
    found: dict[str, str] = {}
    for place, line in enumerate(lines[:TOP]):
        match = AREAS.match(line)
        if match is None:
            match = re.search(r"\s{3,}zones? de sant[ée](?: touch[ée]es?)?\s*:", line, re.IGNORECASE)
        if match:
            # The list may begin above its label and go on below it, as the PDF had it in two columns.
            above = lines[place - 1] if place and re.match(r"^\s{20,}[A-ZÉ -]+\s?:", lines[place - 1]) else ""
            listed = [above, line[match.end() :]]
            for below in lines[place + 1 : place + 5]:
                if LABEL.match(below) or not re.match(r"^(?:\s{15,}|\(\d+\))", below):
                    break
                listed.append(below)
            found |= names_in("\n".join(listed))
            break
    for line in lines:
        columns = AREA_COLUMN.findall(line)
        found |= {slug(name): found.get(slug(name), zone_name(name)) for name in columns if len(columns) > 1}
    return found


def names_in(text: str) -> dict[str, str]:
    """The names of a list like "ITURI : Aru, Bunia et Kilo"; what stands before a colon is the province."""
    text = " ".join(re.sub(r"\s{3,}[A-Z][a-z]+ de .*|^\(\d+\)", "", text).split())
    found: dict[str, str] = {}
    for part in re.split(r"[,;&]|\bet\b|\band\b|\boch\b", re.sub(r"[A-ZÉÈ][A-ZÉÈ -]{2,}:", ",", text)):
        name = part.strip(" .:()")
        if re.fullmatch(rf"{NAME}(?: {NAME})?", name) and slug(name) and len(name) < 40:
            found.setdefault(slug(name), zone_name(name))
    return found


class Point(NamedTuple):
    """A point or paragraph: where it stands, the field of its heading, its words, the area of its sub-heading or ""."""

    line: int
    field: str
    words: str
    area: str = ""


def zone_name(name: str) -> str:
    """A zone's name as a name, also where the report writes it in capitals."""
    return name.title() if name.isupper() else name


def sections(lines: list[str]) -> Iterator[Point]:
    """Each point and paragraph, by the headings it stands under. Tables are left out."""
    field, upper, area = "", "event", ""
    point: list[str] = []
    started = 0
    for number, line in enumerate(lines, 1):
        if CONTACT.match(line):
            break
        heading, sub = heading_of(line), AREA_HEAD.match(line)
        if point and (heading is not None or sub or BULLET.match(line) or not line.strip()):
            yield Point(started, field, " ".join(point), area)
            point = []
        if heading is not None:
            field, area = field_of(heading) or upper, ""
            upper = field if re.match(r"^\s*[IVX\d]+\s?[.)]", line) else upper
        elif sub and not sub[2].strip():
            area = slug(sub[1])
        elif field and line.strip() and not PAGE.search(line) and (BULLET.match(line) or not is_table_line(line)):
            started = started if point else number
            point.append(" ".join(BULLET.sub("", line).split()))
    if point:
        yield Point(started, field, " ".join(point), area)


def heading_of(line: str) -> str | None:
    """The words of a heading: numbered, or in capitals; None when the line is none."""
    if match := NUMBERED.match(line):
        words = match[1]
        if words.isupper() or (field_of(words) and len(words) < 60 and words[-1] not in ".;,"):
            return words
        return None
    words = " ".join(line.split())
    letters = re.sub(r"[^\w]", "", plain(words))
    capitals = words.isupper() and len(letters) >= 7 and not re.search(r"\d", words) and len(words) <= 80
    return words if capitals and not BULLET.match(line) and field_of(words) and "  " not in line.strip() else None


def joined(points: list[Point]) -> dict[str, str]:
    """Points by field, one on each line."""
    fields: dict[str, list[str]] = {}
    for point in points:
        if len(point.words) > 2:
            fields.setdefault(point.field, []).append(f"– {point.words}")
    return {field: "\n".join(rows)[:LONGEST] for field, rows in fields.items()}


def about(point: Point, areas: dict[str, str]) -> str:
    """The code of the one area that a point is clearly about; "" when it is none, or several."""
    if point.area in areas:
        return point.area
    named = {code for code, name in areas.items() if re.search(rf"\b{re.escape(name)}\b", point.words, re.IGNORECASE)}
    if len(named) != 1:
        return ""
    code = named.pop()
    clear = re.search(rf"{AREA_WORD}\s*{re.escape(areas[code])}\b", point.words, re.IGNORECASE)
    return code if clear and len(point.words) > len(areas[code]) + 8 else ""
