"""Which text of a report a heading or a column belongs to, in Swedish, English and French. The order decides."""

import re
from typing import Final

from samlad.learning.readers.dates import plain
from samlad.picture.entries import Status

# Written without accents; each is looked for at the beginning of a word.
WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("offers", r"erbjud|kan bidra|tillgangliga resurser|offers?\b|available resources"),
    ("communication", r"kommunikation|information\b|informations|budskap|media\b|communication|crec\b"
                      r"|engagement communautaire|mobilisation communautaire|messages?\b|rumeurs"),
    ("needs", r"resursbehov|behov|needs?\b|besoins?|defis?\b|gaps?\b|lacunes|challenges?|contraintes|difficultes"
              r"|hjalpbehov|samverkansbehov|request|shortfall"),
    ("forecast_72h", r"72\s*(?:h|tim)|tre dygn|langre sikt|long.?term|a long terme"),
    ("forecast_24h", r"prognos|vaderprognos|utveckling|fortsatt (?:arbete|inriktning)|forecast|outlook|next steps"
                     r"|planned|perspectives|prochaines etapes|recommand|recommend|previsions|24\s*(?:h|tim)"),
    ("resources", r"resurser|resurslage|bemanning|resources|staffing|ressources|moyens|logisti"),
    ("consequences", r"konsekvens|paverkan|avstangda vagar|avstangning|trafiklage|skador|consequences|impact|effects"
                     r"|road closures|evacuations?|consequences humanitaires"),
    ("measures", r"atgard|insats|vidtagna|genomfort|actions?\b|measures|response|immediate action|mesures|riposte"
                 r"|reponse|activites|coordination|prise en charge|prevention|vaccination|surveillance|laboratoire"
                 r"|continuite|depistage|psea|surete|securite|pec\b|pci\b|recherche\b|enterrements"),
    ("event", r"handelse|laget|lagesbild|brander?\b|brand\b|situation|malbild|inriktning|sammanfattning|bakgrund|vma\b"
              r"|highlights|summary|event|overview|background|points saillants|faits|mise a jour|contexte|narratif"
              r"|chronologie|resume|donnees|analyse|historique"),
)  # fmt: skip
PATTERNS: Final = tuple((field, re.compile(rf"(?<![a-z])(?:{words})")) for field, words in WORDS)
STATUS: Final = re.compile(
    r"(?:^|\n)[^\n:=]{0,30}?(?:status|lagesstatus|samlad bedomning|overgripande lage|niveau d.alerte)\s*[:=]\s*"
    r"(gron|gul|rod|svart|green|yellow|red|black|vert|jaune|rouge|noir)\b"
)
COLOURS: Final[dict[str, Status]] = {
    "gron": "green", "green": "green", "vert": "green", "gul": "yellow", "yellow": "yellow", "jaune": "yellow",
    "rod": "red", "red": "red", "rouge": "red", "svart": "black", "black": "black", "noir": "black",
}  # fmt: skip
NOTHING: Final = re.compile(
    r"^(?:inget|ingenting|inga) (?:nytt )?(?:att|handelser att) rapportera\.?$"
    r"|^nothing to report\.?$|^rien a signaler\.?$"
)


def field_of(heading: str) -> str | None:
    """The text of a report that a heading stands over; None when it says nothing known."""
    words = plain(heading)
    return next((field for field, pattern in PATTERNS if pattern.search(words)), None)


def status_of(text: str) -> Status:
    """The overall status, where a text states it as such and nowhere else."""
    match = STATUS.search(plain_lines(text))
    return COLOURS[match[1]] if match else "unstated"


def colour_of(value: str) -> Status:
    """A status told as one word."""
    return COLOURS.get(plain(value).strip(), "unstated")


def plain_lines(text: str) -> str:
    """A text without accents, lines kept."""
    return "\n".join(plain(line) for line in text[:20_000].split("\n"))


def says_nothing(text: str) -> bool:
    """Whether all that is said is that there is nothing to report: that is a report, and not silence."""
    return bool(NOTHING.match(" ".join(plain(text).split())))
