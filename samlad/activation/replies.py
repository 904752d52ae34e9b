"""What somebody wrote back by SMS, or pressed in a call, as one of the answers that a call asks for."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import msgspec

from samlad.activation.entries import Affected
from samlad.activation.entries.calling import Option

CODE: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
WORD: Final = re.compile(r"\w+")
WORDS: Final[dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "reply_words.toml").read_text("utf-8"))
VERDICTS: Final = ("yes", "no", "unclear")


class Understood(msgspec.Struct, frozen=True):
    """What a text was understood to say: `affected` empty where it is no answer. `rest`: what else was written."""

    code: str = ""
    affected: Affected | None = None
    attends: bool | None = None
    option: str = ""
    rest: str = ""


def codes_in(text: str) -> list[str]:
    """All in a text that can be the code of a call. A time of day ("kl 1430") and a year can be one too."""
    return CODE.findall(text)


def understood(text: str, options: Sequence[Option], code: str | None = None) -> Understood:
    """Read a text. Two answers in one, such as "ja nej", are none. `code`: which of its numbers is the code ("": none),
    where that is known; the others are a part of the words."""
    if code is None:
        code = next(iter(codes_in(text)), "")
    bare = re.sub(rf"(?<!\d){code}(?!\d)", " ", text) if code else text
    lines = (" ".join(line.split()) for line in bare.splitlines())
    plain = "\n".join(lines).strip(" .,;:!?\n")
    said = [word.casefold() for word in WORD.findall(plain)]
    if chosen := by_name(" ".join(said), options):
        return Understood(code, chosen.affected, chosen.attends, chosen.code)
    said, attends = without_attendance(said)
    found = {verdict: at for verdict in VERDICTS if (at := place(said, verdict)) is not None}
    if not found:
        return Understood(code, rest=plain)
    verdict, (start, length) = max(found.items(), key=lambda it: it[1][1])
    left = said[:start] + said[start + length :]
    if any(place(left, other) for other in VERDICTS if other != verdict):
        return Understood(code, rest=plain)
    affected = cast(Affected, verdict)
    return Understood(code, affected, attends, option_for(affected, attends, options), plain if left else "")


def by_name(said: str, options: Sequence[Option]) -> Option | None:
    """The option whose number, code or words are all that was written."""
    for number, option in enumerate(options, 1):
        names = (str(number), option.code, " ".join(WORD.findall(option.label.casefold())))
        if said in (name.casefold() for name in names):
            return option
    return None


def by_key(key: str, options: Sequence[Option]) -> Option | None:
    """The option that a digit of a telephone chooses: the first is 1."""
    return options[int(key) - 1] if key in "123456789" and key and int(key) <= len(options) else None


def option_for(affected: Affected, attends: bool | None, options: Sequence[Option]) -> str:
    """The code of the option that says just this. Where several would, and nothing was said of who comes, none: nobody
    is made to attend by a "yes"."""
    fits = [one for one in options if one.affected == affected]
    if attends is not None:
        fits = [one for one in fits if one.attends == attends]
    return fits[0].code if len(fits) == 1 else ""


def without_attendance(said: list[str]) -> tuple[list[str], bool | None]:
    """The words without those that say whether somebody comes, and what these said."""
    for name, comes in (("stays_away", False), ("attends", True)):
        if (found := place(said, name)) is not None:
            start, length = found
            return said[:start] + said[start + length :], comes
    return said, None


def place(said: list[str], name: str) -> tuple[int, int] | None:
    """Where the longest phrase of a list stands among words, and how many words it is."""
    best: tuple[int, int] | None = None
    for phrase in WORDS[name]:
        words = phrase.split()
        if len(phrase) == 1 and len(said) > 1:
            continue
        for start in range(len(said) - len(words) + 1):
            if said[start : start + len(words)] == words and (best is None or len(words) > best[1]):
                best = (start, len(words))
    return best
