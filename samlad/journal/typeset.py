"""A template of typst with data as PDF/UA-1: each text is data, and none is read as markup.

PDF/UA-1 refuses a document with a sign that no font of the program's has, such as an emoji or a Chinese character. That
somebody wrote one must not be that nobody gets the paper: such signs are set as an empty box.
"""

from pathlib import Path
from typing import Any, Final

import msgspec
import typst

BOX: Final = "\N{WHITE SQUARE}"
JOINING: Final = frozenset({0x200D, *range(0x20D0, 0x2100), *range(0xFE00, 0xFE10)})
"""What only changes how the sign before it looks: left out where that is a box."""
LATIN: Final = (range(0x0250), range(0x2010, 0x2027))
USUAL: Final = (*LATIN, range(0x0370, 0x0530), range(0x2000, 0x2600))
"""What the fonts have, but for a few: Latin, Greek, Cyrillic, punctuation, arrows, signs of mathematics."""


def as_pdf(template: Path, data: Any) -> bytes:
    """The document that a template makes of data, which it reads as JSON from `sys.inputs.data`."""
    text = msgspec.json.encode(data).decode()
    for known in (None, USUAL):
        try:
            return _made(template, text if known is None else boxed(text, known))
        except typst.TypstError:
            continue
    return _made(template, boxed(text, LATIN))


def boxed(text: str, known: tuple[range, ...]) -> str:
    """A text with a box for each sign that is not among those that are known."""
    return "".join(
        letter if any(ord(letter) in some for some in known) else BOX for letter in text if ord(letter) not in JOINING
    )


def _made(template: Path, text: str) -> bytes:
    made = typst.compile(
        template, sys_inputs={"data": text}, pdf_standards=["ua-1"], ignore_system_fonts=True, root=template.parent
    )
    assert isinstance(made, bytes)
    return made
