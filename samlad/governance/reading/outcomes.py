"""What a sentence decides: adopted, laid to the files, sent back, refused; on which condition, and who decides."""

import re
from collections.abc import Iterator
from typing import Final

from samlad.governance.reading.found import Outcome

SENT_BACK: Final = re.compile(r"\båterremit\w+|\båterremiss\w*", re.I)
REFUSED: Final = re.compile(
    r"\b(?:inte|ej)\s+(?:att\s+|ska\s+|skall\s+|bör\s+|kan\s+|längre\s+)?(?:anta|ingå|godkänna|teckna|ansluta|delta|underteckna|ställa\s+sig)\w*"
    r"|\b(?:antar|antas|godkänner|godkänns|ingår|tecknar|ansluter\s+sig|undertecknar|deltar)\s+(?:inte|ej)\b(?!\s+i\s+(?:beslut|handlägg|överlägg|omröst|ärende|paragraf))"
    r"|\b(?:avstå|avstår|avböjer|avböja)\b(?!\s+(?:från\s+)?(?:att\s+)?(?:(?:delta\w*\s+i|i)\s+(?:beslut|handlägg|överlägg|omröst|ärende)|rösta|yttra|yrka|lämna))|\bavsl(?:å|år|ås|og|ogs)\b",
    re.I,
)
LAID: Final = re.compile(
    r"(?:\b(?:lägg\w*|lades|lagts)\b(?:\s+[^\s.]+){0,20}?\s+)?(?<!\w)till\s+(?:ärendets\s+)?handlingarna\b", re.I
)
ADOPTED: Final = re.compile(
    r"\banta(?:r|s|gs|git|gits)?\b|\bantogs?\b|\bgodkän(?:na|ner|ns|nes|t|de|des)\b|\bfastställ(?:a|er|s|es|de|des)\b"
    r"|\bingå(?:r)?\b(?=[^.]{0,80}(?:överenskom|avtal|samverkan|avsiktsf|samarbete))|\bteckna(?:r|s|de)?\b|\banslut(?:a|er|er\s+kommunen|na)\b(?=\s+(?:sig|kommunen|staden))"
    r"|\bställ(?:a|er)\s+sig\s+bakom\b|\bunderteckna(?:r|s)?\b|\bträffa(?:r|s)?\b(?=\s+\S*\s?\w*överenskom)",
    re.I,
)
SIGNS: Final = re.compile(r"underteckna", re.I)
REFERS: Final = re.compile(
    r"\b(?:enligt|i\s+enlighet\s+med|bifall(?:a|er|s|es)?)\s+(?:[^\s.]+\s+){0,5}?(?:förslag\w*|yrkande\w*|tjänsteutlåtande\w*|tjänsteskrivelse\w*|skrivelse\w*)"
    r"|\bi\s+enlighet\s+(?:därmed|med\s+detta)\b|\bbifalls\b|\bbifalles\b",
    re.I,
)
OF_A_MOTION: Final = re.compile(
    r"yrka|motionen|motionerna|medborgarförslag|återremiss|reservation|motförslag|ändringsförslag|tilläggsförslag", re.I
)
SPOKEN: Final = re.compile(r"\b(?:yrkar|reserverar\s+sig|anmäler|instämmer|anför)\b", re.I)
NOTED: Final = re.compile(
    r"\bnotera\w*|\btar?\s+del\s+av\b|\bbordlägg\w*|\bbordlades\b|\butgår\b|\btackar?\s+för\b|\bsäg(?:a|er)\s+upp\b|\bupphäv\w*|\båterkalla\w*",
    re.I,
)
PROPOSING: Final = re.compile(
    r"\bföresl(?:å|år|ås|agit|og)\b|\btillstyrk\w*|\bhemställ(?:er|a)\b|\brekommender(?:ar|a)\b", re.I
)
CONDITION: Final = re.compile(
    r"\b(?:med\s+(?:det\s+|den\s+|följande\s+|de\s+)?(?:tillägg\w*|förbehåll\w*|villkor\w*|ändring\w*|undantag\w*|justering\w*|reservation\b)"
    r"|under\s+förutsättning|förutsatt\s+att|på\s+(?:det\s+)?villkor\w*|villkorat\s+av|dock\s+(?:med|att|ska|skall|inte|endast)|såvida)\b.*",
    re.I | re.S,
)
OWN_POINT: Final = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:att\s+)?(?:(?:denna\s+|den\s+gemensamma\s+)?(?:avsiktsförklaring|överens-?kommelse|målbild|samarbete|avtal|anslutning|deltagande|samverkan)\w*|beslutet|kommunens\s+\w+)\s+"
    r"(?:därutöver\s+|även\s+|också\s+)?(?:ska|skall|bör|gäller|utvärderas|följs|omprövas|begränsas|tidsbegränsas)\b.*"
    r"|^\W*(?:\d+[.)]\s*)?(?:att\s+)?(?:[^.]{0,160})\b(?:utvärder(?:as|a|ing)|omprövas?)\b.*",
    re.I | re.S,
)
NO_CONDITION: Final = re.compile(
    r"skickas|sändas|sänds|översänds|expedieras|undertecknas|publiceras|finansieras|meddelas|kungörs|ersätter|upphör|gäller\s+från",
    re.I,
)
MOTION_WINS: Final = re.compile(
    r"(?<!inte )(?<!ej )\bbifall(?:a|er|s|es)\s+(?:[^\s.]+\s+){0,5}?"
    r"(?:(?:återremiss|avslags)yrkande\w*|yrkande\w*\s+om\s+(?:återremiss|avslag)\b)",
    re.I,
)
GOVERNED: Final = re.compile(
    r"\b(?:bordlägg\w*|upphäv\w*|säg(?:a|er)\s+upp|återkalla\w*|dra(?:r)?\s+tillbaka|frånträd\w*|skjut(?:a|er)\s+upp|"
    r"delegera\w*|bemyndiga\w*|avvakta\w*|utred(?:a|er)|förbered(?:a|er)|återkom(?:ma|mer)|ta(?:r)?\s+fram|pröva(?:r)?|"
    r"ställ\w+\s+sig\s+positiv\w*|uppmana\w*|uppmuntra\w*|förutsätt(?:a|er)|avser|anser|önska\w*|välkomna\w*|"
    r"notera\w*|konstatera\w*|informera\w*|innan|inför\s+att|huruvida"
    r"|(?:ärendet|frågan|beslutet|möjligheten|förslag)\s+(?:om|till|på)\s+att)\b"
    r"(?:(?!(?:,|\boch|\bsamt)\s+att\b|\n\s*(?:att\b|[-–•\d]))[^.])*$",
    re.I,
)  # what governs the verb; another "att" of the same sentence is free of it
AND_THEN: Final = re.compile(r"(?:\boch|\bsamt)\s+(?:därefter\s+)?$", re.I)
REACH: Final = 300  # characters before a verb in which what governs it stands
OTHER_PAPER: Final = re.compile(
    r"\s+(?:först|tidigast)\s+(?:när|efter|sedan|då)\b|\s+(?:\w+s\s+)?(?:informationen|redovisningen|(?:läges|åter)?rapporten|uppföljningen|föredragningen|dagordningen|"
    r"(?:remiss)?svaret|(?:remiss)?yttrandet|yttrande|remissvar|protokollet)\b",
    re.I,
)
POINT: Final = re.compile(
    r"(?m)^(?=\s*(?:[-–•*·▪]\s|\d{1,2}[.)]\s|[a-z][.)]\s|att\s))|(?<=[a-zåäö0-9)”\"][.!?;])\s+(?=[A-ZÅÄÖ\d”\"“–-])|\s(?=-\s+att\s)"
)
ABBREVIATED: Final = re.compile(
    r"(?:\b(?:fr\.o\.m|t\.ex|bl\.a|m\.m|dvs|nr|kap|dnr|ver|jfr|s\.k|t\.o\.m|ev|resp|ca|kl|o|m|d\.v\.s)\.)$", re.I
)
OWN_PART: Final = re.compile(r"för\s+egen\s+del", re.I)


