"""A file of joint goals into the register: the goals of a period as the file has them, and nothing else. Shown first by
doing it and undoing it, so that what is shown is what would happen."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.base.refused import Refused
from samlad.governance.documents.models import DocumentVersion
from samlad.governance.goals.models import Capability, Goal, GoalArea, GoalCapability, SubCapability, Vision
from samlad.governance.goals.rows import AreaRow, CapabilityRow, Content, GoalRow, SubRow, VisionRow
from samlad.governance.record import kept_fields, remove, save, state_of
from samlad.governance.rules import check_keeps
from samlad.journal.who import Who
from samlad.registers.actions import one_change

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
LABELS: Final = {
    ADDED: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    REMOVED: gettext_lazy("Taken away"),
}


@dataclass(frozen=True)
class Done:
    """What is done with one row: its kind and name, and the fields that differ (label, before, after)."""

    kind: str
    name: str
    action: str
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def label(self) -> str:
        """What is done, in a word."""
        return str(LABELS[self.action])


class Importing:
    """One file being taken in: what is done, row by row."""

    def __init__(self, by: Who, reason: str) -> None:
        self.by, self.reason = by, reason
        self.done: list[Done] = []

    def put(self, model: type[Model], found: Any, **values: Any) -> Any:
        """Save a row as the file has it; `found`: as it is stored, None: it is new."""
        row = model() if found is None else copy(found)
        before = None if found is None else state_of(found)
        for name, value in values.items():
            setattr(row, name, value)
        if save(row, by=self.by, reason=self.reason, new=found is None):
            differs = () if before is None else tuple(differences(row, before))
            self.done.append(Done(str(model.__name__).lower(), title_of(row), CHANGED if before else ADDED, differs))
        return row

    def take_away(self, row: Any) -> None:
        """Delete a row that the file has not."""
        if remove(row, by=self.by, reason=self.reason):
            self.done.append(Done(type(row).__name__.lower(), title_of(row), REMOVED))

    def capabilities(self, content: Content) -> None:
        """The basic capabilities and their parts."""
        for row in content.capabilities:
            put_capability(self, row)
        for sub in content.subs:
            put_sub(self, sub)

    def vision(self, row: VisionRow, content: Content) -> None:
        """The goals of one period, with areas, goals and what they aim at; what the file has not is taken away."""
        vision = put_vision(self, row)
        areas = {one.code: one for one in content.areas if one.vision == row.code}
        goals = {(one.area, one.code): one for one in content.goals if one.vision == row.code}
        for area in areas.values():
            put_area(self, area)
        for goal in goals.values():
            put_goal(self, goal)
        for stored in Goal.objects.filter(area__vision=vision).select_related("area"):
            if (stored.area.code, stored.code) not in goals:
                take_away_goal(self, stored)
        for old in GoalArea.objects.filter(vision=vision).exclude(code__in=areas):
            self.take_away(old)

    def clean_capabilities(self, content: Content) -> None:
        """Take away the capabilities that the file has not, and that goals aim at them."""
        subs = SubCapability.objects.exclude(code__in=[one.code for one in content.subs])
        gone = Capability.objects.exclude(code__in=[one.code for one in content.capabilities])
        for link in [*GoalCapability.objects.filter(sub__in=subs), *GoalCapability.objects.filter(capability__in=gone)]:
            self.take_away(link)
        for row in [*subs, *gone]:
            self.take_away(row)


def differences(row: Model, before: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    """What differs, under the names that people see; of what is told by an id only that it does."""
    after = state_of(row)
    for one in kept_fields(type(row)):
        if before[one.name] != after[one.name]:
            told = ("…", "…") if one.is_relation else (str(before[one.name] or ""), str(after[one.name] or ""))
            yield str(one.verbose_name), *told


def title_of(row: Any) -> str:
    """A row in words."""
    if isinstance(row, GoalCapability):
        return f"{row.goal.code} → {row.sub.code if row.sub else row.capability.code}"
    return f"{row.code} {row}"


def put_capability(to: Importing, row: CapabilityRow) -> Capability:
    """One basic capability."""
    found = Capability.objects.filter(code=row.code).first()
    made: Capability = to.put(Capability, found, code=row.code, name=row.name, source=row.source)
    return made


def put_sub(to: Importing, row: SubRow) -> SubCapability:
    """One part of a capability."""
    capability, found = Capability.objects.get(code=row.capability), SubCapability.objects.filter(code=row.code).first()
    moved = found is not None and found.capability_id != capability.pk
    for link in GoalCapability.objects.filter(sub=found) if moved else ():
        to.put(GoalCapability, link, capability_id=capability.pk)
    made: SubCapability = to.put(
        SubCapability, found, code=row.code, capability_id=capability.pk, name=row.name, basis=row.basis, ours=row.ours,
        source=row.source,
    )  # fmt: skip
    return made


def put_vision(to: Importing, row: VisionRow) -> Vision:
    """The goals of a period."""
    made: Vision = to.put(
        Vision, Vision.objects.filter(code=row.code).first(), code=row.code, title=row.title, first_day=row.first_day,
        last_day=row.last_day, aim=row.aim, version_id=version_id(row), source=row.source,
    )  # fmt: skip
    return made


def version_id(row: VisionRow) -> UUID | None:
    """The version of the document that is named."""
    found = DocumentVersion.objects.filter(document__code=row.document, number=row.version).first()
    return found.pk if found else None


def put_area(to: Importing, row: AreaRow) -> GoalArea:
    """A goal area."""
    vision = Vision.objects.get(code=row.vision)
    found = GoalArea.objects.filter(vision=vision, code=row.code).first()
    made: GoalArea = to.put(
        GoalArea, found, vision_id=vision.pk, code=row.code, name=row.name, text=row.text, obtained=row.obtained,
        source=row.source,
    )  # fmt: skip
    return made


def put_goal(to: Importing, row: GoalRow) -> Goal:
    """A goal, with what it aims at."""
    area = GoalArea.objects.get(vision__code=row.vision, code=row.area)
    found = Goal.objects.filter(area=area, code=row.code).first()
    made: Goal = to.put(Goal, found, area_id=area.pk, code=row.code, text=row.text, source=row.source)
    wanted = dict(aims(row.aims_at))
    for link in GoalCapability.objects.filter(goal=made).select_related("goal", "capability", "sub"):
        if (link.capability_id, link.sub_id) not in wanted:
            to.take_away(link)
        else:
            del wanted[(link.capability_id, link.sub_id)]
    for capability, sub in wanted:
        to.put(GoalCapability, None, goal_id=made.pk, capability_id=capability, sub_id=sub)
    return made


def aims(codes: Iterable[str]) -> Iterable[tuple[tuple[UUID, UUID | None], str]]:
    """What codes of capabilities and of their parts stand for."""
    for code in codes:
        if (sub := SubCapability.objects.filter(code=code).first()) is not None:
            yield (sub.capability_id, sub.pk), code
        else:
            yield (Capability.objects.get(code=code).pk, None), code


def take_away_goal(to: Importing, goal: Goal) -> None:
    """A goal, and that it aims at anything."""
    for link in GoalCapability.objects.filter(goal=goal):
        remove(link, by=to.by, reason=to.reason)
    to.take_away(goal)


@one_change
def take_in(content: Content, *, by: Who, reason: str) -> list[Done]:
    """Make the register as the file has it, in what the file is about: all of the capabilities, or none where it has
    none; all of each målbild that it names. Raises Refused where something else needs what would be taken away."""
    check_keeps(by)
    work = Importing(by, reason)
    try:
        work.capabilities(content)
        for row in content.visions:
            work.vision(row, content)
        if content.capabilities or content.subs:
            work.clean_capabilities(content)
    except ProtectedError as needed:
        told = ", ".join(sorted({str(one) for one in needed.protected_objects})[:5])
        sentence = _(
            "Something that the file doesn't have is needed by the annual plan and can't be taken away: %(what)s"
        )
        raise Refused(sentence % {"what": told}) from needed
    return work.done


class _Undone(Exception):
    """Carries nothing: what was done is to be undone."""


def preview(content: Content, *, by: Who) -> list[Done]:
    """What `take_in` would do. Raises Refused as it would."""
    done: list[Done] = []
    try:
        with transaction.atomic():
            done = take_in(content, by=by, reason="")
            raise _Undone
    except _Undone:
        return done
