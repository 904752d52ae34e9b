"""What is thrown: texts that break programs, each as the bytes that a wire would carry."""

import json
from pathlib import Path
from typing import Final
from urllib.parse import quote_from_bytes

from django.conf import settings
from hypothesis import strategies as st

SECURITY: Final = settings.PROJECT.parent / "shared" / "data" / "security"
"""Collections that others made, where they are on this machine."""

OWN: Final[list[str]] = json.loads((Path(__file__).parent / "nasty.json").read_text())


def others(name: str) -> list[str]:
    """One of the collections; nothing where it is not there."""
    file = SECURITY / name
    return [text for text in json.loads(file.read_text()) if isinstance(text, str)] if file.exists() else []


NAUGHTY: Final = others("naughty_strings.json")
FORMULAS: Final = others("csv_injection.json") + [text for text in OWN if text[:1] in tuple("=+-@\t\r")]
LONG: Final = [
    "å" * 25_000,
    "9" * 5_000,
    "<xq7>" * 300,
    "a" * 121,
    "a" * 2_001,
    " " * 3_000,
    "\n" * 3_000,
    "0." + "1" * 400,
]

texts: Final = st.one_of(
    st.sampled_from(OWN),
    st.sampled_from(NAUGHTY or OWN),
    st.text(max_size=40),
    st.text(st.sampled_from("<>\"'&\\/%\0\r\n\t\u202e\ud800=;{}x7 "), max_size=30),
    st.lists(st.sampled_from(OWN), min_size=2, max_size=3).map("".join),
    st.sampled_from(LONG),
)
"""Any text; lone surrogates among them."""

wire: Final = st.one_of(texts.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=30))
"""Any text as bytes, and bytes that are no text."""


def told(value: bytes) -> str:
    """The bytes as a server reads them."""
    return value.decode("utf-8", "replace")


def quoted(value: bytes, safe: str = "") -> bytes:
    """Percent-encoded."""
    return quote_from_bytes(value, safe=safe).encode()


def pairs(fields: list[tuple[bytes, bytes]]) -> bytes:
    """Names and values as a query, or as a form is sent."""
    return b"&".join(quoted(name) + b"=" + quoted(value) for name, value in fields)
