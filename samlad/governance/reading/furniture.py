"""What a page repeats and nobody reads: page numbers, signatures of those who adjust minutes, headers and footers.

It would stand in the middle of sentences. Headers are left out where they come again; the first is read.
"""

import re
from collections import Counter
from typing import Final

from samlad.governance.reading.flow import Line

ALWAYS: Final = re.compile(
    r"""(?:
      (?:justera(?:nde|re|s|ndes)|just\.?|ordf(?:örande)?s?)\.?\s*(?:sign(?:atur|um)?\.?|\(sign\))?
        (?:\s+(?:justera(?:nde|re|s|ndes)\s*(?:sign(?:atur|um)?\.?)?|utdragsbestyrkande\w*|expediering|exp\.?))*
      | justering\s*\(sign\)(?:\s+expediering)?
      | (?:utdragsbestyrkande|utdragets\s+riktighet\s+bestyrks?|rätt\s+utdraget\s+intygar|vid\s+protokollet)\b.{0,60}
      | (?:sid(?:a|an|nr)?\.?|blad|s\.)\s*\d{1,4}(?:\s*(?:\(\s*\d{1,4}\s*\)|av\s+\d{1,4}|/\s*\d{1,4}))?
      | (?:sid(?:a|an)?|blad)
      | \d{1,4}\s*\(\s*\d{1,4}\s*\)
      | \(\s*\d{1,4}\s*\)
      | \d{1,4}\s+av\s+\d{1,4}
      | [-–]\s*\d{1,4}\s*[-–]
      | [_.…\s-]{5,}
    )""",
    re.I | re.X,
)
PAGE_NUMBER: Final = re.compile(
    r"\bsid(?:a|an)?\.?\s*\d{1,4}\b|(?<![\d/.:-])\d{1,4}\s*\(\s*\d{1,4}\s*\)|(?<![\d/.:-])\d{1,4}\s+av\s+\d{1,4}\b",
    re.I,
)
ADDRESS: Final = re.compile(
    r"(?!.*(?:@|www\.))(?:post|besöks)adress\b|(?!.*(?:@|"
    r"www\.))(?:org(?:anisations)?\.?\s?n(?:umme)?r|bankgiro|telefax)\b",
    re.I,
)
NUMBERS: Final = re.compile(r"\d+")
WORTH: Final = re.compile(
    r"§|beslut|förslag|bilag|handling|yrka|antar?\b|antas\b|underlag|ärende|skickas|\batt\b|godkän|"
    r"avslå|återremit|[.;]$|^[-–•]",
    re.I,
)
CASE: Final = re.compile(r"dnr|diarie|[a-zåäö]{2,5}[ /-]?\d{4}[./:-]\d")
NEAR: Final = 8  # lines at the top and the bottom of a page where its header and footer may be
LONGEST: Final = 110


def is_furniture(text: str) -> bool:
    """Whether a line is a page number, a row for initials, or a rule."""
    return len(text) <= LONGEST and ALWAYS.fullmatch(text) is not None


def without_furniture(lines: list[Line]) -> list[Line]:
    """The lines that are read. What a line left out had before it, the next one has."""
    bare = [is_furniture(line.text) for line in lines]
    repeated = _headers(lines, bare)
    kept: list[Line] = []
    gap = 0
    for number, line in enumerate(lines):
        if bare[number] or number in repeated:
            gap = max(gap, line.gap)
            continue
        # Where a page ends in the middle of a sentence, the lines that were left out leave no gap.
        between = line.gap if not number or not (bare[number - 1] or number - 1 in repeated) else min(line.gap, gap)
        kept.append(line._replace(gap=between))
        gap = 0
    return kept


def _headers(lines: list[Line], bare: list[bool]) -> set[int]:
    """Lines near the edge of a page that come there again, numbers aside; those at the top of the document are read."""
    edges = _edges(lines, bare)
    keys = {number: _key(lines[number].text) for number in edges}
    often = Counter(keys.values())
    seen: set[str] = set()
    found: set[int] = set()
    for number in sorted(edges):
        text, key = lines[number].text, keys[number]
        if len(text) > LONGEST or WORTH.search(text):
            continue
        later = lines[number].page > 1 or number >= 2 * NEAR
        once = ADDRESS.match(text) or (later and PAGE_NUMBER.search(text) and not CASE.search(text.casefold()))
        if key in seen or (often[key] > 1 and later) or once:
            found.add(number)
        seen.add(key)
    return found


def _key(text: str) -> str:
    """What makes two headers the same: all but the numbers of pages and days; a case number is a part of it."""
    bare = " ".join(text.split()).casefold()
    return bare if CASE.search(bare) else NUMBERS.sub("#", bare)


def _edges(lines: list[Line], bare: list[bool]) -> set[int]:
    """The lines near where a page ends: at a form feed, or beside a page number or a row for initials."""
    borders = [0, *(at for at in range(1, len(lines)) if lines[at].page != lines[at - 1].page), len(lines)]
    near = {
        at
        for border in borders
        if len(borders) > 2
        for at in range(max(border - NEAR, 0), min(border + NEAR, len(lines)))
    }
    for number, line in enumerate(lines):
        if bare[number] or (len(line.text) <= LONGEST and PAGE_NUMBER.search(line.text)):
            near.update(range(max(number - NEAR, 0), min(number + NEAR, len(lines))))
    return {at for at in near if not bare[at]}
