"""What a reader makes of a file: reports as they were told there, and what could not be read, with the reason."""

from datetime import datetime

import msgspec

from samlad.picture.entries import Figure, Status


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a file tells it, before it has a place in an operation.

    `actor` and `conveyed_by` are names as they stand in the file, `texts` goes by the text fields of a report, `named`
    are other actors that the file expects to hear from, `place` is where it is about.
    """

    file: str
    line: int
    actor: str
    at: datetime
    title: str = ""
    source: str = ""
    conveyed_by: str = ""
    status: Status = "unstated"
    texts: dict[str, str] = {}
    figures: tuple[Figure, ...] = ()
    unchanged: bool = False
    named: tuple[str, ...] = ()
    place: str = ""


class Fault(msgspec.Struct, frozen=True):
    """What could not be read: where (line 0: the whole file) and why, as a sentence."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"
