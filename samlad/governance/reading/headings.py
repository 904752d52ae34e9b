"""The headings of Swedish decision documents, and the sections under them."""

import re
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from samlad.governance.reading.bodies import NAME, bodies
from samlad.governance.reading.flow import Flow, Line, part

SectionKind = Literal["lead", "decision", "proposal", "motion", "background", "attachments", "dispatch", "end"]

WHO: Final = rf"(?:{NAME}|[\w-]{{3,40}}(?:et|en|an|or|er|na))"
OF: Final = r"(?:(?!beslut|beslö|enligt|bif|avsl|till\b|med\b|att\b|av\b)[\w-]{2,40}\s){0,3}?(?!beslut)[\w-]{2,40}s"
HEADINGS: Final[dict[SectionKind, str]] = {
    "motion": r"""yrkanden?(?:\s+och\s+(?:beslutsgång|proposition\w*|bifall\w*))?|till(?:äggs)?yrkande|
        ändringsyrkande|beslutsgång|
        förslag\s+till\s+beslut\s+(?:på|under|vid)\s+(?:sammanträdet|mötet)|förslag\s+(?:på|under|vid)\s+(?:sammanträdet|mötet)|
        propositions?(?:ordning|er)?|ställda\s+propositioner|omröstning(?:sresultat)?|reservation(?:er)?|särskil\w+\s+(?:uttalande|yttrande)n?|
        protokollsanteckning(?:ar)?|röstförklaring|inlägg|debatt|yttranden?|anföranden?|deltar\s+(?:ej|inte)\s+i\s+beslutet|jäv|
        dagens\s+sammanträde|behandling\s+(?:på|vid)\s+sammanträdet|ersättaryttranden?|överläggning(?:ar)?""",
    "proposal": rf"""(?:{OF}\s)?(?:beslutsförslag(?:et)?|\w{{0,20}}förslag(?:et)?\s+till\s+(?:{OF}\s)?(?:beslut|
        ställningstagande|beslutsformulering|
        kommunstyrelsen|kommunfullmäktige|landstingsstyrelsen|landstingsfullmäktige|regionstyrelsen|regionfullmäktige|
        förbundsdirektionen|direktionen|nämnden|styrelsen|fullmäktige))(?:\s+(?:i|till)\s+{WHO})?|
        {OF}\sförslag(?:\s+till\s+{WHO})?|förslag|rekommendation(?:\s+till\s+beslut)?""",
    "decision": rf"""(?:{OF}\s)?beslut(?:\s+(?:för\s+egen\s+del|i\s+{WHO}|enligt\s+delegation))?|
        utskottsbeslut|nämndbeslut|
        styrelsens\s+beslut|beslutet|beslutsmening(?:ar)?""",
    "background": r"""sammanfattning(?:\s+av\s+ärendet)?|ärende(?:t|na)?|ärende(?:beskrivning|
        t\s+i\s+korthet)|beskrivning\s+av\s+ärendet|bakgrund|
        ärendets\s+(?:beredning|behandling|tidigare\s+\w+|gång)|beredning(?:\s+av\s+ärendet)?|tidigare\s+(?:beslut|behandling)|
        överväganden?|bedömning|motiv(?:ering|et)?(?:\s+(?:till|för)\s+(?:beslut|förslag)\w*)?|skäl(?:en)?\s+(?:till|för)\s+beslut\w*|
        (?:ekonomiska?|juridiska|organisatoriska|miljö\w*|sociala|barn\w*|övriga)\s+(?:konsekvenser?|aspekter|överväganden|bedömning\w*)|
        konsekvenser(?:\s+för\s+\w+)?|finansiering|ekonomi|mina\s+synpunkter|synpunkter|remisser(?:\s+m\.?\s?m\.?)?|
        remissammanställning|remissvar|
        (?:förvaltningens|kontorets|stadsledningskontorets|borgarrådets|[\w]+direktörens|[\w]+förvaltningens|[\w]+beredningens)\s+
        (?:synpunkter|bedömning|motivering|yttrande|överväganden?|handläggning|ställningstagande)|
        syfte|mål\s+och\s+syfte.{0,30}|information|föredragning|nuläge|genomförande|uppföljning|jämställdhet\w*|barnperspektiv\w*|
        barnkonsekvens\w*|lagrum|laga\s+stöd|sekretess|innehåll|parter(?:na)?|omfattning|giltighet(?:stid)?|beslutsmotivering|
        hur\s+man\s+överklagar|upplysning(?:ar)?(?:\s+om.{0,40})?|överklagande|aktörsgemensam\s+funktion""",
    "attachments": r"""bilag(?:a|or)(?:\s+till\s+\w+)?|(?:besluts)?underlag(?:\s+(?:för|till|i)\s+\w+)?|
        handlingar(?:\s+i\s+ärendet)?|ärendets\s+handlingar|
        bifogade\s+(?:handlingar|dokument|filer)|beslutshandlingar|bilageförteckning|ärendedokument""",
    "dispatch": r"""(?:besl?utet|beslut|protokollsutdrag(?:et)?|protokollet|utdrag(?:et)?)\s+(?:(?:ska|skall|
        har|bör)\s+)?(?:expedieras|skickas|sänds?|sändas|delges|
        skickat|meddelas|tillställs)?\s*(?:till)?|(?:expediera[sd]|(?:besluts?)?expediering|skickas|sänds|delges|delgivning|kopia|kopior|för\s+kännedom|
        för\s+verkställighet|utdrag)(?:\s+(?:till|av\s+beslutet))?|(?:beslut\s+)?sändlista|sändlista\s+.{0,20}|kopia\s+för\s+kännedom(?:\s+till)?|exp(?:\.|ediering)?\s*(?:till)?|
        beslutet\s+delges""",
    "end": r"""anslag\s*/?\s*bevis|bevis(?:\s*/?\s*anslag)?|anslagsbevis|underskrift(?:er)?|justering|
        innehållsförteckning|ärende(?:lista|förteckning)|
        föredragningslista|ärenden""",
}  # fmt: skip
ORDER: Final[tuple[SectionKind, ...]] = (
    "end", "dispatch", "motion", "proposal", "attachments", "background", "decision",
)  # fmt: skip
WHOLE: Final = {
    kind: re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?(?:{HEADINGS[kind]})", re.I | re.X) for kind in ORDER
}
SPLIT: Final = re.compile(r"^(?P<head>[^:\n]{3,70}?)(?::\s*|\s{2,}(?=\S))(?P<rest>\S.*)$", re.S)
DECIDES: Final = re.compile(
    rf"(?P<who>(?-i:[A-ZÅÄÖ])\w*(?:(?<=s)\s\w+)?|{NAME})\s+(?:beslutar|beslutade|beslöt|beslutat|har\s+beslutat)\b"
    r"(?P<rest>(?:\s+(?:att|följande|därmed|härmed|därför|således|för\s+egen\s+del))*\s*[:.]?)(?P<more>.*)$",
    re.I | re.X | re.S,
)
NOT_DECISION: Final = re.compile(r"tidigare|föregående|överklag|motiv|skäl|lagakraft|regeringens|riksdagens", re.I)
INLINE: Final = re.compile(
    r"""(?<=\s)(?:Förslag\ till\ beslut|Beslutsförslag|(?:Kommunstyrelsens|Kommunfullmäktiges|
        Arbetsutskottets|Landstingsstyrelsens|
        Regionstyrelsens|Direktionens|Nämndens)\ (?:beslut|förslag(?:\ till\ beslut)?)|Beslutsunderlag|
        Ärendebeskrivning|Beskrivning\ av\ ärendet|
        Sammanfattning(?:\ av\ ärendet)?|Ärendet\ i\ korthet|Bakgrund|Yrkanden?|Beslutsgång|Reservation(?:er)?|
        Beslutet\ (?:ska\ )?(?:skickas|expedieras|sänds)\ till|Bilagor|Landstingsrådsberedningens\ motivering|
        Ärendet|Beredning|Mina\ synpunkter|
        Beslut)(?=\s[A-ZÅÄÖ\d–-])
      | (?<=\s)(?=§\s?\d{1,4}\s[A-ZÅÄÖ])
      | (?<=\s)(?=\d{1,3}\s[A-ZÅÄÖ](?:(?!\s\d{1,3}\s[A-ZÅÄÖ]|\.\s)[^\n]){4,140}?\sDnr\s)
      | (?<=\s)(?=\d{1,3}\s[A-ZÅÄÖ]{2,5}\s\d{4}[/:.-]\d+\s)
      | (?<=\s)(?=Dnr\s[A-ZÅÄÖ\d])
      | (?<=\s)(?=\d{1,2}\.\s[A-ZÅÄÖ])
      | (?<=\s)(?:Justerandes\ssign\.?\s)+(?:Utdragsbestyrkande)?
      | (?<=\s)\d{1,3}\ ?\(\d{1,3}\)(?=\s)
    """,
    re.X,
)  # fmt: skip
IN_HEAD: Final = re.compile(
    r"(?<=\s)(?:\d{1,3}\ ?\(\d{1,3}\)|Sammanträdesprotokoll|Protokollsutdrag|(?i:Tjänsteskrivelse|"
    r"Tjänsteutlåtande|Skrivelse|Protokoll)|"
    r"Kommunstyrelsens\ arbetsutskott|Kommunstyrelsen|Kommunfullmäktige|Landstingsstyrelsen|"
    r"Regionstyrelsen|LANDSTINGSSTYRELSEN|Föredragande\ \w+råd:?|"
    r"(?:19|20)\d\d-\d\d-\d\d)(?=\s(?!beslut|för|att|antar))",
    re.X,
)  # in a head without line ends, what would be lines of their own
HEAD: Final = 500
IN_MARGIN: Final[tuple[tuple[SectionKind, re.Pattern[str]], ...]] = (
    (
        "dispatch",
        re.compile(
            r"Beslutet\s+(?:ska(?:ll)?\s+)?(?:skickas|expedieras|sänds|sändas|delges)\s+till\s+(?=[A-ZÅÄÖ])(?!.*\.$)"
        ),
    ),
    ("proposal", re.compile(rf"(?:Förslag\s+till\s+beslut|Beslutsförslag)\s+(?={NAME}\s+(?:beslut|anta|godk))", re.X)),
    (
        "decision",
        re.compile(r"Beslut\s+(?=(?-i:[A-ZÅÄÖ])\w+\s+(?:beslut(?:ar|ade)|antar|godkänner|föreslår)\b)", re.X),
    ),
    ("attachments", re.compile(r"Beslutsunderlag\s+(?=[A-ZÅÄÖ])")),
)  # headings that stand in the margin, beside what they are headings of
HISTORY: Final = re.compile(r"\s*(?:den\s+\d|(?:19|20)\d\d|i\s+\w+\s+(?:19|20)\d\d|vid\s+sitt|§)", re.I)
PAGE_OR_DATE: Final = re.compile(r"[\d\s().,:-]+$|(?:beteckning|datum|diarie\w*|dnr|sida?|ärende(?:nr|nummer))\b", re.I)
FINISHED: Final = re.compile(r"[.:;!?)”\"_]$")
LONG: Final = 400  # characters of a line that is no line but a page without line ends
FLAT: Final = 150  # where most of a document came without line ends, its short pages did, too
MEAN: Final = 200  # characters in a line of such a document
LONGEST: Final = 80


