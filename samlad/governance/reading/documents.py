"""Which steering document a matter is about: its kind, title, version and years."""

import re
from collections.abc import Sequence
from typing import Final

from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Found, Kind, Sure
from samlad.governance.reading.headings import DECIDES, Section, heading
from samlad.governance.reading.items import CONTENTS
from samlad.governance.reading.numbers import case_numbers

KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("målbild", re.compile(r"\bmålbild\w*", re.I)),
    ("avsiktsförklaring", re.compile(r"\bavsikts?-?\s?för-?\s?[a-zåäö]{1,4}aring\w*", re.I)),
    (
        "överenskommelse",
        re.compile(r"\b(?:läns|samverkans|samarbets)?överens-?\s?kommelse\w*|\b(?:samverkans|samarbets)avtal\w*", re.I),
    ),
    ("modellbeskrivning", re.compile(r"\bmodells?beskrivning\w*", re.I)),
    ("gemensamma förmågor", re.compile(r"\bgemensamma\s+förmågor\b", re.I)),
)
OURS: Final = re.compile(
    r"samverkan\W{1,4}stockholms-?\s?regionen|trygg,?\s+säker\s+och\s+störningsfri|program\s+för\s+samverkan|regional\w*\s+samverkan\w*"
    r"|gemensam\s+målbild|målbild\w*\s+(?:för\s+)?(?:samverkan|(?:19|20)\d\d)",
    re.I,
)
FOREWORD: Final = re.compile(
    r"^(?:ärende(?:rubrik|mening)?:?\s+|angående\s+|svar\s+på\s+(?:remiss\s+(?:om|av|avseende)\s+)?|yttrande\s+över\s+|beslut\s+om\s+(?:att\s+)?|förslag\s+till\s+|"
    r"(?:formellt\s+)?(?:antag|godkänn|ingå|tecknande?|underteckn|fastställ|anslutning)\w*(?:\s+(?:av|till|om))?\s+|anta\s+|remiss(?:\s+(?:av|om))?\s*[-–:]?\s+|"
    r"rekommendation\s*(?:[-–:]|om|att|från)?\s+|missiv\s+|(?:den\s+)?(?:ny|nya|reviderad|reviderade)\s+)+",
    re.I,
)
VERSION: Final = re.compile(
    r"\b(?:version|ver\.?|v\.?)\s*(?P<no>\d{1,2}(?:\.\d{1,2})+|\d{1,2})\b|\bantagande\s+(?P<no2>\d\.\d)\b", re.I
)
YEARS: Final = re.compile(r"(?<![\d-])(?P<from>(?:19|20)\d\d)\s?[-–/]\s?(?P<to>20\d\d|\d\d)(?![\d/:-])")
ONWARD: Final = re.compile(
    r"(?:fr\.?\s?o\.?\s?m\.?|från\s+och\s+med|gäller\s+från)\s+(?:den\s+)?(?P<day>(?:19|20)\d\d-\d\d-\d\d)", re.I
)
BODY_LINE: Final = re.compile(r"(?:till\s+)?(?:\w+styrelsen|\w+fullmäktige|\w*nämnden|direktionen)\W*$", re.I)
OTHER_LINE: Final = re.compile(r"(?:rekommendation|hemställan|remiss|skrivelse|motion|föredragande)\b", re.I)
STRAY: Final = re.compile(
    r"^(?:datum|dnr|sida|sid|tfn|telefon|e-?post|handläggare|referens|till|från|diarie\w*|beteckning|er\s|vår\s|www\.|org\.?nr)\b",
    re.I,
)
LONGEST: Final = 260


def kind_in(text: str) -> tuple[Kind, re.Match[str]] | None:
    """The kind of document that is named first in a text; its match."""
    hits = [(match.start(), kind, match) for kind, pattern in KINDS if (match := pattern.search(text))]
    return min(hits, key=lambda hit: hit[0])[1:] if hits else None


def flat(text: str) -> str:
    """A text for comparing: small letters and figures, one space between words."""
    return " ".join(re.sub(r"(?<=[a-zåäö])-\s?(?=[a-zåäö])", "", re.sub(r"[^\w\s-]", " ", text.casefold())).split())


def concerns(text: str, titles: Sequence[str]) -> int:
    """How surely a text is about one of the documents: 3 a title asked for, 2 ours by name, 1 of the kind."""
    words = flat(text)
    if any(_same(words, title) for title in titles):
        return 3
    if OURS.search(text):
        return 2
    return 1 if kind_in(text) else 0


def _same(words: str, title: str) -> bool:
    """Whether a title stands in a text: all of it, or most of its words and all its years."""
    wanted = flat(title)
    if not wanted:
        return False
    if wanted in words:
        return True
    there = set(words.split())
    parts = [part for part in re.split(r"[\s-]", wanted) if len(part) > 3]
    held = [
        part
        for part in parts
        if part in there or any(word.startswith(part) or part in word.split("-") for word in there)
    ]
    return len(parts) > 1 and len(held) >= 0.75 * len(parts) and all(part in held for part in parts if part.isdigit())


