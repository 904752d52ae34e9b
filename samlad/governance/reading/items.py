"""The numbered items of minutes: which lines belong to which §. A document without any is one item."""

import re
from typing import Final, NamedTuple

from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Sure
from samlad.governance.reading.headings import Section, sections

NUMBER: Final = r"\d{1,4}(?:\s?[a-d]\b)?(?:/\d{2,4}|:\d{1,4})?"
ITEM: Final = re.compile(
    rf"(?:(?:forts\.?|(?-i:[A-ZÅÄÖ]{{2,6}}|[A-ZÅÄÖ][a-zåäö]{{1,3}})|kommunstyrelsen|kommunfullmäktige|arbetsutskottet)\s*[-:]?\s*)?"
    rf"(?:§\s*(?P<a>{NUMBER})(?!\s*[-–,]\s*\d|\d)|(?P<b>{NUMBER})\s*§(?!\s*\d)|Paragraf\s+(?P<c>{NUMBER}))\s*[.:–-]?(?P<rest>(?:\s.*)?)$",
    re.I,
)
BADLY_READ: Final = re.compile(r"(?:§|S|\$|5)\s*(?P<a>[\dlIO]{1,4})(?P<rest>\s+[A-ZÅÄÖ].{3,}|)$")
PLAIN: Final = re.compile(r"(?P<a>\d{1,3})\.?\s+(?P<rest>[A-ZÅÄÖ][^\n]{4,140})$")
WITH_CASE: Final = re.compile(
    r"(?P<a>\d{1,3})\s+[A-ZÅÄÖ]{2,5}\s?(?:19|20)\d\d[/:.-]\d{1,6}(?:\s\d{2,3})?(?P<rest>\s+[A-ZÅÄÖ].{3,140}|)$"
)  # "28 KS 2012/172 51 Remissvar"
CONTENTS: Final = re.compile(r"(?:\.\s?){3,}\s*\d*$|…\s*\d+$|\s{3,}\d{1,3}$|\s\.{2,}|\s-\s*\d{1,3}$")
EARLIER: Final = re.compile(r"(?:KS|LS|RS|\w+s)?\s?(?:AU|LU|PU|arbetsutskottet|utskottet)\s*§", re.I)
NEAR: Final = 6  # lines from an item's heading in which earlier dealings are listed
CASE: Final = re.compile(r"(?:dnr|diarienummer|diarienr|ärende\s+\d)", re.I)
RUNNING: Final = re.compile(r"[a-zåäö,]$")


class Item(NamedTuple):
    """One matter: its § if it has one, and its lines."""

    number: str
    at: tuple[int, int]  # where the § stands, in the body
    sure: Sure
    first: int  # line of its heading
    last: int  # line after its last
    title_start: int  # where its title can begin, in the body

    def sections(self, flow: Flow) -> list[Section]:
        """Its sections."""
        return sections(flow, self.first, self.last)


def items(flow: Flow) -> list[Item]:
    """The numbered items of a document, in order; nothing where it has none."""
    marks = _marks(flow, ITEM, "sure") or _marks(flow, BADLY_READ, "unsure") or _marks(flow, PLAIN, "unsure")
    marks = marks or _marks(flow, WITH_CASE, "unsure")
    found: list[Item] = []
    for number, mark in enumerate(marks):
        last = marks[number + 1].first if number + 1 < len(marks) else len(flow.lines)
        if found and found[-1].number == mark.number:  # goes on over the page
            found[-1] = found[-1]._replace(last=last)
        else:
            found.append(mark._replace(last=last))
    return _without_contents(flow, found)


def _marks(flow: Flow, pattern: re.Pattern[str], sure: Sure) -> list[Item]:
    found: list[Item] = []
    for number, line in enumerate(flow.lines):
        match = pattern.match(line.text)
        if match is None or not _is_heading(flow, number, match, pattern):
            continue
        if found and number - found[-1].first <= NEAR and EARLIER.match(line.text):
            continue  # where the committee dealt with it
        group = next(name for name in ("a", "b", "c") if match.groupdict().get(name))
        start = flow.starts[number]
        value = "".join(match[group].split())
        if pattern is BADLY_READ:
            value = value.translate(str.maketrans("lIO", "110"))
        found.append(
            Item(
                value,
                (start + match.start(group), start + match.end(group)),
                sure,
                number,
                number,
                start + match.start("rest"),
            )
        )
    return found


def _is_heading(flow: Flow, number: int, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    rest = match["rest"].strip()
    if CONTENTS.search(match["rest"]) or not (rest == "" or not rest[0].islower()):
        return rest.startswith("forts")
    if pattern is PLAIN:
        return any(CASE.match(line.text) for line in flow.lines[number + 1 : number + 4])
    if pattern is WITH_CASE:
        return True
    if pattern is BADLY_READ and not rest and not match[0].startswith("§"):
        return False
    line, before = flow.lines[number], flow.lines[number - 1].text if number else ""
    return line.gap > 1 or not (len(before) > 45 and RUNNING.search(before))


def _without_contents(flow: Flow, found: list[Item]) -> list[Item]:
    """The items without those of the list of contents, and without references that look like items."""
    kept: list[Item] = []
    later: dict[str, int] = {}
    for at, item in enumerate(found):
        later[item.number] = at
    for at, item in enumerate(found):
        kinds = {section.kind for section in item.sections(flow)}
        says = bool(kinds & {"decision", "proposal"})
        if later[item.number] > at and not says:
            continue
        before = kept[-1] if kept else None
        if before is not None and not says and not _follows(before.number, item.number):
            kept[-1] = before._replace(last=item.last)
        else:
            kept.append(item)
    return kept


def _follows(before: str, number: str) -> bool:
    """Whether a § is one of the next after another."""
    low, high = (int(re.match(r"\d+", one)[0]) for one in (before, number))  # type: ignore[index]
    return low <= high <= low + 3
