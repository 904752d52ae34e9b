"""A document's text as it is read: lines without page headers, whole words, and the way back to every character.

Regular expressions run over `Flow.body`; `Flow.found` gives the passage as it stands in the text that was handed in.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import Final, NamedTuple

from samlad.governance.reading.found import Found, Sure

HIDDEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens, and signs without width
ODD: Final = re.compile(f"[{HIDDEN}\ufb00-\ufb04]")
LIGATURES: Final = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
SPACES: Final = {
    ord(sign): " " for sign in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\t\x0b"
}
SPACES.update({ord("\u2010"): "-", ord("\u2011"): "-"})
ENDS: Final = re.compile(r"\r\n|\n|\r|\f")
LINE_ENDS: Final = re.compile(r"\r\n|\n|\r")
BROKEN_WORD: Final = re.compile(r"[a-zåäöé]-$|[A-ZÅÄÖ]{2}-$")
MARKS: Final = "\u0300-\u036f"
RUNS: Final = re.compile(
    f"(?P<plain>(?:[^{MARKS}{HIDDEN}\ufb00-\ufb04](?![{MARKS}]))+)|[{HIDDEN}\ufb00-\ufb04]|[^{MARKS}][{MARKS}]+|[{MARKS}]"
)
AND_MORE: Final = re.compile(r"(?:och|eller|samt|respektive|till|&)\b", re.I)


class Piece(NamedTuple):
    """Characters that stand together in a line, and where they come from."""

    text: str
    start: int
    end: int
    straight: bool  # character by character, as many as in the original


class Line(NamedTuple):
    """One line that says something."""

    text: str
    pieces: tuple[Piece, ...]
    gap: int  # empty lines before it
    page: int


class Flow:
    """The text to read, and where each of its characters stands in the original."""

    def __init__(self, raw: str, lines: list[Line]) -> None:
        self.raw = raw
        self.lines = lines
        self.starts: list[int] = []  # of each line, in the body
        spaced = sum(line.gap > 0 for line in lines)
        self.usual_gap = 1 if spaced > 0.7 * len(lines) else 0  # empty lines between two lines of one sentence
        self._at: list[int] = []  # of each piece, in the body
        self._pieces: list[Piece] = []
        self.body = self._joined()
        self._line_ends = [match.end() for match in LINE_ENDS.finditer(raw)]
        self._page_ends = [at for at, sign in enumerate(raw) if sign == "\f"] if "\f" in raw else []

    def _joined(self) -> str:
        parts: list[str] = []
        size = 0
        for number, line in enumerate(self.lines):
            self.starts.append(size)
            cut = self._broken(number)
            for at, piece in enumerate(line.pieces):
                text = piece.text[:-1] if cut and at == len(line.pieces) - 1 else piece.text
                self._at.append(size)
                self._pieces.append(piece)
                parts.append(text)
                size += len(text)
            if not cut:
                self._at.append(size)
                self._pieces.append(Piece("\n", line.pieces[-1].end, line.pieces[-1].end, False))
                parts.append("\n")
                size += 1
        return "".join(parts)

    def _broken(self, number: int) -> bool:
        """Whether a word goes on in the next line: "överens-" and "kommelse", but not "kommun-" and "och"."""
        if number + 1 >= len(self.lines):
            return False
        text, after = self.lines[number].text, self.lines[number + 1].text
        if not BROKEN_WORD.search(text) or AND_MORE.match(after):
            return False
        return after[0].islower() if text[-2].islower() else after[:2].isupper()

    def _source(self, at: int) -> tuple[int, int]:
        """Where a character of the body begins and ends in the original."""
        number = bisect_right(self._at, at) - 1
        piece = self._pieces[number]
        if not piece.straight:
            return piece.start, piece.end
        begin = min(piece.start + at - self._at[number], piece.end)
        return begin, min(begin + 1, piece.end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the body, without white space at its ends, as offsets in the original."""
        while start < end and self.body[start].isspace():
            start += 1
        while end > start and self.body[end - 1].isspace():
            end -= 1
        if start >= end:
            return (0, 0) if not self._at else (self._source(min(start, len(self.body) - 1))[0],) * 2
        return self._source(start)[0], self._source(end - 1)[1]

    def found(self, value: str, start: int, end: int, sure: Sure, why: str) -> Found:
        """A thing that was read in a stretch of the body."""
        begin, stop = self.span(start, end)
        line = bisect_right(self._line_ends, begin) + 1
        page = bisect_right(self._page_ends, begin - 1) + 1
        return Found(value, self.raw[begin:stop], begin, line, page, sure, why)

    def line_at(self, at: int) -> int:
        """The number, from 0, of the line in which a character of the body stands."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def end_of(self, number: int) -> int:
        """Where a line ends in the body."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.body)


def lines_of(raw: str) -> list[Line]:
    """All lines of a text that say something."""
    lines: list[Line] = []
    at, gap, page = 0, 0, 1
    for match in (*ENDS.finditer(raw), None):
        end = match.start() if match else len(raw)
        pieces = _pieces(raw, at, end)
        if pieces:
            lines.append(Line("".join(piece.text for piece in pieces), tuple(pieces), gap, page))
            gap = 0
        else:
            gap += 1
        if match is None:
            break
        at = match.end()
        if match[0] == "\f":
            page += 1
    return lines


def _pieces(raw: str, start: int, end: int) -> list[Piece]:
    """A line's characters between its first and its last that can be seen, composed."""
    text = raw[start:end].translate(SPACES)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() or sign in HIDDEN else " " for sign in text)
    bare = text.strip()
    start += len(text) - len(text.lstrip())
    if not bare:
        return []
    if bare.isascii() or (not ODD.search(bare) and unicodedata.is_normalized("NFC", bare)):
        return [Piece(bare, start, start + len(bare), True)]
    found: list[Piece] = []
    for run in RUNS.finditer(bare):
        sign, begin = run[0], start + run.start()
        if run.lastgroup == "plain":
            found.append(Piece(sign, begin, begin + len(sign), True))
        elif sign[0] not in HIDDEN:
            whole = LIGATURES.get(sign) or unicodedata.normalize("NFC", sign)
            found.extend(Piece(one, begin, begin + len(sign), False) for one in whole)
    return found if any(piece.text.strip() for piece in found) else []


def part(line: Line, start: int, end: int) -> Line:
    """A stretch of a line, as a line of its own."""
    pieces: list[Piece] = []
    at = 0
    for piece in line.pieces:
        low, high = max(start - at, 0), min(end - at, len(piece.text))
        if low < high and piece.straight:
            pieces.append(Piece(piece.text[low:high], piece.start + low, piece.start + high, True))
        elif low < high:
            pieces.append(piece)
        at += len(piece.text)
    return Line("".join(piece.text for piece in pieces), tuple(pieces), line.gap if start == 0 else 0, line.page)
