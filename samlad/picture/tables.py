"""Figures over time: one table per figure, actors by day or hour. Silence is shown as silence, never as zero. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from samlad.picture.changes import plain
from samlad.picture.entries import Figure
from samlad.picture.history import Filed

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Cell(msgspec.Struct, frozen=True):
    """One actor in one column: a value, a report that does not tell it, or no report at all."""

    kind: Literal["told", "untold", "silent"]
    value: str = ""
    was: str = ""  # the higher value that a cumulative figure had before it was revised, or that was corrected
    report: UUID | None = None


SILENT = Cell("silent")


class Row(msgspec.Struct, frozen=True):
    """One actor's cells, in the order of the columns."""

    actor: str
    cells: tuple[Cell, ...]


class Table(msgspec.Struct, frozen=True):
    """One figure. `columns` are the starts of days or hours in the zone that was asked for."""

    label: str
    unit: str
    cumulative: bool
    columns: tuple[datetime, ...]
    rows: tuple[Row, ...]

    @property
    def revisions(self) -> int:
        """How many cells show a revised value."""
        return sum(bool(cell.was) for row in self.rows for cell in row.cells)


def labels(reports: Iterable[Filed]) -> list[str]:
    """Every figure that somebody has told, those that most actors tell first, then in the order in which they came."""
    actors: dict[str, set[str]] = {}
    for filed in reports:
        for figure in filed.payload.figures:
            actors.setdefault(figure.label, set()).add(filed.actor)
    return sorted(actors, key=lambda label: -len(actors[label]))


def start(moment: datetime, step: timedelta, zone: tzinfo) -> datetime:
    """The start of the local day or hour that a moment lies in."""
    local = moment.astimezone(zone)
    return local.replace(hour=local.hour if step == HOUR else 0, minute=0, second=0, microsecond=0)


def columns(first: datetime, last: datetime, step: timedelta, zone: tzinfo, most: int) -> tuple[datetime, ...]:
    """Every day or hour from the first to the last, at most so many and then the latest ones."""
    at, end = start(first, step, zone), start(last, step, zone)
    if end - at > most * step:
        at = start(end - (most - 1) * step, step, zone)
    found = []
    while at <= end:
        found.append(at)
        # A day on the wall clock is not always 24 hours, so it is counted on the local clock.
        at = start((at.replace(tzinfo=None) + step).replace(tzinfo=zone), step, zone)
    return tuple(found)


def table(reports: Sequence[Filed], label: str, at: Sequence[datetime], step: timedelta, zone: tzinfo) -> Table:
    """The table of one figure over the columns `at`, for every actor that has ever told it."""
    latest: Figure | None = None
    by_actor: dict[str, list[Filed]] = {}
    for filed in reports:
        by_actor.setdefault(filed.actor, []).append(filed)
        latest = told(filed, label) or latest
    rows = [
        Row(actor, cells(filed, label, at, step, zone))
        for actor, filed in by_actor.items()
        if any(told(one, label) for one in filed)
    ]
    unit, cumulative = (latest.unit, latest.cumulative) if latest else ("", False)
    return Table(label, unit, cumulative, tuple(at), tuple(rows))


def told(filed: Filed, label: str) -> Figure | None:
    """The figure in a report; None where it is not told."""
    return next((figure for figure in filed.payload.figures if figure.label == label), None)


def cells(
    filed: Sequence[Filed], label: str, at: Sequence[datetime], step: timedelta, zone: tzinfo
) -> tuple[Cell, ...]:
    """One actor's cells: the last valid report of each column, with what was revised within it or since before it."""
    by_column: dict[datetime, Cell] = {}
    known: Decimal | None = None
    corrected = {one.id: one for one in filed if one.corrected_by}
    for one in sorted((one for one in filed if not one.corrected_by), key=lambda one: one.payload.as_of):
        column = start(one.payload.as_of, step, zone)
        figure = told(one, label)
        before = by_column.get(column, SILENT)
        if figure is None:
            if before.kind == "silent":
                by_column[column] = Cell("untold", report=one.id)
            continue
        was = before.was
        if figure.cumulative and known is not None and figure.value < known:
            was = plain(known)
        elif (wrong := corrected.get(one.corrects) if one.corrects else None) and (old := told(wrong, label)):
            was = plain(old.value) if old.value != figure.value else was
        by_column[column] = Cell("told", plain(figure.value), was, one.id)
        known = figure.value
    return tuple(by_column.get(column, SILENT) for column in at)
