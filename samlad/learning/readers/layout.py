"""Tables in text that was laid out with spaces (pdftotext): which numbers stand under which words.

Only what is sure is taken: a column whose heading can't be told, or two with the same, make the table no table.
"""

import itertools
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from samlad.learning.readers.columns import is_cumulative, number_of
from samlad.learning.readers.content import one_line
from samlad.learning.readers.names import slug
from samlad.picture.entries import Figure

CELL: Final = re.compile(r"\S+(?: \S+)*")
HEADER: Final = 14  # lines above a table, at most, that its headings are looked for in
TOLD: Final = re.compile(r"^(?:[+-]?[\d   .,]+ ?%?\*{0,2}|ND|NA|N/A|-)$")
LABELLED: Final = re.compile(
    r"^[\s\-–•▪\uf000-\uf8ff]*(\S[^\d:]{5,70}?)(?: *: *| {3,})((?:\d{1,3}(?: \d{3})+|\d{1,9})(?:[.,]\d+)?)\s?(%?)\s*$"
)
DAY: Final = re.compile(r"\b(?:au |du |le )?\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")


class Cell(NamedTuple):
    """Some words or a number, and the columns of the page they stand in."""

    text: str
    start: int
    end: int

    def meets(self, other: "Cell") -> bool:
        """Whether two cells stand above each other."""
        return self.start < other.end and other.start < self.end


def cells(line: str) -> list[Cell]:
    """The cells of a line: what two spaces part."""
    return [Cell(match[0], match.start(), match.end()) for match in CELL.finditer(line)]


def is_table_line(line: str) -> bool:
    """Whether a line is part of a table rather than of a sentence."""
    found = cells(line.strip())
    return len(found) >= 3 or (len(found) == 2 and bool(TOLD.match(found[1].text)))


def named_rows(lines: list[str], known: Callable[[str], bool]) -> list[list[tuple[str, list[Cell], int]]]:
    """Runs of lines "name, number, number ..." with at least two known names: (name, numbers, place) of each."""
    runs: list[list[tuple[str, list[Cell], int]]] = []
    last = -10
    for place, line in enumerate(lines):
        found = cells(line)
        words = [cell for cell in found if not TOLD.match(cell.text)]
        numbers = [cell for cell in found if TOLD.match(cell.text)]
        if not words or len(numbers) < 2 or words[-1].start > numbers[0].start:
            continue
        if place - last > 3:
            runs.append([])
        runs[-1].append((words[-1].text, numbers, place))
        last = place
    return [run for run in runs if len({slug(name) for name, _numbers, _place in run if known(name)}) >= 2]


def headings(lines: list[str], first: int, columns: list[Cell]) -> list[str] | None:
    """What stands over each column, above the line `first`; None when some column has nothing, or two have the same."""
    stacks: list[list[Cell]] = [[column] for column in columns]
    for place in range(first - 1, max(first - HEADER, -1), -1):
        found = cells(lines[place])
        if not found and any(len(stack) > 1 for stack in stacks) and place < first - 6:
            break
        if any(TOLD.match(cell.text) for cell in found) or (len(found) == 1 and len(found[0].text) > 45):
            break
        for cell in found:
            under = [stack for stack in stacks if cell.meets(stack[0])]
            # Words that stand over no number belong to the column whose other words they stand over.
            for stack in under or [stack for stack in stacks if any(cell.meets(word) for word in stack[1:])][:1]:
                stack.append(cell)
    told = [one_line(DAY.sub("", " ".join(cell.text for cell in reversed(stack[1:]))), 80) for stack in stacks]
    return told if all(told) and len(set(told)) == len(told) else None


def spans(rows: list[list[Cell]]) -> list[Cell] | None:
    """The columns of a table, each as wide as its widest number; None when the rows differ in number of columns."""
    width = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == width]
    if len(full) < 2:
        return None
    columns = [
        Cell("", min(cell.start for cell in column), max(cell.end for cell in column))
        for column in zip(*full, strict=True)
    ]
    apart = all(left.end <= right.start for left, right in itertools.pairwise(columns))
    return columns if apart else None


def figures_by_name(lines: list[str], known: Callable[[str], bool]) -> dict[str, tuple[Figure, ...]]:
    """The figures of each known name from the first table that has them: a later one is about something else."""
    told: dict[str, tuple[Figure, ...]] = {}
    for run in named_rows(lines, known):
        columns = spans([numbers for _name, numbers, _place in run])
        labels = headings(lines, run[0][2], columns) if columns else None
        if columns is None or labels is None:
            continue
        for name, numbers, _place in run:
            if known(name) and slug(name) not in told:
                told[slug(name)] = row_figures(numbers, columns, labels)
    return {name: figures for name, figures in told.items() if figures}


def row_figures(numbers: list[Cell], columns: list[Cell], labels: list[str]) -> tuple[Figure, ...]:
    """One row's figures; what is not told (ND) is left out, and is no zero."""
    found = []
    for column, label in zip(columns, labels, strict=True):
        cell = next((one for one in numbers if one.meets(column)), None)
        figure = figure_of(label, cell.text) if cell else None
        if figure:
            found.append(figure)
    return tuple(found)


def figure_of(label: str, text: str) -> Figure | None:
    """A number with its label as a figure; None when it is no number."""
    text = text.rstrip("* ")
    number = number_of(text)
    if number is None:
        return None
    return Figure(label, number, "%" if text.endswith("%") else "", is_cumulative(label))


def labelled_figures(lines: list[str]) -> tuple[Figure, ...]:
    """Lines that hold one label and one number ("Total des cas confirmés   53"); the first of each label counts."""
    found: dict[str, Figure] = {}
    for line in lines:
        match = LABELLED.match(line[:200])
        if match is None:
            continue
        label = one_line(match[1].strip(" *.-–"), 80)
        figure = figure_of(label, match[2].replace(" ", "") + match[3])
        if figure and len(label.split()) > 1 and "   " not in match[1] and not label.isupper():
            found.setdefault(slug(label), figure)
    return tuple(found.values())
