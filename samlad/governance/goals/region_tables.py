"""What a region's files say of joint goals and capabilities: the same file as the secretariat writes, table by table.

What somebody has changed in a page, or by reading in a file there, stays as it is. Nothing is taken away.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from samlad.governance.goals import importing
from samlad.governance.goals.file import check_alone
from samlad.governance.goals.importing import ADDED, Importing
from samlad.governance.goals.models import Capability, Goal, GoalArea, SubCapability, Vision
from samlad.governance.goals.rows import KINDS, LENGTHS, AreaRow, CapabilityRow, GoalRow, SubRow, VisionRow
from samlad.governance.record import register
from samlad.journal.who import SYSTEM
from samlad.registers.history import edited_by_hand
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import REASON, Kept, RoomTable

FILE: Final = "governance/goals.toml"
R = TypeVar("R")


def put(row: R, found: Model | None, do: Callable[[Importing, R], object]) -> str:
    """One table into the register, unless somebody has changed it in a page."""
    check_alone(row)
    if found is not None and edited_by_hand(register(type(found)), str(found.pk)):
        raise Kept
    work = Importing(SYSTEM, REASON)
    do(work, row)
    return "same" if not work.done else "added" if work.done[0].action == ADDED and found is None else "changed"


def there(model: type[Model], key: str, told: str, **named: Any) -> None:
    """Refuse what refers to what is not there."""
    if not model._default_manager.filter(**named).exists():
        raise Wrong(_("There is nothing with the code “%(code)s”.") % {"code": told}, key)


def import_capability(row: CapabilityRow) -> str:
    """A basic capability."""
    return put(row, Capability.objects.filter(code=row.code).first(), importing.put_capability)


def import_sub(row: SubRow) -> str:
    """A part of one."""
    there(Capability, "capability", row.capability, code=row.capability)
    return put(row, SubCapability.objects.filter(code=row.code).first(), importing.put_sub)


def import_vision(row: VisionRow) -> str:
    """The goals of a period."""
    if row.document and importing.version_id(row) is None:
        raise Wrong(_("There is nothing with the code “%(code)s”.") % {"code": row.document}, "document")
    return put(row, Vision.objects.filter(code=row.code).first(), importing.put_vision)


def import_area(row: AreaRow) -> str:
    """A goal area."""
    there(Vision, "vision", row.vision, code=row.vision)
    return put(row, GoalArea.objects.filter(vision__code=row.vision, code=row.code).first(), importing.put_area)


def import_goal(row: GoalRow) -> str:
    """A goal."""
    there(GoalArea, "area", row.area, code=row.area, vision__code=row.vision)
    for code in row.aims_at:
        if not SubCapability.objects.filter(code=code).exists():
            there(Capability, "aims_at", code, code=code)
    found = Goal.objects.filter(area__vision__code=row.vision, area__code=row.area, code=row.code).first()
    return put(row, found, importing.put_goal)


IMPORTERS: Final[dict[str, Callable[[Any], str]]] = {
    "capability": import_capability,
    "sub_capability": import_sub,
    "vision": import_vision,
    "area": import_area,
    "goal": import_goal,
}
TABLES: Final = tuple(RoomTable(FILE, kind, row, IMPORTERS[kind], LENGTHS[row]) for kind, row in KINDS.items())
