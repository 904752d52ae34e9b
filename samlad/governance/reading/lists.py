"""What a document lists: attachments, and to whom the decision is sent. Names of people are left out."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from samlad.governance.reading.bodies import bodies
from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Found
from samlad.governance.reading.headings import Section
from samlad.governance.reading.senders import ORGANISATION, stands_alone

BULLET: Final = re.compile(r"^(?:[-–•*·▪]\s*|\d{1,2}[.)]\s+|bilaga\s+\d{1,2}[.:)]?\s+(?=\S))", re.I)
FILE_END: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|msg|odt|rtf)\b", re.I)
GOES_ON: Final = re.compile(r"(?:\b(?:och|samt|om|av|för|i|till|med|den|en|ett|från|på)|[,–-])$", re.I)
ORGANISED: Final = re.compile(
    r"styrelse|nämnd|kontor|förvaltning|kommun|region|landsting|läns|verk|myndighet|kansli|akt|chef|direktör|enhet|avdelning|hamn|brand|förbund|polis|samverkan|sos|"
    r"registrator|diarium|strateg|samordnare|handläggare|ekonomi|bolag|\bAB\b|utskott|revis|parter|berörda|sökande|storsthlm|ksl|msb|skr|försvar|fullmäktige|säkerhet",
    re.I,
)
SENTENCE: Final = re.compile(r"[a-zåäö]{3,}[.!?]$")
NOTHING: Final = re.compile(r"^(?:[-–]|inga|ingen|saknas|se\s+.{0,40}|exp(?:edierat)?\.?.{0,20})$", re.I)
NEXT: Final = re.compile(
    r"tjänste|sammanträdesprotokoll|protokoll|skrivelse|missiv|avsiktsförklaring|överenskommelse", re.I
)
MOST: Final = 60


def attachments(flow: Flow, found: Sequence[Section]) -> tuple[Found, ...]:
    """What is listed as attachments, decision material or documents of the matter."""
    listed: list[Found] = []
    for section in found:
        if section.kind != "attachments":
            continue
        for start, end in _entries(flow, section):
            text = " ".join(flow.body[start:end].split())
            bullet = BULLET.match(text)
            value = text[bullet.end() :] if bullet and not text.casefold().startswith("bilaga") else text
            value = value.strip(" ,;")
            if (name := ORGANISATION.search(text)) and stands_alone(text[: name.start()] + text[name.end() :]):
                break  # the head of the next page
            if value and not NOTHING.match(value) and all(value != one.value for one in listed):
                listed.append(_listed(flow, value, start, end))
    return tuple(listed[:MOST])


def recipients(flow: Flow, found: Sequence[Section]) -> tuple[Found, ...]:
    """To whom the decision is sent: functions and organisations."""
    listed: list[Found] = []
    for section in found:
        if section.kind != "dispatch":
            continue
        for start, end in _entries(flow, section):
            for first, last in _separated(flow.body, start, end):
                text = " ".join(flow.body[first:last].split()).strip(" ,;.")
                text = BULLET.sub("", text)
                if text and not NOTHING.match(text) and not _person(text) and all(text != one.value for one in listed):
                    listed.append(_listed(flow, text, first, last))
    return tuple(listed[:MOST])


def _listed(flow: Flow, value: str, start: int, end: int) -> Found:
    """An entry; where the text goes on in the same line, where it ends is a guess."""
    found = flow.found(value, start, end, "sure", "list")
    after = flow.raw[found.start + len(found.passage) :][:3]
    after = re.split(r"[\r\n\f]", after)[0].strip().lstrip(".) ")
    return found if not after or after[0] in ",;\r\f" else flow.found(value, start, end, "likely", "list")


def _separated(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line with commas and semicolons between."""
    begun = start
    for match in re.finditer(r"[,;]\s", body[start:end]):
        yield begun, start + match.start()
        begun = start + match.end()
    yield begun, end


def _person(text: str) -> bool:
    """Whether it may be only a person's name."""
    words = text.split()
    return 1 < len(words) <= 4 and all(word[:1].isupper() for word in words) and not ORGANISED.search(text)


def _entries(flow: Flow, section: Section) -> list[tuple[int, int]]:
    """The entries of a list. It ends at a larger gap than between its lines, or at a sentence of its own."""
    if section.end <= section.start:
        return []
    first, last = flow.line_at(section.start), flow.line_at(section.end - 1)
    rows = [number for number in range(first, last + 1) if flow.end_of(number) > section.start]
    files = bool(FILE_END.search(flow.body, section.start, section.end))
    bulleted = any(BULLET.match(_text(flow, number, section)) for number in rows)
    found: list[tuple[int, int]] = []
    for at, number in enumerate(rows):
        text = _text(flow, number, section)
        if not text:
            continue
        if found and at and (flow.lines[number].gap > flow.usual_gap + 1 or _ends_list(flow, number, text, files)):
            break
        start, end = max(flow.starts[number], section.start), min(flow.end_of(number), section.end)
        if found and _continues(flow.body[found[-1][0] : found[-1][1]].strip(), text, files, bulleted):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _text(flow: Flow, number: int, section: Section) -> str:
    return flow.body[max(flow.starts[number], section.start) : min(flow.end_of(number), section.end)].strip()


def _ends_list(flow: Flow, number: int, text: str, files: bool) -> bool:
    """Whether a line is running text behind the list, or begins what is no list."""
    if text.isupper() and NEXT.match(text):
        return True
    if files or BULLET.match(text):
        return False
    if flow.lines[number].gap > flow.usual_gap and _signature(text):
        return True
    return len(text.split()) >= 5 and SENTENCE.search(text) is not None and next(bodies(text), None) is not None


def _signature(text: str) -> bool:
    return re.fullmatch(r"(?:[A-ZÅÄÖ][\wåäö-]+\s?){2,4}", text) is not None and not ORGANISED.search(text)


def _continues(before: str, text: str, files: bool, bulleted: bool) -> bool:
    """Whether a line belongs to the entry before it."""
    if BULLET.match(text):
        return False
    if files:
        return not FILE_END.search(before[-8:])
    if bulleted and BULLET.match(before):
        return True
    return text[:1].islower() or text.startswith("(") or GOES_ON.search(before) is not None
