"""Which sets there are, which are open to all, and when each last changed."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Max

from samlad.base.clock import STOCKHOLM
from samlad.governance.open_data import agreed, yearly
from samlad.governance.open_data.models import OpenSet
from samlad.governance.open_data.sets import DataSet
from samlad.governance.record import register, rows
from samlad.registers.models import Change
from samlad.registers.queries import today

SETS: Final[dict[str, DataSet]] = {one.name: one for one in (*agreed.SETS, *yearly.SETS)}
ACTORS: Final = "actors"
"""The register whose names stand in the sets."""


def key_of(name: str) -> UUID:
    """The id of the row that says whether a set is open."""
    return uuid5(NAMESPACE_URL, f"samlad:open-data:{name}")


def open_sets(on: date | None = None) -> list[DataSet]:
    """The sets that are open to all, in order."""
    opened = {one.name for one in rows(OpenSet, on, is_open=True)}
    return [one for one in SETS.values() if one.name in opened]


def switch_of(one: DataSet, on: date | None = None) -> OpenSet:
    """The row that says whether a set is open; one that says no, not saved, where nobody has said anything."""
    found = next(iter(rows(OpenSet, on, name=one.name)), None)
    return found or OpenSet(id=key_of(one.name), name=one.name)


def changed_at(one: DataSet, on: date | None) -> datetime:
    """When what a set holds can last have changed: its tables, actors' names, or the day itself, which ends things."""
    day = on or today()
    begun, over = (datetime.combine(moment, time(), STOCKHOLM) for moment in (day, day + timedelta(days=1)))
    changes = Change.objects.filter(register__in=[*map(register, one.tables), ACTORS], at__lt=over)
    last: datetime | None = changes.aggregate(last=Max("at"))["last"]
    return max(last, begun) if last else begun
