"""How a line in the log looks: one line for each event, in UTC, with nothing in it that somebody else wrote.

What a database says of a row it refuses may hold the row: of an exception only the first line is kept, shortened, with
where it happened. A control character in a message would let a visitor write lines of their own: it is escaped.
"""

import logging
import time
import traceback
from types import TracebackType
from typing import Final

LONGEST: Final = 200  # characters kept of an exception's own words
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Line(logging.Formatter):
    """2026-11-22T08:00:00Z WARNING samlad.security sign_in_refused address=..."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 logging's name
        """The line without what nobody should be able to put into it."""
        return escaped(super().formatMessage(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802 logging's name
        """Where it happened and what it was, for it and for what it came from; not what the values were."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None and len(lines) < 200:
            said = str(error).strip().partition("\n")[0][:LONGEST]
            lines += [frame.rstrip("\n") for frame in traceback.format_tb(error.__traceback__)]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}: {escaped(said)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def escaped(text: str) -> str:
    """The text with control characters and line separators written out."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