class Section(NamedTuple):
    """What stands under one heading. Offsets are in the body."""

    kind: SectionKind
    heading: str
    head_start: int
    start: int  # of what is said
    end: int
    inline: bool  # the heading is the beginning of a sentence: "Kommunstyrelsen beslutar"


def unfolded(lines: list[Line]) -> list[Line]:
    """Pages that came without line ends, divided at their headings; all other lines as they are."""
    found: list[Line] = []
    flat = sum(len(line.text) for line in lines) > MEAN * len(lines)
    for line in lines:
        if len(line.text) < (FLAT if flat else LONG):
            found.append(line)
            continue
        cuts = {0, len(line.text)}
        first = HEAD
        for match in INLINE.finditer(line.text):
            cuts |= {match.start(), match.end()}
            if match[0][:1].isalpha() and not match[0].startswith("Juster"):
                first = min(first, match.start())
        for match in IN_HEAD.finditer(line.text, 0, first):
            cuts |= {match.start(), match.end()}
        at = sorted(cuts)
        parts = [part(line, start, end) for start, end in pairwise(at)]
        found += [one for one in parts if one.text.strip()]
    return found


def heading(text: str) -> tuple[SectionKind, int] | None:
    """What a line is the heading of, and where in the line something else begins."""
    bare = text.rstrip(" :.").rstrip()
    if len(bare) <= LONGEST and (kind := _kind(bare)):
        return kind, len(text)
    split = SPLIT.match(text)
    if split and not PAGE_OR_DATE.match(split["rest"]) and (kind := _kind(split["head"].strip())):
        return kind, split.start("rest")
    for kind, pattern in IN_MARGIN:
        if match := pattern.match(text):
            return kind, match.end()
    return None


