"""A text as an eye sees it: without letters that only look different, invisible ones, and letters set apart.

Pure. What comes out is for comparing, never for showing: accents are gone, case is kept.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters of other alphabets that can't be told from Latin ones on a page.
LOOKALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХѕіјаеорсухһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινıɡɢʜɪʟɴʀᴀʙᴄᴅᴇꜰᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡкӏӀՏՕօ",
    "ABESIJKMHOPCTYXsijaeopcyxhqwABEZHIKMNOPTYXoiviggHILNRABCDEFJKMOPSTUVWklISOo",
)
SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣⸺⸻─━═", "-"),
        **dict.fromkeys("•·∙●▪■◦‣⁃►▶★☆✱✶✳∗", "*"),
        **dict.fromkeys("“”„‟«»″❝❞", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("│┃║¦｜", "|"),
        **dict.fromkeys("⁄∕⧸", "/"),
        **dict.fromkeys("→⇒➔➜", ":"),
        **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
        "Ø": "O",
        "ø": "o",
        "Ł": "L",
        "ł": "l",
        "ß": "ss",
        "⠀": " ",
        "ㅤ": "",
        "ᅠ": "",
    }
)
# Nothing outside this needs any of the above: most texts are in it.
ORDINARY: Final = re.compile(r"[\n\t -~ åäöÅÄÖéÉüÜ§–”’]*")
ACCENTS: Final = str.maketrans("åäöÅÄÖéÉüÜ –”’", "aaoAAOeEuU -\"'")

# Everyday text, whose small letters can be had without a table.
EVERYDAY: Final = re.compile(r"[\n\t -~åäöÅÄÖ]*")

UNUSUAL: Final = re.compile(r"[^\n\t -~]")

DIVIDED: Final = re.compile(r"(?<=HEM)-\s?(?=LIG)|(?<=[Hh]em)-\n(?=lig)|(?<=KONFIDEN)-\s?(?=TIELL)")
# H E M L I G, H.E.M.L.I.G, H-E-M-L-I-G: single letters, each apart from the next.
APART: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*'\t]{1,4}[^\W\d_]){3,}(?![^\W_])")
GAP: Final = re.compile(r"\s{2,}|[ \t]*[_*\-.]{2,}[ \t]*|\t| [.\-_*] (?=.*\S{2})")
UPRIGHT: Final = re.compile(r"(?:^[ \t]*[^\W\d_][ \t]*$\n?){4,}", re.MULTILINE)


def everyday(text: str) -> str | None:
    """The text in small plain letters, where `flat` would do no more to it than that; else None. Most texts are so,
    and every entry is looked at: this takes a third of the time."""
    if not EVERYDAY.fullmatch(text) or APART.search(text):
        return None
    if ("-" in text and DIVIDED.search(text)) or ("\n" in text and UPRIGHT.search(text)):
        return None
    return text.lower().replace("å", "a").replace("ä", "a").replace("ö", "o")


def flat(text: str) -> str:
    """The text in plain letters, lines ended by "\\n"; letters set apart are put together again."""
    if ORDINARY.fullmatch(text):
        plain = text.translate(ACCENTS)
    else:
        wide = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)
        bare = UNUSUAL.sub(lambda found: seen(found[0]), unicodedata.normalize("NFKD", wide))
        plain = bare.translate(LOOKALIKES)
    plain = DIVIDED.sub("", plain)
    if UPRIGHT.search(plain):
        plain = UPRIGHT.sub(lambda found: "".join(found[0].split()) + "\n", plain)
    return APART.sub(together, plain)


@lru_cache(maxsize=5000)
def seen(sign: str) -> str:
    """The sign, if it takes a place of its own: nothing for an accent, a joiner or a mark of direction."""
    return "" if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc", "Cn", "Co") else sign


def together(found: re.Match[str]) -> str:
    """Letters set apart as words: a wider gap is one between words."""
    words = GAP.split(found[0])
    if min(len(re.sub(r"[\W_]", "", word)) for word in words) < 2:
        words = [found[0]]
    return " ".join(re.sub(r"[\W_]", "", word) for word in words)