def points(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The points and sentences of a stretch of text."""
    begun = looked = start
    says = False
    for match in POINT.finditer(text, start, end):
        cut = match.end()
        if cut <= begun or ABBREVIATED.search(text, max(begun, match.start() - 12), match.start()):
            continue
        says = says or bool(text[looked:cut].strip(" \n-–•*"))
        looked = cut
        if says:
            yield begun, cut
            begun, says = cut, False
    if text[begun:end].strip():
        yield begun, end


def outcome_in(text: str) -> tuple[Outcome, re.Match[str]] | None:
    """What a sentence decides about a document, and the words that say so."""
    if wins := MOTION_WINS.search(text):
        return ("återremiss" if "återremiss" in wins[0].casefold() else "avslag"), wins
    for match in REFUSED.finditer(text):
        around = text[max(match.start() - 60, 0) : match.end() + 60]
        if not OF_A_MOTION.search(around):
            return "avslag", match
    if (back := SENT_BACK.search(text)) and not re.search(r"avsl|utan\s+återremiss|yrkande", text, re.I):
        return "återremiss", back
    if laid := LAID.search(text):
        return "lagd till handlingarna", laid
    adopted = next((match for match in ADOPTED.finditer(text) if not _only_named(text, match)), None)
    return ("antagen", adopted) if adopted else None


def _only_named(text: str, match: re.Match[str]) -> bool:
    """Whether an adoption is spoken of without being decided: put off, withdrawn, left to others, of another paper."""
    if OTHER_PAPER.match(text, match.end()):
        return True
    if match[0].endswith("r") and AND_THEN.search(text, max(match.start() - 20, 0), match.start()):
        return False  # "upphäver ... och antar": a verb of its own
    return GOVERNED.search(text, max(match.start() - REACH, 0), match.start()) is not None


def withheld(text: str) -> bool:
    """Whether a decision speaks of the matter and leaves it open: noted, put off, withdrawn, left to others."""
    return NOTED.search(text) is not None or any(_only_named(text, match) for match in ADOPTED.finditer(text))


def condition_in(text: str) -> tuple[int, int] | None:
    """Where a sentence states a condition."""
    match = CONDITION.search(text)
    return (match.start(), match.start() + len(match[0].rstrip(" .\n"))) if match else None


def own_condition(text: str) -> bool:
    """Whether a point of its own puts a condition on what another decides: "att överenskommelsen ska utvärderas"."""
    return OWN_POINT.match(text) is not None and NO_CONDITION.search(text) is None
