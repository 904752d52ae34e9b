"""The joint goals of any period, as they are or as they were, and what they aim at."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from samlad.governance.documents.queries import Library, Standing
from samlad.governance.goals.models import Capability, Goal, GoalArea, GoalCapability, SubCapability, Vision
from samlad.governance.goals.rows import AreaRow, CapabilityRow, Content, GoalRow, SubRow, VisionRow, content
from samlad.governance.record import rows


class Goals:
    """All joint goals and capabilities as recorded up to a day. Made for one page."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on
        self.capabilities = {one.pk: one for one in rows(Capability, on)}
        self.subs = {one.pk: one for one in natural(rows(SubCapability, on))}
        self.visions = {one.pk: one for one in rows(Vision, on)}
        self.areas = {one.pk: one for one in natural(rows(GoalArea, on))}
        self.goals = {one.pk: one for one in natural(rows(Goal, on))}
        self.links = [one for one in rows(GoalCapability, on) if one.goal_id in self.goals]

    def vision(self, code: str) -> Vision | None:
        """The goals of this code."""
        return next((one for one in self.visions.values() if one.code == code), None)

    def areas_of(self, vision: Vision) -> list[GoalArea]:
        """The areas of some goals, by code."""
        return [one for one in self.areas.values() if one.vision_id == vision.pk]

    def goals_of(self, area: GoalArea) -> list[Goal]:
        """The goals of an area, by code."""
        return [one for one in self.goals.values() if one.area_id == area.pk]

    def subs_of(self, capability: Capability) -> list[SubCapability]:
        """The parts of a capability, by code."""
        return [one for one in self.subs.values() if one.capability_id == capability.pk]

    def aims(self, goal: Goal) -> list[Capability | SubCapability]:
        """What a goal aims at, by code."""
        found = [self._aim(one) for one in self.links if one.goal_id == goal.pk]
        return natural(one for one in found if one is not None)

    def _aim(self, link: GoalCapability) -> Capability | SubCapability | None:
        return self.subs.get(link.sub_id) if link.sub_id else self.capabilities.get(link.capability_id)

    def content(self, only: Vision | None = None) -> Content:
        """All of it, or the goals of one period, as a file has it."""
        versions, code = self._versions(), {key: one.code for key, one in self.capabilities.items()}
        made: list[CapabilityRow | SubRow | VisionRow | AreaRow | GoalRow] = []
        if only is None:
            made += [CapabilityRow(one.code, one.name, one.source) for one in self.capabilities.values()]
            made += [
                SubRow(one.code, code.get(one.capability_id, ""), one.name, one.basis, one.ours, one.source)
                for one in self.subs.values()
            ]
        for vision in [only] if only else self.visions.values():
            document, number = versions.get(vision.version_id, ("", ""))
            days = vision.first_day, vision.last_day
            made.append(VisionRow(vision.code, vision.title, *days, vision.aim, document, number, vision.source))
            for area in self.areas_of(vision):
                made.append(AreaRow(vision.code, area.code, area.name, area.text, area.obtained, area.source))
                made += [self._row(vision, area, goal) for goal in self.goals_of(area)]
        return content(made)

    def _row(self, vision: Vision, area: GoalArea, goal: Goal) -> GoalRow:
        return GoalRow(vision.code, area.code, goal.code, goal.text, [one.code for one in self.aims(goal)], goal.source)

    def _versions(self) -> dict[UUID | None, tuple[str, str]]:
        library = Library(self.on)
        return {one.pk: (library.document_of(one).code, one.number) for one in library.versions.values()}


def natural(found: Iterable[Any]) -> list[Any]:
    """Rows by their codes, 2 before 10."""
    return sorted(found, key=lambda one: in_order(one.code))


def in_order(code: str) -> tuple[tuple[int, str], ...]:
    """What to sort a code by."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in code.split("."))


def current_vision(day: date, on: date | None = None) -> Vision | None:
    """The joint goals whose period a day is in; the latest begun, where there are several. None where there are none:
    a målbild whose time is over is not the current one."""
    found = [one for one in rows(Vision, on) if one.first_day <= day <= one.last_day]
    return max(found, key=lambda one: (one.first_day, one.code)) if found else None


def standing(vision: Vision, day: date, on: date | None = None) -> Standing | None:
    """Where the document that some goals stand in is on a day; None where it is not said which."""
    library = Library(on)
    version = library.versions.get(vision.version_id) if vision.version_id else None
    return library.standing(version, day) if version is not None else None
