"""The fields of one proposed record that stand around the decision: numbers, dates, who prepared it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from samlad.governance.reading import senders
from samlad.governance.reading.bodies import Named, bodies, offices, prepares, tidy
from samlad.governance.reading.dates import Dated, dates
from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Found, Preparation, Sure
from samlad.governance.reading.items import Item
from samlad.governance.reading.numbers import case_numbers

MEETING: Final = re.compile(
    r"\b(?:sammanträdesda(?:tum|g)|sammanträdes\s?datum|mötesda(?:tum|g)|beslutsda(?:tum|g)|datum\s+för\s+(?:beslut|sammanträde))\b",
    re.I,
)
AT_MEETING: Final = re.compile(
    r"\b(?:plats\s+och\s+tid|tid\s+och\s+plats|sammanträde(?:t)?(?:\s+den)?|protokoll\b(?!sutdrag\s+\d{4}\S*\s+§)|mötet\s+den|sammanträdestid)",
    re.I,
)
DATED: Final = re.compile(r"^\s*(?:datum|dokumentdatum|upprättad|beslutsdatum)\b", re.I | re.M)
ADJUSTED: Final = re.compile(
    r"\b(?:justeringens\s+(?:plats\s+och\s+tid|tid\s+och\s+plats|datum)|justeringsda(?:tum|g)|datum\s+för\s+justering\w*|(?:plats\s+och\s+tid|tid\s+och\s+plats)\s+för\s+justering|"
    r"(?:protokollet\s+)?justera(?:t|s|d|des)(?:\s+den)?|justering)\b",
    re.I,
)
AT_ONCE: Final = re.compile(
    r"\b(?:omedelbar(?:t)?\s+juster\w+|juster\w+\s+omedelbart|(?:paragrafen|ärendet|beslutet)\s+justeras\s+omedelbart)",
    re.I,
)
PARAGRAPH: Final = re.compile(r"§{1,2}\s*(?P<no>\d{1,4}(?:/\d{2,4}|:\d{1,4}(?!\d))?)")
SHORT_NAME: Final = re.compile(r"(?<!\w)(?P<body>KSAU|KSLU|KLU|KSPU|AU|LSAU|RSAU)(?!\w)")
PREPARED: Final = re.compile(
    r"har\s+berett|har\s+behandlat|beredde|behandlade\s+ärendet|beretts|bereddes|beredd|remitterats|remitterades|beredning|behandlades|har\s+yttrat|tillstyrker|har\s+tagit\s+fram\s+förslaget",
    re.I,
)
AFTER: Final = re.compile(r"(?:remitterats|remitterades|beretts|bereddes|behandlades)\s+(?:till|av|i|vid|hos)\b", re.I)
NEAR: Final = 90
ELSE: Final = re.compile(
    r"\b(?:översän(?:t|de|der)|skicka(?:t|de|r)|sän(?:t|de|der)\b|begär(?:t|de|er)?\b|inkom(?:mit)?\s+med|önskar|kalla(?:t|de)\s+till|bjud(?:it|er)\s+in|"
    r"senast|före\s+den|innan\s+den|från\s+och\s+med|fr\.?\s?o\.?\s?m)",
    re.I,
)
"""What a body did that is no preparing, or what makes a day one to come."""


def own_number(flow: Flow, places: Sequence[tuple[int, int]]) -> tuple[Found | None, tuple[Found, ...]]:
    """The organisation's own case number, and others, from the first of some stretches that has any."""
    own: Found | None = None
    others: list[Found] = []
    for start, end in places:
        for one in case_numbers(flow.body, start, end):
            sure: Sure = "sure" if one.labelled else "likely"
            told = flow.found(one.value, one.start, one.end, sure, "labelled" if one.labelled else "shape")
            if one.theirs:
                others.append(told)
            elif own is None:
                own = told
            elif one.labelled:
                others.append(told)
        if own is not None:
            break
    return own, tuple({one.value: one for one in others if own is None or one.value != own.value}.values())


def paragraph(flow: Flow, item: Item | None) -> Found | None:
    """The § of an item."""
    if item is None:
        return None
    start, end = item.at
    sign = flow.body.rfind("§", max(start - 3, 0), start)
    return flow.found(
        item.number,
        start if sign < 0 else sign,
        end,
        item.sure,
        "item_heading" if item.sure == "sure" else "badly_read",
    )


def head_paragraph(flow: Flow, head_end: int) -> Found | None:
    """The only § that the head of a document names, where it does not head an item: "2019-05-27, KS § 131"."""
    held = {match["no"]: match for match in PARAGRAPH.finditer(flow.body, 0, head_end)}
    if len(held) != 1:
        return None
    number, match = next(iter(held.items()))
    return flow.found(number, match.start(), match.end(), "likely", "in_head")


def told_date(flow: Flow, start: int, end: int) -> Found | None:
    """The first day that a sentence names."""
    one = next(iter(dates(flow.body, start, end)), None)
    return _dated(flow, one, "likely", "in_text") if one else None


def told_paragraph(flow: Flow, start: int, end: int) -> Found | None:
    """The first § that a sentence names."""
    match = PARAGRAPH.search(flow.body, start, end)
    return flow.found(match["no"], match.start(), match.end(), "likely", "in_text") if match else None


