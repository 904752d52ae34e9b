"""How much a file may be, and the ways in which it is unfit. The sentences for people are in journal/files.py."""

from typing import Final, Literal

MEGABYTE: Final = 1024 * 1024
FILE: Final = 10 * MEGABYTE  # bytes of one file
TOGETHER: Final = 20 * MEGABYTE  # bytes of all files of one form
FILES: Final = 5
PLAIN_TEXT: Final = 2 * MEGABYTE  # bytes of a text file
TEXT: Final = 3_000_000  # characters of text in one file
PAGES: Final = 300  # of a PDF
OBJECTS: Final = 50_000  # of a PDF
UNPACKED: Final = 100 * MEGABYTE  # of an office document, which is a zip
RATIO: Final = 100  # unpacked to packed
ENTRIES: Final = 2000  # in an office document
SIDE: Final = 12_000  # pixels of an image
PIXELS: Final = 60_000_000
SECONDS: Final = 20  # of processor time
WAIT: Final = 60  # seconds until it is given up
MEMORY: Final = 1024 * MEGABYTE

Fault = Literal[
    "empty", "large", "kind", "other", "encrypted", "broken", "macros", "program", "embedded", "bomb", "entities",
    "remote", "pixels", "text", "slow",
]  # fmt: skip


class Unfit(Exception):
    """The file can't be taken, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
