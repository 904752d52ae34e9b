"""Reading action cards (åtgärdskort): what a card says, which hold today, and which are for whom in which operation."""

from collections.abc import Collection, Iterable
from typing import Final

import msgspec
from django.db.models import OuterRef, Subquery

from samlad.activation.models import ActionCard
from samlad.journal.who import ROLES

KINDS: Final = ("disturbance", "planned", "exercise", "ordinary")
"""The kinds of operation a card can be for."""
HEADING: Final = "#"


class Step(msgspec.Struct, frozen=True):
    """One thing to do. `number` counts the card's steps from 1; `phase` is the heading above it."""

    number: int
    text: str
    phase: str = ""


class Card(msgspec.Struct, frozen=True):
    """One edition of a card."""

    code: str
    edition: int
    role: str
    kinds: tuple[str, ...]
    title: str
    steps: tuple[Step, ...]
    source: str = ""
    valid: bool = True

    @property
    def phases(self) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """The steps under their headings, in order."""
        found: list[tuple[str, list[Step]]] = []
        for step in self.steps:
            if not found or found[-1][0] != step.phase:
                found.append((step.phase, []))
            found[-1][1].append(step)
        return tuple((phase, tuple(steps)) for phase, steps in found)


def steps_in(lines: Iterable[str]) -> tuple[Step, ...]:
    """The steps of a card from its lines: one a line, headings begin with "#", empty lines are nothing."""
    found: list[Step] = []
    phase = ""
    for line in lines:
        text = " ".join(line.split())
        if text.startswith(HEADING):
            phase = text.lstrip(HEADING).strip()
        elif text:
            found.append(Step(len(found) + 1, text, phase))
    return tuple(found)


def as_card(row: ActionCard) -> Card:
    """A row of the table as pages have it."""
    kinds = tuple(kind for kind in KINDS if kind in row.operation_kinds)
    return Card(row.code, row.edition, row.role, kinds, row.title, steps_in(row.steps), row.source, row.valid)


def latest_cards() -> list[ActionCard]:
    """The latest edition of every card, those out of use too, in the order of roles, then by title. One query."""
    newest = ActionCard.objects.filter(code=OuterRef("code")).order_by("-edition").values("edition")[:1]
    rows = ActionCard.objects.filter(edition=Subquery(newest)).order_by("title")
    return sorted(rows, key=lambda row: ROLES.index(row.role))


def latest(code: str) -> ActionCard | None:
    """The latest edition of a card."""
    return ActionCard.objects.filter(code=code).order_by("-edition").first()


def edition_of(code: str, edition: int) -> Card | None:
    """A card as it was in an edition."""
    row = ActionCard.objects.filter(code=code, edition=edition).first()
    return as_card(row) if row else None


def editions(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Card]:
    """Cards as they were in some editions, by code and edition. One query, or none."""
    pairs = set(wanted)
    if not pairs:
        return {}
    rows = ActionCard.objects.filter(code__in={code for code, _edition in pairs})
    return {(row.code, row.edition): as_card(row) for row in rows if (row.code, row.edition) in pairs}


def begun_by(kind: str, mode: str) -> frozenset[str]:
    """For which kinds cards are offered in an operation: its own, and an ordinary one that was activated is a
    disturbance."""
    return frozenset({kind, "disturbance"} if kind == "ordinary" and mode == "activated" else {kind})


def cards_for(roles: Collection[str], kinds: Collection[str]) -> list[Card]:
    """The cards in use for somebody with these roles, in an operation of one of these kinds. One query."""
    rows = [row for row in latest_cards() if row.valid and row.role in roles]
    return [as_card(row) for row in rows if set(row.operation_kinds) & set(kinds)]
