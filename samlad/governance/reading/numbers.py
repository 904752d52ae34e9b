"""Case numbers (diarienummer) in their many spellings, and numbers of documents in a series."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from samlad.governance.reading.dates import dates

YEAR: Final = r"(?:19|20)\d\d"
LABEL: Final = (
    r"(?:d(?:iarie)?\.?\s?n(?:umme)?r(?:[.:]s)?|diarie(?:beteckning)?|ärende(?:nummer|nr|beteckning|"
    r"id)?|(?:vår|er|vårt|ert)\s+(?:beteckning|referens|diarien\w+|dnr)|beteckning|målnr|akt(?:nr|"
    r"nummer)?)"
)
CLASS: Final = (
    r"(?: ?[-–/.:] ?\d{1,3}(?!\d)| \d{2,3}(?!\d| ?[-/.]\d| ?\())"  # the plan's number behind it, or the document's
)
WITH_LETTERS: Final = (
    r"KSL/\d\d/\d{3,5}(?:-\d{1,3})?",
    rf"(?:{YEAR}[/:-]? ?|\d\d[/:-]?)[A-ZÅÄÖ]{{2,6}}[ /-]?\d{{1,6}}{CLASS}{{0,2}}",  # 2019/KS 0154 31, 2014KS342 050
    # KS 2015.152, KSN-2019-1234, STN/2021:74 - 169
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{0,7}}(?: ?[-/.:] ?| ?){YEAR} ?[-/.:] ?\d{{1,6}}{CLASS}{{0,2}}",
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{1,7}} ?[-/]? ?\d{{2}}/\d{{1,6}}{CLASS}?",  # KS19/80
    rf"[A-ZÅÄÖ]{{1,6}}[-/ ]?\d{{1,6}}(?:\.\d{{1,6}})?/{YEAR}(?:-\d{{1,3}})?",  # KS-332/2010, A123.456/2019
    r"[A-ZÅÄÖ]{2,5} \d{4}-\d{4}",  # LS 1403-0284
    r"[A-ZÅÄÖ]{2,4}\d{6}(?!\d)",  # RS180949
)
BARE: Final = (
    rf"{YEAR}/\d{{1,6}} (?-i:[A-ZÅÄÖ]{{2,5}})(?:-\d{{1,3}})?(?!\w)",  # 2015/0088 KS, 2019/0123 KS-3
    rf"\d{{1,6}}-\d{{1,6}}(?:-\d{{1,5}})?/{YEAR}",  # 307-1883/2013
    rf"\d{{2,6}}-\d{{1,6}}-{YEAR}",  # 457-12345-2018
    rf"{YEAR} ?[-/:.] ?\d{{1,6}}(?:{CLASS}|/\d{{1,3}}){{0,2}}",  # 2019/123, 2006-152-307
    rf"\d{{1,6}}/{YEAR}",
    r"\d{2}/\d{2,6}",
    rf"\d{{2,6}}-{YEAR}-\d{{2,6}}",  # 451-2013-30221
)
YEAR_AND_LONG: Final = rf"{YEAR}-\d{{5,6}}(?:[-.]\d{{1,3}})?"  # 2019-01123-4: too long to be a day
SHAPE: Final = "|".join(WITH_LETTERS)
LABELLED: Final = re.compile(
    rf"(?<!\w)(?P<label>{LABEL})(?:\s*\(?[A-ZÅÄÖ]{{2,4}}\)?)??\s*[:.]?\s*(?:\w{{1,12}}:\s)?(?P<value>{SHAPE}|{'|'.join(BARE)})(?!\w)",
    re.I,
)
ALONE: Final = re.compile(rf"(?<![\w/.-])(?P<value>{SHAPE}|{YEAR_AND_LONG}|{BARE[1]}|{BARE[2]})(?![\w])")
NOT_ONE: Final = re.compile(
    r"(?:SOU|SFS|PM|Ds|Prop|Skr|Utl|ISBN|EU|EG|ISO|MSBFS|Lag|Bet|Rskr|Kl|Tel|den|ver|från|till|och|år|vid|sid|kap|nr|i|av|om|"
    r"mot|för|en|under|sedan|jan|feb|mar|apr|maj|jun|jul|aug|sept?|okt|nov|dec|(?-i:[A-ZÅÄÖ]?[a-zåäö]{4,}))\W? ?\d"
    rf"|\D{{1,9}}{YEAR} ?[-–] ?{YEAR}(?!\d)",
    re.I,
)
DATE: Final = re.compile(rf"^(?:\D{{1,12}})?{YEAR}-[01]\d-[0-3]\d(?!\d)")
THEIRS: Final = re.compile(r"^er[t]?\b|^KSL", re.I)
SERIES: Final = re.compile(
    rf"(?<!\w)(?P<value>(?:PM|Promemoria|Utlåtande|Utl\.?|FÖRSLAG)\s+(?:nr\s+)?{YEAR}:\d{{1,4}}(?:\s+R(?:I{{1,3}}|IV|V|VI{{1,3}}|IX|X)\b)?)"
)


class Numbered(NamedTuple):
    """A case number, where it stands, whether a label says that it is one, and whether it is somebody else's."""

    value: str
    start: int
    end: int
    labelled: bool
    theirs: bool


def case_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Numbered]:
    """The case numbers in a stretch of text, in order; each once."""
    stop = len(text) if end is None else end
    found: list[Numbered] = []
    for match in LABELLED.finditer(text, start, stop):
        value = " ".join(match["value"].split()).strip(" -")
        if not DATE.match(value) and next(dates(value), None) is None:
            theirs = bool(THEIRS.match(match["label"]) or THEIRS.match(value))
            found.append(Numbered(value, match.start("value"), match.end("value"), True, theirs))
    labelled = [(one.start, one.end) for one in found]
    for match in ALONE.finditer(text, start, stop):
        value = " ".join(match["value"].split()).strip(" -")
        if NOT_ONE.match(value) or DATE.match(value) or _taken(labelled, match):
            continue
        found.append(Numbered(value, match.start(), match.end(), False, THEIRS.match(value) is not None))
    seen: set[str] = set()
    for one in sorted(found, key=lambda each: (not each.labelled, each.start)):
        if one.value not in seen:
            seen.add(one.value)
            yield one


def _taken(spans: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether a match overlaps one of some spans, which come in order and apart."""
    at = bisect_left(spans, (match.end(), 0)) - 1
    return at >= 0 and spans[at][1] > match.start()


def series_number(text: str, end: int) -> re.Match[str] | None:
    """The number of a document in its series, near its beginning."""
    return SERIES.search(text, 0, end)