def title_of(flow: Flow, start: int, stop: int, *, item: bool) -> Found | None:
    """The heading that says what a matter is about, without "Antagande av" before it."""
    best: tuple[int, int] | None = None
    blocks = _blocks(flow, start, stop, item=item)
    for at, (first, last) in enumerate(blocks):
        text = flow.body[first:last]
        if item or concerns(text, ()):
            bare = kind_in(text) is not None and len(text.split()) == 1 and at + 1 < len(blocks)
            best = (first, blocks[at + 1][1] if bare and OURS.search(flow.body[slice(*blocks[at + 1])]) else last)
            break
    if best is None:
        return None
    first, last = _trimmed(flow.body, *best)
    if last <= first:
        return None
    return flow.found(" ".join(flow.body[first:last].split()), first, last, "sure" if item else "likely", "title_line")


def _blocks(flow: Flow, start: int, stop: int, *, item: bool) -> list[tuple[int, int]]:
    """Lines that can be titles, those that go on in the next line together."""
    blocks: list[tuple[int, int]] = []
    number = flow.line_at(start)
    while number < len(flow.lines) and flow.starts[number] < stop:
        first, end = max(flow.starts[number], start), min(flow.end_of(number), stop)
        text = flow.body[first:end].strip()
        if not text or _stray(text):
            number += 1
            continue
        while number + 1 < len(flow.lines) and flow.starts[number + 1] < stop and end - first < LONGEST:
            after = flow.lines[number + 1].text
            usual = flow.usual_gap if item else 0
            if not _goes_on(flow.body[first:end].rstrip(), after, flow.lines[number + 1].gap, usual):
                break
            number += 1
            end = min(flow.end_of(number), stop)
        blocks.append((first, end))
        number += 1
    return blocks


def _stray(text: str) -> bool:
    """Whether a line in the head of a document is no title: a date, a number, a name of a board, an address."""
    if STRAY.match(text) or BODY_LINE.fullmatch(text) or "@" in text or CONTENTS.search(text) or heading(text):
        return True
    bare = re.sub(
        r"[\d\W_]|\bkl\b|\bdnr\b|\bKS\b|januari|februari|mars|april|maj|juni|juli|augusti|september|"
        r"oktober|november|december|den ",
        "",
        text,
        flags=re.I,
    )
    return len(bare) < 6


def _goes_on(text: str, after: str, gap: int, usual: int) -> bool:
    """Whether a title goes on in the line after it."""
    if (
        gap > 2
        or (gap and re.match(r"mellan\b", after))
        or OTHER_LINE.match(after)
        or DECIDES.match(after)
        or heading(after)
        or _stray(after)
        or text.endswith((".", ":"))
    ):
        return False
    if re.match(r"[a-zåäö(–-]", after) or re.search(
        r"(?:[-–,]|\b(?:och|om|av|för|i|till|Samverkan|med|en|den))$", text
    ):
        return True
    return gap <= usual and len(text) > 40 and len(after) < 60 and kind_in(text) is not None and not after.endswith(".")


def _trimmed(body: str, first: int, last: int) -> tuple[int, int]:
    """A title without its foreword, and without the case number behind it."""
    text = body[first:last]
    numbers = [one for one in case_numbers(text) if one.start > 10]
    cut = min((one.start for one in numbers), default=len(text))
    kept = re.sub(r"(?:[\s(,–-]|\b(?:dnr|diarienummer|diarienr|nr|ärendenr)\b[.:]?)+$", "", text[:cut], flags=re.I)
    foreword = FOREWORD.match(kept)
    skip = foreword.end() if foreword and kind_in(kept[foreword.end() :]) else 0
    opening = re.match(r"[\s\"”“:–-]*", kept[skip:])
    skip += opening.end() if opening else 0
    kept = re.sub(r"\s*\((?:[A-ZÅÄÖ]{1,5})?\s*\)?$", "", kept)
    closing = len(kept) - len(kept.rstrip('"”“ .*'))
    return first + skip, first + len(kept) - closing


def kind_of(flow: Flow, places: Sequence[tuple[int, int, str]]) -> Found | None:
    """The kind of document, from the first of some stretches that names one. Each comes with why it is looked at."""
    for number, (start, end, why) in enumerate(places):
        if hit := kind_in(flow.body[start:end]):
            kind, match = hit
            sure: Sure = "sure" if number == 0 else "likely"
            return flow.found(kind, start + match.start(), start + match.end(), sure, why)
    return None


def version_of(flow: Flow, places: Sequence[tuple[int, int, str]]) -> Found | None:
    """The document's version, where a line that names it says so too."""
    for start, end, why in places:
        if match := VERSION.search(flow.body, start, end):
            value = match["no"] or match["no2"]
            sure: Sure = "sure" if why == "in_decision" else "likely"
            return flow.found(value, match.start(), match.end(), sure, why)
    return None


def period_of(flow: Flow, places: Sequence[tuple[int, int, str]]) -> Found | None:
    """The years that the document is for, or the day from which."""
    for start, end, why in places:
        if match := YEARS.search(flow.body, start, end):
            to = match["to"] if len(match["to"]) == 4 else match["from"][:2] + match["to"]
            if int(match["from"]) < int(to) <= int(match["from"]) + 30:
                return flow.found(f"{match['from']}-{to}", match.start(), match.end(), "sure", why)
        if match := ONWARD.search(flow.body, start, end):
            return flow.found(f"{match['day']}-", match.start(), match.end(), "sure", why)
    return None


def sections_of(found: Sequence[Section], *kinds: str) -> list[Section]:
    """Those sections that are of some kinds and say something."""
    return [section for section in found if section.kind in kinds and section.end > section.start]