def _kind(text: str) -> SectionKind | None:
    if "beslut" in text.casefold() and NOT_DECISION.search(text):
        return "background"
    return next((kind for kind in ORDER if WHOLE[kind].fullmatch(text)), None)


def sections(flow: Flow, first: int, last: int) -> list[Section]:
    """The sections of some lines of a document: from line `first`, before line `last`."""
    marks: list[tuple[int, int, SectionKind, str, bool]] = []  # start of heading, of content, kind, heading, inline
    kind: SectionKind = "lead"
    begun = flow.starts[first] if first < last else 0
    for number in range(first, last):
        text, start = flow.lines[number].text, flow.starts[number]
        told = heading(text)
        if told and told[0] == "decision" and kind == "proposal" and not flow.body[begun:start].strip():
            told = ("proposal", told[1])  # "Förslag till beslut" and then "Kommunstyrelsens beslut"
        if told:
            kind, begun = told[0], start + told[1]
            marks.append((start, begun, kind, text[: told[1]].strip(" :."), False))
        elif _begins_decision(flow, number, first, kind):
            kind, begun = "decision", start
            marks.append((start, start, kind, text, True))
    return _between(flow, marks, first, last)


def _between(flow: Flow, marks: list[tuple[int, int, SectionKind, str, bool]], first: int, last: int) -> list[Section]:
    if first >= last:
        return []
    stop = flow.end_of(last - 1)
    ends = [*(mark[0] for mark in marks), stop]
    found = [Section("lead", "", flow.starts[first], flow.starts[first], ends[0], False)]
    for at, (start, begun, kind, text, inline) in enumerate(marks):
        found.append(Section(kind, text, start, min(begun, ends[at + 1]), ends[at + 1], inline))
    return found


def _begins_decision(flow: Flow, number: int, first: int, kind: SectionKind) -> bool:
    """Whether a line is "Kommunstyrelsen beslutar ..." and no part of a proposal, a motion or a story."""
    text = flow.lines[number].text
    match = DECIDES.match(text) if kind != "decision" and kind != "proposal" and text[:1].isupper() else None
    if not match or HISTORY.match(match["more"]) or re.search(r"föresl", match["who"]):
        return False
    before = flow.lines[number - 1].text if number > first else ""
    alone = kind == "lead" and not match["more"].strip()
    if before and not alone and not (FINISHED.search(before) or flow.lines[number].gap or heading(before)):
        return False
    if kind in ("attachments", "dispatch"):  # a list has no sentences
        return not match["more"].strip() and next(bodies(match["who"]), None) is not None
    if kind in ("lead", "end"):
        return not before.endswith((" att", " att:"))
    return not match["more"].strip() and before.endswith((".", "_"))