def meeting_date(flow: Flow, head_end: int, *, decision: bool) -> Found | None:
    """The day of the meeting that minutes are of, or of a decision."""
    if one := senders.labelled_date(flow, MEETING, 0, len(flow.body)):
        return _dated(flow, one, "sure", "labelled")
    for body, dated in senders.head_bodies(flow, head_end):
        if dated:
            line = flow.line_at(body.start)
            held = next(iter(dates(flow.body, flow.starts[line], flow.end_of(line))))
            return _dated(flow, held, "sure", "beside_body")
    if one := senders.labelled_date(flow, AT_MEETING, 0, head_end, 120):
        return _dated(flow, one, "likely", "labelled")
    alone = document_date(flow, head_end) if decision else _date_line(flow, head_end)
    return alone if decision or alone is None else msgspec.structs.replace(alone, sure="likely")


def document_date(flow: Flow, head_end: int) -> Found | None:
    """A document's own date: behind its label, alone in a line of the head, beside its form, or behind a place."""
    if one := senders.labelled_date(flow, DATED, 0, head_end, 60):
        return _dated(flow, one, "sure", "labelled")
    if alone := _date_line(flow, head_end):
        return alone
    for match in senders.PLACE_AND_DATE.finditer(flow.body):
        held = next(iter(dates(flow.body, match.end(), match.end() + 20)), None)
        if (
            held
            and held.start == match.end()
            and not flow.body[held.end : flow.end_of(flow.line_at(held.start))].strip(" .\n")
        ):
            return flow.found(held.value, match.start(), held.end, "sure", "place_and_date")
    return None


def _date_line(flow: Flow, head_end: int) -> Found | None:
    """A date in the head, with nothing else in its line than what letterheads have."""
    for number, line in enumerate(flow.lines[: senders.HEAD_LINES]):
        if flow.starts[number] > head_end:
            break
        for one in dates(flow.body, flow.starts[number], flow.end_of(number)):
            rest = line.text.replace(flow.body[one.start : one.end], " ")
            if senders.stands_alone(senders.ORGANISATION.sub("", rest)):
                return _dated(flow, one, "sure", "date_line")
    return None


def _dated(flow: Flow, one: Dated, sure: Sure, why: str) -> Found:
    return flow.found(one.value, one.start, one.end, sure if one.plain or sure != "sure" else "likely", why)


def adjusted_on(flow: Flow, start: int, end: int) -> Found | None:
    """When minutes were adjusted: the day, or at once."""
    if match := AT_ONCE.search(flow.body, start, end):
        return flow.found("omedelbart", match.start(), match.end(), "sure", "labelled")
    one = senders.labelled_date(flow, ADJUSTED, 0, len(flow.body), 140)
    return _dated(flow, one, "likely", "labelled") if one else None


def preparations(flow: Flow, start: int, end: int, decider: str) -> Iterator[Preparation]:
    """The bodies that dealt with a matter before: named with a date or a §, or said to have prepared it."""
    named = [*bodies(flow.body, start, end), *offices(flow.body, start, end), *_short(flow.body, start, end)]
    for one in sorted(named, key=lambda each: each.start):
        upward = decider.endswith("fullmäktige") and one.value.endswith("styrelsen")
        if one.value == decider or not (prepares(one.value) or upward):
            continue
        stop = min(one.end + NEAR, end)
        cut = re.compile(r"[.;]\s+[A-ZÅÄÖ]|\n(?![a-zåäö])[^\n]*\n").search(flow.body, one.end, stop)
        stop = cut.start() if cut else stop
        day = next(iter(dates(flow.body, one.end, stop)), None)
        number = PARAGRAPH.search(flow.body, one.end, stop)
        if day and not number and ELSE.search(flow.body, one.end, day.start):
            day = None
        if number or (day and not upward):
            yield _prepared(flow, one, day, number)
        elif _said_to_prepare(flow.body, one):
            yield _prepared(flow, one, None, None)


def _prepared(flow: Flow, one: Named, day: Dated | None, number: re.Match[str] | None) -> Preparation:
    date = flow.found(day.value, day.start, day.end, "sure", "beside_body") if day else None
    held = flow.found(number["no"], number.start(), number.end(), "sure", "beside_body") if number else None
    return Preparation(flow.found(one.value, one.start, one.end, "sure", "prepares"), date, held)


def _short(body: str, start: int, end: int) -> Iterator[Named]:
    for match in SHORT_NAME.finditer(body, start, end):
        yield Named(match["body"], match.start(), match.end(), False)


def _said_to_prepare(body: str, one: Named) -> bool:
    """Whether the sentence says that a body prepared the matter or was asked about it."""
    if one.own:
        return False
    after = body[one.end : one.end + 40]
    before = body[max(one.start - 120, 0) : one.start].rpartition(". ")[2]
    return PREPARED.match(after.lstrip()) is not None or AFTER.search(before) is not None


def merged(found: Sequence[Preparation]) -> tuple[Preparation, ...]:
    """Each body once, with the date and § that any place gives it; in the order they are named."""
    kept: dict[str, Preparation] = {}
    for one in found:
        key = tidy(one.body.value.split()[-1]).removesuffix("et")
        held = kept.get(key)
        if held is None or ((held.date is None and held.paragraph is None) and (one.date or one.paragraph)):
            kept[key] = one
        elif len(one.body.value) > len(held.body.value) and (one.date is None or _same(one, held)):
            kept[key] = msgspec.structs.replace(held, body=one.body)
    return tuple(kept.values())


def _same(one: Preparation, other: Preparation) -> bool:
    """Whether two places tell of the same meeting."""
    return one.date is not None and other.date is not None and one.date.value == other.date.value
