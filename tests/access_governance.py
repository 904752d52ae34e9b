"""Who gets what of governance. One function for each part."""

from collections.abc import Iterator
from typing import Final

from tests.access_words import GOVERNED, Row, read

GOVERNANCE: Final = """What all parties read is for everybody with a role at a party. What an actor records of its own is
tried for Nacka; what is joint is the secretariat's."""


def front() -> Iterator[list[Row]]:
    """The front pages, and files."""
    yield read("governance", GOVERNED)
    yield read("paper", GOVERNED)


def documents() -> Iterator[list[Row]]:
    """Steering documents."""
    yield from ()


def goals() -> Iterator[list[Row]]:
    """Joint goals and capabilities."""
    yield from ()


def adoption() -> Iterator[list[Row]]:
    """Adoption by each actor."""
    yield from ()


def plan() -> Iterator[list[Row]]:
    """The annual plan and the annual report."""
    yield from ()


def bodies() -> Iterator[list[Row]]:
    """Bodies and meetings."""
    yield from ()


def money() -> Iterator[list[Row]]:
    """Budgets and fees."""
    yield from ()


def lent() -> Iterator[list[Row]]:
    """Lent staff."""
    yield from ()


def governance() -> Iterator[list[Row]]:
    """All of it."""
    for part in (front, documents, goals, adoption, plan, bodies, money, lent):
        yield from part()
