"""Which goals aim at which capabilities, and which capabilities nothing aims at."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.governance.goals.models import Capability, Goal, GoalArea, SubCapability, Vision
from samlad.governance.goals.queries import Goals
from samlad.governance.lists import Column, Listing


@dataclass(frozen=True)
class Line:
    """A capability, or a part of one, against the goals. `cells`: for each goal "here" (it aims at just this), "whole"
    (at the whole that this is a part of), "part" (at some part of this) or ""."""

    capability: Capability
    sub: SubCapability | None
    cells: tuple[str, ...]
    goals: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code of the part, or of the whole."""
        return self.sub.code if self.sub else self.capability.code

    @property
    def name(self) -> str:
        """Its name."""
        return self.sub.name if self.sub else self.capability.name

    @property
    def ours(self) -> bool:
        """Whether it is a reconstruction."""
        return bool(self.sub and self.sub.ours)

    @property
    def nothing(self) -> bool:
        """Whether no goal aims at it, nor at the whole or any part of it."""
        return not any(self.cells)


@dataclass(frozen=True)
class Matrix:
    """Goals by area, and the capabilities against them."""

    columns: tuple[tuple[GoalArea, Goal, str], ...]
    lines: tuple[Line, ...]

    @property
    def nothing(self) -> tuple[Line, ...]:
        """What nothing aims at: parts, and wholes that have none."""
        parted = {line.capability.pk for line in self.lines if line.sub}
        return tuple(line for line in self.lines if line.nothing and (line.sub or line.capability.pk not in parted))


def matrix(goals: Goals, vision: Vision) -> Matrix:
    """The goals of a period against all capabilities."""
    columns = tuple((area, goal, label(area, goal)) for area in goals.areas_of(vision) for goal in goals.goals_of(area))
    aimed = {goal.pk: {one.pk for one in goals.aims(goal)} for _area, goal, _label in columns}
    lines = []
    for capability in goals.capabilities.values():
        subs = goals.subs_of(capability)
        parts = {one.pk for one in subs}
        for sub in (None, *subs):
            key = sub.pk if sub else capability.pk
            cells = []
            for _area, goal, _label in columns:
                at = aimed[goal.pk]
                broad = "whole" if sub and capability.pk in at else "part" if not sub and at & parts else ""
                cells.append("here" if key in at else broad)
            told = tuple(name for (_area, _goal, name), cell in zip(columns, cells, strict=True) if cell)
            lines.append(Line(capability, sub, tuple(cells), told))
    return Matrix(columns, tuple(lines))


def label(area: GoalArea, goal: Goal) -> str:
    """What a goal is called among those of all areas."""
    return goal.code if goal.code.startswith(area.code) else f"{area.code} {goal.code}"


def capabilities(goals: Goals, query: Mapping[str, str]) -> Listing[SubCapability]:
    """The parts of the capabilities, as a list to filter and take along."""
    names = {one.pk: f"{one.code} {one.name}" for one in goals.capabilities.values()}
    columns: list[Column[SubCapability]] = [
        Column("code", gettext_lazy("Short name"), lambda one: one.code),
        Column("name", gettext_lazy("Sub-capability"), lambda one: one.name),
        Column("capability", gettext_lazy("Basic capability"), lambda one: names[one.capability_id], choice=True),
        Column("basis", gettext_lazy("What it is built on"), lambda one: one.basis),
        Column("ours", gettext_lazy("Whose wording"), whose, choice=True),
        Column("source", gettext_lazy("Source"), lambda one: one.source, hidden=True),
    ]
    return Listing(columns, goals.subs.values(), query, name=_("sub-capabilities"))


def whose(one: SubCapability) -> str:
    """Whose wording a part of a capability has."""
    return _("Reconstruction") if one.ours else _("As in the source")
