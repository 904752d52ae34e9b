"""Whether two alarms look as if they were about the same matter: near in time, in place, and in words. Pure.

It only proposes: whoever raises the alarm decides. So it rather proposes once too often.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Final

import msgspec

WORD: Final = re.compile(r"\w+")
ALIKE: Final = 0.72  # of two words: "snöoväder" and "snöfall" are not, "brand" and "branden" are
SHORTEST: Final = 3  # letters of a word that says something
EVERYWHERE: Final = ("okän", "län", "regionen", "unknown", "county", "hela")
SOON: Final = timedelta(minutes=45)
EMPTY: Final = (
    "och med vid från för som har det den ett till hela stor stort stora kraftig kraftigt större flera övning larm "
    "the and with from has large"
)
EMPTY_WORDS: Final = frozenset(EMPTY.split())


class Told(msgspec.Struct, frozen=True):
    """An alarm: what, where, the areas named in where, and when."""

    what: str
    where: str
    areas: tuple[str, ...]
    at: datetime


def alike(one: Told, other: Told, hours: int, tiles: Mapping[str, tuple[int, int]]) -> bool:
    """Whether they may be about the same. `tiles`: column and row of areas, by which neighbours are known."""
    apart = abs(one.at - other.at)
    if apart > timedelta(hours=hours):
        return False
    if one.areas and other.areas:
        near = close(one.areas, other.areas, tiles) or anywhere(one.where) or anywhere(other.where)
        there = bool(set(one.areas) & set(other.areas))
    else:
        there = bool(shared(one.where, other.where))
        near = there or anywhere(one.where) or anywhere(other.where)
    here = there and not anywhere(one.where) and not anywhere(other.where)
    return (near and bool(shared(one.what, other.what))) or (here and apart <= SOON)


def anywhere(where: str) -> bool:
    """Whether a place is unknown or the whole county: near everything."""
    return not where.strip() or any(word.startswith(EVERYWHERE) for word in WORD.findall(where.casefold()))


def close(some: Collection[str], others: Collection[str], tiles: Mapping[str, tuple[int, int]]) -> bool:
    """Whether an area of the one is an area of the other, or its neighbour on the tile map."""
    return any(
        a == b
        or (a in tiles and b in tiles and max(abs(tiles[a][0] - tiles[b][0]), abs(tiles[a][1] - tiles[b][1])) < 2)
        for a in some
        for b in others
    )


def shared(one: str, other: str) -> list[str]:
    """The words of the one text that stand in the other too, or nearly."""
    there = words(other)
    return [word for word in words(one) if any(same(word, it) for it in there)]


def words(text: str) -> list[str]:
    """The words of a text that say something."""
    found = WORD.findall(text.casefold())
    return [word for word in found if len(word) >= SHORTEST and word not in EMPTY_WORDS]


def same(one: str, other: str) -> bool:
    """Whether two words are the same but for their ending or a slip: also where one is a part of a longer one."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and (long.startswith(short) or long.endswith(short)):
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
