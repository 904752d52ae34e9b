"""Who decides and who prepares: boards, committees, directors, as Swedish authorities name them."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

OWNER: Final = (
    r"(?:(?:kommunstyrelsen|kommunfullmäktige|landstingsstyrelsen|regionstyrelsen|nämnden|styrelsen|"
    r"\w{3,30}nämnden)s\s+)?"
)
NAME: Final = rf"""(?:
      {OWNER}(?:\w{{2,30}}[-–]\s(?:\w{{2,30}},\s)?och\s)?(?:allmänna\s|tekniska\s|sociala\s)?(?:\w{{1,40}})?(?:utskottet|utskott)
    | kommun\s?styrelsen?|landstingsstyrelsen|regionstyrelsen|förbundsstyrelsen|bolagsstyrelsen|förvaltningsutskottet
    | (?:kommun|landstings|region|förbunds)\s?fullmäktige|(?:förbunds)?direktionen?
    | (?:\w{{2,30}}[-–]\s(?:\w{{2,30}},\s)?och\s)?\w{{2,40}}nämnden?
    | (?:borgarråds|landstingsråds|regionråds|kommunalråds|finansroteln?s)beredningen
    | styrelsen|fullmäktige|nämnden|presidiet
    | länsstyrelsen|länsledningen|landshövdingen|länsrådet|länsöverdirektören
    | general(?:direktören|läkaren)|överdirektören|rikspolischefen|regionpolischefen|polischefen|militärregionchefen
    | chefen\sför\s(?-i:[A-ZÅÄÖ])\w+(?:\s(?-i:[A-ZÅÄÖ])\w+)?
    | (?:vice\s)?verkställande\sdirektören|(?:bitr\w*\s)?(?:kommun|landstings|region|stads|förbunds|
        förvaltnings|hamn|trafik|
      säkerhets|beredskaps|räddnings)(?:direktören|chefen)|brandchefen
    | (?:kommunstyrelsens|förbundets|nämndens|direktionens|styrelsens)\sordförande
    )"""
BODY: Final = re.compile(rf"(?<!\w)(?P<body>{NAME})(?P<own>s)?(?!\w)", re.I | re.X)
OFFICE: Final = re.compile(
    r"(?<!\w)(?P<body>(?:\w{2,30}[-–]\s?och\s)?(?:stadslednings|kommunlednings|stads|kommunstyrelse|kommun|landstings|region|lednings|"
    r"säkerhets|krisberednings|fastighets|\w{3,30})(?:kontoret|kansliet|förvaltningen|avdelningen))(?P<own>s)?(?!\w)",
    re.I,
)
PREPARES: Final = re.compile(
    r"utskott|^KS?[LP]?U$|^AU$|KSAU|beredning|kontoret|kansliet|förvaltning|avdelning|presidie", re.I
)


class Named(NamedTuple):
    """A body that is named, and where."""

    value: str
    start: int
    end: int
    own: bool  # "styrelsens": somebody's


def bodies(text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """The boards, committees and directors named in a stretch of text, in order."""
    for match in BODY.finditer(text, start, len(text) if end is None else end):
        yield Named(tidy(match["body"]), match.start(), match.end(), bool(match["own"]))


def offices(text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """The offices and administrations named in a stretch of text, in order."""
    for match in OFFICE.finditer(text, start, len(text) if end is None else end):
        yield Named(tidy(match["body"]), match.start(), match.end(), bool(match["own"]))


def tidy(name: str) -> str:
    """A body's name in small letters, with the article it is spoken with."""
    value = " ".join(name.split()).casefold()
    if re.search(r"nämnd$|direktion$|styrelse$", value):
        value += "en" if value.endswith(("nämnd", "direktion")) else "n"
    if value.endswith(("utskott", "utskottet")):
        value = value.removesuffix("et") if re.match(r"\w+s\s", value) else f"{value.removesuffix('et')}et"
    return value


def prepares(name: str) -> bool:
    """Whether a body prepares matters for others."""
    return PREPARES.search(name) is not None
