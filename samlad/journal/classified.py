"""Finds markings of security classification (säkerhetsskyddsklass) in a text: a stamp, a label, a portion mark.

Pure. What makes a marking is its form, not its words: where it stands, that nothing else stands there, how it is
written, what it is set off by. "Den hemliga gästen" and "begränsat hemlig är en säkerhetsskyddsklass" are prose.
Everything is judged on `letters.flat` text. A marking of sekretess (OSL) is not one of these.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from samlad.journal import stamps
from samlad.journal.letters import everyday, flat
from samlad.journal.marking_forms import (
    BARE_LABEL,
    BRACKETED,
    BROKEN,
    BULLET,
    CAVEATED,
    CELL,
    CLASS_SHORT,
    DECLASSIFY,
    END,
    HEADING,
    HINTS,
    HOLDS,
    INSIDE,
    LABEL_SHORT,
    LABELLED,
    LABELLED_WEAK,
    LEGAL,
    LETTERED,
    LIST,
    LONGEST,
    NAMES,
    NO,
    OF_ITSELF,
    OWN,
    PADDING,
    PORTION,
    SAID,
    SEPARATED,
    SHORT_OWN,
    STARRED,
    START,
    STATES,
    STATES_CAPITALS,
    TAGS,
    TICK,
    TICKED_SHORT,
    TICKS,
    UNTICKED,
    YES,
)
from samlad.journal.stamps import DEFINES, LAW, LEVEL, MEANS, MENTION, NEGATED


class Match(NamedTuple):
    """A marking: its class (one of stamps.ORDER, or "classified") and the form it has."""

    level: str
    form: str


NEAR: Final = 80  # characters before and after a marking in brackets that tell what it is
ENUMERATED: Final = 3  # classes that stand in the same form beside each other are a list of classes


def found(text: str) -> Match | None:
    """The marking in a text, or None. Looks at nothing but the text."""
    if not hinted(everyday(text) or flat(text)):
        return None
    plain = BROKEN.sub(" ", TAGS.sub(" ", PADDING.sub(r"\1   \2", flat(text))))
    certain = next(sure(plain), None)
    if certain:
        return certain
    matches = list(standing(plain))
    count = Counter(match.level for match in matches)
    least = min(count.values()) if len(count) >= ENUMERATED else 0
    return next((match for match in matches if count[match.level] > least), None)


def hinted(plain: str, hints: tuple[str, ...] = HINTS) -> bool:
    """Whether there is anything to look at closer; with NAMES, whether a class is named at all."""
    small = plain.lower()
    return any(hint in small for hint in hints)


def level_of(value: str) -> str:
    """The class that a marking is of."""
    for level in stamps.ORDER:
        if any(re.fullmatch(one, value, re.IGNORECASE) for one in stamps.LEVELS[level]):
            return level
    return stamps.SHORT.get(value.casefold().removeprefix("h/"), "classified")


def abbreviated(value: str) -> str:
    """The class that BH, H/R or another abbreviation stands for."""
    return stamps.SHORT.get(value.casefold().split("/")[-1].strip(), "classified")


def capitals(value: str) -> bool:
    """Whether it is written in capitals only."""
    return value == value.upper()


def titled(value: str) -> bool:
    """Whether it begins with a capital and may be a marking so: some are markings in capitals only."""
    return value[:1].isupper() and (capitals(value) or not stamps.ONLY_CAPITALS.fullmatch(value))


def sure(plain: str) -> Iterator[Match]:
    """Markings that need no company: a ticked box, a caveat, a legal ground, what a document says of itself."""
    if "//" in plain:
        yield from (
            Match(level_of(hit["value"]), "caveat") for hit in CAVEATED.finditer(plain) if capitals(hit["value"])
        )
    if TICK.search(plain):
        yield from (Match(level_of(hit["value"] or hit["other"]), "ticked") for hit in TICKS.finditer(plain))
        short = (hit["value"].casefold() for hit in TICKED_SHORT.finditer(plain))
        yield from (Match(stamps.SHORT[value], "ticked") for value in short)
    yield from (Match(level_of(hit["value"] or ""), "ticked") for hit in YES.finditer(plain))
    names = hinted(plain, NAMES)
    for hit in LEGAL.finditer(plain) if names else ():
        if titled(hit["value"]) and not re.match(
            r"\W*(?:ar|betyder|innebar|far|ska|kan|om|eller)\b", hit["rest"], re.I
        ):
            yield Match(level_of(hit["value"]), "legal ground")
    for hit in HOLDS.finditer(plain):
        value = hit["value"]
        said = not value or capitals(value) or SAID.search(hit[0])
        if said and not NEGATED.search(hit["between"]):
            yield Match(level_of(value) if value else "classified", "statement")
    if names:
        yield from (Match(level_of(hit["value"]), "statement") for hit in OF_ITSELF.finditer(plain))
    yield from (
        Match(abbreviated(hit["value"]), "label") for hit in CLASS_SHORT.finditer(plain) if hit["value"].isupper()
    )
    if STATES.search(plain) or STATES_CAPITALS.search(plain) or DECLASSIFY.search(plain):
        yield Match("classified", "statement")
    yield from portions(plain)


def portions(plain: str) -> Iterator[Match]:
    """Letters in brackets before a paragraph. (S) and (C) are parties and points of a list, unless others say more."""
    lettered = set(LETTERED.findall(plain))
    for hit in PORTION.finditer(plain):
        mark = hit["mark"]
        marks = lettered <= {"H", "K", "KH", "BH", "U", "O", "Ö", "S", "C", "R", "TS"}
        if "//" in hit[0] or (len(mark.replace("/", "")) == 2 and mark != "TS"):
            yield Match(stamps.SHORT[mark.removeprefix("H/").casefold()], "portion")
        elif marks and (mark == "H" or (mark in ("TS", "S", "C", "R", "K") and lettered & {"U", "O", "KH", "BH"})):
            yield Match(stamps.SHORT[mark.casefold()], "portion")


def standing(plain: str) -> Iterator[Match]:
    """Markings by where they stand. Several classes in such places may be a list of them: see `found`."""
    for form in (LABELLED, LABELLED_WEAK, BARE_LABEL) if hinted(plain, NAMES) else ():
        for hit in form.finditer(plain):
            if labels(hit, strong=form is LABELLED):
                yield Match(level_of(hit["value"]), "label")
    for hit in LABEL_SHORT.finditer(plain):
        security = re.search(r"sakerhetsskydd|sakerhetsklassn|informations|security|sekretess|msip", hit["label"], re.I)
        if hit["value"].isupper() and (security or len(hit["value"]) > 1):
            yield Match(abbreviated(hit["value"]), "label")
    lines = plain.split("\n")
    for number, line in enumerate(lines):
        if not hinted(line, NAMES):
            continue
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        level = next(in_line(line.strip(), before.strip(), after.strip()), None)
        if level:
            yield level


def labels(hit: re.Match[str], *, strong: bool) -> bool:
    """Whether what follows a label is its value, not the beginning of a sentence or of a list."""
    value, rest = hit["value"], hit.groupdict().get("rest") or ""
    if LIST.match(rest):
        return False
    if capitals(value):
        return True
    if (hit.groupdict().get("label") or "").casefold() == "sakerhetsskyddsklass" and not rest:
        return True
    prose = re.match(r"\s+(?!enligt|jml|jamlikt|enl|fran|sedan|till och|tom)[a-z]", rest)
    return not prose and (strong or titled(value))


def in_line(line: str, before: str, after: str) -> Iterator[Match]:
    """The marking in one line, given the lines around it."""
    wraps = len(before) > 30 and before[-1:] not in ".:!?"  # the sentence goes on from the line above
    before_mentions = wraps and bool(MENTION.search(before))
    cells = [cell for cell in CELL.split(line) if cell]
    if len(line) <= LONGEST:
        for cell in cells:
            hit = OWN.fullmatch(cell)
            if (
                hit
                and not before_mentions
                and alone(cell, hit["value"], before, after, table=len(cells) > 1, wraps=wraps)
            ):
                yield Match(level_of(hit["value"]), "alone")
            elif (short := SHORT_OWN.fullmatch(cell)) is not None:
                yield Match(stamps.SHORT[short[1].casefold()], "alone")
    yield from bracketed(line)
    if before_mentions:
        return
    hit = START.match(line)
    if hit and begins(hit["value"], hit["rest"], line):
        yield Match(level_of(hit["value"]), "before")
    if len(line) <= LONGEST:
        yield from ends(line)


def alone(cell: str, value: str, before: str, after: str, *, table: bool, wraps: bool) -> bool:
    """Whether a class that has a line for itself is a stamp there, not an item of a list or the end of a sentence."""
    listed = BULLET.match(cell)
    if UNTICKED.match(cell):
        return False
    if capitals(value):
        return not listed or bool(re.search(r"[-*]\s*$", cell)) or not (BULLET.match(before) or BULLET.match(after))
    if table or cell.endswith(("?", ",", ";")) or re.fullmatch(r"[\"'].*[\"']\.?", cell):
        return False
    framed = bool(re.match(r"[-*=_#<\[({|]", cell) and re.search(r"[-*=_#>\])}|]$", cell))
    if framed and titled(value.capitalize()):
        return True
    if listed or wraps or after[:1].islower():
        return False
    if titled(value):
        return True
    return not before and not after and cell[-1:] != "." and titled(value.capitalize())


def begins(value: str, rest: str, line: str) -> bool:
    """Whether a line begins with a marking that something else follows."""
    set_off = SEPARATED.match(rest)
    if LIST.match(rest):
        return False
    if set_off:
        text = set_off["text"][:200]
        if capitals(value):
            return value != "HEMLIGT" and not MEANS.search(text)
        words, sign = value.casefold(), rest.lstrip()[:1]
        strong = (" " in words and sign in ":-") or (sign == ":" and words in ("hemlig", "konfidentiell"))
        return strong and titled(value) and not DEFINES.search(text) and not NO.match(text)
    if stamps.ONLY_CAPITALS.fullmatch(value):
        return False
    following = rest.lstrip()[:2]
    return capitals(value) and rest[:1] == " " and following[:1].isupper() and following[1:].islower()


def bracketed(line: str) -> Iterator[Match]:
    """[HEMLIG], (HEMLIG), **HEMLIG**: in capitals anywhere; else in front of a heading or after it."""
    for form in (BRACKETED, STARRED):
        for hit in form.finditer(line):
            value, rest = hit["value"], hit.groupdict().get("rest") or ""
            lead, trail = near(line, hit), line[hit.end() : hit.end() + NEAR].strip()
            if (
                LIST.match(rest)
                or MENTION.search(lead)
                or (rest and re.match(r"\s+[a-z]", rest) and not re.match(rf"\s+{LAW}", rest, re.I))
            ):
                continue
            if lead and lead[-1] not in ".:!?-|" and trail[:1].islower():
                continue
            edge = (not lead or not trail) and len(line) <= 120
            if capitals(value) or (edge and titled(value) and not re.search(LEVEL, lead, re.I)):
                yield Match(level_of(value), "brackets")
    for hit in INSIDE.finditer(line):
        lead = near(line, hit)
        if not re.search(rf"{LEVEL}$", lead, re.I) and ("//" in hit["mark"] or not hit["rest"].strip(" .*_-")):
            yield Match(stamps.SHORT.get(re.split(r"\s*/+", hit["mark"])[0].casefold(), "classified"), "brackets")


def near(line: str, hit: re.Match[str]) -> str:
    """What stands before something in its line, the end of it."""
    return line[max(0, hit.start() - NEAR) : hit.start()].strip()


def ends(line: str) -> Iterator[Match]:
    """A heading that ends with a marking, or a page header with one in it. In capitals."""
    hit = END.search(line)
    if hit and capitals(hit["value"]):
        lead, gap = line[: hit.start()], hit["gap"]
        mentioned = MENTION.search(lead) or NEGATED.search(lead[-20:])
        weak = not gap.strip() and len(gap) == 1
        plain_word = stamps.ONLY_CAPITALS.fullmatch(hit["value"]) or hit["value"] in ("RESTRICTED", "HEMLIGT")
        called = lead.strip(" \t!:.").casefold() in ("obs", "nb", "observera", "note", "varning", "warning")
        heading = len(lead.split()) <= 8 and not capitals(lead) and not plain_word
        if lead.strip() and not mentioned and (heading or called or not weak):
            yield Match(level_of(hit["value"]), "after")
    if HEADING.search(line) and len(line) <= 160 and not re.search(r"[a-z]\.\s", line):
        for hit in re.finditer(rf"(?<![\w/\"'-]){LEVEL}(?=\W*(?:$|[A-Z0-9]))", line, re.I):
            if capitals(hit[0]) and not MENTION.search(line[: hit.start()]):
                yield Match(level_of(hit[0]), "header")
