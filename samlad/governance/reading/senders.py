"""What a document is, and whose: its form, its organisation, its own date, and the dates of its meeting."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from samlad.governance.reading.bodies import Named, bodies
from samlad.governance.reading.dates import Dated, dates
from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Form, Found, Sure
from samlad.governance.reading.headings import heading
from samlad.governance.reading.places import BY_ADDRESS, MUNICIPALITIES, called, plain

PLACE: Final = "|".join(sorted(map(re.escape, MUNICIPALITIES), key=len, reverse=True))
LOCAL: Final = rf"(?:{PLACE})(?:s|:s)?\s+(?:kommun|stad)\b"
OTHERS: Final = (
    r"(?:Region|REGION)\s+(?:Stockholm|Uppsala|Gotland|Skåne|Halland|Dalarna|Gävleborg|Västmanland|Östergötland|Örebro\slän|Sörmland|Värmland|Blekinge|Kronoberg|"
    r"Kalmar\slän|Jönköpings\slän|Västernorrland|Jämtland\sHärjedalen|Västerbotten|Norrbotten)\b|Västra\sGötalandsregionen|"
    r"[A-ZÅÄÖ][\wåäö]+(?:s)?\s+läns\s+landsting|Länsstyrelsen(?:\si)?\s[A-ZÅÄÖ][a-zåäö]+(?:\s[A-ZÅÄÖ][a-zåäö]+)?(?:\slän)?|"
    r"Storstockholms\s+brandförsvar|Södertörns\s+brandförsvarsförbund|Brandkåren\s+Attunda|Trafikverket|Försvarsmakten|Kustbevakningen|"
    r"Polismyndigheten|Polisregion\s+\w+|SOS\s+Alarm(?:\s+Sverige)?(?:\s+AB)?|Stockholms\s+[Hh]amn(?:ar)?(?:\s+AB)?|"
    r"(?:Kommunalförbundet\s|Räddningstjänstförbundet\s|Räddningstjänsten\s)[A-ZÅÄÖ][\wåäö]+(?:\s[A-ZÅÄÖ][\wåäö]+)?|[A-ZÅÄÖ][\wåäö]+s?\s(?:räddningstjänstförbund|brandförsvar(?:sförbund)?)"
)
CAPITALS: Final = (  # as a letterhead has them
    r"TRAFIKVERKET|KUSTBEVAKNINGEN|FÖRSVARSMAKTEN|POLISMYNDIGHETEN|STORSTOCKHOLMS\s+BRANDFÖRSVAR|"
    r"SÖDERTÖRNS\s+BRANDFÖRSVARSFÖRBUND|SOS\s+ALARM(?:\s+SVERIGE)?(?:\s+AB)?|STOCKHOLMS\s+HAMN(?:AR)?(?:\s+AB)?"
)
ORGANISATION: Final = re.compile(
    rf"(?<!\w)(?P<name>(?i:{LOCAL})|{OTHERS}|(?i:REGION\s+STOCKHOLM|STOCKHOLMS\s+LÄNS\s+LANDSTING)|{CAPITALS})(?!\w)"
)
BEHALF: Final = re.compile(rf"\bför\s+(?P<name>(?:{PLACE})(?:s|:s)?\s+(?:kommun|stad))s\s+(?:del|räkning)\b")
LOCALLY: Final = re.compile(rf"(?<!\w){LOCAL}")
BESIDE: Final = re.compile(
    r"(?:sammanträdes)?protokoll(?:sutdrag)?|tjänste\w+|skrivelse|missiv|beslut|pm|kommun\w*|stads\w*|landsting\w*|region\w*|samhälls\w*|säkerhet\w*|datum|sid\w*|"
    r"direktionen|förbunds\w+|\w*förvaltning\w*|\w*avdelning\w*|\w*enhet\w*|lednings\w*|krislednings\w*|sammanträde\w*|styrelsen|\w*nämnden|\w+kontoret?|\w+utskott\w*|arbetsutskott|utdrag|ur|av|den|kl|"
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|(?:mån|tis|ons|tors|fre)dagen|\w+kansliet?|"
    r"diarie\w*|dnr|kallelse\w*|och|s|i|till|organ|forum|myndighet|ärende\w*|delegationsbeslut|ks|au|kf|\w*\d\w*|(?-i:[A-ZÅÄÖ]{1,5})",
    re.I,
)
WORD: Final = re.compile(r"[^\W\d_][\w]*")
ADDRESS: Final = re.compile(
    r"(?:@|www\.|https?://(?:www\.)?)(?:[\w-]{1,63}\.){0,4}(?P<name>[\w-]{1,63})\.(?:se|nu)\b", re.I
)
KNOWN: Final = {
    "sll": "Stockholms läns landsting",
    "regionstockholm": "Region Stockholm",
    "ssbf": "Storstockholms brandförsvar",
    "storstockholm": "Storstockholms brandförsvar",
    "sbff": "Södertörns brandförsvarsförbund",
    "attunda": "Brandkåren Attunda",
    "polisen": "Polismyndigheten",
    "trafikverket": "Trafikverket",
    "mil": "Försvarsmakten",
    "sosalarm": "SOS Alarm",
    "kustbevakningen": "Kustbevakningen",
    "stockholmshamnar": "Stockholms Hamnar",
    "portsofstockholm": "Stockholms Hamnar",
}
JOINS: Final = re.compile(
    r"^\s*(?:ska(?:ll)?\s+)?(?:antar|anta\b|ansluter|ingår|teckna|tecknar|ställer\s+sig|undertecknar|ska\b)", re.I
)
COUNTY_BOARD: Final = re.compile(r"Länsstyrelsen(?=\s{2,}|$)", re.I)
COUNTY: Final = len("Länsstyrelsen")
COUNTY_PLACE: Final = re.compile(
    r"(?P<place>(?:i\s)?(?:Stockholm|Uppsala|Gotland|Skåne|Halland|Dalarna|Gävleborg|Västmanland|Östergötland|Örebro|"
    r"Södermanland|Värmland|Blekinge|Kronoberg|Kalmar|Jönköping|Västernorrland|Jämtland|Västerbotten|Norrbotten|"
    r"Västra\sGötaland)s?(?:\slän)?)(?=\s{2,}|$)"
)
AGREEMENT: Final = re.compile(
    r"(?:samverkans|samarbets|läns)?(?:överenskommelse|avsiktsförklaring|avtal)\b(?!\s*[-–]\s*(?:beslut|antag))", re.I
)
PARTIES: Final = re.compile(r"\bmellan\b|\bparter(?:na)?\b|\bnedan\s+kalla", re.I)
MEETS: Final = re.compile(
    r"\bprotokoll|\bsammanträd|\bjustera|\butdrag|^[^\n]{0,60}\bbeslut(?:ar|ade)?[ \t]*:?$|\bförslag\s+till\s+beslut",
    re.I | re.M,
)
HEAD_LINES: Final = 25
COVERS: Final = re.compile(
    r"\böversänd(?:s|er)\b"
    r"|(?:styrelsen|fullmäktige|nämnden|direktionen)\s+(?:har\s+beslutat|beslutade|beslöt)\b",
    re.I,
)
TOP: Final = 4  # lines in which a letterhead is its own
FORMS: Final[tuple[tuple[Form, re.Pattern[str]], ...]] = (
    (
        "protocol_extract",
        re.compile(
            r"\bprotokollsutdrag\b(?!\s+\d{4}\S*\s+§)|\butdrag\s+ur\s+(?:\w+\s+)?(?:sammanträdes)?protokoll|\bprotokoll\s*[-–(]\s*utdrag",
            re.I,
        ),
    ),
    (
        "agenda",
        re.compile(r"^(?:kallelse(?:\s*/\s*underrättelse)?|föredragningslista|dagordning)(?:\s+(?:till|\d).*)?$", re.I),
    ),
    ("tjänsteutlåtande", re.compile(r"\btjänste?utlåtande\b", re.I)),
    ("tjänsteskrivelse", re.compile(r"\btjänsteskrivelse\b", re.I)),
    (
        "decision",
        re.compile(
            r"\bdelegationsbeslut\b|\bbeslut\s+på\s+delegation\b|^(?:ordförande|myndighets)?beslut(?:\s+\d.*|\s+\d*\s*\(\d+\)|\s{2,}(?:beteckning|datum|dnr|diarie\w*)\b.*)?$"
            r"|\S\s{2,}beslut(?=\s{2,}|$)",
            re.I,
        ),
    ),
    ("pm", re.compile(r"^(?:PM|P\.M\.|promemoria)\b|^utlåtande\s+(?:19|20)\d\d", re.I)),
    ("letter", re.compile(r"\b(?:SKRIVELSE|MISSIV)\b|^(?:Skrivelse|Missiv)(?:\s+(?:\d.*|\S+\s+\d.*))?$")),
    (
        "protocol",
        re.compile(
            r"\bsammanträdesprotokoll\b|^protokoll\b|\bprotokoll\s+\d|\w+s\s+protokoll\b|\bprotokoll(?:$|\s+fört\b)",
            re.I,
        ),
    ),
    ("agreement", re.compile(r"^(?:samverkans|samarbets|läns)?(?:överenskommelse|avsiktsförklaring|avtal)\b", re.I)),
)
NO_FORM: Final = re.compile(r"bilag|underlag|\.pdf|skickas|daterad|\.docx?|§.*\.", re.I)
PLACE_AND_DATE: Final = re.compile(r"^[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)?,?\s+(?:den\s+)?(?=\d)", re.M)


def stated_form(flow: Flow, *, numbered: bool) -> Found | None:
    """The form that a document gives itself in its head. `numbered`: it has items with §, and "Beslut" is a heading."""
    for number, line in enumerate(flow.lines[:HEAD_LINES]):
        running = number and (len(line.text) > 120 or len(line.text.split()) > 9 or line.text.endswith("."))
        if not running and not NO_FORM.search(line.text):
            for form, pattern in FORMS:
                match = pattern.search(line.text[:200])
                bare = (
                    form == "decision" and line.text.casefold() == "beslut"
                )  # a form below a letterhead, else a heading
                if bare and not ORGANISATION.search(flow.body, 0, flow.starts[number]):
                    continue
                if form == "agreement" and COVERS.search(flow.body):
                    continue  # a letter about one has its name as its subject
                if match and not (numbered and form in ("decision", "agreement")):
                    sure: Sure = "sure" if form != "agreement" and len(line.text) < 60 else "likely"
                    start = flow.starts[number]
                    return flow.found(form, start + match.start(), start + match.end(), sure, "heading")
        told = heading(line.text)
        if told and told[0] not in ("end", "lead"):
            break
    return None


def organisation(
    flow: Flow, head_end: int, stated: tuple[int, int] | None, places: Sequence[tuple[int, int]]
) -> Found | None:
    """Whose document it is: its letterhead, else who it says adopts, else its address, else the only one it names.

    `stated` is the sentence that decides, `places` what belongs to the matter.
    """
    return (
        _letterhead(flow, head_end)
        or _county_board(flow, head_end)
        or (_adopts(flow, *stated, "sure") if stated else None)
        or next((held for place in places if (held := _adopts(flow, *place, "likely"))), None)
        or _address(flow, places)
        or _only_one(flow, places)
    )


def _letterhead(flow: Flow, head_end: int) -> Found | None:
    """A line near the top that holds a name, and at most what stands in letterheads beside it."""
    for number, line in enumerate(flow.lines[:HEAD_LINES]):
        if flow.starts[number] > head_end:
            break
        match = ORGANISATION.search(line.text[:160])
        if not match:
            continue
        rest = line.text[: match.start()] + " " + line.text[match.end() : 160]
        column = re.search(r"(?:^|\s{2,})$", line.text[: match.start()]) and re.match(
            r"\s{2,}|$", line.text[match.end() :]
        )
        if column or stands_alone(rest):
            start = flow.starts[number]
            sure: Sure = "sure" if number < TOP else "likely"  # further down it may be whom a letter is to
            return flow.found(_name(match["name"]), start + match.start(), start + match.end(), sure, "letterhead")
    return None


def _county_board(flow: Flow, head_end: int) -> Found | None:
    """ "Länsstyrelsen" in the first column of a letterhead, and its place in the line below."""
    for number, line in enumerate(flow.lines[:HEAD_LINES]):
        start = flow.starts[number]
        if start > head_end:
            break
        if not COUNTY_BOARD.match(line.text) or not stands_alone(line.text[COUNTY:]):
            continue
        below = flow.lines[number + 1].text if number + 1 < len(flow.lines) else ""
        if place := COUNTY_PLACE.match(below):
            end = flow.starts[number + 1] + place.end()
            return flow.found(f"Länsstyrelsen {place['place']}", start, end, "likely", "letterhead")
        return flow.found("Länsstyrelsen", start, start + COUNTY, "unsure", "letterhead")
    return None


def stands_alone(rest: str) -> bool:
    """Whether what is beside a name in a line is only what letterheads have there."""
    return all(BESIDE.fullmatch(word) for word in WORD.findall(rest))


def _adopts(flow: Flow, start: int, end: int, sure: Sure) -> Found | None:
    """ "att Vallentuna kommun ska teckna överenskommelsen"."""
    for match in ORGANISATION.finditer(flow.body, start, end):
        if JOINS.match(flow.body[match.end() : match.end() + 40]):
            return flow.found(_name(match["name"]), match.start(), match.end(), sure, "named_in_decision")
    if behalf := BEHALF.search(flow.body, start, end):
        return flow.found(_name(behalf["name"]), behalf.start("name"), behalf.end("name"), sure, "named_in_decision")
    return None


def _address(flow: Flow, places: Sequence[tuple[int, int]]) -> Found | None:
    """The owner of the only known domain in addresses; a document that names several tells nothing."""
    hits: dict[str, re.Match[str]] = {}
    for match in (match for place in places for match in ADDRESS.finditer(flow.body, *place)):
        bare = plain(match["name"])
        name = KNOWN.get(bare) or (called(BY_ADDRESS[bare]) if bare in BY_ADDRESS else "")
        if name:
            hits.setdefault(name, match)
    if len(hits) != 1:
        return None
    name, match = next(iter(hits.items()))
    return flow.found(name, match.start("name"), match.end(), "likely", "address")


def _only_one(flow: Flow, places: Sequence[tuple[int, int]]) -> Found | None:
    """The only municipality or city that is named at all."""
    hits = [match for place in places for match in LOCALLY.finditer(flow.body, *place)]
    names = {_name(hit[0]) for hit in hits}
    if len(names) != 1 or not hits:
        return None
    return flow.found(names.pop(), hits[0].start(), hits[0].end(), "unsure", "only_one_named")


def _capitals(word: str) -> str:
    return "-".join(one.capitalize() for one in word.split("-"))


def _name(text: str) -> str:
    """A name as it is written, or as it is usually written where a letterhead has capitals."""
    bare = " ".join(text.split())
    if not bare.isupper():
        return bare
    small = {"KOMMUN", "STAD", "LANDSTING", "LÄNS", "BRANDFÖRSVAR", "BRANDFÖRSVARSFÖRBUND"}
    return " ".join(
        word.lower() if word in small else word if word in ("SOS", "AB") else _capitals(word) for word in bare.split()
    )


def head_bodies(flow: Flow, head_end: int) -> Iterator[tuple[Named, bool]]:
    """The boards that stand alone, or beside a date, in lines of the head; whether such a date is there."""
    for number, line in enumerate(flow.lines[: HEAD_LINES * 2]):
        start = flow.starts[number]
        if start > head_end or len(line.text) > 140:
            continue
        for body in bodies(line.text):
            rest = line.text[: body.start] + line.text[body.end :]
            if not body.own and stands_alone(ORGANISATION.sub("", rest)):
                shifted = body._replace(start=start + body.start, end=start + body.end)
                yield shifted, next(iter(dates(line.text)), None) is not None


def labelled_date(flow: Flow, label: re.Pattern[str], start: int, end: int, reach: int = 160) -> Dated | None:
    """The first date behind a label, in the same line or in one of the next."""
    for match in label.finditer(flow.body, start, end):
        stop = min(match.end() + reach, len(flow.body))
        if (one := next(iter(dates(flow.body, match.end(), stop, labelled=True)), None)) is not None:
            return one
    return None


def own_clauses(flow: Flow) -> bool:
    """Whether the § of a document are the clauses of an agreement: it begins as one, and nobody meets or decides."""
    first = flow.lines[0].text
    if not AGREEMENT.match(first) or len(first) > 120:
        return False
    head = flow.body[: flow.end_of(min(HEAD_LINES, len(flow.lines)) - 1)]
    return PARTIES.search(head) is not None and not MEETS.search(flow.body)
