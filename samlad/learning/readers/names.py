"""Who a text is from: names of organisations in it, and in the address it was published at."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from samlad.learning.readers.content import one_line
from samlad.learning.readers.dates import plain

COUNTIES: Final = (
    "Blekinge", "Dalarna", "Gotland", "Gävleborg", "Halland", "Jämtland", "Jönköping", "Kalmar", "Kronoberg",
    "Norrbotten", "Skåne", "Stockholm", "Södermanland", "Uppsala", "Värmland", "Västerbotten", "Västernorrland",
    "Västmanland", "Västra Götaland", "Örebro", "Östergötland",
)  # fmt: skip
NAME: Final = r"[A-ZÅÄÖÉ][\wåäöé-]+"
ORGANISATIONS: Final = re.compile(
    rf"Länsstyrelsen (?:i )?(?:Västra Götaland|{NAME})(?: län)?|{NAME}(?: {NAME})? (?:kommun|stad)\b|Region {NAME}"
    rf"|Polisregion {NAME}|Polisen(?: {NAME})?|{NAME}s brandförsvar|Räddningstjänsten {NAME}|Brandkåren {NAME}"
    rf"|Trafikverket|Krisinformation\.se|SMHI|MSB|Kustbevakningen|SOS Alarm|Försvarsmakten|Folkhälsomyndigheten"
    rf"|Socialstyrelsen|Energimyndigheten|Svenska kraftnät"
)
SENDER: Final = re.compile(
    r"^\s*(?:från|avsändare|aktör|organisation|myndighet|rapport från|lägesrapport från|from|issued by"
    r"|de la part de)\s*:\s*(\S.{1,100}?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
REGIONAL: Final = re.compile(r"\bregional\w*\s+(?:samlad\s+)?(?:lägesbild|lägesrapport)", re.IGNORECASE)
LEAD: Final = re.compile(r"^(?:i|enligt|av|till|hos|från|I|Enligt|Till|Från)\s+")


def slug(name: str, longest: int = 40) -> str:
    """A code of a name: small letters, digits and hyphens; empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name))[:longest].strip("-")


def proper(name: str) -> str:
    """A name as it is shown; one in capitals only is written as a name."""
    name = one_line(name, 120).strip(" .,;:*«»\"'")
    words = re.sub(r"[^\w]", "", name)
    return name.title() if words.isupper() and len(words) > 4 and "-" not in name else name


def publisher(url: str) -> str:
    """Who publishes at an address: the county board whose page it is, else the site's name; "" without an address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host or "." not in host:
        return ""
    if host == "lansstyrelsen.se":
        first = plain(unquote(parts.path).strip("/").split("/")[0])
        county = next((name for name in COUNTIES if slug(name) == slug(first)), "")
        return f"Länsstyrelsen {county}".strip()
    return host[0].upper() + host[1:]


def county_of(text: str) -> str:
    """The county a text speaks of, by the first "X län" or "Länsstyrelsen X" in it; "" when none is named."""
    names = "|".join(COUNTIES)
    match = re.search(rf"\b({names})s? län\b|\bLänsstyrelsen (?:i )?({names})", text)
    return (match[1] or match[2]) if match else ""


def named_sender(text: str) -> str:
    """Who a text says it is from: a line "Från: ..." first, then the first organisation in it; "" when nobody."""
    if match := SENDER.search(text[:4000]):
        return proper(match[1])
    match = ORGANISATIONS.search(text)
    return proper(LEAD.sub("", match[0])) if match else ""


def issuer(text: str, url: str) -> tuple[str, str]:
    """(who a text speaks for, who conveys it or ""). A county's regional picture is the county board's, wherever it is
    published; anything else belongs to who publishes it, or to whom it names."""
    site = publisher(url)
    if REGIONAL.search(text[:2000]) and (county := county_of(text)):
        board = f"Länsstyrelsen {county}"
        return board, site if site and site != board else ""
    return site or named_sender(text), ""
