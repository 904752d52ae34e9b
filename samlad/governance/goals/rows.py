"""The tables of a file of joint goals: what each says, how long its texts may be. The format is for people to write:

[[capability]]      code, name, source
[[sub_capability]]  code, capability, name, basis, ours (true: a reconstruction), source
[[vision]]          code, title, first_day, last_day, aim, document, version, source
[[area]]            vision, code, name, text, obtained (false: the wording is not here), source
[[goal]]            vision, area, code, text, aims_at (codes of capabilities and sub-capabilities), source
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final


@dataclass(frozen=True)
class CapabilityRow:
    """A basic capability."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True)
class SubRow:
    """A part of one."""

    code: str
    capability: str
    name: str
    basis: str = ""
    ours: bool = False
    source: str = ""


@dataclass(frozen=True)
class VisionRow:
    """The goals of a period; `document` and `version` name the steering document that they stand in."""

    code: str
    title: str
    first_day: date
    last_day: date
    aim: str = ""
    document: str = ""
    version: str = ""
    source: str = ""


@dataclass(frozen=True)
class AreaRow:
    """A goal area."""

    vision: str
    code: str
    name: str
    text: str = ""
    obtained: bool = True
    source: str = ""


@dataclass(frozen=True)
class GoalRow:
    """A goal; `aims_at` are codes of capabilities and of their parts."""

    vision: str
    area: str
    code: str
    text: str
    aims_at: list[str]
    source: str = ""


AnyRow = CapabilityRow | SubRow | VisionRow | AreaRow | GoalRow

KINDS: Final[Mapping[str, type[Any]]] = {
    "capability": CapabilityRow,
    "sub_capability": SubRow,
    "vision": VisionRow,
    "area": AreaRow,
    "goal": GoalRow,
}
"""The headers of a file, in the order in which they are written and read."""

LENGTHS: Final[Mapping[type[Any], Mapping[str, int]]] = {
    CapabilityRow: {"code": 20, "name": 200, "source": 600},
    SubRow: {"code": 20, "name": 300, "basis": 600, "source": 600},
    VisionRow: {"code": 60, "title": 200, "aim": 4000, "source": 600},
    AreaRow: {"code": 20, "name": 200, "text": 4000, "source": 600},
    GoalRow: {"code": 20, "text": 4000, "source": 600},
}


@dataclass(frozen=True)
class Content:
    """What a file says, or what the register does, in the order of codes."""

    capabilities: tuple[CapabilityRow, ...] = ()
    subs: tuple[SubRow, ...] = ()
    visions: tuple[VisionRow, ...] = ()
    areas: tuple[AreaRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()

    @property
    def every(self) -> tuple[AnyRow, ...]:
        """All rows, in the order of a file."""
        return (*self.capabilities, *self.subs, *self.visions, *self.areas, *self.goals)


def content(rows: list[AnyRow]) -> Content:
    """Rows in any order as content: in the order of their codes, what a goal aims at sorted and once."""
    of: dict[type[Any], list[Any]] = {kind: [] for kind in KINDS.values()}
    for row in rows:
        of[type(row)].append(row)
    goals = [aimed(goal) for goal in sorted(of[GoalRow], key=lambda one: (one.vision, one.area, one.code))]
    return Content(
        tuple(sorted(of[CapabilityRow], key=lambda one: one.code)),
        tuple(sorted(of[SubRow], key=lambda one: one.code)),
        tuple(sorted(of[VisionRow], key=lambda one: one.code)),
        tuple(sorted(of[AreaRow], key=lambda one: (one.vision, one.code))),
        tuple(goals),
    )


def aimed(goal: GoalRow) -> GoalRow:
    """A goal with what it aims at in order, each once."""
    said = {field.name: getattr(goal, field.name) for field in fields(goal)}
    return GoalRow(**said | {"aims_at": sorted(set(goal.aims_at))})
