"""Joint goals as a TOML file that a person can read and go on writing in. Reading it gives the very same back."""

from dataclasses import MISSING, fields
from datetime import date
from typing import Any, Final

from samlad.governance.goals.rows import KINDS, Content

HEAD: Final = """\
# Samlad: målbild och förmågor. Filen kan skrivas för hand och läsas in under Styrning, Målbild.
#
# [[capability]]      grundförmåga: code, name, source
# [[sub_capability]]  delförmåga: code, capability, name, basis, ours, source (ours = true: en rekonstruktion)
# [[vision]]          målbild: code, title, first_day, last_day, aim, document, version, source
# [[area]]            målområde: vision, code, name, text, obtained, source (obtained = false: inte inhämtad)
# [[goal]]            mål: vision, area, code, text, aims_at, source (aims_at: de förmågor som målet syftar till)
#
# Det som en fil säger om en målbild ersätter hela den målbilden: målområden och mål som inte står i filen tas bort.
# Detsamma gäller förmågorna, om filen har några. Före inläsningen visas vad som ändras.
"""
ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
HEADERS: Final = {row: header for header, row in KINDS.items()}


def written(content: Content) -> str:
    """The file. What is empty, or as it is when nothing is said, is left out."""
    return HEAD + "".join(f"\n[[{HEADERS[type(row)]}]]\n{_table(row)}" for row in content.every)


def _table(row: Any) -> str:
    said = ((field, getattr(row, field.name)) for field in fields(row))
    return "".join(
        f"{field.name} = {value(what)}\n" for field, what in said if field.default is MISSING or what != field.default
    )


def value(what: Any) -> str:
    """A value in TOML."""
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, date):
        return what.isoformat()
    if isinstance(what, list):
        return "[" + ", ".join(quoted(one) for one in what) + "]"
    return long(what) if "\n" in what else quoted(what)


def quoted(text: str) -> str:
    """A text on one line."""
    return '"' + "".join(ESCAPES.get(letter) or _plain(letter) for letter in text) + '"'


def long(text: str) -> str:
    """A text of several lines, each as it reads."""
    inner = text.replace("\\", "\\\\").replace('"""', '""\\"').replace("\r", "\\r")
    inner = "".join(letter if letter in "\n\t" else _plain(letter) for letter in inner)
    if inner.endswith('"'):
        inner = inner[:-1] + '\\"'
    return f'"""\n{inner}"""'


def _plain(letter: str) -> str:
    """A letter; one that TOML doesn't take as it is by its number."""
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x20 or ord(letter) == 0x7F else letter
