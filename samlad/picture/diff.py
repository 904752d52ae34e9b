"""What became of a text, word by word. Pure."""

import re
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

WORDS: Final = re.compile(r"[^\S\n]*\S+|[^\S\n]+|\n")  # a word with the space before it; line breaks by themselves
MOST: Final = 1_500  # words; beyond this, comparing them takes longer than anybody waits
FEW: Final = 8  # words; a text as short as this can be read whatever has been changed in it
REWRITTEN: Final = 0.5  # where less than this is the same, a text was written anew: its crumbs say nothing


class Piece(NamedTuple):
    """A run of words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def words(before: str, after: str) -> list[Piece]:
    """The pieces that make `after` out of `before`: without the added ones they read as before, without the removed
    ones as after."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    whole = [Piece("removed", before), Piece("added", after)]
    if max(len(old), len(new)) > MOST:
        return [Piece("same", after)] if before == after else [piece for piece in whole if piece.text]
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if min(len(old), len(new)) > FEW and matcher.ratio() < REWRITTEN:
        return whole
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[old_from:old_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece("removed", "".join(old[old_from:old_to])))
        if new_from < new_to:
            pieces.append(Piece("added", "".join(new[new_from:new_to])))
    return pieces
